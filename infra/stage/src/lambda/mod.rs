//! Lambda: real processes behind the Runtime API, one for each execution environment.
//!
//! Stood up: environments started on demand and reused most recently used first, init and function timeouts, crashes
//! and replacements, reserved concurrency, the `Invoke` API (synchronous, asynchronous with retries and destinations,
//! dry run).
//!
//! Known deviations:
//! - An environment is frozen 10 ms after it began to wait, not at once; under load later, so that none is then.
//! - Memory is what a process and its children hold for themselves, looked at every 100 ms while they work.
//! - Beyond the stage's own limit of environments, which is the machine's and not AWS', invocations wait instead of
//!   being throttled.
//! - There are no extensions and no response streaming; all versions and aliases are the same code.

mod asynchronous;
mod configuration;
mod environment;
mod error;
mod function;
mod invoke;
mod state;
mod wire;

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::programs::Program;
pub use asynchronous::{Destinations, Record, Retries};
pub(crate) use configuration::{LIST_PATH, action_of, list};
pub use error::{Failure, FailureKind, InvocationOutcome, Refusal};
pub use function::{Function, Invocation, Settings};
pub(crate) use invoke::{check as check_event, handle as handle_invoke};

/// The largest event of a synchronous invocation, in bytes (Lambda quota).
pub const MAX_EVENT_BYTES: usize = limits::LAMBDA_COUNTED_BYTES as usize;
/// What a function is called by that is invoked by no version or alias.
pub(crate) const LATEST: &str = "$LATEST";

/// The largest event of an asynchronous invocation, in bytes (Lambda quota).
pub const MAX_ASYNC_EVENT_BYTES: usize = limits::LAMBDA_ASYNC_BYTES as usize;
/// The largest answer of a function, in bytes (Lambda quota).
pub const MAX_RESPONSE_BYTES: usize = limits::LAMBDA_COUNTED_BYTES as usize;

/// Figures of a function since the stage started.
#[derive(Debug, Default, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FunctionMetrics {
    /// Invocations, throttled ones included.
    pub invocations: u64,
    /// Environments that were started.
    pub cold_starts: u64,
    /// Invocations that failed, timeouts included.
    pub errors: u64,
    /// Invocations that were throttled.
    pub throttles: u64,
    /// Invocations that took too long.
    pub timeouts: u64,
    /// CPU time of all environments, those that crashed excepted.
    pub cpu_time: Duration,
    /// From arrival to answer, over all invocations that ended.
    pub time: Duration,
    /// Environments that did not ask for an invocation yet.
    pub n_starting: usize,
    /// Environments that wait for an invocation.
    pub n_idle: usize,
    /// Environments that work on one.
    pub n_busy: usize,
    /// Invocations that wait for an environment.
    pub n_waiting: usize,
}

/// All functions of a stage.
#[derive(Debug, Default)]
pub struct Functions {
    by_name: Arc<Registry>,
}

/// Functions by their names.
type Registry = RwLock<BTreeMap<String, Arc<Function>>>;

impl Functions {
    /// Stands functions up: no process is started before it is needed. Must be called within the stage's runtime.
    #[must_use]
    pub fn start(declared: Vec<(crate::template::Function, Program)>, settings: &Settings) -> Self {
        let functions = Self::default();
        functions.replace(declared, settings);
        functions
    }

    /// Puts other functions in the place of these, and says how many are new. One that is the same, with the same
    /// program, goes on as it is; any other finishes what it was invoked for and takes nothing new. Must be called
    /// within the stage's runtime.
    pub(crate) fn replace(
        &self,
        declared: Vec<(crate::template::Function, Program)>,
        settings: &Settings,
    ) -> usize {
        let mut by_name = self.by_name.write().unwrap_or_else(PoisonError::into_inner);
        let mut before = std::mem::take(&mut *by_name);
        let mut n_new = 0;
        for (declared, program) in declared {
            let known = before.remove(&declared.name);
            let function = match known {
                Some(known) if known.is_still(&declared, &program) => known,
                known => {
                    if let Some(known) = known {
                        known.retire();
                    }
                    n_new += 1;
                    let all = Arc::downgrade(&self.by_name);
                    let function = Function::new(declared, program, settings.clone(), all);
                    let function = Arc::new(function);
                    tokio::spawn(Arc::clone(&function).watch());
                    function
                }
            };
            by_name.insert(function.name().to_owned(), function);
        }
        for gone in before.into_values() {
            gone.retire();
        }
        n_new
    }

    /// The function of this name or ARN.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Arc<Function>> {
        let name = name.split_once(":function:").map_or(name, |(_, rest)| rest);
        let by_name = self.by_name.read().unwrap_or_else(PoisonError::into_inner);
        let (name, qualifier) = name.split_once(':').unwrap_or((name, LATEST));
        by_name.get(name).filter(|function| function.has(qualifier)).cloned()
    }

    /// All functions by name.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Function>> {
        let by_name = self.by_name.read().unwrap_or_else(PoisonError::into_inner);
        by_name.values().cloned().collect()
    }

    /// The figures of every function, by name.
    #[must_use]
    pub fn metrics(&self) -> BTreeMap<String, FunctionMetrics> {
        let named = |function: Arc<Function>| (function.name().to_owned(), function.metrics());
        self.all().into_iter().map(named).collect()
    }

    /// Ends every environment and returns when no process is left, or after `patience`.
    pub async fn close(&self, patience: Duration) {
        let functions = self.all();
        for function in &functions {
            function.close();
        }
        let all_quiet = async {
            while !functions.iter().all(|function| function.is_quiet()) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        // Whatever is left then, the guardian ends.
        let _ = tokio::time::timeout(patience, all_quiet).await;
    }
}
