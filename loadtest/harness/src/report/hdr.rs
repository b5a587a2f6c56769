//! Whole distributions as an HdrHistogram interval log, which the tools around HdrHistogram read: one interval for each
//! operation, workflow and hop, with its name as tag. Values are in microseconds.

use std::time::{Duration, SystemTime};

use hdrhistogram::serialization::V2DeflateSerializer;
use hdrhistogram::serialization::interval_log::{IntervalLogWriterBuilder, Tag};
use jiff::Timestamp;

use super::Report;
use crate::latency::{Distribution, Latency};
use crate::pipeline::Hop;

/// Values of the log for each of the column that shows the longest: that one is in milliseconds, as is usual.
const PER_MILLISECOND: f64 = 1_000.0;

/// The log as text.
///
/// # Errors
/// When a histogram cannot be written down.
pub(crate) fn render(report: &Report) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut serializer = V2DeflateSerializer::new();
    let start: Timestamp = report.run.started_at.parse().unwrap_or_default();
    let since_epoch = start.duration_since(Timestamp::UNIX_EPOCH).unsigned_abs();
    let start = SystemTime::UNIX_EPOCH + since_epoch;
    let mut log = IntervalLogWriterBuilder::new()
        .add_comment(&format!("[Load test of {}, run {}]", report.run.system, report.run.id))
        .with_start_time(start)
        .with_base_time(start)
        .with_max_value_divisor(PER_MILLISECOND)
        .begin_log_with(&mut out, &mut serializer)?;
    let length = Duration::from_secs_f64(report.run.served_seconds.max(0.0));
    for (name, latency) in all(report) {
        let tag = tag(&name);
        let histogram = Distribution::merged([latency]);
        log.write_histogram(histogram.histogram(), Duration::ZERO, length, Tag::new(&tag))
            .map_err(|error| anyhow::anyhow!("{name}: {error:?}"))?;
    }
    Ok(out)
}

fn all(report: &Report) -> impl Iterator<Item = (String, &Latency)> {
    let operations = report.operations.iter().map(|one| (one.name.clone(), &one.latency));
    let visits = report.workflows.iter().map(|one| (format!("visit:{}", one.name), &one.latency));
    let hops = report.pipeline.hops.iter();
    let hops = hops.map(|hop: &Hop| {
        let (from, to) = hop.ends();
        (format!("{from}->{to}"), &hop.latency)
    });
    operations.chain(visits).chain(hops)
}

/// A tag holds no comma, line break or space.
fn tag(name: &str) -> String {
    name.replace(|c: char| c == ',' || c.is_whitespace() || c.is_control(), "_")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn every_distribution_has_its_line() {
        let mut report = sample::report();
        report.operations[0].name = "a, b".to_owned();
        let text = String::from_utf8(render(&report).unwrap_or_default()).unwrap_or_default();
        let n = report.operations.len() + report.workflows.len() + report.pipeline.hops.len();
        assert_eq!(text.matches("Tag=").count(), n, "{text}");
        assert!(text.contains("Tag=a__b,") && text.contains("Tag=visit:"), "{text}");
    }
}
