//! The pool of virtual users, which grows when the system falls behind.
//!
//! In an open model, customers arrive whether earlier ones were served or not, so a user must always be waiting for
//! the next slot. Goose starts the first users. A user that takes a slot and leaves no other waiting adds one more,
//! as a separate task with a clone of the goose user. A limit protects the machine when the system stalls. Slots
//! beyond it wait for a user; their latency includes the wait, and the report says so.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use goose::goose::{GooseUser, TransactionResult};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::cause::Cause;
use crate::clock::Slot;
use crate::shared::Shared;
use crate::system::Workflow;
use crate::visit::Visit;

/// How long a user without work waits before it looks whether the load is over.
const IDLE: Duration = Duration::from_millis(50);

/// How many users there may be, unless `--users` says otherwise.
const MOST: usize = 10_000;

/// How many there may be where the system does not say how many files a process may open; macOS allows 256.
const MOST_UNTOLD: usize = 128;

/// Files that a process needs beside the connections of its users.
const SPARE_FILES: usize = 256;

/// The users of a run.
#[derive(Debug)]
pub struct Crew {
    most: usize,
    n_users: AtomicUsize,
    n_visiting: AtomicUsize,
    n_most_visiting: AtomicUsize,
    n_refused: AtomicUsize,
    /// A goose user of each workflow as it was before its first request: a later clone would take requests along that
    /// goose has yet to count, and they would count twice.
    models: Mutex<BTreeMap<&'static str, GooseUser>>,
    tasks: Mutex<JoinSet<()>>,
}

impl Crew {
    /// A crew that begins with `n_users` and grows up to `most`.
    #[must_use]
    pub fn new(n_users: usize, most: Option<usize>) -> Self {
        let most = most.unwrap_or_else(default_most).max(n_users);
        Self {
            most,
            n_users: AtomicUsize::new(n_users),
            n_visiting: AtomicUsize::new(0),
            n_most_visiting: AtomicUsize::new(0),
            n_refused: AtomicUsize::new(0),
            models: Mutex::default(),
            tasks: Mutex::default(),
        }
    }

    /// Keeps a goose user that has made no request yet as the model of those that are brought in.
    pub(crate) fn take_for_model(&self, workflow: &'static str, user: &GooseUser) {
        let mut models = self.models.lock().unwrap_or_else(PoisonError::into_inner);
        models.entry(workflow).or_insert_with(|| user.clone());
    }

    /// One more user, when there may be one.
    fn another(&self, workflow: &str) -> Option<GooseUser> {
        let models = self.models.lock().unwrap_or_else(PoisonError::into_inner);
        let model = models.get(workflow)?;
        self.may_grow().then(|| model.clone())
    }

    /// How many users there may be.
    #[must_use]
    pub fn most(&self) -> usize {
        self.most
    }

    /// How many users there are.
    #[must_use]
    pub fn n_users(&self) -> usize {
        self.n_users.load(Ordering::Relaxed)
    }

    /// The number of concurrent runs.
    #[must_use]
    pub fn n_visiting(&self) -> usize {
        self.n_visiting.load(Ordering::Acquire)
    }

    /// The maximum number of concurrent runs so far.
    #[must_use]
    pub fn n_most_visiting(&self) -> usize {
        self.n_most_visiting.load(Ordering::Relaxed)
    }

    /// How often a slot left nobody behind, and nobody could be brought in.
    #[must_use]
    pub fn n_refused(&self) -> usize {
        self.n_refused.load(Ordering::Relaxed)
    }

    /// Takes a place for one more user, if there is one.
    fn may_grow(&self) -> bool {
        let grown = self.n_users.fetch_update(Ordering::AcqRel, Ordering::Acquire, |n_users| {
            (n_users < self.most).then_some(n_users + 1)
        });
        if grown.is_err() {
            self.n_refused.fetch_add(1, Ordering::Relaxed);
        }
        grown.is_ok()
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        // Those that ended are let go.
        while tasks.try_join_next().is_some() {}
        tasks.spawn(task);
    }

    fn enter(&self) -> Visiting<'_> {
        let n_visiting = self.n_visiting.fetch_add(1, Ordering::AcqRel) + 1;
        self.n_most_visiting.fetch_max(n_visiting, Ordering::Relaxed);
        Visiting(self)
    }
}

/// Counts a visit until it ends, however it ends.
struct Visiting<'a>(&'a Crew);

impl Drop for Visiting<'_> {
    fn drop(&mut self) {
        self.0.n_visiting.fetch_sub(1, Ordering::AcqRel);
    }
}

/// As many users as connections may be open.
fn default_most() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let soft = files.and_then(|rest| rest.split_whitespace().next()?.parse::<usize>().ok());
    soft.map_or(MOST_UNTOLD, |files| files.saturating_sub(SPARE_FILES).clamp(16, MOST))
}

/// Takes the next slot of a workflow and sends a customer through it. A transaction of goose.
///
/// # Errors
/// When goose's own channels fail, which ends the user.
pub(crate) async fn turn(
    shared: Arc<Shared>,
    workflow: &'static Workflow,
    user: &mut GooseUser,
) -> TransactionResult {
    if !serve(&shared, workflow, user).await {
        // No slot is left; goose ends its users a moment later.
        tokio::time::sleep(IDLE).await;
    }
    Ok(())
}

/// Serves one slot; `false` when there is none any more.
async fn serve(shared: &Arc<Shared>, workflow: &'static Workflow, user: &mut GooseUser) -> bool {
    let Some(clock) = shared.clock(workflow) else { return false };
    let Some(slot) = clock.take(&shared.line).await else { return false };
    let visiting = shared.crew.enter();
    let is_needed = clock.is_deserted() && !clock.is_used_up();
    if let Some(mut another) = is_needed.then(|| shared.crew.another(workflow.id)).flatten() {
        let shared_too = Arc::clone(shared);
        shared
            .crew
            .spawn(async move { while serve_boxed(&shared_too, workflow, &mut another).await {} });
    }
    tokio::select! {
        biased;
        () = visit(shared, workflow, &slot, user) => {}
        // What was sent by then has an outcome that nobody knows.
        () = shared.line.broken_off() => {}
    }
    drop(visiting);
    true
}

/// A future that may bring in others like itself has to be behind a pointer.
fn serve_boxed<'a>(
    shared: &'a Arc<Shared>,
    workflow: &'static Workflow,
    user: &'a mut GooseUser,
) -> crate::BoxFuture<'a, bool> {
    Box::pin(serve(shared, workflow, user))
}

async fn visit(
    shared: &Shared,
    workflow: &'static Workflow,
    slot: &Slot<'_>,
    user: &mut GooseUser,
) {
    shared.recorder.slot(slot.start_delay);
    let mut visit = Visit::measured(user, shared, workflow, slot.index, slot.due);
    let ended = visit.walk().await;
    let took = Instant::now() - slot.due;
    // What a request failed of is told with the request.
    let told = |cause: &Cause| if visit.has_recorded(cause) { Cause::Other } else { cause.clone() };
    let cause = ended.as_ref().err().map(told);
    shared.recorder.visit(workflow, took, cause.as_ref());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crew_grows_to_its_limit_and_says_when_that_was_too_low() {
        let crew = Crew::new(2, Some(3));
        assert!(crew.may_grow() && !crew.may_grow() && !crew.may_grow());
        assert_eq!((crew.n_users(), crew.n_refused()), (3, 2));
        assert!(Crew::new(5, Some(1)).most() == 5 && Crew::new(1, None).most() >= 16);
    }

    #[test]
    fn visits_are_counted_while_they_last() {
        let crew = Crew::new(1, Some(9));
        let (first, second) = (crew.enter(), crew.enter());
        drop(first);
        assert_eq!((crew.n_visiting(), crew.n_most_visiting()), (1, 2));
        drop(second);
        assert_eq!(crew.n_visiting(), 0);
    }
}
