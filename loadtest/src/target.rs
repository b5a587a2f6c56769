//! What is loaded: a stage of our own on this machine, or a deployed one by its URL. The rest of the harness
//! asks it for a base URL and for what it shows of itself, and does not know which it is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use stage::{Log, Metrics, Stage, StageOptions, build_functions};

use crate::cli::{RunArgs, StageChoice};
use crate::cpu;
use crate::drain::Idle;
use crate::expect::Base;
use crate::faults::Faults;
use crate::freshness;
use crate::progress::Progress;
use crate::report::{FaultFigures, FunctionFigures};

/// What the names of dead-letter queues have in them.
const DEAD_LETTERS: &str = "DeadLetter";

/// A stage that takes requests.
pub enum Target {
    /// One of our own, which ends with the run, and what goes wrong on it on purpose.
    Local(Box<Stage>, Option<Faults>),
    /// A deployed one, of which nothing is seen but its answers.
    Deployed,
}

/// What a stage shows of itself at one moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Observation {
    /// Messages in each queue, waiting or in flight; without the dead-letter queues.
    pub queues: BTreeMap<String, u64>,
    /// Messages in dead-letter queues.
    pub dead_letters: u64,
    /// Per function, since the stage started.
    pub functions: Vec<FunctionFigures>,
    /// Execution environments at this moment, over all functions.
    pub environments: u64,
    /// Invocations under way or waiting, over all functions.
    pub in_flight: u64,
    /// Events that are on their way to a target.
    pub under_way: u64,
    /// Processor time so far, by consumer, in milliseconds.
    pub cpu_ms: BTreeMap<String, u64>,
}

impl Target {
    /// Makes the target of a run ready, and tells its URL.
    ///
    /// # Errors
    /// When generated code is stale, the functions do not build, or the stage does not start.
    pub async fn start(args: &RunArgs, progress: &Progress) -> anyhow::Result<(Arc<Self>, String)> {
        match &args.stage {
            StageChoice::Local => {
                let faults = Faults::of(args);
                let stage = start_local(args, faults.as_ref(), progress).await?;
                let url = stage.api_url().to_owned();
                Ok((Arc::new(Self::Local(Box::new(stage), faults)), url))
            }
            StageChoice::Url(url) => Ok((Arc::new(Self::Deployed), url.clone())),
        }
    }

    /// Ends what [`Target::start`] started.
    pub async fn shutdown(self) {
        match self {
            Self::Local(stage, _) => stage.shutdown().await,
            Self::Deployed => {}
        }
    }

    /// What the stage shows; a deployed one shows nothing.
    #[must_use]
    pub fn observe(&self) -> Option<Observation> {
        match self {
            Self::Local(stage, _) => Some(observation(&stage.metrics())),
            Self::Deployed => None,
        }
    }

    /// Whether nobody else uses the stage, so that everything on it is ours.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        matches!(self, Self::Local(..))
    }

    /// What has gone wrong on purpose so far; `None` when nothing was to.
    #[must_use]
    pub fn faults(&self) -> Option<FaultFigures> {
        match self {
            Self::Local(_, faults) => faults.as_ref().map(Faults::figures),
            Self::Deployed => None,
        }
    }

    /// What reports call it.
    #[must_use]
    pub fn label(&self, base: &Base) -> String {
        match self {
            Self::Local(..) => "local stage".to_owned(),
            Self::Deployed => base.url().to_owned(),
        }
    }
}

impl Idle for Target {
    fn is_idle(&self) -> Option<bool> {
        let observation = self.observe()?;
        let is_quiet = observation.in_flight == 0 && observation.under_way == 0;
        Some(is_quiet && observation.queues.values().all(|depth| *depth == 0))
    }
}

/// The workspace that this program was built from, or the current folder when it is elsewhere by now.
#[must_use]
pub fn workspace() -> PathBuf {
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let there = built_from.filter(|folder| folder.join("spec").is_dir());
    there.map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// From the contracts to a stage that serves them.
async fn start_local(
    args: &RunArgs,
    faults: Option<&Faults>,
    progress: &Progress,
) -> anyhow::Result<Stage> {
    let workspace = workspace();
    let began = Instant::now();
    let n_files = freshness::check(&workspace)?;
    progress
        .done("fresh", &format!("{n_files} generated files in {} ms", began.elapsed().as_millis()));

    let bin_dir = if args.no_build {
        // Cargo builds all programs of the workspace into one folder, this one among them.
        let this_program = std::env::current_exe().context("cannot tell where this program is")?;
        this_program.parent().map(Path::to_owned)
    } else {
        progress.doing("build", "the functions");
        let began = Instant::now();
        let folder = build_functions(&workspace)?;
        progress.done("build", &format!("the functions in {:.1} s", began.elapsed().as_secs_f64()));
        folder
    };

    let began = Instant::now();
    let template = workspace.join("generated/infra/template.yaml");
    let mut options = StageOptions { bin_dir, ..StageOptions::new(template) };
    if let Some(faults) = faults {
        // Batches that come again are what was asked for, and no problems to tell a line each.
        options = StageOptions { log: Log::silent(), ..options }.with_faults(faults.seeded());
    }
    let failed = if args.no_build {
        "the stage does not start; without --no-build the functions are built first"
    } else {
        "the stage does not start"
    };
    let stage = Stage::start(options).await.context(failed)?;
    let url = stage.api_url();
    progress.done("stage", &format!("{url} in {} ms", began.elapsed().as_millis()));
    if let Some(faults) = faults {
        progress.done("faults", &faults.to_string());
    }
    Ok(stage)
}

fn observation(metrics: &Metrics) -> Observation {
    let mut observation =
        Observation { under_way: metrics.buses.n_under_way, ..Observation::default() };
    for (name, queue) in &metrics.queues {
        let depth = (queue.n_visible + queue.n_in_flight + queue.n_delayed) as u64;
        if name.contains(DEAD_LETTERS) {
            observation.dead_letters += depth;
        } else {
            observation.queues.insert(name.clone(), depth);
        }
    }
    for (name, function) in &metrics.functions {
        let n_environments = (function.n_starting + function.n_idle + function.n_busy) as u64;
        let cpu_ms = milliseconds(function.cpu_time);
        observation.environments += n_environments;
        observation.in_flight += (function.n_busy + function.n_waiting) as u64;
        observation.cpu_ms.insert(format!("function {name}"), cpu_ms);
        observation.functions.push(FunctionFigures {
            name: name.clone(),
            invocations: function.invocations,
            errors: function.errors,
            throttles: function.throttles,
            cold_starts: function.cold_starts,
            environments: n_environments,
            cpu_ms,
        });
    }
    let tables = milliseconds(metrics.table_cpu_time);
    let stage = milliseconds(metrics.stage_cpu_time);
    observation.cpu_ms.insert("stage: tables".to_owned(), tables);
    observation.cpu_ms.insert("stage: all else".to_owned(), stage);
    if let Some(own) = cpu::of_this_process_ms() {
        // The stage's threads are in this process; what they did not use, the load generator did.
        let generator = own.saturating_sub(tables + stage);
        observation.cpu_ms.insert(cpu::GENERATOR.to_owned(), generator);
    }
    observation
}

fn milliseconds(time: std::time::Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
