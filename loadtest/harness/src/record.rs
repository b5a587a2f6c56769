//! What the users measured: a distribution for each operation and workflow, errors by cause, and the course of
//! the run second by second. Users record as they go; nobody reads before the end but the progress display.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::cause::Cause;
use crate::latency::{Distribution, Latency};
use crate::system::{Operation, System, Workflow};
use crate::track::Track;
pub(crate) use crate::track::{ErrorCount, ErrorSample, Figures, Point};

/// Collects measurements from all users at once.
#[derive(Debug)]
pub struct Recorder {
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    operations: BTreeMap<&'static str, Track>,
    workflows: BTreeMap<&'static str, Track>,
    /// The workflow whose visits the course shows.
    main: &'static str,
    start_delay: Distribution,
    n_late: u64,
    started: Option<Instant>,
    seconds: Vec<Second>,
    current: CurrentSecond,
    n_marked: Option<u64>,
}

#[derive(Debug, Default)]
struct CurrentSecond {
    all: Distribution,
    main: Distribution,
    n_errors: u64,
}

/// One second of the run. Latencies are those of the requests that ended in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Second {
    /// Requests that ended.
    pub requests: u64,
    /// Of these, those that failed.
    pub errors: u64,
    /// Steps that were accepted and are owed something, by the client's clock.
    pub accepted: u64,
    /// Promises that were kept, by the server's clock.
    pub kept: u64,
    /// Median latency of all requests.
    pub p50_us: u64,
    /// 99th percentile of all requests.
    pub p99_us: u64,
    /// Median duration of visits of the main workflow.
    pub visit_p50_us: u64,
    /// 99th percentile of the same.
    pub visit_p99_us: u64,
    /// Median time from asked to kept, of the promises that were kept.
    pub kept_p50_us: u64,
    /// 99th percentile of the same.
    pub kept_p99_us: u64,
}

/// A glance for the progress display.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Glance {
    /// Requests that ended.
    pub requests: u64,
    /// Of these, those that failed.
    pub errors: u64,
    /// Median and 99th percentile of the main workflow's visits so far, in microseconds.
    pub visit_p50_us: u64,
    /// See `visit_p50_us`.
    pub visit_p99_us: u64,
}

/// All measurements of a run.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// For each operation, in the order of the system; those never called are left out.
    pub operations: Vec<Figures>,
    /// For each workflow; those that nobody came for are left out.
    pub workflows: Vec<Figures>,
    /// Errors by operation and cause, most frequent first.
    pub errors: Vec<ErrorCount>,
    /// Visits of the main workflow that had ended well when the load's time was over.
    pub n_in_time: u64,
    /// How late slots started.
    pub start_delay: Latency,
    /// How many of them were later than [`crate::clock::LATE`].
    pub n_late: u64,
    /// Second by second.
    pub seconds: Vec<Second>,
}

impl Record {
    /// How many requests ended.
    #[must_use]
    pub fn n_requests(&self) -> u64 {
        self.operations.iter().map(|figures| figures.latency.count).sum()
    }
}

impl Recorder {
    /// Nothing measured yet; the course shows visits of `main`.
    #[must_use]
    pub fn new(main: &'static str) -> Self {
        let inner = Inner {
            operations: BTreeMap::new(),
            workflows: BTreeMap::new(),
            main,
            start_delay: Distribution::default(),
            n_late: 0,
            started: None,
            seconds: Vec::new(),
            current: CurrentSecond::default(),
            n_marked: None,
        };
        Self { inner: Mutex::new(inner) }
    }

    /// The load began: seconds count from here.
    pub fn start(&self, now: Instant) {
        self.lock().started = Some(now);
    }

    /// The load's time is over: how many visits of the main workflow have ended well until now is kept.
    pub fn mark(&self) {
        let mut inner = self.lock();
        let n_ok = inner.n_main_ok();
        inner.n_marked.get_or_insert(n_ok);
    }

    /// A slot began `delay` after it was due.
    pub fn slot(&self, delay: Duration) {
        let mut inner = self.lock();
        inner.start_delay.record(delay);
        inner.n_late += u64::from(delay > crate::clock::LATE);
    }

    /// A request ended; `first_byte` is how long its response took to begin, where there was one.
    pub fn request(
        &self,
        operation: &Operation,
        latency: Duration,
        first_byte: Option<Duration>,
        failure: Option<&Cause>,
    ) {
        let mut inner = self.lock();
        inner.advance(Instant::now());
        inner.current.all.record(latency);
        inner.current.n_errors += u64::from(failure.is_some());
        let track = inner.operations.entry(operation.id).or_default();
        track.add(latency, failure);
        if let Some(first_byte) = first_byte {
            track.first_byte.record(first_byte);
        }
    }

    /// Keeps what finds a request in logs that failed, and was recorded as such; the first few of each cause.
    pub(crate) fn sample(
        &self,
        operation: &Operation,
        cause: &Cause,
        sample: impl FnOnce(u64) -> ErrorSample,
    ) {
        let mut inner = self.lock();
        let at_ms = inner.started.map_or(0, |started| started.elapsed().as_millis() as u64);
        if let Some(track) = inner.operations.get_mut(operation.id) {
            track.sample(cause, || sample(at_ms));
        }
    }

    /// A customer reached the end of a workflow, or gave up. A cause that is recorded with a request is
    /// [`Cause::Other`] here.
    pub fn visit(&self, workflow: &Workflow, latency: Duration, failure: Option<&Cause>) {
        let mut inner = self.lock();
        inner.advance(Instant::now());
        if inner.main == workflow.id {
            inner.current.main.record(latency);
        }
        inner.workflows.entry(workflow.id).or_default().add(latency, failure);
    }

    /// Where things stand.
    #[must_use]
    pub fn glance(&self) -> Glance {
        let inner = self.lock();
        let mut glance = Glance::default();
        for track in inner.operations.values() {
            glance.requests += track.latency.count();
            glance.errors += track.errors.values().map(|failures| failures.count).sum::<u64>();
        }
        if let Some(main) = inner.workflows.get(inner.main) {
            glance.visit_p50_us = main.latency.quantile_us(0.5);
            glance.visit_p99_us = main.latency.quantile_us(0.99);
        }
        glance
    }

    /// Ends the recording.
    #[must_use]
    pub fn finish(&self, system: &System) -> Record {
        self.lock().end_second();
        self.so_far(system)
    }

    /// What was measured until now; the second that is under way is in the distributions alone. Users wait no longer
    /// than it takes to sum one operation up.
    #[must_use]
    pub fn so_far(&self, system: &System) -> Record {
        let figures = |of: fn(&Inner) -> &BTreeMap<&'static str, Track>, id| {
            of(&self.lock()).get(id).map(|track| track.figures(id))
        };
        let operations = system.operations.iter().map(|operation| operation.id);
        let workflows = system.workflows.iter().map(|workflow| workflow.id);
        let operations = operations.filter_map(|id| figures(|inner| &inner.operations, id));
        let operations = operations.collect();
        let workflows = workflows.filter_map(|id| figures(|inner| &inner.workflows, id)).collect();
        let inner = self.lock();
        Record {
            operations,
            workflows,
            errors: inner.errors(),
            n_in_time: inner.n_marked.unwrap_or_else(|| inner.n_main_ok()),
            start_delay: inner.start_delay.figures(),
            n_late: inner.n_late,
            seconds: inner.seconds.clone(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic elsewhere leaves numbers behind, and numbers are never half-written.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Visits of the main workflow that ended well.
    fn n_main_ok(&self) -> u64 {
        self.workflows.get(self.main).map_or(0, |track| track.n_ok)
    }

    /// Errors by operation and cause, most frequent first.
    fn errors(&self) -> Vec<ErrorCount> {
        let of_requests = self.operations.iter().flat_map(|(id, track)| track.causes(id));
        let of_visits = self.workflows.iter().flat_map(|(id, track)| track.causes(id));
        let own = of_visits.filter(|error| error.cause != Cause::Other.to_string());
        let mut errors: Vec<_> = of_requests.chain(own).collect();
        errors.sort_by_key(|error| std::cmp::Reverse(error.count));
        errors
    }

    /// Closes every second that is over.
    fn advance(&mut self, now: Instant) {
        let Some(started) = self.started else { return };
        let second = now.saturating_duration_since(started).as_secs() as usize;
        while self.seconds.len() < second {
            self.end_second();
        }
    }

    fn end_second(&mut self) {
        let current = &mut self.current;
        self.seconds.push(Second {
            requests: current.all.count(),
            errors: current.n_errors,
            p50_us: current.all.quantile_us(0.5),
            p99_us: current.all.quantile_us(0.99),
            visit_p50_us: current.main.quantile_us(0.5),
            visit_p99_us: current.main.quantile_us(0.99),
            ..Second::default()
        });
        current.all.clear();
        current.main.clear();
        current.n_errors = 0;
        let n_seconds = self.seconds.len();
        for track in self.operations.values_mut().chain(self.workflows.values_mut()) {
            track.end_second(n_seconds);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    static PUT: Operation = Operation { id: "putBasket", ..Operation::NEW };
    static CHECK_OUT: Operation = Operation { id: "checkoutBasket", ..Operation::NEW };
    static CHECKOUT: Workflow = Workflow { id: "checkout", ..Workflow::NEW };
    static SYSTEM: System =
        System { operations: &[&PUT, &CHECK_OUT], workflows: &[&CHECKOUT], ..System::NEW };

    #[test]
    fn successes_and_failures_are_counted_apart() {
        let recorder = Recorder::new("checkout");
        recorder.start(Instant::now());
        let millisecond = Duration::from_millis(1);
        for _ in 0..3 {
            recorder.request(&PUT, millisecond, Some(millisecond), None);
        }
        recorder.request(&CHECK_OUT, 9 * millisecond, None, Some(&Cause::Status(503)));
        recorder.request(&CHECK_OUT, 5 * millisecond, None, None);
        for id in 0..9 {
            recorder.sample(&CHECK_OUT, &Cause::Status(503), |at_ms| ErrorSample {
                at_ms,
                request_id: Some(format!("r-{id}")),
                ..ErrorSample::default()
            });
        }
        // What its request failed of is told with the request.
        recorder.visit(&CHECKOUT, 9 * millisecond, Some(&Cause::Other));
        recorder.visit(&CHECKOUT, 9 * millisecond, Some(&Cause::NoMessage("Placed".to_owned())));
        let record = recorder.finish(&SYSTEM);
        let names: Vec<_> = record.operations.iter().map(|f| (f.name.as_str(), f.ok)).collect();
        assert_eq!(names, [("putBasket", 3), ("checkoutBasket", 1)]);
        assert_eq!(
            (record.operations[0].first_byte.count, record.operations[1].first_byte.count),
            (3, 0)
        );
        let causes: Vec<_> = record.errors.iter().map(|error| error.cause.as_str()).collect();
        assert_eq!(causes, ["status 503", "no Placed in time"]);
        let samples: Vec<_> =
            record.errors[0].samples.iter().filter_map(|one| one.request_id.as_deref()).collect();
        assert_eq!(samples, ["r-0", "r-1", "r-2"]);
        assert_eq!(record.workflows[0].failed, 2);
        let second = record.seconds.last().unwrap();
        assert_eq!((second.requests, second.errors), (5, 1));
    }

    #[test]
    fn a_glance_does_not_disturb_the_record() {
        let recorder = Recorder::new("checkout");
        recorder.request(&PUT, Duration::from_millis(4), None, None);
        recorder.visit(&CHECKOUT, Duration::from_millis(4), None);
        let glance = recorder.glance();
        assert_eq!((glance.requests, glance.errors), (1, 0));
        assert!((3990..4010).contains(&glance.visit_p50_us), "{glance:?}");
        assert_eq!(recorder.finish(&SYSTEM).operations.len(), 1);
    }

    #[test]
    fn quiet_seconds_are_kept() {
        let recorder = Recorder::new("checkout");
        recorder.start(Instant::now() - Duration::from_millis(3500));
        recorder.request(&PUT, Duration::from_millis(1), None, None);
        let record = recorder.finish(&SYSTEM);
        let requests: Vec<_> = record.seconds.iter().map(|s| s.requests).collect();
        assert_eq!(requests, [0, 0, 0, 1]);
        let course: Vec<_> = record.operations[0].course.iter().map(|point| point.count).collect();
        assert_eq!(course, [0, 0, 0, 1]);
    }

    #[test]
    fn late_slots_are_counted() {
        let recorder = Recorder::new("checkout");
        recorder.slot(Duration::from_millis(2));
        recorder.slot(crate::clock::LATE + Duration::from_millis(1));
        let record = recorder.finish(&SYSTEM);
        assert_eq!((record.n_late, record.start_delay.count), (1, 2));
    }
}
