//! Whether the load generator itself had processor time: a task beside the users that sleeps a little, again and again,
//! and notes how late it wakes. It waits for nothing but a processor, so what it finds is the generator's own delay,
//! and never the system's.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::latency::{Distribution, Latency};

/// How long it sleeps each time.
const EVERY: Duration = Duration::from_millis(20);

/// How late it woke so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Late(Arc<Mutex<Distribution>>);

impl Late {
    /// As a report carries it.
    #[must_use]
    pub(crate) fn figures(&self) -> Latency {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).figures()
    }
}

/// Measures until it is ended.
#[derive(Debug)]
pub(crate) struct Lag {
    late: Late,
    /// The one task that sleeps; dropping the set ends it.
    _tasks: JoinSet<()>,
}

impl Lag {
    /// Begins to measure; must be called within the runtime of the users.
    #[must_use]
    pub(crate) fn start() -> Self {
        let late = Late::default();
        let mut tasks = JoinSet::new();
        let notes = late.clone();
        tasks.spawn(async move {
            loop {
                let due = Instant::now() + EVERY;
                sleep_until(due).await;
                notes.0.lock().unwrap_or_else(PoisonError::into_inner).record(due.elapsed());
            }
        });
        Self { late, _tasks: tasks }
    }

    /// How late it woke, for questions before the end.
    #[must_use]
    pub(crate) fn late(&self) -> Late {
        self.late.clone()
    }

    /// How late it woke.
    #[must_use]
    pub(crate) fn end(self) -> Latency {
        self.late.figures()
    }
}
