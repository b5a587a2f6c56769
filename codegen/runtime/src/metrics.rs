//! Metrics of operations, embedded in log lines.
//!
//! This module owns the embedded metric format: CloudWatch extracts metrics from log events with an `_aws` member, so
//! a function makes no call to report them. Dimensions are service and operation, and service alone, never a value
//! from a client, so their number is bounded by the contracts. The variable `METRICS_NAMESPACE` sets the namespace,
//! which is the name of the stack; without it there are no metrics.
//!
//! | metric | of | value |
//! | --- | --- | --- |
//! | `Latency` | requests and messages | milliseconds; its sample count is the number of requests or messages |
//! | `ServerErrors` | requests | 1 for a 5xx response, else 0: its average is the error rate |
//! | `ClientErrors` | requests | 1 for a 4xx response |
//! | `Faults` | requests and messages | undeclared failures: an unexpected error, a panic, a missed deadline |
//! | `BatchSize` | messages | messages in an invocation |
//! | `Delay` | messages | milliseconds from the acceptance by queue or bus to the processing |
//! | `Retries`, `Rejects` | messages | messages to be delivered again; messages that can never be processed |
//! | `ColdStarts` | both | 1 for the first invocation of an execution environment |
//!
//! `Latency`, `ServerErrors`, `BatchSize` and `Delay` are always written, the others only when they are not zero,
//! because AWS charges for each metric and hour with a value.
//!
//! **Source** CloudWatch user guide, "Specification: Embedded metric format".

use std::sync::OnceLock;

use crate::log::{Level, Line};

/// Values that one metric may have in one line.
pub(crate) const MAX_VALUES: usize = 100;

/// What a metric is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Milliseconds,
    Count,
}

/// What was measured.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Values<'a> {
    One(f64),
    /// At most [`MAX_VALUES`].
    Many(&'a [f64]),
    Number(usize),
}

/// One metric of an invocation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Metric<'a> {
    pub(crate) name: &'static str,
    pub(crate) unit: Unit,
    pub(crate) values: Values<'a>,
}

impl<'a> Metric<'a> {
    /// A time in milliseconds.
    pub(crate) fn time(name: &'static str, ms: f64) -> Self {
        Self { name, unit: Unit::Milliseconds, values: Values::One(ms) }
    }

    /// Times in milliseconds, at most [`MAX_VALUES`].
    pub(crate) fn times(name: &'static str, ms: &'a [f64]) -> Self {
        Self { name, unit: Unit::Milliseconds, values: Values::Many(ms) }
    }

    /// A number of things.
    pub(crate) fn count(name: &'static str, n: usize) -> Self {
        Self { name, unit: Unit::Count, values: Values::Number(n) }
    }
}

/// Whose metrics they are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured<'a> {
    /// `METRICS_NAMESPACE`
    pub(crate) namespace: &'a str,
    pub(crate) service: &'static str,
    pub(crate) operation: &'static str,
}

/// The namespace of the function's metrics, which is read once.
pub(crate) fn namespace() -> Option<&'static str> {
    static NAMESPACE: OnceLock<Option<String>> = OnceLock::new();
    let read = || std::env::var("METRICS_NAMESPACE").ok().filter(|name| !name.is_empty());
    NAMESPACE.get_or_init(read).as_deref()
}

impl Measured<'_> {
    /// A line that holds metrics and nothing else, for a level at which the invocation itself is not logged.
    pub(crate) fn line(self, level: Level, metrics: &[Metric<'_>]) -> Line {
        self.add_to(Line::new(level, "metrics").with("operation", self.operation), metrics)
    }

    /// Adds metrics to a line that names the operation already.
    pub(crate) fn add_to(self, mut line: Line, metrics: &[Metric<'_>]) -> Line {
        line.push("service", self.service);
        for metric in metrics {
            match metric.values {
                Values::One(value) => line.push(metric.name, &value),
                Values::Many(values) => line.push(metric.name, values),
                Values::Number(n) => line.push(metric.name, &n),
            }
        }
        let unix_ms = line.unix_ms();
        line.push_raw("_aws", |out| self.write_directive(out, unix_ms, metrics));
        line
    }

    fn write_directive(self, out: &mut Vec<u8>, unix_ms: i64, metrics: &[Metric<'_>]) {
        out.extend_from_slice(b"{\"Timestamp\":");
        out.extend_from_slice(unix_ms.to_string().as_bytes());
        out.extend_from_slice(b",\"CloudWatchMetrics\":[{\"Namespace\":");
        // A text always has a JSON form, and a vector takes all that is written to it.
        let _ = serde_json::to_writer(&mut *out, self.namespace);
        out.extend_from_slice(
            b",\"Dimensions\":[[\"service\",\"operation\"],[\"service\"]],\"Metrics\":[",
        );
        for (index, metric) in metrics.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            out.extend_from_slice(b"{\"Name\":\"");
            out.extend_from_slice(metric.name.as_bytes());
            out.extend_from_slice(match metric.unit {
                Unit::Milliseconds => b"\",\"Unit\":\"Milliseconds\"}".as_slice(),
                Unit::Count => b"\",\"Unit\":\"Count\"}".as_slice(),
            });
        }
        out.extend_from_slice(b"]}]}");
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::{Value, json};

    use super::*;

    /// What CloudWatch makes of a line by the specification: name, unit and values of each metric, when the line is
    /// valid for it.
    pub(crate) fn extracted(line: &Value) -> Vec<(String, String, Vec<f64>)> {
        let metadata = &line["_aws"];
        assert!(metadata["Timestamp"].as_i64().unwrap() > 1_700_000_000_000);
        let [directive] = metadata["CloudWatchMetrics"].as_array().unwrap().as_slice() else {
            panic!("one directive")
        };
        assert!((1..=256).contains(&directive["Namespace"].as_str().unwrap().len()));
        for dimensions in directive["Dimensions"].as_array().unwrap() {
            let names = dimensions.as_array().unwrap();
            assert!(names.len() <= 30);
            for name in names {
                let value = line[name.as_str().unwrap()].as_str().unwrap();
                assert!(
                    (1..=1024).contains(&value.len()),
                    "a dimension is a text with something in it"
                );
            }
        }
        let metrics = directive["Metrics"].as_array().unwrap();
        assert!((1..=100).contains(&metrics.len()));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let values = |name: &str| match &line[name] {
            Value::Array(values) => {
                assert!(values.len() <= 100, "{name} has too many values");
                values.iter().map(|value| value.as_f64().unwrap()).collect()
            }
            value => vec![value.as_f64().unwrap()],
        };
        let metric = |one: &Value| {
            let name = text(&one["Name"]);
            let values = values(&name);
            (name, text(&one["Unit"]), values)
        };
        metrics.iter().map(metric).collect()
    }

    #[test]
    fn a_line_with_metrics_keeps_to_the_specification() {
        let measured = Measured { namespace: "shop-\"dev\"", service: "s", operation: "o" };
        let times = [1.5, 2.0];
        let metrics = [
            Metric::times("Latency", &times),
            Metric::count("Retries", 3),
            Metric::time("Delay", 0.25),
        ];
        let line = measured.line(Level::Info, &metrics).finish();
        let line: Value = serde_json::from_slice(&line).unwrap();
        let (ms, count) = ("Milliseconds".to_owned(), "Count".to_owned());
        assert_eq!(
            extracted(&line),
            [
                ("Latency".to_owned(), ms.clone(), vec![1.5, 2.0]),
                ("Retries".to_owned(), count, vec![3.0]),
                ("Delay".to_owned(), ms, vec![0.25]),
            ]
        );
        assert_eq!(line["_aws"]["CloudWatchMetrics"][0]["Namespace"], "shop-\"dev\"");
        assert_eq!((&line["service"], &line["operation"]), (&json!("s"), &json!("o")));
    }
}
