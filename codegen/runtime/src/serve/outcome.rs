//! How the processing of an event ended: what the log, the metrics and the platform are told of it.

use super::{EventError, Panicked, TimeIsUp};
use crate::Context;
use crate::context::trace_root;
use crate::log::{self, Level, Line};
use crate::metrics::{self, MAX_VALUES, Measured, Metric};

/// How the processing of an event ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EventOutcome {
    /// It was processed.
    Done,
    /// It comes again.
    Retry,
    /// It comes again, but for a reason that nobody foresaw: a panic, or no time left.
    Fault,
    /// It can never be processed.
    Reject,
}

impl EventOutcome {
    /// The outcome of a consumer's result.
    pub(super) fn of(result: &Result<(), EventError>) -> Self {
        match result {
            Ok(()) => Self::Done,
            Err(EventError::Reject(_)) => Self::Reject,
            Err(EventError::Retry(failure))
                if failure.downcast_ref::<Panicked>().is_some()
                    || failure.downcast_ref::<TimeIsUp>().is_some() =>
            {
                Self::Fault
            }
            Err(EventError::Retry(_)) => Self::Retry,
        }
    }

    /// The outcome as a log line spells it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Retry => "retry",
            Self::Fault => "fault",
            Self::Reject => "reject",
        }
    }

    /// How much it matters.
    fn level(self) -> Level {
        match self {
            Self::Done => Level::Info,
            Self::Retry => Level::Warn,
            Self::Fault | Self::Reject => Level::Error,
        }
    }
}

/// An event that is done with, one way or another.
#[derive(Debug)]
pub(super) struct Done {
    /// The id of the queue's message; none when the bus invoked the function.
    pub(super) message_id: Option<String>,
    /// The event's id; none when it was no event.
    pub(super) event_id: Option<String>,
    /// The header of the trace that it belongs to.
    pub(super) trace: Option<String>,
    /// How often it was delivered.
    pub(super) attempt: u32,
    /// How long its processing took; none when it was not tried.
    pub(super) ms: Option<f64>,
    /// How long after it was taken by the queue or the bus it was processed.
    pub(super) delay_ms: Option<f64>,
    /// How it ended.
    pub(super) result: Result<(), EventError>,
}

impl Done {
    /// The line that the log gets for the event. It names no value of its payload.
    fn line(&self, cx: &Context, operation: &str) -> Option<Line> {
        let outcome = EventOutcome::of(&self.result);
        let level = outcome.level();
        log::enabled(level).then(|| {
            Line::new(level, "event")
                .with("requestId", &cx.request_id)
                .with_some("traceId", self.trace.as_deref().and_then(trace_root))
                .with("operation", operation)
                .with_some("messageId", self.message_id.as_ref())
                .with_some("eventId", self.event_id.as_ref())
                .with("attempt", &self.attempt)
                .with("outcome", outcome.as_str())
                .with_some("durationMs", self.ms.as_ref())
                .with_some("delayMs", self.delay_ms.as_ref())
                .with_some("reason", self.result.as_ref().err().map(EventError::reason).as_ref())
        })
    }
}

/// Milliseconds from a time of a queue or bus until now, by the function's clock: not below zero, which the clocks of
/// two machines would allow.
pub(super) fn delay_ms(since_unix_ms: i64) -> f64 {
    let ms = jiff::Timestamp::now().as_millisecond().saturating_sub(since_unix_ms).max(0);
    // A delay has far fewer milliseconds than 53 bits hold.
    #[allow(clippy::cast_precision_loss, reason = "a delay is short")]
    let ms = ms as f64;
    ms
}

/// Tells the log of the events of an invocation, and CloudWatch how their operation fared.
///
/// A line for each event; and one for the invocation, which holds the metrics.
pub(super) fn tell(
    cx: &Context,
    (service, operation): (&'static str, &'static str),
    done: &[Done],
    ms: f64,
) {
    log::write(&lines(cx, service, operation, done, ms, metrics::namespace()));
}

fn lines(
    cx: &Context,
    service: &'static str,
    operation: &'static str,
    done: &[Done],
    ms: f64,
    namespace: Option<&str>,
) -> Vec<u8> {
    let mut lines = Vec::new();
    let each = done.iter().filter_map(|done| done.line(cx, operation));
    each.for_each(|line| lines.extend(line.finish()));
    let counts = Counts::of(done);
    let invocation = log::enabled(Level::Info).then(|| {
        cx.line(Level::Info, "invocation")
            .with("operation", operation)
            .with("durationMs", &ms)
            .with("events", &done.len())
            .with("failed", &(counts.retries + counts.faults))
            .with("rejected", &counts.rejects)
    });
    let Some(namespace) = namespace else {
        lines.extend(invocation.map(Line::finish).unwrap_or_default());
        return lines;
    };
    let measured = Measured { namespace, service, operation };
    let mut invocation = invocation;
    for (index, part) in done.chunks(MAX_VALUES).enumerate() {
        let times: Vec<f64> = part.iter().filter_map(|done| done.ms).collect();
        let delays: Vec<f64> = part.iter().filter_map(|done| done.delay_ms).collect();
        let mut metrics = if index == 0 { counts.metrics(cx, done.len()) } else { Vec::new() };
        if !times.is_empty() {
            metrics.push(Metric::times("Latency", &times));
        }
        if !delays.is_empty() {
            metrics.push(Metric::times("Delay", &delays));
        }
        if metrics.is_empty() {
            continue;
        }
        let line = match invocation.take() {
            Some(line) => measured.add_to(line, &metrics),
            None => measured.line(Level::Info, &metrics),
        };
        lines.extend(line.finish());
    }
    lines
}

/// How many events ended in which way.
#[derive(Default)]
struct Counts {
    retries: usize,
    faults: usize,
    rejects: usize,
}

impl Counts {
    fn of(done: &[Done]) -> Self {
        let mut counts = Self::default();
        for done in done {
            match EventOutcome::of(&done.result) {
                EventOutcome::Done => {}
                EventOutcome::Retry => counts.retries += 1,
                EventOutcome::Fault => counts.faults += 1,
                EventOutcome::Reject => counts.rejects += 1,
            }
        }
        counts
    }

    fn metrics<'a>(&self, cx: &Context, n_events: usize) -> Vec<Metric<'a>> {
        let mut metrics = Vec::with_capacity(7);
        metrics.push(Metric::count("BatchSize", n_events));
        let counts = [
            ("Retries", self.retries),
            ("Faults", self.faults),
            ("Rejects", self.rejects),
            ("ColdStarts", usize::from(cx.is_first)),
        ];
        let not_zero = counts.into_iter().filter(|(_, n)| *n > 0);
        metrics.extend(not_zero.map(|(name, n)| Metric::count(name, n)));
        metrics
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use std::time::Duration;

    use serde_json::Value;

    use super::*;
    use crate::Failure;
    use crate::metrics::tests::extracted;

    fn done(result: Result<(), EventError>, ms: Option<f64>) -> Done {
        let trace = Some("Root=1-a-b;Parent=c;Sampled=1".to_owned());
        let (message_id, event_id) = (Some("m".to_owned()), Some("e".to_owned()));
        Done { message_id, event_id, trace, attempt: 2, ms, delay_ms: ms, result }
    }

    fn told(done: &[Done], namespace: Option<&str>) -> Vec<Value> {
        let cx = Context { is_first: true, ..Context::new("r", Duration::from_secs(1)) };
        let lines = lines(&cx, "ordering", "placeOrder", done, 9.5, namespace);
        let lines = String::from_utf8(lines).unwrap();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn every_event_has_a_line_with_its_trace_and_its_outcome() {
        let retry = EventError::Retry(Failure::message("not now"));
        let events = [
            done(Ok(()), Some(1.0)),
            done(Err(retry), Some(2.0)),
            done(Err(TimeIsUp.into()), None),
            done(Err(EventError::Reject("never".to_owned())), Some(3.0)),
        ];
        let lines = told(&events, Some("n"));
        let outcomes: Vec<_> =
            lines[..4].iter().map(|line| (&line["level"], &line["outcome"])).collect();
        assert_eq!(
            serde_json::to_value(outcomes).unwrap(),
            serde_json::json!([
                ["INFO", "done"],
                ["WARN", "retry"],
                ["ERROR", "fault"],
                ["ERROR", "reject"]
            ])
        );
        assert!(lines[..4].iter().all(|line| line["traceId"] == "1-a-b" && line["attempt"] == 2));
        assert_eq!(lines[1]["reason"], "not now");
        let found: Vec<_> =
            extracted(&lines[4]).into_iter().map(|(name, _, values)| (name, values)).collect();
        let expected = [
            ("BatchSize", vec![4.0]),
            ("Retries", vec![1.0]),
            ("Faults", vec![1.0]),
            ("Rejects", vec![1.0]),
            ("ColdStarts", vec![1.0]),
            ("Latency", vec![1.0, 2.0, 3.0]),
            ("Delay", vec![1.0, 2.0, 3.0]),
        ];
        assert_eq!(found, expected.map(|(name, values)| (name.to_owned(), values)));
    }

    #[test]
    fn a_large_batch_is_measured_in_several_lines() {
        let events: Vec<Done> = (0..250).map(|_| done(Ok(()), Some(1.0))).collect();
        let lines = told(&events, Some("n"));
        let measured = lines.iter().filter(|line| line["_aws"].is_object());
        let latencies: Vec<usize> = measured
            .map(|line| {
                let metrics = extracted(line);
                metrics.iter().find(|metric| metric.0 == "Latency").unwrap().2.len()
            })
            .collect();
        assert_eq!(latencies, [100, 100, 50]);
        let sizes = lines.iter().filter(|line| !line["BatchSize"].is_null()).count();
        assert_eq!(sizes, 1);
    }

    #[test]
    fn without_a_namespace_nothing_is_measured() {
        let lines = told(&[done(Ok(()), Some(1.0))], None);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line["_aws"].is_null()));
    }
}
