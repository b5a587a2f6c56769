//! Streams of tables as event sources.

use super::delivery::compare_side_queue;
use super::finding::{Findings, Site};
use crate::model::{Delivery, Service, StreamDelivery};

/// Compares which changes reach a receive operation, and what becomes of those that fail.
pub(super) fn compare(report: &mut Findings, site: &Site, readers: [(&Service, &Delivery); 2]) {
    let [Some((old_table, old)), Some((new_table, new))] = readers.map(stream) else { return };
    if old_table != new_table {
        report.add("stream-table-changed", site, old_table, new_table);
    }
    let start = |one: &StreamDelivery| if one.from_start { "TRIM_HORIZON" } else { "LATEST" };
    if old.from_start != new.from_start {
        report.add("stream-starting-position-changed", site, start(old), start(new));
    }
    if old.batch_size != new.batch_size {
        report.add("event-source-batch-size-changed", site, old.batch_size, new.batch_size);
    }
    if old.window_seconds != new.window_seconds {
        report.add("event-source-window-changed", site, old.window_seconds, new.window_seconds);
    }
    if old.parallelization != new.parallelization {
        let (from, to) = (old.parallelization, new.parallelization);
        report.add("event-source-parallelization-changed", site, from, to);
    }
    if old.bisects != new.bisects {
        report.add("event-source-bisection-changed", site, old.bisects, new.bisects);
    }
    let ids = ["stream-retry-attempts-decreased", "stream-retry-attempts-increased"];
    compare_ends(report, site, [old.maximum_retry_attempts, new.maximum_retry_attempts], ids);
    let ids = ["stream-record-age-decreased", "stream-record-age-increased"];
    let ages = [old.maximum_record_age_seconds, new.maximum_record_age_seconds];
    compare_ends(report, site, ages, ids);
    compare_side_queue(
        report,
        site,
        [&old.on_failure, &new.on_failure],
        ["on-failure-queue-removed", "on-failure-queue-renamed", "on-failure-queue-added"],
    );
}

/// The table of a receiver that reads a stream, and how it does.
fn stream<'a>(
    (service, delivery): (&'a Service, &'a Delivery),
) -> Option<(&'a str, &'a StreamDelivery)> {
    let stream = delivery.stream()?;
    Some((&service.table(stream.table).name.wire, stream))
}

/// An amount after which changes are given up, or none; `ids` are decreased, increased.
fn compare_ends(
    report: &mut Findings,
    site: &Site,
    ends: [Option<u32>; 2],
    [decreased, increased]: [&'static str; 2],
) {
    let [old, new] = ends.map(|end| end.unwrap_or(u32::MAX));
    let text = |end: Option<u32>| end.map_or_else(|| "no limit".to_owned(), |end| end.to_string());
    let id = if new < old { decreased } else { increased };
    if new != old {
        report.add(id, site, text(ends[0]), text(ends[1]));
    }
}
