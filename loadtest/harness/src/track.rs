//! What was measured of one operation or workflow: a distribution, errors by cause, and its course second by second.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::cause::Cause;
use crate::heat::Heat;
use crate::latency::{Distribution, Latency};

/// How many causes of errors are told apart per operation; whatever comes after them counts together.
const MAX_CAUSES: usize = 64;

/// How many failures of a cause are kept with what finds them in logs.
const MAX_SAMPLES: usize = 3;

#[derive(Debug, Default)]
pub(crate) struct Track {
    pub(crate) latency: Distribution,
    pub(crate) first_byte: Distribution,
    pub(crate) n_ok: u64,
    pub(crate) errors: BTreeMap<Cause, Failures>,
    /// The second that is under way, and those that are over.
    current: Distribution,
    course: Vec<Point>,
    heat: Heat,
}

/// One second of one operation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// How many ended in it.
    pub count: u64,
    /// Their median.
    pub p50_us: u64,
    /// Their 99th percentile.
    pub p99_us: u64,
}

/// What was measured of one operation or workflow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// `operationId` or `workflowId`.
    pub name: String,
    /// How many succeeded.
    pub ok: u64,
    /// How many failed.
    pub failed: u64,
    /// How long they took; failures count like successes.
    pub latency: Latency,
    /// How long requests took from being sent to the first byte of their responses, the waits for connections that had
    /// to be made included. Empty for workflows.
    #[serde(default)]
    pub first_byte: Latency,
    /// Second by second.
    #[serde(default)]
    pub course: Vec<Point>,
    /// How many latencies of each band came when.
    #[serde(default)]
    pub heat: Heat,
}

impl Figures {
    /// How many ended, well or not.
    #[must_use]
    pub fn n_ended(&self) -> u64 {
        self.ok + self.failed
    }
}

/// Failures of one cause.
#[derive(Debug, Default)]
pub(crate) struct Failures {
    pub(crate) count: u64,
    samples: Vec<ErrorSample>,
}

/// One request that failed: what finds it in logs and traces.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorSample {
    /// When it ended, in milliseconds since the load began.
    pub at_ms: u64,
    /// The status of its response, where there was one.
    pub status: Option<u16>,
    /// The id that the API gave it.
    pub request_id: Option<String>,
    /// The root of its trace, which stands in the log lines of everything that it caused.
    pub trace_id: Option<String>,
    /// The first log lines of its trace that may explain it, on a stage of this machine.
    #[serde(default)]
    pub log: Vec<String>,
}

/// Why requests failed, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorCount {
    /// `operationId` or `workflowId`.
    pub operation: String,
    /// What went wrong.
    pub cause: String,
    /// How often.
    pub count: u64,
    /// The first of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<ErrorSample>,
}

impl Track {
    pub(crate) fn add(&mut self, latency: Duration, failure: Option<&Cause>) {
        self.latency.record(latency);
        self.current.record(latency);
        self.heat.record(latency);
        match failure {
            None => self.n_ok += 1,
            Some(cause) => {
                let known = self.errors.contains_key(cause) || self.errors.len() < MAX_CAUSES;
                let cause = if known { cause.clone() } else { Cause::Other };
                self.errors.entry(cause).or_default().count += 1;
            }
        }
    }

    /// Keeps one of the first failures of a cause, which was added before.
    pub(crate) fn sample(&mut self, cause: &Cause, sample: impl FnOnce() -> ErrorSample) {
        let known = if self.errors.contains_key(cause) { cause } else { &Cause::Other };
        if let Some(failures) = self.errors.get_mut(known)
            && failures.samples.len() < MAX_SAMPLES
        {
            failures.samples.push(sample());
        }
    }

    /// Ends a second, the `n`-th of the run.
    pub(crate) fn end_second(&mut self, n: usize) {
        // An operation that was first called later has had quiet seconds before.
        self.course.resize(n.saturating_sub(1), Point::default());
        self.course.push(Point {
            count: self.current.count(),
            p50_us: self.current.quantile_us(0.5),
            p99_us: self.current.quantile_us(0.99),
        });
        self.current.clear();
        self.heat.end_second(n);
    }

    pub(crate) fn causes(&self, id: &str) -> impl Iterator<Item = ErrorCount> {
        self.errors.iter().map(move |(cause, failures)| ErrorCount {
            operation: id.to_owned(),
            cause: cause.to_string(),
            count: failures.count,
            samples: failures.samples.clone(),
        })
    }

    pub(crate) fn figures(&self, name: &str) -> Figures {
        Figures {
            name: name.to_owned(),
            ok: self.n_ok,
            failed: self.latency.count() - self.n_ok,
            latency: self.latency.figures(),
            first_byte: self.first_byte.figures(),
            course: self.course.clone(),
            heat: self.heat.thinned(),
        }
    }
}
