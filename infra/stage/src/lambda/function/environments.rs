//! What a function's environments say: they start, ask for work, answer, go, and are ended when their time is up.
//!
//! Owns when the process of one that waits is stopped.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::oneshot;

use super::{Function, Inner, Work};
use crate::lambda::environment::{End, Live};
use crate::lambda::error::{Failure, FailureKind, InvocationOutcome};
use crate::lambda::state::{EnvironmentId, InvocationId, Overdue};

/// The answer to an environment that asks for work.
pub(in crate::lambda) enum Next {
    Work(Work),
    Later(oneshot::Receiver<Work>),
}

impl Function {
    /// The process of an environment runs. Whether it is still wanted.
    pub(in crate::lambda) fn environment_started(
        &self,
        environment: EnvironmentId,
        live: Live,
    ) -> bool {
        let mut inner = self.lock();
        let is_wanted = !inner.is_closed && !inner.pool.is_ending(environment);
        if let Some(one) = inner.environments.get_mut(&environment) {
            one.live = Some(live);
        }
        is_wanted
    }

    /// An environment asks for work: it is there at once, or will come through the channel.
    pub(in crate::lambda) fn next(self: &Arc<Self>, environment: EnvironmentId) -> Next {
        let mut inner = self.lock();
        while let Some(id) = inner.pool.ask(environment, Instant::now()) {
            if let Some(work) = inner.jobs.get_mut(&id).and_then(|job| job.work.take()) {
                return Next::Work(work);
            }
            // Its caller is gone, so it counts as answered.
            inner.pool.answer(environment, id, Instant::now());
        }
        let (poll, work) = oneshot::channel();
        if let Some(one) = inner.environments.get_mut(&environment) {
            one.poll = Some(poll);
            one.n_waits += 1;
            one.began_to_wait.notify_one();
        }
        if inner.is_retired {
            self.end(&mut inner, environment);
        }
        Next::Later(work)
    }

    /// Stops the process of an environment whenever it has waited for work for a while. Ends with the environment.
    pub(in crate::lambda) async fn freeze_when_idle(self: Arc<Self>, environment: EnvironmentId) {
        let began_to_wait = match self.lock().environments.get(&environment) {
            Some(one) if self.settings.freezes => Arc::clone(&one.began_to_wait),
            _ => return,
        };
        loop {
            began_to_wait.notified().await;
            let mut seen = None;
            // Under load this wakes now and then, and not for each invocation.
            while let Some((n_waits, patience)) =
                self.waits(environment).filter(|(n_waits, _)| seen != Some(*n_waits))
            {
                seen = Some(n_waits);
                tokio::time::sleep(patience).await;
            }
            if seen.is_some() && self.waits(environment).map(|(n_waits, _)| n_waits) == seen {
                self.freeze(environment);
            }
        }
    }

    /// How often an environment has waited for work that waits now, and for how long it may wait.
    fn waits(&self, environment: EnvironmentId) -> Option<(u64, Duration)> {
        let inner = self.lock();
        let one = inner.environments.get(&environment)?;
        one.poll.as_ref().map(|_| (one.n_waits, one.patience.wait()))
    }

    fn freeze(&self, environment: EnvironmentId) {
        let mut inner = self.lock();
        let Some(one) = inner.environments.get_mut(&environment) else { return };
        // A wait that was told while this one slept is told once more.
        if one.poll.is_some()
            && one.frozen_since.is_none()
            && let Some(live) = &one.live
        {
            live.freeze();
            one.frozen_since = Some(Instant::now());
        }
    }

    /// Whether an environment starts or works on an invocation.
    pub(in crate::lambda) fn is_at_work(&self, environment: EnvironmentId) -> bool {
        self.lock().environments.get(&environment).is_some_and(|one| one.poll.is_none())
    }

    /// The request id of what an environment works on.
    pub(in crate::lambda) fn current(
        &self,
        environment: EnvironmentId,
    ) -> Option<(InvocationId, String)> {
        let inner = self.lock();
        let id = inner.pool.invocation_of(environment)?;
        inner.jobs.get(&id).map(|job| (id, job.request_id.clone()))
    }

    /// An environment answers an invocation; whether it was the one it works on.
    pub(in crate::lambda) fn answer(
        &self,
        environment: EnvironmentId,
        id: InvocationId,
        outcome: InvocationOutcome,
    ) -> bool {
        let mut inner = self.lock();
        if !inner.pool.answer(environment, id, Instant::now()) {
            return false;
        }
        if let Some(job) = inner.jobs.remove(&id) {
            // Nobody listens when the caller gave up; the work was done all the same.
            let _ = job.reply.send(outcome);
        }
        true
    }

    /// An environment will die at the latest when it answers what it works on.
    pub(in crate::lambda) fn doom(&self, environment: EnvironmentId) {
        if let Some(one) = self.lock().environments.get_mut(&environment) {
            one.is_doomed = true;
        }
    }

    /// Whether an environment dies instead of answering.
    pub(in crate::lambda) fn is_doomed(&self, environment: EnvironmentId) -> bool {
        self.lock().environments.get(&environment).is_some_and(|one| one.is_doomed)
    }

    /// Kills the process of an environment, unless it works on something else by now. Its invocation fails as that of
    /// a process that crashed.
    pub(in crate::lambda) fn kill(&self, environment: EnvironmentId, request_id: &str) {
        let inner = self.lock();
        let current = inner.pool.invocation_of(environment).and_then(|id| inner.jobs.get(&id));
        let live = inner.environments.get(&environment).and_then(|one| one.live.as_ref());
        if let Some(live) = live.filter(|_| current.is_some_and(|job| job.request_id == request_id))
        {
            live.kill();
        }
    }

    /// An environment says why it cannot start.
    pub(in crate::lambda) fn init_failed(&self, environment: EnvironmentId, payload: Bytes) {
        let mut inner = self.lock();
        if let Some(one) = inner.environments.get_mut(&environment) {
            one.init_error = Some(payload);
        }
    }

    /// The process of an environment is gone.
    pub(in crate::lambda) fn environment_gone(
        self: &Arc<Self>,
        environment: EnvironmentId,
        end: &End,
        cpu: Duration,
    ) {
        let spent = u64::try_from(cpu.as_micros()).unwrap_or(u64::MAX);
        self.counters.spent_cpu_us.fetch_add(spent, Ordering::Relaxed);
        let mut inner = self.lock();
        let init_error = inner.environments.remove(&environment).and_then(|one| one.init_error);
        let gone = inner.pool.remove(environment, Instant::now());
        let mut failed = gone.failed;
        if inner.is_closed {
            return;
        }
        self.start(&mut inner, gone.start);
        if let Some(job) = failed.take().and_then(|id| inner.jobs.remove(&id)) {
            let id = &job.request_id;
            let failure = match (init_error, end) {
                (Some(payload), _) => Failure { kind: FailureKind::Crashed, payload },
                (None, End::Exited(reason)) => Failure::described(FailureKind::Crashed, id, reason),
                (None, End::OutOfMemory) => {
                    let message = "Runtime exited with error: signal: killed";
                    Failure::described(FailureKind::OutOfMemory, id, message)
                }
            };
            let _ = job.reply.send(InvocationOutcome::Failure(failure));
        }
    }

    /// Ends what is overdue, now and then, until the function is closed.
    pub(in crate::lambda) async fn watch(self: Arc<Self>) {
        loop {
            let next = {
                let mut inner = self.lock();
                if inner.is_closed || (inner.is_retired && inner.environments.is_empty()) {
                    return;
                }
                self.end_overdue(&mut inner);
                inner.pool.next_check(Instant::now())
            };
            tokio::time::sleep_until(next.into()).await;
        }
    }

    fn end_overdue(self: &Arc<Self>, inner: &mut Inner) {
        for (environment, overdue) in inner.pool.overdue(Instant::now()) {
            self.end(inner, environment);
            if let Overdue::Invocation(id) = overdue
                && let Some(job) = inner.jobs.remove(&id)
            {
                let seconds = self.declared.timeout.as_secs_f64();
                let message = format!("Task timed out after {seconds:.2} seconds");
                self.settings
                    .log
                    .problem(self.name(), &format!("{} ({})", message, job.request_id));
                let failure = Failure::described(FailureKind::TimedOut, &job.request_id, &message);
                let _ = job.reply.send(InvocationOutcome::Failure(failure));
            }
            if overdue == Overdue::Init {
                let text = "did not request an invocation within 10 s, and is started once more";
                self.settings.log.problem(self.name(), text);
            }
            if overdue == Overdue::SecondInit {
                let seconds = self.declared.timeout.as_secs_f64();
                let message = format!("Task timed out after {seconds:.2} seconds");
                let text = format!("{message}, and did not request an invocation");
                self.settings.log.problem(self.name(), &text);
                let Some(job) = inner.pool.pop_waiting().and_then(|id| inner.jobs.remove(&id))
                else {
                    continue;
                };
                let failure = Failure::described(FailureKind::TimedOut, &job.request_id, &message);
                let _ = job.reply.send(InvocationOutcome::Failure(failure));
            }
        }
    }
}
