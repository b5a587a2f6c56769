//! The report of a run: one value that holds every figure, and its renderings. `text` prints it, `json` writes
//! and reads it, `html` draws it, `markdown` and `junit` sum it up, `compare` holds two against each other. None of
//! them measures anything.

mod bootstrap;
pub mod compare;
mod figures;
pub(crate) mod hdr;
mod heat_map;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
mod metrics;
pub(crate) mod openmetrics;
pub(crate) mod otlp;
#[cfg(test)]
mod schema;
mod svg;
pub mod text;
mod xml;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::arrivals::{Part, Spacing};
pub use crate::faults::{FaultFigures, FaultSite};
use crate::latency::Latency;
use crate::ledger::Tally;
use crate::pipeline::Pipeline;
use crate::record::{ErrorCount, Figures, Second};
use crate::slo::Judged;

/// The version of the JSON report's shape. It grows with every change that an older reader cannot follow.
pub const SCHEMA: u32 = 4;

/// Everything that a run has to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// [`SCHEMA`] of the writer.
    pub schema: u32,
    /// Which run it was.
    pub run: RunFacts,
    /// What was asked for.
    pub settings: LoadSettings,
    /// The verdict.
    pub verdict: Verdict,
    /// Each objective, judged.
    pub objectives: Vec<Judged>,
    /// What became of every promise.
    pub ledger: Vec<Tally>,
    /// Visits that fell due and those that ended in time.
    pub throughput: Throughput,
    /// For each operation.
    pub operations: Vec<Figures>,
    /// For each workflow, from the slot's time to the end of the visit.
    pub workflows: Vec<Figures>,
    /// From the accepted step to the kept promise, and from publication to receipt.
    pub pipeline: Pipeline,
    /// Whether the load generator kept up.
    pub generator: Generator,
    /// Why requests failed.
    pub errors: Vec<ErrorCount>,
    /// Second by second.
    pub seconds: Vec<Second>,
    /// What the machinery behind the API did; nothing where only a URL is known.
    pub stage: Option<StageFigures>,
    /// Where the processor time went while the load ran; empty where the system does not tell.
    pub cpu: Vec<CpuShare>,
    /// What went wrong on purpose; absent when nothing was to.
    pub faults: Option<FaultFigures>,
}

/// Which run it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunFacts {
    /// What was loaded.
    pub system: String,
    /// Tells this run's visits from all others'.
    pub id: String,
    /// When the load began, RFC 3339.
    pub started_at: String,
    /// `local stage` or a URL.
    pub target: String,
    /// How long customers kept coming.
    pub load_seconds: f64,
    /// How long serving all visits took, from the first one on.
    pub served_seconds: f64,
    /// How long it took until the ledger closed after that.
    pub drain_seconds: f64,
    /// Whether the run was ended by hand.
    pub interrupted: bool,
    /// Whether the run came to its end; otherwise this was written while it was under way.
    #[serde(default = "yes")]
    pub complete: bool,
    /// What the run made on a stage that is not its own and could not remove, one sentence each.
    #[serde(default)]
    pub stays: Vec<String>,
    /// What the run could not do or see, one sentence each.
    #[serde(default)]
    pub notes: Vec<String>,
    /// How many processors the machine has, or all machines of merged reports have together.
    pub n_cpus: usize,
    /// The processors of each machine, by a hash that tells machines apart and nothing about them; empty where the
    /// system does not tell which machine it is.
    #[serde(default)]
    pub machines: BTreeMap<String, usize>,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoadSettings {
    /// Visits per second of the main workflow.
    pub rate: f64,
    /// Visits per second, by workflow.
    pub workflows: BTreeMap<String, f64>,
    /// The workflow that the rate is about.
    pub main: String,
    /// How the rate changed.
    pub profile: String,
    /// How visits were spaced.
    pub arrivals: Spacing,
    /// How long customers were to come.
    pub run_time_seconds: f64,
    /// What arrivals and inputs were drawn from.
    pub seed: u64,
    /// Which part of the slots this worker served; absent where it served all.
    #[serde(default)]
    pub worker: Option<Part>,
}

impl LoadSettings {
    /// Who came, and how: `50 arrivals of checkout per second (constant, Poisson arrivals)`.
    pub(super) fn in_words(&self) -> String {
        let rounded = |rate: f64| (rate * 100.0).round() / 100.0;
        match self.arrivals {
            Spacing::Listed => {
                let each = self.workflows.iter();
                let each = each.map(|(name, rate)| format!("{} of `{name}`", rounded(*rate)));
                let each = each.collect::<Vec<_>>().join(", ");
                format!("The {}, per second on average {each},", self.profile)
            }
            spacing => format!(
                "{} arrivals of `{}` per second ({}, {spacing:?} arrivals)",
                self.rate, self.main, self.profile
            ),
        }
    }
}

fn yes() -> bool {
    true
}

/// How the run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The outcome.
    pub outcome: Outcome,
    /// Why, one sentence each; empty for a pass.
    pub reasons: Vec<String>,
}

/// The three ways in which a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// No objective was missed.
    Pass,
    /// An objective was missed.
    Missed,
    /// The run says nothing about the system.
    Invalid,
}

impl Outcome {
    /// The exit code: 0, 1 and 3. Code 2 is wrong usage, which leads to no run.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Pass => 0,
            Self::Missed => 1,
            Self::Invalid => 3,
        }
    }
}

/// Visits that fell due and those that ended in time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Throughput {
    /// Visits that fell due.
    pub planned: u64,
    /// Of these, those that ended well before what was under way when the load ended.
    pub in_time: u64,
    /// Visits of the main workflow that were accepted, or where nothing is promised ended well, per second of load.
    pub accepted_per_second: f64,
    /// Requests per second of load.
    pub requests_per_second: f64,
}

/// Whether the load generator kept up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generator {
    /// Slots that fell due, over all workflows.
    pub planned: u64,
    /// Slots that started.
    pub started: u64,
    /// Slots that started late.
    pub late: u64,
    /// How long after its time each slot started.
    pub start_delay: Latency,
    /// How long connections took to be made: TCP, and TLS where the target has it.
    #[serde(default)]
    pub connections: Latency,
    /// How late a task that waits for nothing but a processor woke.
    pub lag: Latency,
    /// Users at the end.
    pub users: usize,
    /// Users that there might be.
    pub most_users: usize,
    /// The most visits that were under way at once.
    pub most_visiting: usize,
    /// How often a slot had to wait for a user.
    pub refused: usize,
    /// The requests that goose counted: a check on our own count.
    pub goose_requests: u64,
}

/// What a stage shows of itself: a local one everything, a deployed stack its queues.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageFigures {
    /// Per function.
    pub functions: Vec<FunctionFigures>,
    /// Messages in dead-letter queues before the run.
    #[serde(default)]
    pub dead_letters_before: u64,
    /// Messages in dead-letter queues at the end.
    pub dead_letters: u64,
    /// Events that the buses took.
    #[serde(default)]
    pub events: u64,
    /// Per queue, dead-letter queues left out.
    #[serde(default)]
    pub queues: Vec<QueueFigures>,
    /// Per table that was called.
    #[serde(default)]
    pub tables: Vec<TableFigures>,
    /// The course of the run.
    pub samples: Vec<Sample>,
}

/// What went through one queue while the load ran and until the ledger closed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueueFigures {
    /// Its name.
    pub name: String,
    /// Messages that were sent to it.
    pub sent: u64,
    /// The functions that Lambda polls it for.
    pub receivers: Vec<Receiver>,
}

/// A function that a queue is polled for, as the template has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receiver {
    /// Its name.
    pub function: String,
    /// Messages of an invocation at most.
    pub batch_size: u64,
    /// How long a batch is gathered, in milliseconds.
    pub window_ms: u64,
    /// Invocations at a time at most; absent where the template sets no bound.
    pub max_concurrency: Option<u64>,
}

/// What calls to one table would have been charged, estimated from the sizes of requests and answers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableFigures {
    /// Its name.
    pub name: String,
    /// Calls that read.
    pub reads: u64,
    /// Calls that write.
    pub writes: u64,
    /// Read units.
    pub read_units: f64,
    /// Write units, those of indexes left out.
    pub write_units: f64,
    /// Global secondary indexes.
    pub indexes: u64,
}

/// What one function did while the load ran.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FunctionFigures {
    /// Its name.
    pub name: String,
    /// How often it was invoked.
    pub invocations: u64,
    /// Of these, how often it failed.
    pub errors: u64,
    /// How many invocations were turned away because no environment was free.
    pub throttles: u64,
    /// How many environments were started.
    pub cold_starts: u64,
    /// The most environments at one time.
    pub environments: u64,
    /// Processor time of all its environments, in milliseconds.
    pub cpu_ms: u64,
    /// From arrival to answer over all invocations, in milliseconds; the wait for an environment is part of it.
    #[serde(default)]
    pub time_ms: u64,
    /// Its memory in MiB, as the template has it.
    #[serde(default)]
    pub memory_mib: u64,
    /// Reserved concurrency, where the template sets one.
    #[serde(default)]
    pub reserved: Option<u64>,
}

/// The state of a local stage at one moment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// Milliseconds since the load began.
    pub at_ms: u64,
    /// Messages in each queue, waiting or in flight.
    pub queues: BTreeMap<String, u64>,
    /// Execution environments, over all functions.
    pub environments: u64,
    /// Environments started so far.
    pub cold_starts: u64,
    /// Processor time so far, by consumer, in milliseconds.
    pub cpu_ms: BTreeMap<String, u64>,
}

/// The processor time of one consumer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CpuShare {
    /// Who used it: `load generator`, `stage`, or a function.
    pub consumer: String,
    /// How much, in milliseconds.
    pub cpu_ms: u64,
}

#[cfg(test)]
pub(crate) mod sample;
