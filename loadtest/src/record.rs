//! What the users measured: a distribution per operation and per journey, errors by cause, and the course of
//! the run second by second. Users record as they go; nobody reads before the end but the progress display.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::expect::Cause;
use crate::journeys::Journey;
use crate::latency::{Distribution, Latency};
use crate::operation::Operation;

/// How many causes of errors are told apart per operation; whatever comes after them counts together.
const MAX_CAUSES: usize = 64;

/// Collects measurements from all users at once.
#[derive(Debug)]
pub struct Recorder {
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    operations: BTreeMap<Operation, Track>,
    journeys: BTreeMap<Journey, Track>,
    start_delay: Distribution,
    n_late: u64,
    started: Option<Instant>,
    seconds: Vec<Second>,
    current: CurrentSecond,
}

#[derive(Debug, Default)]
struct Track {
    latency: Distribution,
    n_ok: u64,
    errors: BTreeMap<Cause, u64>,
}

#[derive(Debug, Default)]
struct CurrentSecond {
    all: Distribution,
    checkout: Distribution,
    n_errors: u64,
    n_accepted: u64,
}

/// One second of the run. Latencies are those of the requests that ended in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Second {
    /// Requests that ended.
    pub requests: u64,
    /// Of these, those that failed.
    pub errors: u64,
    /// Checkouts that were answered with success.
    pub accepted: u64,
    /// Orders that were stored, by the server's clock.
    pub orders: u64,
    /// Median latency of all requests.
    pub p50_us: u64,
    /// 99th percentile of all requests.
    pub p99_us: u64,
    /// Median latency of checkouts.
    pub checkout_p50_us: u64,
    /// 99th percentile of checkouts.
    pub checkout_p99_us: u64,
    /// Median time from the checkout, by the servers' clocks, of the orders that were stored.
    pub placed_p50_us: u64,
    /// 99th percentile of the same.
    pub placed_p99_us: u64,
}

/// What was measured of one operation or journey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// `operationId` or the journey's name.
    pub name: String,
    /// How many succeeded.
    pub ok: u64,
    /// How many failed.
    pub failed: u64,
    /// How long they took; failures count like successes.
    pub latency: Latency,
}

/// Why requests failed, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorCount {
    /// `operationId`.
    pub operation: String,
    /// What went wrong.
    pub cause: String,
    /// How often.
    pub count: u64,
}

/// A glance for the progress display.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Glance {
    /// Requests that ended.
    pub requests: u64,
    /// Of these, those that failed.
    pub errors: u64,
    /// Median and 99th percentile of checkouts so far, in microseconds.
    pub checkout_p50_us: u64,
    /// See `checkout_p50_us`.
    pub checkout_p99_us: u64,
}

/// All measurements of a run.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Per operation, in the order of [`Operation::ALL`]; those never called are left out.
    pub operations: Vec<(Operation, Figures)>,
    /// Per journey; those without customers are left out.
    pub journeys: Vec<Figures>,
    /// Errors by operation and cause, most frequent first.
    pub errors: Vec<ErrorCount>,
    /// How late slots started.
    pub start_delay: Latency,
    /// How many of them were later than [`crate::clock::LATE`].
    pub n_late: u64,
    /// Second by second.
    pub seconds: Vec<Second>,
}

impl Default for Recorder {
    fn default() -> Self {
        let inner = Inner {
            operations: BTreeMap::new(),
            journeys: BTreeMap::new(),
            start_delay: Distribution::default(),
            n_late: 0,
            started: None,
            seconds: Vec::new(),
            current: CurrentSecond::default(),
        };
        Self { inner: Mutex::new(inner) }
    }
}

impl Recorder {
    /// The load began: seconds count from here.
    pub fn start(&self, now: Instant) {
        self.lock().started = Some(now);
    }

    /// A slot began `delay` after it was due.
    pub fn slot(&self, delay: Duration) {
        let mut inner = self.lock();
        inner.start_delay.record(delay);
        inner.n_late += u64::from(delay > crate::clock::LATE);
    }

    /// A request ended.
    pub fn request(&self, operation: Operation, latency: Duration, failure: Option<&Cause>) {
        let mut inner = self.lock();
        inner.advance(Instant::now());
        let accepted = operation == Operation::CheckoutBasket && failure.is_none();
        let current = &mut inner.current;
        current.all.record(latency);
        current.n_errors += u64::from(failure.is_some());
        current.n_accepted += u64::from(accepted);
        if operation == Operation::CheckoutBasket {
            current.checkout.record(latency);
        }
        inner.operations.entry(operation).or_default().add(latency, failure);
    }

    /// A customer reached the end of a journey, or gave up.
    pub fn journey(&self, journey: Journey, latency: Duration, ok: bool) {
        let mut inner = self.lock();
        let track = inner.journeys.entry(journey).or_default();
        track.latency.record(latency);
        track.n_ok += u64::from(ok);
    }

    /// Where things stand.
    #[must_use]
    pub fn glance(&self) -> Glance {
        let inner = self.lock();
        let mut glance = Glance::default();
        for track in inner.operations.values() {
            glance.requests += track.latency.count();
            glance.errors += track.errors.values().sum::<u64>();
        }
        if let Some(checkout) = inner.operations.get(&Operation::CheckoutBasket) {
            glance.checkout_p50_us = checkout.latency.quantile_us(0.5);
            glance.checkout_p99_us = checkout.latency.quantile_us(0.99);
        }
        glance
    }

    /// Ends the recording.
    #[must_use]
    pub fn finish(&self) -> Record {
        let mut inner = self.lock();
        inner.end_second();
        let mut errors: Vec<_> = inner
            .operations
            .iter()
            .flat_map(|(operation, track)| {
                track.errors.iter().map(|(cause, count)| ErrorCount {
                    operation: operation.id().to_owned(),
                    cause: cause.to_string(),
                    count: *count,
                })
            })
            .collect();
        errors.sort_by_key(|error| std::cmp::Reverse(error.count));
        let operations = Operation::ALL.into_iter().filter_map(|operation| {
            Some((operation, inner.operations.get(&operation)?.figures(operation.id())))
        });
        Record {
            operations: operations.collect(),
            journeys: inner.journeys.iter().map(|(j, track)| track.figures(j.name())).collect(),
            errors,
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
            accepted: current.n_accepted,
            orders: 0,
            p50_us: current.all.quantile_us(0.5),
            p99_us: current.all.quantile_us(0.99),
            checkout_p50_us: current.checkout.quantile_us(0.5),
            checkout_p99_us: current.checkout.quantile_us(0.99),
            placed_p50_us: 0,
            placed_p99_us: 0,
        });
        current.all.clear();
        current.checkout.clear();
        (current.n_errors, current.n_accepted) = (0, 0);
    }
}

impl Track {
    fn add(&mut self, latency: Duration, failure: Option<&Cause>) {
        self.latency.record(latency);
        match failure {
            None => self.n_ok += 1,
            Some(cause) => {
                let known = self.errors.contains_key(cause) || self.errors.len() < MAX_CAUSES;
                let cause = if known { cause.clone() } else { Cause::Other };
                *self.errors.entry(cause).or_default() += 1;
            }
        }
    }

    fn figures(&self, name: &str) -> Figures {
        Figures {
            name: name.to_owned(),
            ok: self.n_ok,
            failed: self.latency.count() - self.n_ok,
            latency: self.latency.figures(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn successes_and_failures_are_counted_apart() {
        let recorder = Recorder::default();
        recorder.start(Instant::now());
        let millisecond = Duration::from_millis(1);
        for _ in 0..3 {
            recorder.request(Operation::PutBasket, millisecond, None);
        }
        recorder.request(Operation::CheckoutBasket, 9 * millisecond, Some(&Cause::Status(503)));
        recorder.request(Operation::CheckoutBasket, 5 * millisecond, None);
        let record = recorder.finish();
        let names: Vec<_> =
            record.operations.iter().map(|(_, f)| (f.name.as_str(), f.ok)).collect();
        assert_eq!(names, [("putBasket", 3), ("checkoutBasket", 1)]);
        assert_eq!(record.errors.len(), 1);
        assert_eq!(record.errors[0].cause, "status 503");
        let second = record.seconds.last().unwrap();
        assert_eq!((second.requests, second.errors, second.accepted), (5, 1, 1));
    }

    #[test]
    fn a_glance_does_not_disturb_the_record() {
        let recorder = Recorder::default();
        recorder.request(Operation::CheckoutBasket, Duration::from_millis(4), None);
        let glance = recorder.glance();
        assert_eq!((glance.requests, glance.errors), (1, 0));
        assert!((3990..4010).contains(&glance.checkout_p50_us), "{glance:?}");
        assert_eq!(recorder.finish().operations.len(), 1);
    }

    #[test]
    fn quiet_seconds_are_kept() {
        let recorder = Recorder::default();
        recorder.start(Instant::now() - Duration::from_millis(3500));
        recorder.request(Operation::GetProduct, Duration::from_millis(1), None);
        let requests: Vec<_> = recorder.finish().seconds.iter().map(|s| s.requests).collect();
        assert_eq!(requests, [0, 0, 0, 1]);
    }

    #[test]
    fn late_slots_are_counted() {
        let recorder = Recorder::default();
        recorder.slot(Duration::from_millis(2));
        recorder.slot(crate::clock::LATE + Duration::from_millis(1));
        let record = recorder.finish();
        assert_eq!((record.n_late, record.start_delay.count), (1, 2));
    }
}
