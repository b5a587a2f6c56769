//! Starts each workflow run at its scheduled time, and holds the start line.
//!
//! The latency of a customer counts from the scheduled time, not from the time when a user was free. That keeps a
//! stall of the system visible: meanwhile, arrivals continue, and each of them waits (no coordinated omission). This
//! module does not know what a customer does.

use std::iter::Peekable;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use crate::arrivals::{Arrival, Arrivals, Schedule};

/// A slot that starts later than this after its time counts as late. Timers and a busy machine account for a
/// few milliseconds; anything more was waiting for a free user or a free core.
pub(crate) const LATE: Duration = Duration::from_millis(25);

/// How long a user may wait for its slot without looking whether the load was stopped.
const SOON: Duration = Duration::from_millis(500);

/// How long after the last user's arrival the first slot is due. Goose throws away what it counted until all
/// its users were there, a moment after the last arrival; by then no customer must have come.
const LEAD: Duration = Duration::from_millis(400);

/// One customer's turn. It counts as under way until it is dropped.
#[derive(Debug)]
pub struct Slot<'c> {
    /// Its number in the schedule, from zero.
    pub index: u64,
    /// When it was due.
    pub due: Instant,
    /// How long after that it started.
    pub start_delay: Duration,
    _under_way: Counted<'c>,
}

/// The slots that the users of one workflow share.
#[derive(Debug)]
pub struct SlotClock {
    schedule: Schedule,
    left: Mutex<Peekable<Arrivals>>,
    started: AtomicU64,
    n_waiting: AtomicUsize,
    n_under_way: AtomicUsize,
    is_used_up: AtomicBool,
}

impl SlotClock {
    /// A clock whose first slot is still to be taken.
    #[must_use]
    pub fn new(schedule: Schedule) -> Self {
        let arrivals = schedule.arrivals();
        Self {
            schedule,
            left: Mutex::new(arrivals.peekable()),
            started: AtomicU64::new(0),
            n_waiting: AtomicUsize::new(0),
            n_under_way: AtomicUsize::new(0),
            is_used_up: AtomicBool::new(false),
        }
    }

    /// The schedule behind it.
    #[must_use]
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// How many slots have started.
    #[must_use]
    pub fn n_started(&self) -> u64 {
        self.started.load(Ordering::Relaxed)
    }

    /// Whether nobody waits for the next slot.
    #[must_use]
    pub fn is_deserted(&self) -> bool {
        self.n_waiting.load(Ordering::Acquire) == 0
    }

    /// Whether all slots scheduled so far were taken and none is left.
    #[must_use]
    pub fn is_used_up(&self) -> bool {
        self.is_used_up.load(Ordering::Acquire)
    }

    /// Whether all slots scheduled so far were served completely.
    #[must_use]
    pub fn is_served(&self) -> bool {
        self.is_used_up() && self.n_under_way.load(Ordering::Acquire) == 0
    }

    /// Takes the next slot and waits for its time. `None` when no slot is left, or when the load was stopped before
    /// its time, which a user that waits may learn a moment late. Slots scheduled before the stop are always handed out, however late.
    pub async fn take(&self, line: &StartLine) -> Option<Slot<'_>> {
        let start = line.start().await?;
        let waits = Counted::new(&self.n_waiting);
        let (index, due, under_way) = self.next(start, line)?;
        if due.saturating_duration_since(Instant::now()) < SOON {
            // Waiting for the end of the load as well takes more processor time than the sleep itself.
            sleep_until(due).await;
            if line.is_stopped_by(due) {
                return None;
            }
        } else {
            tokio::select! {
                biased;
                () = line.stopped() => {
                    if line.is_stopped_by(due) {
                        return None;
                    }
                }
                () = sleep_until(due) => {}
            }
        }
        drop(waits);
        self.started.fetch_add(1, Ordering::Relaxed);
        Some(Slot { index, due, start_delay: due.elapsed(), _under_way: under_way })
    }

    fn next(&self, start: Instant, line: &StartLine) -> Option<(u64, Instant, Counted<'_>)> {
        // A panic elsewhere leaves a slot taken, and none half-taken.
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due =
            |arrival: &Arrival| !line.has_given_up() && !line.is_stopped_by(start + arrival.after);
        let Some(arrival) = left.next_if(is_due) else {
            self.is_used_up.store(true, Ordering::Release);
            return None;
        };
        // Counted before the lock is free, so that nobody finds the last slot taken and not under way.
        Some((arrival.index, start + arrival.after, Counted::new(&self.n_under_way)))
    }
}

/// Counts somebody who waits for a slot or is under way in one, until it is dropped.
#[derive(Debug)]
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::AcqRel);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Holds every user back until all of them are there, so that starting them does not make slots late, and
/// sends them home when the load is stopped.
#[derive(Debug)]
pub struct StartLine {
    missing: AtomicUsize,
    /// The earliest time of the first slot.
    not_before: Option<Instant>,
    stopped_at: OnceLock<Instant>,
    state: watch::Sender<State>,
    served: watch::Sender<Served>,
}

/// Who is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Served {
    /// Everybody who was due before the load was stopped, however late.
    EverySlot,
    /// Visits already under way.
    UnderWay,
    /// Nobody.
    Nobody,
}

#[derive(Debug, Clone, Copy)]
enum State {
    Gathering,
    Running(Instant),
    Stopped(Option<Instant>),
}

impl StartLine {
    /// A line that waits for `n_users`, and for `not_before`.
    #[must_use]
    pub fn new(n_users: usize, not_before: Option<Instant>) -> Self {
        Self {
            missing: AtomicUsize::new(n_users),
            not_before,
            stopped_at: OnceLock::new(),
            state: watch::Sender::new(State::Gathering),
            served: watch::Sender::new(Served::EverySlot),
        }
    }

    /// One more user is there; the last one starts the clock.
    pub fn arrive(&self) {
        if self.missing.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.state.send_if_modified(|state| {
                let gathering = matches!(state, State::Gathering);
                if gathering {
                    let soon = Instant::now() + LEAD;
                    *state = State::Running(self.not_before.map_or(soon, |at| at.max(soon)));
                }
                gathering
            });
        }
    }

    /// When the load started, or `None` when it was stopped before; waits for the last user.
    pub async fn start(&self) -> Option<Instant> {
        if let State::Running(start) = *self.state.borrow() {
            return Some(start);
        }
        let mut state = self.state.subscribe();
        let state = state.wait_for(|state| !matches!(state, State::Gathering)).await.ok()?;
        match *state {
            State::Running(start) => Some(start),
            State::Stopped(start) => start,
            State::Gathering => None,
        }
    }

    /// When the load started, if it did.
    #[must_use]
    pub fn started_at(&self) -> Option<Instant> {
        match *self.state.borrow() {
            State::Running(start) => Some(start),
            State::Stopped(start) => start,
            State::Gathering => None,
        }
    }

    /// Stops handing out slots that are scheduled from now on.
    pub fn stop(&self) {
        self.stopped_at.get_or_init(Instant::now);
        self.state.send_modify(|state| {
            *state = match *state {
                State::Running(start) => State::Stopped(Some(start)),
                State::Gathering => State::Stopped(None),
                State::Stopped(start) => State::Stopped(start),
            };
        });
    }

    /// Leaves out the slots that were scheduled and have not started: the system is too far behind.
    pub fn give_up(&self) {
        self.served.send_modify(|served| *served = Served::UnderWay.max(*served));
    }

    /// Whether slots are left out.
    #[must_use]
    pub fn has_given_up(&self) -> bool {
        *self.served.borrow() > Served::EverySlot
    }

    /// Breaks off visits under way as well.
    pub fn break_off(&self) {
        self.served.send_modify(|served| *served = Served::Nobody);
    }

    /// Returns when visits under way are broken off.
    pub async fn broken_off(&self) {
        let mut served = self.served.subscribe();
        // The sender lives as long as `self`, so waiting cannot fail before the state is reached.
        let _ = served.wait_for(|served| *served == Served::Nobody).await;
    }

    /// When [`StartLine::stop`] was first called, if it was.
    #[must_use]
    pub fn stopped_at(&self) -> Option<Instant> {
        self.stopped_at.get().copied()
    }

    /// Whether the load was stopped before this.
    fn is_stopped_by(&self, due: Instant) -> bool {
        self.stopped_at().is_some_and(|stopped| due >= stopped)
    }

    /// Returns when the load is stopped.
    pub async fn stopped(&self) {
        let mut state = self.state.subscribe();
        // The sender lives as long as `self`, so waiting cannot fail before the state is reached.
        let _ = state.wait_for(|state| matches!(state, State::Stopped(_))).await;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use crate::arrivals::{Curve, Part, Spacing};

    fn even(rate: f64, run_time: Duration) -> Schedule {
        Schedule::drawn(Curve::constant(rate, run_time), Spacing::Even, 0)
    }

    #[tokio::test]
    async fn every_slot_is_taken_once_and_never_early() {
        let clock = SlotClock::new(even(1000.0, Duration::from_millis(50)));
        let line = StartLine::new(2, None);
        let user = async || {
            line.arrive();
            let mut taken = Vec::new();
            while let Some(slot) = clock.take(&line).await {
                assert!(Instant::now() >= slot.due);
                taken.push(slot.index);
            }
            taken
        };
        let (mut first, second) = tokio::join!(user(), user());
        first.extend(second);
        first.sort_unstable();
        assert_eq!(first, (0..50).collect::<Vec<_>>());
        assert_eq!(clock.n_started(), 50);
        assert!(clock.is_used_up() && clock.is_deserted());
    }

    #[tokio::test]
    async fn nobody_starts_before_the_last_user_arrives() {
        let line = StartLine::new(2, None);
        line.arrive();
        assert!(line.started_at().is_none());
        line.arrive();
        assert!(line.started_at().is_some());
        assert_eq!(line.start().await, line.started_at());
    }

    #[tokio::test]
    async fn stopping_sends_everybody_home() {
        let clock = SlotClock::new(even(0.001, Duration::from_secs(3600)));
        let line = StartLine::new(1, None);
        line.arrive();
        assert_eq!(clock.take(&line).await.unwrap().index, 0);
        let (next, ()) = tokio::join!(clock.take(&line), async { line.stop() });
        assert!(next.is_none());
        assert!(line.stopped_at().is_some() && line.started_at().is_some());
        assert!(clock.take(&line).await.is_none());
    }

    /// A user who was busy when the load was stopped takes what fell due until then, and nothing after it.
    #[tokio::test]
    async fn what_fell_due_before_a_stop_is_handed_out_after_it() {
        let clock = SlotClock::new(even(100.0, Duration::from_secs(3600)));
        let line = StartLine::new(1, None);
        line.arrive();
        let first = clock.take(&line).await.unwrap();
        tokio::time::sleep(Duration::from_millis(55)).await;
        line.stop();
        let until = line.stopped_at().unwrap() - line.started_at().unwrap();
        assert!(!clock.is_served());
        let mut n_taken = 1;
        while clock.take(&line).await.is_some() {
            n_taken += 1;
        }
        assert!(n_taken >= 5, "{n_taken}");
        assert_eq!(n_taken, clock.schedule().n_due_within(until));
        assert!(clock.is_used_up() && !clock.is_served());
        drop(first);
        assert!(clock.is_served());
    }

    #[tokio::test]
    async fn what_is_given_up_is_not_handed_out() {
        let clock = SlotClock::new(even(1000.0, Duration::from_secs(3600)));
        let line = StartLine::new(1, None);
        line.arrive();
        let under_way = clock.take(&line).await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(!line.has_given_up());
        line.give_up();
        assert!(clock.take(&line).await.is_none() && clock.is_used_up());
        let broken_off = line.broken_off();
        assert!(tokio::time::timeout(Duration::from_millis(20), broken_off).await.is_err());
        line.break_off();
        line.give_up();
        line.broken_off().await;
        drop(under_way);
        assert!(clock.is_served());
    }

    #[tokio::test]
    async fn workers_start_at_a_common_time_and_share_the_slots() {
        let at = Instant::now() + Duration::from_millis(700);
        let workers: Vec<_> = (0..3)
            .map(|index| {
                let schedule = even(1000.0, Duration::from_millis(20)).part(Part { index, of: 3 });
                let line = StartLine::new(1, Some(at));
                line.arrive();
                (SlotClock::new(schedule), line)
            })
            .collect();
        let mut taken = Vec::new();
        for (clock, line) in &workers {
            assert_eq!(line.started_at(), Some(at));
            let before = taken.len() as u64;
            while let Some(slot) = clock.take(line).await {
                let due = (slot.due - at).as_secs_f64() * 1e3;
                assert!((due - slot.index as f64).abs() < 0.001, "{due} {}", slot.index);
                taken.push(slot.index);
            }
            let n_due = clock.schedule().n_due_within(Duration::from_secs(1));
            assert_eq!(taken.len() as u64 - before, n_due);
        }
        taken.sort_unstable();
        assert_eq!(taken, (0..20).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn stopping_before_the_start_sends_everybody_home_too() {
        let line = StartLine::new(2, None);
        line.arrive();
        line.stop();
        line.arrive();
        assert!(line.start().await.is_none() && line.started_at().is_none());
        line.stopped().await;
    }
}
