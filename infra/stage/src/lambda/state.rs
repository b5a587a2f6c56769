//! The pool of execution environments of one function, as a pure state machine: no process, no clock, no I/O.
//!
//! Owns who takes which invocation, when an environment is started, and what is overdue. Every call is told the time.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

/// An execution environment; numbers are never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct EnvironmentId(pub(super) u64);

/// An invocation; numbers are never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct InvocationId(pub(super) u64);

/// What bounds a pool.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    /// Environments at a time; invocations beyond it wait, as this is a limit of the machine and not of AWS.
    pub(super) max_environments: usize,
    /// Invocations at a time; beyond it they are throttled.
    pub(super) reserved_concurrency: Option<usize>,
    /// How long an invocation may take.
    pub(super) timeout: Duration,
    /// How long an environment may take to ask for its first invocation.
    pub(super) init_timeout: Duration,
    /// How long an environment may be idle.
    pub(super) idle_timeout: Duration,
}

/// Invocations that may wait for an environment; the rest is throttled, so that memory stays bounded.
const MAX_WAITING: usize = 5_000;

/// What becomes of a new invocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    /// This idle environment takes it.
    Assigned(EnvironmentId),
    /// It waits; if there is an environment in it, that one is to be started.
    Waiting(Option<EnvironmentId>),
    /// There is no concurrency left.
    Throttled,
}

/// What an environment that is gone leaves behind.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gone {
    /// The invocation that fails: the one it worked on, or the one that waited longest if it failed to start.
    pub(super) failed: Option<InvocationId>,
    /// The environment to be started for those that still wait.
    pub(super) start: Option<EnvironmentId>,
}

/// Why an environment has to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overdue {
    /// It did not ask for its first invocation in the time for that; it is started once more.
    Init,
    /// Nor did the one that was started instead of it, in the time of a whole invocation.
    SecondInit,
    /// Its invocation took too long.
    Invocation(InvocationId),
    /// Nobody needed it.
    Idle,
}

/// How many environments are in which state.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    /// Started, but did not ask for an invocation yet.
    pub(super) starting: usize,
    /// Wait for an invocation.
    pub(super) idle: usize,
    /// Work on one.
    pub(super) busy: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Starting {
        since: Instant,
        /// Whether it stands for one that took too long, and may take as long as an invocation.
        is_second: bool,
    },
    Idle {
        since: Instant,
    },
    Busy {
        invocation: InvocationId,
        deadline: Instant,
    },
    /// Has answered and is about to ask again.
    Answered {
        since: Instant,
    },
    /// Is being ended; it counts until it is gone, but takes nothing any more.
    Ending,
}

/// The environments of one function.
#[derive(Debug)]
pub(super) struct Pool {
    limits: Limits,
    environments: BTreeMap<EnvironmentId, Status>,
    /// The environments that wait, the most recently used last.
    idle: Vec<EnvironmentId>,
    /// The invocations that wait, the oldest first.
    waiting: VecDeque<InvocationId>,
    n_started: u64,
    /// Environments that took too long to start, whose successors were not started yet.
    n_to_repeat: usize,
}

impl Pool {
    /// An empty pool.
    #[must_use]
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            environments: BTreeMap::new(),
            idle: Vec::new(),
            waiting: VecDeque::new(),
            n_started: 0,
            n_to_repeat: 0,
        }
    }

    /// A new invocation arrives.
    pub(super) fn admit(&mut self, invocation: InvocationId, now: Instant) -> Admission {
        let in_flight = self.count().busy + self.waiting.len();
        let reserved = self.limits.reserved_concurrency.unwrap_or(usize::MAX);
        if in_flight >= reserved || self.waiting.len() >= MAX_WAITING {
            return Admission::Throttled;
        }
        if let Some(environment) = self.idle.pop() {
            self.assign(environment, invocation, now);
            return Admission::Assigned(environment);
        }
        self.waiting.push_back(invocation);
        Admission::Waiting(self.start(now))
    }

    /// An environment asks for its next invocation: it gets the one that waited longest, or becomes idle.
    pub(super) fn ask(&mut self, environment: EnvironmentId, now: Instant) -> Option<InvocationId> {
        match self.environments.get(&environment) {
            None | Some(Status::Ending | Status::Busy { .. }) => return None,
            Some(Status::Idle { .. }) => self.idle.retain(|one| *one != environment),
            Some(Status::Starting { .. } | Status::Answered { .. }) => {}
        }
        if let Some(invocation) = self.waiting.pop_front() {
            self.assign(environment, invocation, now);
            return Some(invocation);
        }
        self.environments.insert(environment, Status::Idle { since: now });
        self.idle.push(environment);
        None
    }

    /// An environment answers; whether this invocation is the one it works on.
    pub(super) fn answer(
        &mut self,
        environment: EnvironmentId,
        answered: InvocationId,
        now: Instant,
    ) -> bool {
        let is_current = self.invocation_of(environment) == Some(answered);
        if is_current {
            self.environments.insert(environment, Status::Answered { since: now });
        }
        is_current
    }

    /// The invocation that an environment works on.
    #[must_use]
    pub(super) fn invocation_of(&self, environment: EnvironmentId) -> Option<InvocationId> {
        match self.environments.get(&environment) {
            Some(Status::Busy { invocation, .. }) => Some(*invocation),
            _ => None,
        }
    }

    /// An environment takes nothing any more, but still exists.
    pub(super) fn end(&mut self, environment: EnvironmentId) {
        self.idle.retain(|one| *one != environment);
        if let Some(status) = self.environments.get_mut(&environment) {
            *status = Status::Ending;
        }
    }

    /// The environments that wait for an invocation.
    #[must_use]
    pub(super) fn idle(&self) -> Vec<EnvironmentId> {
        self.idle.clone()
    }

    /// Whether an environment takes nothing any more, or is not there.
    #[must_use]
    pub(super) fn is_ending(&self, environment: EnvironmentId) -> bool {
        matches!(self.environments.get(&environment), None | Some(Status::Ending))
    }

    /// An environment is gone.
    pub(super) fn remove(&mut self, environment: EnvironmentId, now: Instant) -> Gone {
        self.idle.retain(|one| *one != environment);
        let failed = match self.environments.remove(&environment) {
            Some(Status::Busy { invocation, .. }) => Some(invocation),
            // A function that cannot start would be started again for ever, if this did not fail the invocation that waited for it.
            Some(Status::Starting { .. }) => self.waiting.pop_front(),
            _ => None,
        };
        Gone { failed, start: self.start(now) }
    }

    /// An invocation is not waited for any more; whether it was still waiting.
    pub(super) fn withdraw(&mut self, invocation: InvocationId) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|one| *one != invocation);
        self.waiting.len() < before
    }

    /// Puts an invocation back in front, after its environment turned out to be gone.
    pub(super) fn put_back(
        &mut self,
        invocation: InvocationId,
        now: Instant,
    ) -> Option<EnvironmentId> {
        self.waiting.push_front(invocation);
        self.start(now)
    }

    /// The environments whose time is up, which are thereby ending.
    pub(super) fn overdue(&mut self, now: Instant) -> Vec<(EnvironmentId, Overdue)> {
        let mut overdue = Vec::new();
        for (environment, status) in &self.environments {
            match *status {
                Status::Starting { since, is_second: false }
                    if now >= since + self.limits.init_timeout =>
                {
                    overdue.push((*environment, Overdue::Init));
                }
                Status::Starting { since, is_second: true }
                    if now >= since + self.limits.timeout =>
                {
                    overdue.push((*environment, Overdue::SecondInit));
                }
                Status::Busy { invocation, deadline } if now >= deadline => {
                    overdue.push((*environment, Overdue::Invocation(invocation)));
                }
                Status::Idle { since } | Status::Answered { since }
                    if now >= since + self.limits.idle_timeout =>
                {
                    overdue.push((*environment, Overdue::Idle));
                }
                _ => {}
            }
        }
        for (environment, what) in &overdue {
            self.end(*environment);
            self.n_to_repeat += usize::from(*what == Overdue::Init);
        }
        overdue
    }

    /// When [`Pool::overdue`] should be asked next. Later events never bring it forward by more than they come late
    /// themselves, so nobody has to be woken for them.
    #[must_use]
    pub(super) fn next_check(&self, now: Instant) -> Instant {
        let limits = &self.limits;
        let soonest = limits.timeout.min(limits.init_timeout).min(limits.idle_timeout);
        let due = self.environments.values().filter_map(|status| match *status {
            Status::Starting { since, is_second: false } => Some(since + limits.init_timeout),
            Status::Starting { since, is_second: true } => Some(since + limits.timeout),
            Status::Busy { deadline, .. } => Some(deadline),
            Status::Idle { since } | Status::Answered { since } => {
                Some(since + limits.idle_timeout)
            }
            Status::Ending => None,
        });
        due.chain([now + soonest]).min().unwrap_or(now + soonest)
    }

    /// Takes the invocation that waited longest, because nothing can be started for it.
    pub(super) fn pop_waiting(&mut self) -> Option<InvocationId> {
        self.waiting.pop_front()
    }

    /// How many environments are in which state.
    #[must_use]
    pub(super) fn count(&self) -> Count {
        let mut count = Count::default();
        for status in self.environments.values() {
            match status {
                Status::Starting { .. } => count.starting += 1,
                Status::Idle { .. } | Status::Answered { .. } => count.idle += 1,
                Status::Busy { .. } => count.busy += 1,
                Status::Ending => {}
            }
        }
        count
    }

    /// How many invocations wait for an environment.
    #[must_use]
    pub(super) fn n_waiting(&self) -> usize {
        self.waiting.len()
    }

    fn assign(&mut self, environment: EnvironmentId, invocation: InvocationId, now: Instant) {
        let deadline = now + self.limits.timeout;
        self.environments.insert(environment, Status::Busy { invocation, deadline });
    }

    /// Starts an environment when more invocations wait than environments are about to ask for one.
    fn start(&mut self, now: Instant) -> Option<EnvironmentId> {
        if self.waiting.is_empty() {
            self.n_to_repeat = 0;
        }
        let soon = self
            .environments
            .values()
            .filter(|status| matches!(status, Status::Starting { .. } | Status::Answered { .. }));
        if self.waiting.len() <= soon.count()
            || self.environments.len() >= self.limits.max_environments
        {
            return None;
        }
        let environment = EnvironmentId(self.n_started);
        self.n_started += 1;
        let is_second = self.n_to_repeat > 0;
        self.n_to_repeat = self.n_to_repeat.saturating_sub(1);
        self.environments.insert(environment, Status::Starting { since: now, is_second });
        Some(environment)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    fn limits() -> Limits {
        Limits {
            max_environments: 3,
            reserved_concurrency: None,
            timeout: Duration::from_secs(5),
            init_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(300),
        }
    }

    fn started(pool: &mut Pool, invocation: u64, now: Instant) -> EnvironmentId {
        let Admission::Waiting(Some(environment)) = pool.admit(InvocationId(invocation), now)
        else {
            panic!("an environment should start");
        };
        environment
    }

    #[test]
    fn the_first_invocation_starts_an_environment_and_the_next_reuses_it() {
        let (mut pool, now) = (Pool::new(limits()), Instant::now());
        let environment = started(&mut pool, 1, now);
        assert_eq!(pool.ask(environment, now), Some(InvocationId(1)));
        assert!(pool.answer(environment, InvocationId(1), now));
        assert_eq!(pool.ask(environment, now), None);
        assert_eq!(pool.admit(InvocationId(2), now), Admission::Assigned(environment));
    }

    #[test]
    fn the_most_recently_used_environment_is_taken_first() {
        let (mut pool, now) = (Pool::new(limits()), Instant::now());
        let first = started(&mut pool, 1, now);
        let second = started(&mut pool, 2, now);
        for (environment, invocation) in [(first, 1), (second, 2)] {
            assert_eq!(pool.ask(environment, now), Some(InvocationId(invocation)));
            assert!(pool.answer(environment, InvocationId(invocation), now));
        }
        pool.ask(second, now);
        pool.ask(first, now);
        assert_eq!(pool.admit(InvocationId(3), now), Admission::Assigned(first));
    }

    #[test]
    fn an_environment_that_just_answered_is_waited_for_instead_of_starting_another() {
        let (mut pool, now) = (Pool::new(limits()), Instant::now());
        let environment = started(&mut pool, 1, now);
        pool.ask(environment, now);
        pool.answer(environment, InvocationId(1), now);
        assert_eq!(pool.admit(InvocationId(2), now), Admission::Waiting(None));
        assert_eq!(pool.ask(environment, now), Some(InvocationId(2)));
    }

    #[test]
    fn invocations_beyond_the_machines_limit_wait_and_beyond_the_reserve_are_throttled() {
        let mut limits = limits();
        limits.reserved_concurrency = Some(4);
        let (mut pool, now) = (Pool::new(limits), Instant::now());
        for invocation in 0..3 {
            started(&mut pool, invocation, now);
        }
        assert_eq!(pool.admit(InvocationId(3), now), Admission::Waiting(None));
        assert_eq!(pool.admit(InvocationId(4), now), Admission::Throttled);
    }

    #[test]
    fn a_crash_fails_its_invocation_and_starts_a_replacement_for_those_that_wait() {
        let mut limits = limits();
        limits.max_environments = 1;
        let (mut pool, now) = (Pool::new(limits), Instant::now());
        let environment = started(&mut pool, 1, now);
        pool.ask(environment, now);
        assert_eq!(pool.admit(InvocationId(2), now), Admission::Waiting(None));
        let gone = pool.remove(environment, now);
        assert_eq!(gone.failed, Some(InvocationId(1)));
        let replacement = gone.start.unwrap();
        assert_eq!(pool.ask(replacement, now), Some(InvocationId(2)));
    }

    #[test]
    fn an_environment_that_cannot_start_fails_one_invocation_and_never_loops() {
        let (mut pool, now) = (Pool::new(limits()), Instant::now());
        let environment = started(&mut pool, 1, now);
        let gone = pool.remove(environment, now);
        assert_eq!(gone, Gone { failed: Some(InvocationId(1)), start: None });
    }

    #[test]
    fn each_timeout_is_overdue_exactly_at_its_deadline() {
        let (mut pool, now) = (Pool::new(limits()), Instant::now());
        let environment = started(&mut pool, 1, now);
        assert_eq!(pool.next_check(now), now + Duration::from_secs(5));
        assert_eq!(pool.overdue(now + Duration::from_millis(9_999)), []);
        pool.ask(environment, now);
        let late = now + Duration::from_secs(5);
        assert_eq!(pool.overdue(late), [(environment, Overdue::Invocation(InvocationId(1)))]);
        assert_eq!(pool.overdue(late), [], "an ending environment is reported once");
        assert!(!pool.answer(environment, InvocationId(1), late), "its answer comes too late");

        let mut pool = Pool::new(limits());
        let environment = started(&mut pool, 2, now);
        assert_eq!(pool.overdue(now + Duration::from_secs(10)), [(environment, Overdue::Init)]);
    }

    #[test]
    fn an_environment_that_takes_too_long_to_start_is_started_once_more_with_the_time_of_an_invocation()
     {
        let (mut pool, now) = (Pool::new(limits()), Instant::now());
        let first = started(&mut pool, 1, now);
        let late = now + Duration::from_secs(10);
        assert_eq!(pool.overdue(late), [(first, Overdue::Init)]);
        let gone = pool.remove(first, late);
        assert_eq!(gone.failed, None);
        let second = gone.start.unwrap();
        assert_eq!(pool.next_check(late), late + Duration::from_secs(5));
        let later = late + Duration::from_secs(5);
        assert_eq!(pool.overdue(later), [(second, Overdue::SecondInit)]);
        assert_eq!(pool.pop_waiting(), Some(InvocationId(1)));
        assert_eq!(pool.remove(second, later), Gone::default());
        let third = started(&mut pool, 2, later);
        assert_eq!(pool.overdue(later + Duration::from_secs(10)), [(third, Overdue::Init)]);
    }

    #[test]
    fn an_idle_environment_is_reaped_and_takes_nothing_afterwards() {
        let (mut pool, now) = (Pool::new(limits()), Instant::now());
        let environment = started(&mut pool, 1, now);
        pool.ask(environment, now);
        pool.answer(environment, InvocationId(1), now);
        pool.ask(environment, now);
        let late = now + Duration::from_secs(300);
        assert_eq!(pool.overdue(late), [(environment, Overdue::Idle)]);
        assert!(matches!(pool.admit(InvocationId(2), late), Admission::Waiting(Some(_))));
    }

    #[test]
    fn a_withdrawn_invocation_is_handed_to_nobody() {
        let (mut pool, now) = (Pool::new(limits()), Instant::now());
        let environment = started(&mut pool, 1, now);
        assert!(pool.withdraw(InvocationId(1)));
        assert_eq!(pool.ask(environment, now), None);
    }
}
