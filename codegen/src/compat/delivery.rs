//! How messages reach a function: rules, queues, event source mappings.

use super::event::Received;
use super::finding::{Findings, Site};
use super::pattern::{self, Change, Payload};
use crate::model::{
    Delivery, DirectDelivery, EventRule, EventSource, Fifo, Message, Queue, QueueDelivery,
    RuleTrigger,
};
use std::fmt::Display;

/// Compares how messages reach a receive operation.
pub(super) fn compare(report: &mut Findings, site: &Site, old: Received<'_>, new: Received<'_>) {
    let payloads = [payloads(old), payloads(new)].concat();
    match (&old.receive.delivery, &new.receive.delivery) {
        (Delivery::Queue(old), Delivery::Queue(new)) => {
            compare_rules(report, site, (&old.rule, &new.rule), &payloads);
            compare_polled(report, site, old, new);
        }
        (Delivery::Direct(old), Delivery::Direct(new)) => {
            compare_rules(report, site, (&old.rule, &new.rule), &payloads);
            compare_direct(report, site, old, new);
        }
        // `stream` compares these, which knows the tables.
        (Delivery::Stream(_), Delivery::Stream(_)) => {}
        (old, new) => report.add("delivery-changed", site, way(old), way(new)),
    }
}

/// The payloads that a receive operation takes.
fn payloads(received: Received<'_>) -> Vec<Payload<'_>> {
    let of = |message: &Message| (received.service, message.payload);
    received.receive.messages.iter().map(of).collect()
}

/// How messages come, in words.
fn way(delivery: &Delivery) -> &'static str {
    match delivery {
        Delivery::Queue(_) => "through a queue",
        Delivery::Direct(_) => "directly by the EventBridge rule",
        Delivery::Stream(_) => "from the stream of a table",
    }
}

fn compare_polled(report: &mut Findings, site: &Site, old: &QueueDelivery, new: &QueueDelivery) {
    let spans = [&old.queue, &new.queue].map(|queue| Some(queue.origin.span));
    let of_queue = Site { old: spans[0], new: spans[1], ..site.clone() };
    compare_queues(report, &of_queue, &old.queue, &new.queue);
    compare_side_queue(
        report,
        site,
        [&old.dead_letter, &new.dead_letter],
        ["dead-letter-queue-removed", "dead-letter-queue-renamed", "dead-letter-queue-added"],
    );
    if old.dead_letter.is_some() && new.dead_letter.is_some() {
        let ids = ["max-receive-count-decreased", "max-receive-count-increased"];
        compare_amounts(report, site, old.max_receive_count, new.max_receive_count, ids);
    }
    compare_sources(report, site, &old.source, &new.source);
}

fn compare_direct(report: &mut Findings, site: &Site, old: &DirectDelivery, new: &DirectDelivery) {
    let ids = ["function-retry-attempts-decreased", "function-retry-attempts-increased"];
    compare_amounts(report, site, old.maximum_retry_attempts, new.maximum_retry_attempts, ids);
    let ids = ["function-event-age-decreased", "function-event-age-increased"];
    let (from, to) = (old.maximum_event_age_seconds, new.maximum_event_age_seconds);
    compare_amounts(report, site, from, to, ids);
    compare_side_queue(
        report,
        site,
        [&old.on_failure, &new.on_failure],
        ["on-failure-queue-removed", "on-failure-queue-renamed", "on-failure-queue-added"],
    );
}

fn compare_rules(
    report: &mut Findings,
    site: &Site,
    (old, new): (&EventRule, &EventRule),
    payloads: &[Payload<'_>],
) {
    if old.bus != new.bus {
        report.add("rule-bus-changed", site, &old.bus, &new.bus);
    }
    if old.name.wire != new.name.wire {
        report.add("rule-renamed", site, &old.name.wire, &new.name.wire);
    }
    compare_triggers(report, site, (&old.trigger, &new.trigger), payloads);
    compare_side_queue(
        report,
        site,
        [&old.dead_letter, &new.dead_letter],
        [
            "rule-dead-letter-queue-removed",
            "rule-dead-letter-queue-renamed",
            "rule-dead-letter-queue-added",
        ],
    );
    let ids = ["rule-retry-attempts-decreased", "rule-retry-attempts-increased"];
    compare_amounts(report, site, old.maximum_retry_attempts, new.maximum_retry_attempts, ids);
    let ids = ["rule-event-age-decreased", "rule-event-age-increased"];
    let (from, to) = (old.maximum_event_age_seconds, new.maximum_event_age_seconds);
    compare_amounts(report, site, from, to, ids);
}

fn compare_triggers(
    report: &mut Findings,
    site: &Site,
    (old, new): (&RuleTrigger, &RuleTrigger),
    payloads: &[Payload<'_>],
) {
    let text = |trigger: &RuleTrigger| match trigger {
        RuleTrigger::Pattern(pattern) => format!("`{pattern}`"),
        RuleTrigger::Schedule(schedule) => format!("`{}`", schedule.expression),
    };
    match (old, new) {
        (RuleTrigger::Pattern(from), RuleTrigger::Pattern(to)) => {
            let id = match pattern::compare(from, to, payloads) {
                Change::Same => return,
                Change::Narrowed => "rule-pattern-narrowed",
                Change::Widened => "rule-pattern-widened",
                Change::Different => "rule-pattern-changed",
            };
            report.add(id, site, text(old), text(new));
        }
        (RuleTrigger::Schedule(from), RuleTrigger::Schedule(to)) => {
            if from.expression != to.expression {
                report.add("rule-schedule-changed", site, &from.expression, &to.expression);
            }
            if from.input != to.input {
                report.add("rule-schedule-input-changed", site, &from.input, &to.input);
            }
        }
        _ => report.add("rule-trigger-changed", site, text(old), text(new)),
    }
}

fn compare_queues(report: &mut Findings, site: &Site, old: &Queue, new: &Queue) {
    if old.name.wire != new.name.wire {
        report.add("queue-renamed", site, &old.name.wire, &new.name.wire);
    }
    let kind =
        |queue: &Queue| if queue.fifo.is_some() { "a FIFO queue" } else { "a standard queue" };
    match (&old.fifo, &new.fifo) {
        (Some(old), Some(new)) => compare_fifo(report, site, old, new),
        (None, None) => {}
        _ => report.add("queue-type-changed", site, kind(old), kind(new)),
    }
    compare_retention(report, site, old, new);
    let tags = |queue: &Queue| {
        let tags = queue.tags.iter().map(|(key, value)| format!("`{key}: {value}`"));
        let tags: Vec<_> = tags.collect();
        if tags.is_empty() { "none".to_owned() } else { tags.join(", ") }
    };
    if tags(old) != tags(new) {
        report.add("queue-tags-changed", site, tags(old), tags(new));
    }
    if old.receive_wait_seconds != new.receive_wait_seconds {
        let (from, to) = (old.receive_wait_seconds, new.receive_wait_seconds);
        report.add("queue-receive-wait-changed", site, from, to);
    }
    let ids = ["queue-visibility-timeout-decreased", "queue-visibility-timeout-increased"];
    let (from, to) = (old.visibility_timeout_seconds, new.visibility_timeout_seconds);
    compare_amounts(report, site, from, to, ids);
    if old.delay_seconds != new.delay_seconds {
        report.add("queue-delay-changed", site, old.delay_seconds, new.delay_seconds);
    }
}

/// A queue beside the way is named: several may belong to one receive operation.
fn queue_site(site: &Site, old: &Queue, new: &Queue) -> Site {
    let spans = [old, new].map(|queue| Some(queue.origin.span));
    site.part(format!("queue {}", new.name.wire), site.direction, spans[0], spans[1])
}

fn compare_retention(report: &mut Findings, site: &Site, old: &Queue, new: &Queue) {
    let ids = ["queue-retention-decreased", "queue-retention-increased"];
    compare_amounts(report, site, old.retention_seconds, new.retention_seconds, ids);
}

fn compare_fifo(report: &mut Findings, site: &Site, old: &Fifo, new: &Fifo) {
    let group = |fifo: &Fifo| match &fifo.group_path {
        Some(path) => format!("`{path}`"),
        None => "nothing".to_owned(),
    };
    if old.group_path != new.group_path {
        report.add("queue-group-changed", site, group(old), group(new));
    }
    let by = |fifo: &Fifo| {
        let what = match &fifo.deduplication_path {
            Some(path) => format!("`{path}`"),
            None => "content".to_owned(),
        };
        let scope = fifo.deduplication_scope.as_deref().unwrap_or("queue");
        format!("{what} within each {scope}")
    };
    if by(old) != by(new) {
        report.add("queue-deduplication-changed", site, by(old), by(new));
    }
    let limit =
        |fifo: &Fifo| fifo.throughput_limit.clone().unwrap_or_else(|| "perQueue".to_owned());
    if limit(old) != limit(new) {
        report.add("queue-throughput-changed", site, limit(old), limit(new));
    }
}

fn compare_sources(report: &mut Findings, site: &Site, old: &EventSource, new: &EventSource) {
    if old.batch_size != new.batch_size {
        report.add("event-source-batch-size-changed", site, old.batch_size, new.batch_size);
    }
    if old.window_seconds != new.window_seconds {
        report.add("event-source-window-changed", site, old.window_seconds, new.window_seconds);
    }
    if old.maximum_concurrency != new.maximum_concurrency {
        let count = |source: &EventSource| match source.maximum_concurrency {
            Some(count) => count.to_string(),
            None => "none".to_owned(),
        };
        report.add("event-source-concurrency-changed", site, count(old), count(new));
    }
}

/// A queue beside the way, that may be there or not; `ids` are removed, renamed, added.
pub(super) fn compare_side_queue(
    report: &mut Findings,
    site: &Site,
    queues: [&Option<Queue>; 2],
    [removed, renamed, added]: [&'static str; 3],
) {
    if let [Some(old), Some(new)] = queues {
        compare_retention(report, &queue_site(site, old, new), old, new);
    }
    let names = queues.map(|queue| queue.as_ref().map(|queue| &queue.name.wire));
    match names {
        [Some(old), None] => report.add(removed, site, old, ""),
        [None, Some(new)] => report.add(added, site, "", new),
        [Some(old), Some(new)] if old != new => report.add(renamed, site, old, new),
        _ => {}
    }
}

/// An amount; `ids` are decreased, increased.
pub(super) fn compare_amounts<N: Ord + Display>(
    report: &mut Findings,
    site: &Site,
    old: N,
    new: N,
    [decreased, increased]: [&'static str; 2],
) {
    if new < old {
        report.add(decreased, site, old, new);
    } else if new > old {
        report.add(increased, site, old, new);
    }
}
