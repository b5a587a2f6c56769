//! Service-level objectives: what `slo.toml` may say, and the judgement. Pure: figures in, objectives out.
//!
//! A quantile is judged by the share of requests beyond its limit, and a share by its interval: an objective is missed
//! when 95 % confidence says so, and holds otherwise, where the report says how sure that is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::interval::{needed, wilson};
use crate::latency::Latency;
use crate::ledger::Tally;
use crate::pipeline::{Hop, HopKind, Pipeline};
use crate::record::Figures;
use crate::system::System;

mod held;
mod limits;

pub use limits::{
    ChannelLimits, Defaults, LatencyLimits, LedgerLimits, RequestLimits, ThroughputLimits,
    WorkflowLimits,
};

/// The share of a workflow's runs that may fail where the file does not say.
pub const USUAL_FAILED_SHARE: f64 = 0.01;

/// How often the generator's own delay may stand in one latency: to wake for sending, for the answer's head, and for
/// its end.
const WAKES: f64 = 3.0;

/// The contents of an objectives file. Whatever is not known is an error; every operation, channel and workflow has an
/// objective or is named as exempt.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objectives {
    /// What has no objective on purpose: `operations.listBaskets`, `channels.*`, `*`.
    #[serde(default)]
    pub exempt: Vec<String>,
    /// For whatever has none of its own.
    #[serde(default)]
    pub default: Defaults,
    /// Latencies of operations.
    #[serde(default)]
    pub operations: BTreeMap<String, LatencyLimits>,
    /// Durations of visits, and how many of them may fail.
    #[serde(default)]
    pub workflows: BTreeMap<String, WorkflowLimits>,
    /// Latencies of messages.
    #[serde(default)]
    pub channels: BTreeMap<String, ChannelLimits>,
    /// From asked to kept.
    #[serde(default)]
    pub promises: BTreeMap<String, LatencyLimits>,
    /// What may go wrong with promises.
    #[serde(default)]
    pub ledger: LedgerLimits,
    /// What may go wrong with requests.
    #[serde(default)]
    pub requests: RequestLimits,
    /// What must get through.
    #[serde(default)]
    pub throughput: ThroughputLimits,
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
    /// An objective, or an exemption, of something that the system does not have.
    #[error("`{name}` does not exist in this system; {help}")]
    Unknown {
        /// What it says.
        name: String,
        /// What it may say.
        help: String,
    },
    /// An objective that nothing can miss.
    #[error("`{0}`: no workflow expects this message, so its request time is unknown; remove it")]
    Unpromised(String),
    /// A section without a limit.
    #[error(
        "`{0}` has no limit; add one, such as `p99_ms = 200`, or remove the section and list it in `exempt`"
    )]
    Empty(String),
    /// Something that is exempt, and has an objective.
    #[error("`{0}` is exempt and has an objective; remove one of them")]
    Contradiction(String),
    /// Something without an objective.
    #[error("no objective for {0}; add one, as in `[{1}]`, or list `{1}` in `exempt`")]
    Missing(String, String),
}

/// What is judged.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'a> {
    /// For each operation.
    pub operations: &'a [Figures],
    /// For each workflow.
    pub workflows: &'a [Figures],
    /// Of the pipeline.
    pub pipeline: &'a Pipeline,
    /// Which promise each message keeps.
    pub system: &'a System,
    /// The ledger's sums.
    pub tallies: &'a [Tally],
    /// Visits that fell due.
    pub n_planned: u64,
    /// Of these, those that ended well in time.
    pub n_in_time: u64,
    /// For how long visits fell due, in seconds.
    pub load_seconds: f64,
    /// How late the load generator itself woke.
    pub lag: &'a Latency,
}

impl Measured<'_> {
    /// How much of a request's latency the generator's own delay may be, in milliseconds.
    fn of_generator(&self, lag_us: u64) -> f64 {
        WAKES * lag_us as f64 / 1_000.0
    }

    /// How much longer than a single request a run of a workflow may take by the generator's own delay, in milliseconds:
    /// its other requests, by their average number, wake as late as is usual.
    fn of_further_requests(&self) -> f64 {
        let n_requests: u64 = self.operations.iter().map(|one| one.latency.count).sum();
        let n_runs: u64 = self.workflows.iter().map(|one| one.latency.count).sum();
        let further = n_requests as f64 / n_runs.max(1) as f64 - 1.0;
        further.max(0.0) * self.of_generator(self.lag.mean_us)
    }

    /// Whether nobody came for the workflow of a promise, so that there is nothing to judge.
    fn is_idle(&self, hop: &Hop) -> bool {
        let came = |id: &str| self.workflows.iter().any(|figures| figures.name == id);
        hop.latency.count == 0 && self.system.is_idle(&hop.to, came)
    }
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
    pub standing: Standing,
    /// How many it was counted over; zero for a count itself.
    pub count: u64,
    /// How many would tell for certain; absent when these did, or none would.
    pub needed: Option<u64>,
    /// How much of what was found the load generator's own delay may be, in the same unit.
    #[serde(default)]
    pub of_generator: f64,
}

/// How an objective stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It holds, with 95 % confidence.
    Holds,
    /// It holds by what was counted, which is too little for 95 % confidence.
    Likely,
    /// What was counted is beyond the limit, and too little for 95 % confidence.
    Unsure,
    /// It is missed, with 95 % confidence.
    Missed,
}

impl Standing {
    /// Whether the objective is missed.
    #[must_use]
    pub fn is_missed(self) -> bool {
        self == Self::Missed
    }
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
    /// Reads the text of an objectives file.
    ///
    /// # Errors
    /// When it is not TOML, has a key that nobody knows, or a limit that makes no sense.
    pub fn parse(text: &str) -> Result<Self, SloError> {
        let objectives: Self = toml::from_str(text)?;
        objectives.check()?;
        Ok(objectives)
    }

    /// What is judged while things go wrong on purpose: promises, and nothing that takes time or may be asked again.
    #[must_use]
    pub fn under_faults(&self) -> Self {
        Self { ledger: self.ledger, exempt: vec!["*".to_owned()], ..Self::default() }
    }

    /// Judges what was measured: operations, workflows, what lies behind them, promises, and the whole.
    #[must_use]
    pub fn judge(&self, measured: &Measured<'_>) -> Vec<Judged> {
        let mut judged = Vec::new();
        // What nobody of this run's mix calls has nothing to be judged by.
        for figures in measured.operations {
            let default = self.default.operations;
            let default = default.filter(|_| !self.is_exempt("operations", &figures.name));
            if let Some(limits) = self.operations.get(&figures.name).copied().or(default) {
                limits.judge(&figures.name, &figures.latency, measured, &mut judged);
            }
        }
        for figures in measured.workflows {
            self.judge_workflow(figures, measured, &mut judged);
        }
        self.judge_pipeline(measured, &mut judged);
        self.ledger.judge(measured.tallies, &mut judged);
        if let Some(limit) = self.requests.error_share {
            let failed = measured.operations.iter().map(|figures| figures.failed).sum();
            let all = measured.operations.iter().map(|figures| figures.latency.count).sum();
            judged.push(Judged::share("requests failed", failed, all, limit, false));
        }
        // A file of arrivals may list none of the main workflow.
        let is_due = measured.n_planned > 0;
        if let Some(limit) = self.throughput.reached_share.filter(|_| is_due) {
            let late = measured.n_planned.saturating_sub(measured.n_in_time);
            // Runs end late by that which fall due at the end of the load.
            let of_a_run =
                measured.of_generator(measured.lag.p99_us) + measured.of_further_requests();
            judged.push(Judged {
                of_generator: of_a_run / 1_000.0 / measured.load_seconds.max(f64::MIN_POSITIVE),
                ..Judged::share("workflow runs on time", late, measured.n_planned, limit, true)
            });
        }
        judged
    }

    /// Also where requests are fine, runs may fail: of a value that cannot be sent, of a message that does not come.
    fn judge_workflow(&self, figures: &Figures, measured: &Measured<'_>, judged: &mut Vec<Judged>) {
        let own = self.workflows.get(&figures.name).copied();
        if own.is_none() && self.is_exempt("workflows", &figures.name) {
            return;
        }
        let name = format!("run: {}", figures.name);
        let (own, default) = (own.unwrap_or_default(), self.default.workflows.unwrap_or_default());
        let latency = own.latency();
        let latency = if latency.is_empty() { default.latency() } else { latency };
        let from = judged.len();
        latency.judge(&name, &figures.latency, measured, judged);
        for one in judged.iter_mut().skip(from) {
            one.of_generator += measured.of_further_requests();
        }
        let limit = own.error_share.or(default.error_share).unwrap_or(USUAL_FAILED_SHARE);
        let (failed, all) = (figures.failed, figures.n_ended());
        judged.push(Judged::share(&format!("{name} failed"), failed, all, limit, false));
    }

    fn judge_pipeline(&self, measured: &Measured<'_>, judged: &mut Vec<Judged>) {
        for hop in &measured.pipeline.hops {
            let channel = match hop.kind {
                HopKind::Received => Some(hop.to.as_str()),
                HopKind::Next => continue,
                HopKind::Asked => {
                    let limits = self.promises.get(&hop.to);
                    if let Some(limits) = limits.filter(|_| !measured.is_idle(hop)) {
                        limits.judge(&hop.name(), &hop.latency, measured, judged);
                    }
                    let promises = measured.system.promises();
                    let promise = promises.iter().find(|promise| promise.id == hop.to);
                    promise.and_then(|promise| promise.channels().first()).map(|channel| channel.id)
                }
            };
            let Some(channel) = channel else { continue };
            let default = self.default.channels.filter(|_| !self.is_exempt("channels", channel));
            let Some(limits) = self.channels.get(channel).copied().or(default) else { continue };
            let limits = match hop.kind {
                HopKind::Received => limits.published_to_received,
                _ => limits.asked_to_published,
            };
            // On a target that shows no messages there is nothing to judge; the run says so.
            if hop.latency.count > 0 {
                limits.judge(&hop.name(), &hop.latency, measured, judged);
            }
        }
    }
}

impl LatencyLimits {
    fn judge(self, of: &str, latency: &Latency, measured: &Measured<'_>, judged: &mut Vec<Judged>) {
        for limit in self.each() {
            let beyond = latency.n_beyond((limit.ms * 1_000.0) as u64);
            let actual = (limit.read)(latency) as f64 / 1_000.0;
            let standing = match latency.count {
                0 => Standing::Missed,
                all => stand(beyond, all, limit.beyond, actual > limit.ms),
            };
            judged.push(Judged {
                name: format!("{of} {}", limit.name),
                actual: (latency.count > 0).then_some(actual),
                limit: limit.ms,
                at_least: false,
                unit: Unit::Ms,
                standing,
                count: latency.count,
                needed: lacking(standing, beyond, latency.count, limit.beyond),
                of_generator: measured.of_generator((limit.read)(measured.lag)),
            });
        }
    }
}

/// How an objective stands when `part` of `whole` are bad and so many may be; `is_beyond` says what the count says.
fn stand(part: u64, whole: u64, allowed: f64, is_beyond: bool) -> Standing {
    let (low, high) = wilson(part, whole);
    match (low > allowed, is_beyond, high <= allowed) {
        (true, _, _) => Standing::Missed,
        (false, true, _) => Standing::Unsure,
        (false, false, true) => Standing::Holds,
        (false, false, false) => Standing::Likely,
    }
}

fn lacking(standing: Standing, part: u64, whole: u64, allowed: f64) -> Option<u64> {
    let is_sure = matches!(standing, Standing::Holds | Standing::Missed);
    if is_sure { None } else { needed(part, whole, allowed) }
}

impl LedgerLimits {
    fn judge(self, tallies: &[Tally], judged: &mut Vec<Judged>) {
        type Read = fn(&Tally) -> u64;
        let limits: [(&str, Option<u64>, Read); 3] = [
            ("lost", self.lost, |tally| tally.lost),
            ("duplicated", self.duplicated, |tally| tally.doubled),
            ("unexpected", self.unexpected, |tally| tally.unpromised),
        ];
        for tally in tallies {
            for (name, limit, read) in &limits {
                if let Some(limit) = limit {
                    judged.push(Judged::count(
                        &format!("{} {name}", tally.promise),
                        read(tally),
                        *limit,
                    ));
                }
            }
            if let Some(limit) = self.wrong.filter(|_| !tally.wrong_name.is_empty()) {
                judged.push(Judged::count(&tally.wrong_name, tally.wrong, limit));
            }
        }
    }
}

impl Judged {
    fn count(name: &str, actual: u64, limit: u64) -> Self {
        let standing = if actual <= limit { Standing::Holds } else { Standing::Missed };
        Self {
            name: name.to_owned(),
            actual: Some(actual as f64),
            limit: limit as f64,
            at_least: false,
            unit: Unit::Count,
            standing,
            count: 0,
            needed: None,
            of_generator: 0.0,
        }
    }

    /// `bad` of all; the limit is of those, or with `at_least` of the others.
    fn share(name: &str, bad: u64, all: u64, limit: f64, at_least: bool) -> Self {
        let allowed = if at_least { 1.0 - limit } else { limit };
        let standing = match share(bad, all) {
            None => Standing::Missed,
            // A share that is allowed to the last digit is not beyond it.
            Some(found) => stand(bad, all, allowed + 1e-12, found > allowed + 1e-12),
        };
        let actual = share(bad, all).map(|found| if at_least { 1.0 - found } else { found });
        Self {
            name: name.to_owned(),
            actual,
            limit,
            at_least,
            unit: Unit::Share,
            standing,
            count: all,
            needed: lacking(standing, bad, all, allowed),
            of_generator: 0.0,
        }
    }
}

/// `part` of `whole`, or `None` when there is no whole.
#[must_use]
pub fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests;
