//! The limits that an objectives file may set, and whether their values make sense.

use serde::Deserialize;

use super::{Objectives, SloError};
use crate::latency::ReadQuantile;

/// Objectives of whatever has none of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// Of operations.
    pub operations: Option<LatencyLimits>,
    /// Of workflows.
    pub workflows: Option<WorkflowLimits>,
    /// Of channels.
    pub channels: Option<ChannelLimits>,
}

/// Limits of one workflow.
///
/// **Units**: milliseconds, and a share from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the names say it all")]
pub struct WorkflowLimits {
    pub p50_ms: Option<f64>,
    pub p90_ms: Option<f64>,
    pub p99_ms: Option<f64>,
    pub p999_ms: Option<f64>,
    /// The share of runs that may fail; [`super::USUAL_FAILED_SHARE`] when left out.
    pub error_share: Option<f64>,
}

impl WorkflowLimits {
    /// Those of the duration; none where only failures are limited.
    pub(super) fn latency(self) -> LatencyLimits {
        let Self { p50_ms, p90_ms, p99_ms, p999_ms, .. } = self;
        LatencyLimits { p50_ms, p90_ms, p99_ms, p999_ms }
    }
}

/// Latencies of one message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelLimits {
    /// From the step that owes it until the bus took it.
    #[serde(default)]
    pub asked_to_published: LatencyLimits,
    /// From then until a consumer received it, for each of its queues.
    #[serde(default)]
    pub published_to_received: LatencyLimits,
}

/// **Units**: milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the names say it all")]
pub struct LatencyLimits {
    pub p50_ms: Option<f64>,
    pub p90_ms: Option<f64>,
    pub p99_ms: Option<f64>,
    pub p999_ms: Option<f64>,
}

/// Counts that may be reached and not exceeded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "named as in the report; `Tally` explains them")]
pub struct LedgerLimits {
    pub lost: Option<u64>,
    pub duplicated: Option<u64>,
    pub unexpected: Option<u64>,
    pub wrong: Option<u64>,
}

/// See `error_share`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestLimits {
    /// The share of requests that may fail, 0 to 1.
    pub error_share: Option<f64>,
}

/// See `reached_share`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThroughputLimits {
    /// The share of the visits that fell due that must have ended well in time, 0 to 1.
    pub reached_share: Option<f64>,
}

/// A limit of a quantile.
pub(super) struct Limit {
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) ms: f64,
    /// The share that may lie beyond it.
    pub(super) beyond: f64,
    pub(super) read: ReadQuantile,
}

impl LatencyLimits {
    /// The limits that are set, from the lowest percentile.
    pub(super) fn each(self) -> impl Iterator<Item = Limit> {
        let limits: [(_, _, Option<f64>, f64, ReadQuantile); 4] = [
            ("p50", "p50", self.p50_ms, 0.5, |latency| latency.p50_us),
            ("p90", "p90", self.p90_ms, 0.1, |latency| latency.p90_us),
            ("p99", "p99", self.p99_ms, 0.01, |latency| latency.p99_us),
            ("p999", "p99.9", self.p999_ms, 0.001, |latency| latency.p999_us),
        ];
        limits.into_iter().filter_map(|(key, name, ms, beyond, read)| {
            Some(Limit { key, name, ms: ms?, beyond, read })
        })
    }
}

impl LatencyLimits {
    /// Whether it limits nothing.
    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl LedgerLimits {
    /// Whether it limits nothing.
    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// The two latencies of a message, with their names.
fn of_channel(name: &str, limits: &ChannelLimits) -> [(String, LatencyLimits); 2] {
    [
        (format!("{name}.asked_to_published"), limits.asked_to_published),
        (format!("{name}.published_to_received"), limits.published_to_received),
    ]
}

impl Objectives {
    /// Whether the file says something in each section, and nothing that makes no sense.
    pub(super) fn check(&self) -> Result<(), SloError> {
        let default = &self.default;
        let mut workflows: Vec<_> =
            self.workflows.iter().map(|(id, one)| (format!("workflows.{id}"), *one)).collect();
        workflows.extend(default.workflows.map(|one| ("default.workflows".to_owned(), one)));
        let maps = [("operations", &self.operations), ("promises", &self.promises)];
        let of = |(kind, id, one): (&str, &String, &LatencyLimits)| (format!("{kind}.{id}"), *one);
        let mut all: Vec<_> = maps
            .into_iter()
            .flat_map(|(kind, map)| map.iter().map(move |(id, one)| of((kind, id, one))))
            .collect();
        all.extend(default.operations.map(|one| ("default.operations".to_owned(), one)));
        let is_by_latency = |one: &&(String, WorkflowLimits)| one.1.error_share.is_none();
        let by_latency = workflows.iter().filter(is_by_latency);
        let by_latency = by_latency.map(|(name, one)| (name.clone(), one.latency()));
        self.check_said(&all.iter().cloned().chain(by_latency).collect::<Vec<_>>())?;
        all.extend(workflows.iter().map(|(name, one)| (name.clone(), one.latency())));
        for (name, limits) in &self.channels {
            all.extend(of_channel(&format!("channels.{name}"), limits));
        }
        all.extend(default.channels.iter().flat_map(|one| of_channel("default.channels", one)));
        all.iter().try_for_each(|(of, limits)| limits.check(of))?;
        let own =
            workflows.iter().map(|(name, one)| (format!("{name}.error_share"), one.error_share));
        let shares = [
            ("requests.error_share".to_owned(), self.requests.error_share),
            ("throughput.reached_share".to_owned(), self.throughput.reached_share),
        ];
        for (name, share) in own.chain(shares) {
            if let Some(value) = share.filter(|share| !(0.0..=1.0).contains(share)) {
                return Err(SloError::Value { name, value, expected: "a share from 0 to 1" });
            }
        }
        Ok(())
    }
}

impl LatencyLimits {
    /// Whether the limits are times, and rise with their percentiles.
    fn check(self, of: &str) -> Result<(), SloError> {
        let mut least = 0.0;
        for limit in self.each() {
            let wrong = |expected| {
                let name = format!("{of}.{}_ms", limit.key);
                Err(SloError::Value { name, value: limit.ms, expected })
            };
            if !(limit.ms.is_finite() && limit.ms >= 0.0) {
                return wrong("milliseconds, zero or more");
            }
            if limit.ms < least {
                return wrong("at least the limit of each lower percentile");
            }
            least = limit.ms;
        }
        Ok(())
    }
}
