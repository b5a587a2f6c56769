//! What is loaded: a stage of our own on this machine, or a deployed one by its URL. The rest of the harness
//! asks it for a base URL and for what it shows of itself, and does not know which it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cli::{RunArgs, StageChoice};
use crate::drain::Idle;
use crate::expect::Base;
use crate::progress::Progress;
use crate::report::FunctionFigures;

/// A stage that takes requests.
pub enum Target {
    /// A deployed one, of which nothing is seen but its answers.
    Deployed,
}

/// What a stage shows of itself at one moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Observation {
    /// Messages in each queue, waiting or in flight.
    pub queues: BTreeMap<String, u64>,
    /// Messages in dead-letter queues.
    pub dead_letters: u64,
    /// Per function, since the stage started.
    pub functions: Vec<FunctionFigures>,
    /// Execution environments at this moment, over all functions.
    pub environments: u64,
    /// Invocations under way, over all functions.
    pub in_flight: u64,
}

impl Target {
    /// Makes the target of a run ready, and tells its URL.
    ///
    /// # Errors
    /// When the functions do not build or the stage does not start.
    pub async fn start(
        args: &RunArgs,
        _progress: &Progress,
    ) -> anyhow::Result<(Arc<Self>, String)> {
        match &args.stage {
            StageChoice::Local => anyhow::bail!("local"),
            StageChoice::Url(url) => Ok((Arc::new(Self::Deployed), url.clone())),
        }
    }

    /// Ends what [`Target::start`] started.
    pub async fn shutdown(self) {}

    /// What the stage shows; a deployed one shows nothing.
    #[must_use]
    pub fn observe(&self) -> Option<Observation> {
        match self {
            Self::Deployed => None,
        }
    }

    /// Whether nobody else uses the stage, so that everything on it is ours.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        match self {
            Self::Deployed => false,
        }
    }

    /// What reports call it.
    #[must_use]
    pub fn label(&self, base: &Base) -> String {
        match self {
            Self::Deployed => base.url().to_owned(),
        }
    }
}

impl Idle for Target {
    fn is_idle(&self) -> Option<bool> {
        let observation = self.observe()?;
        Some(observation.in_flight == 0 && observation.queues.values().all(|depth| *depth == 0))
    }
}
