//! When customers are due: one schedule per journey, fixed before the load begins, and the start line.
//!
//! A customer's latency counts from the moment that the schedule says, not from the moment that a free user
//! got round to it. That is what keeps a stall of the system visible: while it lasts, customers keep falling
//! due, and each of them waits. Nothing here knows what a customer does.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// A slot that starts later than this after its time counts as late. Timers and a busy machine account for a
/// few milliseconds; anything more was waiting for a free user or a free core.
pub const LATE: Duration = Duration::from_millis(25);

/// How long after the last user's arrival the first slot is due. Goose throws away what it counted until all
/// its users were there, a moment after the last arrival; by then no customer must have come.
const LEAD: Duration = Duration::from_millis(400);

/// Evenly spaced slots, without a clock: pure arithmetic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Schedule {
    rate: f64,
    n_slots: u64,
}

impl Schedule {
    /// `rate` slots a second for `run_time`. A rate of zero, or one that is not a number, has no slots.
    #[must_use]
    pub fn new(rate: f64, run_time: Duration) -> Self {
        let usable = rate.is_finite() && rate > 0.0;
        // The slot at the very end of the run time belongs to the next second, so it is not taken.
        let n_slots = if usable { (rate * run_time.as_secs_f64()).ceil() as u64 } else { 0 };
        Self { rate: if usable { rate } else { 0.0 }, n_slots }
    }

    /// How many slots there are.
    #[must_use]
    pub fn n_slots(&self) -> u64 {
        self.n_slots
    }

    /// How long after the start slot `index` is due; `None` past the end.
    #[must_use]
    pub fn due_after(&self, index: u64) -> Option<Duration> {
        (index < self.n_slots).then(|| Duration::from_secs_f64(index as f64 / self.rate))
    }

    /// How many slots are due within `elapsed` of the start.
    #[must_use]
    pub fn n_due_within(&self, elapsed: Duration) -> u64 {
        let due = (self.rate * elapsed.as_secs_f64()).ceil() as u64;
        due.min(self.n_slots)
    }
}

/// One customer's turn.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    /// Its number in the schedule, from zero.
    pub index: u64,
    /// When it was due.
    pub due: Instant,
    /// How long after that it started.
    pub start_delay: Duration,
}

/// The schedule that the users of one journey share: each takes the next slot and waits for its time.
#[derive(Debug)]
pub struct SlotClock {
    schedule: Schedule,
    next: AtomicU64,
    started: AtomicU64,
}

impl SlotClock {
    /// A clock whose first slot is still to be taken.
    #[must_use]
    pub fn new(schedule: Schedule) -> Self {
        Self { schedule, next: AtomicU64::new(0), started: AtomicU64::new(0) }
    }

    /// The schedule behind it.
    #[must_use]
    pub fn schedule(&self) -> Schedule {
        self.schedule
    }

    /// How many slots have started.
    #[must_use]
    pub fn n_started(&self) -> u64 {
        self.started.load(Ordering::Relaxed)
    }

    /// Whether every slot has started.
    #[must_use]
    pub fn is_used_up(&self) -> bool {
        self.n_started() >= self.schedule.n_slots()
    }

    /// Takes the next slot and waits until it is due. `None` when no slot is left or the load was stopped.
    pub async fn take(&self, line: &StartLine) -> Option<Slot> {
        let start = line.start().await?;
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        let due = start + self.schedule.due_after(index)?;
        tokio::select! {
            biased;
            () = line.stopped() => return None,
            () = sleep_until(due) => {}
        }
        self.started.fetch_add(1, Ordering::Relaxed);
        Some(Slot { index, due, start_delay: due.elapsed() })
    }
}

/// Holds every user back until all of them are there, so that starting them does not make slots late, and
/// sends them home when the load is stopped.
#[derive(Debug)]
pub struct StartLine {
    missing: AtomicUsize,
    stopped_at: OnceLock<Instant>,
    state: watch::Sender<State>,
}

#[derive(Debug, Clone, Copy)]
enum State {
    Gathering,
    Running(Instant),
    Stopped(Option<Instant>),
}

impl StartLine {
    /// A line that waits for `n_users`.
    #[must_use]
    pub fn new(n_users: usize) -> Self {
        Self {
            missing: AtomicUsize::new(n_users),
            stopped_at: OnceLock::new(),
            state: watch::Sender::new(State::Gathering),
        }
    }

    /// One more user is there; the last one starts the clock.
    pub fn arrive(&self) {
        if self.missing.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.state.send_if_modified(|state| {
                let gathering = matches!(state, State::Gathering);
                if gathering {
                    *state = State::Running(Instant::now() + LEAD);
                }
                gathering
            });
        }
    }

    /// When the load started, or `None` when it was stopped; waits for the last user.
    pub async fn start(&self) -> Option<Instant> {
        let mut state = self.state.subscribe();
        let state = state.wait_for(|state| !matches!(state, State::Gathering)).await.ok()?;
        match *state {
            State::Running(start) => Some(start),
            State::Gathering | State::Stopped(_) => None,
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

    /// No further slot is given out.
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

    /// When [`StartLine::stop`] was first called, if it was.
    #[must_use]
    pub fn stopped_at(&self) -> Option<Instant> {
        self.stopped_at.get().copied()
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

    #[test]
    fn slots_are_evenly_spaced_and_end_with_the_run_time() {
        let schedule = Schedule::new(50.0, Duration::from_secs(20));
        assert_eq!(schedule.n_slots(), 1000);
        assert_eq!(schedule.due_after(0), Some(Duration::ZERO));
        assert_eq!(schedule.due_after(1), Some(Duration::from_millis(20)));
        assert_eq!(schedule.due_after(999), Some(Duration::from_millis(19_980)));
        assert_eq!(schedule.due_after(1000), None);
    }

    #[test]
    fn a_broken_rate_has_no_slots() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Schedule::new(rate, Duration::from_secs(1)).n_slots(), 0, "{rate}");
        }
    }

    #[test]
    fn a_slow_rate_has_its_first_slot() {
        let schedule = Schedule::new(0.1, Duration::from_secs(5));
        assert_eq!(schedule.n_slots(), 1);
    }

    #[test]
    fn slots_due_so_far_never_exceed_the_plan() {
        let schedule = Schedule::new(10.0, Duration::from_secs(2));
        assert_eq!(schedule.n_due_within(Duration::ZERO), 0);
        assert_eq!(schedule.n_due_within(Duration::from_millis(150)), 2);
        assert_eq!(schedule.n_due_within(Duration::from_secs(60)), 20);
    }

    #[tokio::test]
    async fn every_slot_is_taken_once_and_never_early() {
        let clock = SlotClock::new(Schedule::new(1000.0, Duration::from_millis(50)));
        let line = StartLine::new(2);
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
    }

    #[tokio::test]
    async fn nobody_starts_before_the_last_user_arrives() {
        let line = StartLine::new(2);
        line.arrive();
        assert!(line.started_at().is_none());
        line.arrive();
        assert!(line.started_at().is_some());
        assert_eq!(line.start().await, line.started_at());
    }

    #[tokio::test]
    async fn stopping_sends_everybody_home() {
        let clock = SlotClock::new(Schedule::new(0.001, Duration::from_secs(3600)));
        let line = StartLine::new(1);
        line.arrive();
        assert_eq!(clock.take(&line).await.unwrap().index, 0);
        let (next, ()) = tokio::join!(clock.take(&line), async { line.stop() });
        assert!(next.is_none());
        assert!(line.stopped_at().is_some() && line.started_at().is_some());
        assert!(clock.take(&line).await.is_none());
    }

    #[tokio::test]
    async fn stopping_before_the_start_sends_everybody_home_too() {
        let line = StartLine::new(2);
        line.arrive();
        line.stop();
        line.arrive();
        assert!(line.start().await.is_none() && line.started_at().is_none());
        line.stopped().await;
    }
}
