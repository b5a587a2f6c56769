//! After the load: waits for all expected outcomes, then checks everything once more.
//!
//! The wait ends early when the stage shows that nothing is in flight. What is missing then is lost. For a stage that
//! does not show its queues, the wait takes the whole time.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use crate::cause::Cause;
use crate::interrupt::Interrupt;
use crate::ledger::{Entry, PendingPromise};
use crate::shared::Shared;
use crate::system::{Checked, KeptBy, Promise, Sighting, Situation, Workflow};
use crate::target::Idle;
use crate::visit::Visit;

/// How many entries are looked at at the same time.
const PARALLEL: usize = 16;

/// The wait between two rounds over everything that is missing.
const BETWEEN_ROUNDS: Duration = Duration::from_millis(200);

/// How long a stage must have been idle before what is missing counts as lost.
const IDLE_FOR: Duration = Duration::from_secs(1);

/// How long it must have been idle before nothing more is expected, when nothing is missing either.
const SETTLED_FOR: Duration = Duration::from_millis(150);

/// A promise that was kept within this time of the end means that more may be coming.
const STILL_COMING: Duration = Duration::from_secs(5);

/// How the wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drained {
    /// All expected outcomes arrived, and nothing is in flight that could add more.
    Closed,
    /// Nothing is under way any more; what is missing is lost.
    Idle,
    /// The time was over, and for a while nothing had come: what is missing is lost.
    TimedOut,
    /// The time was over while promises were still being kept, so nobody knows what is lost.
    StillComing,
    /// The time was over, and everything expected was there, but messages were still on their way: nobody knows what
    /// else comes of them.
    Busy,
    /// Somebody interrupted the wait.
    Interrupted,
}

impl Drained {
    /// Whether nothing can change any more, as far as the stage shows.
    #[must_use]
    pub(crate) fn is_settled(self) -> bool {
        matches!(self, Self::Closed | Self::Idle)
    }

    /// Whether the wait was long enough for what is missing to be lost.
    #[must_use]
    pub(crate) fn is_over(self) -> bool {
        !matches!(self, Self::StillComing | Self::Interrupted)
    }

    /// For a line of progress.
    #[must_use]
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Closed => "all expected outcomes arrived",
            Self::Idle => "nothing is in flight any more, but expected outcomes are missing",
            Self::TimedOut => "nothing arrived any more, and expected outcomes are missing",
            Self::StillComing => "expected outcomes were still arriving",
            Self::Busy => "all expected outcomes arrived, but messages were still in flight",
            Self::Interrupted => "interrupted",
        }
    }
}

/// Waits for expected outcomes, at most until `limit`.
pub(crate) async fn drain(
    shared: &Shared,
    target: &impl Idle,
    limit: Duration,
    interrupt: &Interrupt,
) -> Drained {
    let start = Instant::now();
    let mut last_arrival = start;
    let mut idle_since = None;
    loop {
        // Idleness is asked before the look, or an order could come between the two.
        let idle = target.is_idle();
        idle_since = match (idle, idle_since) {
            (Some(true), None) => Some(Instant::now()),
            (Some(true), since) => since,
            _ => None,
        };
        let open_before = shared.ledger().n_open();
        tokio::select! {
            () = look_for_missing(shared) => {}
            () = interrupt.wait(2) => return Drained::Interrupted,
            // A target that hangs makes each look take minutes.
            () = tokio::time::sleep_until(start + limit) => {}
        }
        let open = shared.ledger().n_open();
        let idle_for = |time| idle_since.is_some_and(|since: Instant| since.elapsed() >= time);
        // A message that still waits may be an order that nobody was promised.
        if open == 0 && (idle.is_none() || idle_for(SETTLED_FOR)) {
            return Drained::Closed;
        }
        if open < open_before {
            last_arrival = Instant::now();
        }
        if idle_for(IDLE_FOR) {
            return Drained::Idle;
        }
        if start.elapsed() >= limit {
            let is_coming = last_arrival > start && last_arrival.elapsed() < STILL_COMING;
            return match open {
                0 => Drained::Busy,
                _ if is_coming => Drained::StillComing,
                _ => Drained::TimedOut,
            };
        }
        tokio::time::sleep(BETWEEN_ROUNDS).await;
    }
}

/// Looks once at every state that is missing. A look that fails is repeated in the next round; messages come by
/// themselves.
async fn look_for_missing(shared: &Shared) {
    let mut place = PendingPromise::default();
    while let Some((open, after)) = { shared.ledger().open_from(place) } {
        each(&open, async |(promise, entry)| {
            let _ = look(shared, promise, entry).await;
            Ok::<_, std::convert::Infallible>(())
        })
        .await
        .unwrap_or_default();
        place = after;
    }
}

/// Does the same for each entry of a promise, several at a time; stops at the first failure.
async fn each_entry(
    shared: &Shared,
    promise: &'static Promise,
    work: impl AsyncFn(&(PendingPromise, Entry)) -> Result<(), Cause>,
) -> Result<(), Cause> {
    let mut first = 0;
    while let Some(page) = { shared.ledger().entries_from(promise, first) } {
        each(&page, &work).await?;
        first += page.len();
    }
    Ok(())
}

/// Looks at all promises for the last time, for what is too much and for what must be true besides. On a stage of its
/// own the run lists everything, and so finds what nobody asked for as well; on a shared one it looks only at its own.
///
/// # Errors
/// In words, when the system does not let itself be looked at.
pub(crate) async fn audit(
    shared: &Shared,
    stage_is_ours: bool,
    drained: Drained,
) -> Result<(), String> {
    for promise in shared.system.promises() {
        let failed = |cause: Cause| format!("{}: {cause}", promise.id);
        if let KeptBy::State { list, .. } = promise.kept_by {
            match list.filter(|_| stage_is_ours) {
                Some(list) => list_all(shared, promise, list).await,
                None => {
                    let again = async |(_, entry): &(PendingPromise, Entry)| {
                        look(shared, promise, entry).await
                    };
                    each_entry(shared, promise, again).await
                }
            }
            .map_err(failed)?;
        }
        let Some(invariant) = promise.check else { continue };
        let under_way = Mutex::new(BTreeSet::new());
        let check = async |(debt, entry): &(PendingPromise, Entry)| {
            let n_kept = shared.ledger().n_things(promise, &entry.key);
            let situation = Situation { n_kept, is_settled: stage_is_ours && drained.is_settled() };
            let mut visit = beside(shared, entry);
            match (invariant.check)(&mut visit, entry, situation).await? {
                Checked::Right => shared.ledger().checked(*debt, true),
                Checked::Wrong => shared.ledger().checked(*debt, false),
                Checked::Open => {}
                Checked::UnderWay => {
                    let visit = (entry.workflow, entry.slot);
                    under_way.lock().unwrap_or_else(PoisonError::into_inner).insert(visit);
                    shared.ledger().checked(*debt, true);
                }
            }
            Ok(())
        };
        each_entry(shared, promise, check).await.map_err(failed)?;
        let under_way = under_way.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !under_way.is_empty() {
            shared.ledger().under_way(&under_way);
        }
    }
    Ok(())
}

async fn look(shared: &Shared, promise: &'static Promise, entry: &Entry) -> Result<(), Cause> {
    let KeptBy::State { look, .. } = promise.kept_by else { return Ok(()) };
    if entry.key.is_empty() {
        return Ok(());
    }
    let mut visit = beside(shared, entry);
    let sights = look(&mut visit, entry).await?;
    shared.ledger().see(promise, &entry.key, sights, Timestamp::now());
    Ok(())
}

async fn list_all(
    shared: &Shared,
    promise: &'static Promise,
    list: crate::system::List,
) -> Result<(), Cause> {
    let workflow = shared.system.workflows.first().copied().unwrap_or(&NOBODY);
    let mut visit = Visit::beside(shared, workflow, 0);
    let mut by_key: std::collections::BTreeMap<String, Vec<Sighting>> = Default::default();
    for (key, sight) in list(&mut visit).await? {
        by_key.entry(key).or_default().push(sight);
    }
    let now = Timestamp::now();
    let mut ledger = shared.ledger();
    let mut first = 0;
    while let Some(page) = ledger.entries_from(promise, first) {
        first += page.len();
        // What was seen and is not in the list has vanished.
        for (_, entry) in page.iter().filter(|(_, entry)| !by_key.contains_key(&*entry.key)) {
            ledger.see(promise, &entry.key, Vec::new(), now);
        }
    }
    for (key, sights) in by_key {
        ledger.see(promise, &key, sights, now);
    }
    Ok(())
}

static NOBODY: Workflow = Workflow::NEW;

/// The visit of an entry, once more and beside the load.
fn beside<'s>(shared: &'s Shared, entry: &Entry) -> Visit<'s> {
    let is_it = |workflow: &&&'static Workflow| workflow.id == entry.workflow;
    let workflow = shared.system.workflows.iter().find(is_it).copied().unwrap_or(&NOBODY);
    Visit::looking(shared, workflow, entry.slot)
}

/// Does the same for each, several at a time; stops at the first failure.
pub(crate) async fn each<T, E>(
    all: &[T],
    work: impl AsyncFn(&T) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    let worker = async || {
        while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(one).await?;
        }
        Ok(())
    };
    let workers = (0..PARALLEL).map(|_| worker());
    futures_util::future::try_join_all(workers).await.map(|_| ())
}
