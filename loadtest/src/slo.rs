//! Service-level objectives: what `slo.toml` may say, and the judgement. Pure: figures in, objectives out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::latency::{Latency, ReadQuantile};
use crate::ledger::Tally;
use crate::operation::Operation;
use crate::pipeline::Pipeline;
use crate::record::Figures;

/// The objectives of the repository, which hold when `--slo` names no other file.
const DEFAULT: &str = include_str!("../slo.toml");

/// The contents of an objectives file. Whatever is left out is not judged; whatever is not known is an error.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objectives {
    /// Latencies per operation.
    #[serde(default)]
    pub operations: BTreeMap<Operation, LatencyLimits>,
    /// Latencies from the checkout to the order.
    #[serde(default)]
    pub pipeline: PipelineLimits,
    /// What may go wrong with promises.
    #[serde(default)]
    pub ledger: LedgerLimits,
    /// What may go wrong with requests.
    #[serde(default)]
    pub requests: RequestLimits,
    /// What must get through.
    #[serde(default)]
    pub throughput: ThroughputLimits,
    /// What makes a run worth judging.
    #[serde(default)]
    pub generator: GeneratorLimits,
}

/// Latencies from the checkout to the order; see [`crate::pipeline`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PipelineLimits {
    /// From the answer to the checkout until the order is stored.
    #[serde(default)]
    pub answered_to_stored: LatencyLimits,
    /// From the moment that the server took the checkout until the order is stored.
    #[serde(default)]
    pub asked_to_stored: LatencyLimits,
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
#[allow(missing_docs, reason = "the fields of `Tally` explain them")]
pub struct LedgerLimits {
    pub lost: Option<u64>,
    pub duplicated: Option<u64>,
    pub ghosts: Option<u64>,
    pub baskets_wrong: Option<u64>,
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
    /// The share of the asked-for checkouts that must be accepted in time, 0 to 1.
    pub reached_share: Option<f64>,
}

/// See `late_share`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GeneratorLimits {
    /// The share of slots that may start late, 0 to 1. Above it the run is invalid.
    pub late_share: f64,
}

impl Default for GeneratorLimits {
    fn default() -> Self {
        Self { late_share: 0.01 }
    }
}

/// Why an objectives file was refused.
#[derive(Debug, thiserror::Error)]
pub enum SloError {
    /// It is not TOML, or says what objectives cannot say; the text names line and column.
    #[error("{0}")]
    Syntax(#[from] toml::de::Error),
    /// A limit that nothing can be compared with.
    #[error("`{name}` is {value}, expected {expected}")]
    Value {
        /// Which limit.
        name: String,
        /// What it says.
        value: f64,
        /// What it may say.
        expected: &'static str,
    },
}

/// What is judged.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'a> {
    /// Per operation.
    pub operations: &'a [(Operation, Figures)],
    /// Of the pipeline.
    pub pipeline: &'a Pipeline,
    /// The ledger's sums.
    pub tally: &'a Tally,
    /// Checkouts that were asked for.
    pub checkouts_planned: u64,
    /// Of these, those accepted before the load ended.
    pub checkouts_in_time: u64,
}

/// One objective, judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judged {
    /// What was judged: `checkoutBasket p99`.
    pub name: String,
    /// What was found; `None` when nothing was measured, which is a miss.
    pub actual: Option<f64>,
    /// What it is held against.
    pub limit: f64,
    /// Whether `limit` is the least that passes, or else the most.
    pub at_least: bool,
    /// What the numbers count.
    pub unit: Unit,
    /// Whether it holds.
    pub pass: bool,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Milliseconds.
    Ms,
    /// A share of one, shown in percent.
    Share,
    /// Pieces.
    Count,
}

impl Objectives {
    /// The repository's own.
    ///
    /// # Errors
    /// When `loadtest/slo.toml` was edited into something that is none.
    pub fn builtin() -> Result<Self, SloError> {
        Self::parse(DEFAULT)
    }

    /// Reads the text of an objectives file.
    ///
    /// # Errors
    /// When it is not TOML, has a key or an operation that nobody knows, or a limit that makes no sense.
    pub fn parse(text: &str) -> Result<Self, SloError> {
        let objectives: Self = toml::from_str(text)?;
        objectives.check()?;
        Ok(objectives)
    }

    /// What is judged while things go wrong on purpose: promises, and nothing that takes time or may be asked again.
    #[must_use]
    pub fn under_faults(&self) -> Self {
        let generator = GeneratorLimits { late_share: 1.0 };
        Self { ledger: self.ledger, generator, ..Self::default() }
    }

    fn check(&self) -> Result<(), SloError> {
        let stages = [
            ("answered_to_stored", self.pipeline.answered_to_stored),
            ("asked_to_stored", self.pipeline.asked_to_stored),
        ];
        let pipeline = stages.into_iter().flat_map(|(stage, limits)| {
            limits.each().map(move |(name, ms, _)| (format!("pipeline.{stage}.{name}_ms"), ms))
        });
        let operations = self.operations.iter().flat_map(|(operation, limits)| {
            let id = operation.id();
            limits.each().map(move |(name, ms, _)| (format!("operations.{id}.{name}_ms"), ms))
        });
        for (name, value) in pipeline.chain(operations) {
            if !(value.is_finite() && value >= 0.0) {
                let expected = "milliseconds, zero or more";
                return Err(SloError::Value { name, value, expected });
            }
        }
        let shares = [
            ("requests.error_share", self.requests.error_share),
            ("throughput.reached_share", self.throughput.reached_share),
            ("generator.late_share", Some(self.generator.late_share)),
        ];
        for (name, share) in shares {
            if let Some(value) = share.filter(|share| !(0.0..=1.0).contains(share)) {
                let expected = "a share from 0 to 1";
                return Err(SloError::Value { name: name.to_owned(), value, expected });
            }
        }
        Ok(())
    }

    /// Judges what was measured, in the order of the file.
    #[must_use]
    pub fn judge(&self, measured: &Measured<'_>) -> Vec<Judged> {
        let mut judged = Vec::new();
        for (operation, limits) in &self.operations {
            let figures = measured.operations.iter().find(|(of, _)| of == operation);
            // An operation that no customer of this run's mix calls has nothing to be judged by.
            let Some((_, figures)) = figures else { continue };
            limits.judge(operation.id(), &figures.latency, &mut judged);
        }
        let pipeline = &self.pipeline;
        pipeline.answered_to_stored.judge(
            "answered → stored",
            &measured.pipeline.stored,
            &mut judged,
        );
        pipeline.asked_to_stored.judge("asked → stored", &measured.pipeline.placed, &mut judged);
        self.ledger.judge(measured.tally, &mut judged);
        if let Some(limit) = self.requests.error_share {
            let failed = measured.operations.iter().map(|(_, figures)| figures.failed).sum();
            let all = measured.operations.iter().map(|(_, figures)| figures.latency.count).sum();
            judged.push(Judged::most("errors", share(failed, all), limit, Unit::Share));
        }
        if let Some(limit) = self.throughput.reached_share {
            let actual = share(measured.checkouts_in_time, measured.checkouts_planned);
            judged.push(Judged::least("throughput reached", actual, limit, Unit::Share));
        }
        judged
    }
}

impl LatencyLimits {
    fn each(self) -> impl Iterator<Item = (&'static str, f64, ReadQuantile)> {
        let limits: [(_, Option<f64>, ReadQuantile); 4] = [
            ("p50", self.p50_ms, |latency| latency.p50_us),
            ("p90", self.p90_ms, |latency| latency.p90_us),
            ("p99", self.p99_ms, |latency| latency.p99_us),
            ("p999", self.p999_ms, |latency| latency.p999_us),
        ];
        limits.into_iter().filter_map(|(name, limit, read)| Some((name, limit?, read)))
    }

    fn judge(self, of: &str, latency: &Latency, judged: &mut Vec<Judged>) {
        for (name, limit, read) in self.each() {
            let name = format!("{of} {}", if name == "p999" { "p99.9" } else { name });
            let actual = (latency.count > 0).then(|| read(latency) as f64 / 1000.0);
            judged.push(Judged::most(&name, actual, limit, Unit::Ms));
        }
    }
}

impl LedgerLimits {
    fn judge(self, tally: &Tally, judged: &mut Vec<Judged>) {
        let limits = [
            ("orders lost", self.lost, tally.lost),
            ("orders duplicated", self.duplicated, tally.duplicated),
            ("orders nobody was promised", self.ghosts, tally.ghosts),
            ("baskets wrong", self.baskets_wrong, tally.baskets_wrong),
        ];
        for (name, limit, actual) in limits {
            if let Some(limit) = limit {
                judged.push(Judged::most(name, Some(actual as f64), limit as f64, Unit::Count));
            }
        }
    }
}

impl Judged {
    fn most(name: &str, actual: Option<f64>, limit: f64, unit: Unit) -> Self {
        let pass = actual.is_some_and(|actual| actual <= limit);
        Self { name: name.to_owned(), actual, limit, at_least: false, unit, pass }
    }

    fn least(name: &str, actual: Option<f64>, limit: f64, unit: Unit) -> Self {
        let pass = actual.is_some_and(|actual| actual >= limit);
        Self { name: name.to_owned(), actual, limit, at_least: true, unit, pass }
    }
}

/// `part` of `whole`, or `None` when there is no whole.
#[must_use]
pub fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests;
