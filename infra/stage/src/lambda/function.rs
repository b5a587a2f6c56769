//! One function: its pool, what waits for it, and its figures.
//!
//! Owns the hand-over between those who invoke and the environments that work; what these say is in `environments`.
//! Decides nothing itself: `state` does.

mod environments;
mod patience;

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::{Notify, oneshot};

use super::LATEST;
use super::Registry;
use super::environment::{self, Live};
use super::error::{FailureKind, InvocationOutcome, Refusal};
use super::state::{Admission, EnvironmentId, InvocationId, Limits, Pool};
use crate::access::Guard;
use crate::fault::Chaos;
use crate::guardian::Guardian;
use crate::ids;
use crate::journal::Journal;
use crate::log::Log;
use crate::programs::Program;
use crate::store::Store;
use crate::template::Function as Declared;
pub(super) use environments::Next;
use patience::Patience;

/// An event for a function.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// The event, JSON.
    pub payload: Bytes,
    /// The request id; one is made where there is none.
    pub request_id: Option<String>,
    /// `X-Amzn-Trace-Id` of its cause.
    pub trace_id: Option<String>,
    /// The client context of the Lambda API, JSON.
    pub client_context: Option<String>,
    /// The version or alias by which it is invoked, unless it is `$LATEST`.
    pub qualifier: Option<String>,
}

impl Invocation {
    /// An invocation with an event and nothing else.
    #[must_use]
    pub fn new(payload: impl Into<Bytes>) -> Self {
        Self {
            payload: payload.into(),
            request_id: None,
            trace_id: None,
            client_context: None,
            qualifier: None,
        }
    }

    /// The same by the name or ARN that a function is invoked by.
    #[must_use]
    pub(crate) fn by(self, name: &str) -> Self {
        let name = name.split_once(":function:").map_or(name, |(_, rest)| rest);
        let qualifier = name.split_once(':').map(|(_, qualifier)| qualifier.to_owned());
        Self { qualifier: qualifier.filter(|qualifier| qualifier != LATEST), ..self }
    }
}

/// What an environment gets when it asks.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) request_id: String,
    pub(super) trace_id: String,
    pub(super) client_context: Option<String>,
    pub(super) qualifier: Option<String>,
    pub(super) payload: Bytes,
}

/// How functions are run, the same for all of a stage.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Environments of a function at a time.
    pub max_environments: usize,
    /// The region.
    pub region: String,
    /// The AWS endpoint, and the one of DynamoDB where it is another.
    pub endpoint: String,
    /// `AWS_ENDPOINT_URL_DYNAMODB`, where DynamoDB has an endpoint of its own.
    pub dynamodb_endpoint: Option<String>,
    /// Where lines of functions go.
    pub log: Log,
    /// Notes what Lambda does with the roles of functions, where somebody wants to know.
    pub(crate) guard: Option<Arc<Guard>>,
    /// Ends processes when the stage is gone.
    pub guardian: Guardian,
    /// Whether environments that wait for an invocation are stopped.
    pub freezes: bool,
    /// Whether an environment that holds more memory than `MemorySize` is ended.
    pub limits_memory: bool,
    /// Where events of asynchronous invocations survive the stage.
    pub(crate) store: Option<Store>,
    /// What happened lately.
    pub(crate) journal: Journal,
    /// Decides which environments die in the middle of an invocation.
    pub chaos: Arc<dyn Chaos>,
}

/// Figures of a function since the stage started.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) invocations: AtomicU64,
    pub(super) cold_starts: AtomicU64,
    pub(super) errors: AtomicU64,
    pub(super) throttles: AtomicU64,
    pub(super) timeouts: AtomicU64,
    /// From arrival to answer, over all invocations that ended, in microseconds.
    pub(super) time_us: AtomicU64,
    /// CPU time of environments that are gone, in microseconds.
    pub(super) spent_cpu_us: AtomicU64,
}

impl Counters {
    pub(super) fn count(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

/// A function that is stood up.
#[derive(Debug)]
pub struct Function {
    pub(super) declared: Declared,
    /// The program that is its code.
    pub(super) program: Program,
    pub(super) settings: Settings,
    pub(super) counters: Counters,
    inner: Mutex<Inner>,
    /// Where whatever takes its place is found.
    all: Weak<Registry>,
}

#[derive(Debug)]
struct Inner {
    pool: Pool,
    jobs: HashMap<InvocationId, Job>,
    environments: BTreeMap<EnvironmentId, Environment>,
    n_invocations: u64,
    is_closed: bool,
    /// Whether another function has taken its place: it ends with what it still has to do.
    is_retired: bool,
}

/// An invocation from its arrival to its end.
#[derive(Debug)]
struct Job {
    /// What is to be handed over; gone once it was.
    work: Option<Work>,
    request_id: String,
    reply: oneshot::Sender<InvocationOutcome>,
}

#[derive(Debug, Default)]
struct Environment {
    /// The long poll that waits for work.
    poll: Option<oneshot::Sender<Work>>,
    live: Option<Live>,
    /// How often it has waited for work.
    n_waits: u64,
    /// Told when it begins to wait for work.
    began_to_wait: Arc<Notify>,
    /// Since when its process is stopped, where it is.
    frozen_since: Option<Instant>,
    /// When it is stopped, from how long it stayed stopped.
    patience: Patience,
    /// Whether it dies instead of answering.
    is_doomed: bool,
    /// What the environment said when it could not start.
    init_error: Option<Bytes>,
}

impl Environment {
    /// Takes the poll that waits for work, of a process that runs.
    fn wake(&mut self) -> Option<oneshot::Sender<Work>> {
        if let Some(since) = self.frozen_since.take() {
            self.patience.continued_after(since.elapsed());
            self.live.as_ref().inspect(|live| live.thaw());
        }
        self.poll.take()
    }
}

impl Function {
    pub(super) fn new(
        declared: Declared,
        program: Program,
        settings: Settings,
        all: Weak<Registry>,
    ) -> Self {
        let limits = Limits {
            max_environments: settings.max_environments.max(1),
            reserved_concurrency: declared.reserved_concurrency,
            timeout: declared.timeout,
            init_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(300),
        };
        let inner = Inner {
            pool: Pool::new(limits),
            jobs: HashMap::new(),
            environments: BTreeMap::new(),
            n_invocations: 0,
            is_closed: false,
            is_retired: false,
        };
        Self {
            declared,
            program,
            settings,
            counters: Counters::default(),
            inner: Mutex::new(inner),
            all,
        }
    }

    /// The function of this name as it is now: this one, or what a changed template has put in its place. `None` when
    /// the template has none any more.
    pub(super) fn latest(self: &Arc<Self>) -> Option<Arc<Self>> {
        if !self.lock().is_retired {
            return Some(Arc::clone(self));
        }
        let all = self.all.upgrade()?;
        let all = all.read().unwrap_or_else(PoisonError::into_inner);
        all.get(self.name()).cloned()
    }

    /// The function's ARN.
    #[must_use]
    pub(crate) fn arn(&self) -> &str {
        &self.declared.arn
    }

    /// The function's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.declared.name
    }

    /// Whether there is such a version or alias of it.
    pub(super) fn has(&self, qualifier: &str) -> bool {
        qualifier == LATEST || self.declared.qualifiers.iter().any(|one| one == qualifier)
    }

    /// Whether the function is declared like this, and its program is still the one that it was.
    pub(super) fn is_still(&self, declared: &Declared, program: &Program) -> bool {
        self.declared == *declared && self.program == *program
    }

    /// Finishes what the function was invoked for, and ends each environment that has nothing to do.
    pub(super) fn retire(&self) {
        let mut inner = self.lock();
        inner.is_retired = true;
        for environment in inner.pool.idle() {
            self.end(&mut inner, environment);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Invokes the function and waits for what comes of it. Dropping the future gives the place in the queue up; an
    /// invocation that already runs goes on, as in AWS.
    ///
    /// # Errors
    /// When the function never saw the event.
    pub async fn invoke(
        self: &Arc<Self>,
        invocation: Invocation,
    ) -> Result<InvocationOutcome, Refusal> {
        let journal = &self.settings.journal;
        if !journal.is_kept() {
            return self.invoke_unnoted(invocation).await;
        }
        let (began, mut invocation) = (Instant::now(), invocation);
        let trace = invocation.trace_id.get_or_insert_with(ids::trace_id).clone();
        let id = invocation.request_id.get_or_insert_with(|| ids::uuid().to_string()).clone();
        let outcome = self.invoke_unnoted(invocation).await;
        journal.note("invocation", Some(&trace), began, || {
            let ended = match &outcome {
                Ok(InvocationOutcome::Success(_)) => Ok("answered".to_owned()),
                Ok(InvocationOutcome::Failure(failure)) => Err(failure.told()),
                Err(refusal) => Err(refusal.to_string()),
            };
            (self.name().to_owned(), id, ended)
        });
        outcome
    }

    /// The same for a client that may be gone before the answer, which stops nothing.
    pub(super) async fn invoke_for_client(
        self: &Arc<Self>,
        invocation: Invocation,
    ) -> Result<InvocationOutcome, Refusal> {
        let function = Arc::clone(self);
        let running = tokio::spawn(async move { function.invoke(invocation).await });
        running.await.unwrap_or(Err(Refusal::ShuttingDown))
    }

    async fn invoke_unnoted(
        self: &Arc<Self>,
        invocation: Invocation,
    ) -> Result<InvocationOutcome, Refusal> {
        let mut asked = None;
        loop {
            let latest = self.latest();
            // One that was put aside before it took the event has another one in its place.
            let other =
                latest.filter(|one| asked.as_ref().is_none_or(|old| !Arc::ptr_eq(old, one)));
            let Some(function) = other else {
                return Err(Refusal::NotFound(self.name().to_owned()));
            };
            let (reply, outcome) = oneshot::channel();
            match function.admit(invocation.clone(), reply) {
                Ok(id) => return function.outcome(id, outcome).await,
                Err(Refusal::NotFound(_)) => asked = Some(function),
                Err(refusal) => return Err(refusal),
            }
        }
    }

    /// What comes of an invocation that was taken.
    async fn outcome(
        self: &Arc<Self>,
        id: InvocationId,
        outcome: oneshot::Receiver<InvocationOutcome>,
    ) -> Result<InvocationOutcome, Refusal> {
        let began = Instant::now();
        let guard = Withdraw { function: self, id };
        let outcome = outcome.await.map_err(|_| Refusal::ShuttingDown);
        std::mem::forget(guard);
        let time_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.counters.time_us.fetch_add(time_us, Ordering::Relaxed);
        if let Ok(InvocationOutcome::Failure(failure)) = &outcome {
            Counters::count(&self.counters.errors);
            if failure.kind == FailureKind::TimedOut {
                Counters::count(&self.counters.timeouts);
            }
        }
        outcome
    }

    fn admit(
        self: &Arc<Self>,
        invocation: Invocation,
        reply: oneshot::Sender<InvocationOutcome>,
    ) -> Result<InvocationId, Refusal> {
        let request_id = invocation.request_id.unwrap_or_else(|| ids::uuid().to_string());
        let trace_id = invocation.trace_id.unwrap_or_else(ids::trace_id);
        let mut inner = self.lock();
        if inner.is_closed {
            return Err(Refusal::ShuttingDown);
        }
        if inner.is_retired {
            // Nobody would end its environments any more.
            return Err(Refusal::NotFound(self.name().to_owned()));
        }
        Counters::count(&self.counters.invocations);
        let id = InvocationId(inner.n_invocations);
        inner.n_invocations += 1;
        let work = Work {
            request_id: request_id.clone(),
            trace_id,
            client_context: invocation.client_context,
            qualifier: invocation.qualifier,
            payload: invocation.payload,
        };
        let admission = inner.pool.admit(id, Instant::now());
        if admission == Admission::Throttled {
            Counters::count(&self.counters.throttles);
            return Err(Refusal::Throttled);
        }
        inner.jobs.insert(id, Job { work: Some(work), request_id, reply });
        match admission {
            Admission::Assigned(environment) => self.hand_over(&mut inner, environment, id),
            Admission::Waiting(start) => self.start(&mut inner, start),
            Admission::Throttled => {}
        }
        Ok(id)
    }

    /// Wakes the long poll of an environment with its work. If the poll is gone, so is the environment: its process
    /// broke the connection.
    fn hand_over(
        self: &Arc<Self>,
        inner: &mut Inner,
        environment: EnvironmentId,
        id: InvocationId,
    ) {
        let poll = inner.environments.get_mut(&environment).and_then(Environment::wake);
        let Some(work) = inner.jobs.get_mut(&id).and_then(|job| job.work.take()) else { return };
        let returned = match poll {
            Some(poll) => poll.send(work).err(),
            None => Some(work),
        };
        if let Some(work) = returned {
            if let Some(job) = inner.jobs.get_mut(&id) {
                job.work = Some(work);
            }
            self.end(inner, environment);
            let start = inner.pool.put_back(id, Instant::now());
            self.start(inner, start);
        }
    }

    fn start(self: &Arc<Self>, inner: &mut Inner, environment: Option<EnvironmentId>) {
        if let Some(environment) = environment {
            Counters::count(&self.counters.cold_starts);
            inner.environments.insert(environment, Environment::default());
            tokio::spawn(environment::run(Arc::clone(self), environment));
        }
    }

    fn end(&self, inner: &mut Inner, environment: EnvironmentId) {
        inner.pool.end(environment);
        if let Some(live) = inner.environments.get(&environment).and_then(|one| one.live.as_ref()) {
            live.kill();
        }
    }

    /// Ends every environment and accepts nothing any more; waiting callers get an error.
    pub(super) fn close(&self) {
        let mut inner = self.lock();
        inner.is_closed = true;
        inner.jobs.clear();
        for one in inner.environments.values() {
            if let Some(live) = &one.live {
                live.kill();
            }
        }
    }

    /// Whether no process is left.
    pub(super) fn is_quiet(&self) -> bool {
        self.lock().environments.is_empty()
    }

    /// The figures as they are now.
    pub(super) fn metrics(&self) -> super::FunctionMetrics {
        let inner = self.lock();
        let live_cpu: Duration = inner
            .environments
            .values()
            .filter_map(|one| one.live.as_ref())
            .map(Live::cpu_time)
            .sum();
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let count = inner.pool.count();
        super::FunctionMetrics {
            invocations: read(&self.counters.invocations),
            cold_starts: read(&self.counters.cold_starts),
            errors: read(&self.counters.errors),
            throttles: read(&self.counters.throttles),
            timeouts: read(&self.counters.timeouts),
            cpu_time: Duration::from_micros(read(&self.counters.spent_cpu_us)) + live_cpu,
            time: Duration::from_micros(read(&self.counters.time_us)),
            n_starting: count.starting,
            n_idle: count.idle,
            n_busy: count.busy,
            n_waiting: inner.pool.n_waiting(),
        }
    }
}

/// Gives the place in the queue up when the caller does.
struct Withdraw<'f> {
    function: &'f Function,
    id: InvocationId,
}

impl Drop for Withdraw<'_> {
    fn drop(&mut self) {
        let mut inner = self.function.lock();
        if inner.pool.withdraw(self.id) {
            inner.jobs.remove(&self.id);
        }
    }
}
