//! Owns the running bus: taking events, sending each on its way, firing schedules. It refuses to
//! decide which event goes where: `state` does.

mod schedules;
mod stats;

pub(super) use stats::BusCounts;
pub(crate) use stats::BusFigures;
pub use stats::BusStats;
use stats::Counts;

use super::archive::{NewArchive, Replay};
use super::changed::Changed;
use super::delivery::{Deliver, Journey};
use super::error::BusError;
use super::event::{EntryError, Event, NewEvent, Origin, check_entries};
use super::rule::{NewRule, Rule, Target};
use super::state::{BusSettings, BusState};
use crate::clock::Clock;
use crate::fault::{Chaos, Decision, Failure, Site};
use crate::journal::Journal;
use crate::log::Log;
use crate::store::Store;
use crate::tap::Tap;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use uuid::Uuid;

/// All buses of a stage. Cheap to clone; clones share the buses.
#[derive(Clone)]
pub struct BusService {
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) clock: Clock,
    pub(super) chaos: Arc<dyn Chaos>,
    pub(super) deliver: Arc<dyn Deliver>,
    pub(super) counts: Counts,
    /// Where events and schedules survive the stage.
    pub(super) store: Option<Store>,
    /// What API calls changed.
    pub(super) changed: Mutex<Changed>,
    /// The ARNs of rules whose times the store has.
    pub(super) kept_schedules: Mutex<BTreeSet<String>>,
    /// Whether what the store had was taken up.
    pub(super) is_taken_up: AtomicBool,
    state: RwLock<BusState>,
    tap: OnceLock<Arc<dyn Tap>>,
    journal: OnceLock<Journal>,
    log: OnceLock<Log>,
    /// Tells the scheduler that the next firing may be another.
    rescheduled: Arc<Notify>,
    has_scheduler: AtomicBool,
}

impl BusService {
    /// A service with the default bus.
    pub fn new(
        origin: Origin,
        clock: Clock,
        chaos: Arc<dyn Chaos>,
        deliver: Arc<dyn Deliver>,
    ) -> Self {
        Self::kept_in(None, origin, clock, chaos, deliver)
    }

    /// A service with the default bus, whose events survive the stage where there is a store; what is there already waits
    /// for [`take_up`](Self::take_up).
    pub(crate) fn kept_in(
        store: Option<Store>,
        origin: Origin,
        clock: Clock,
        chaos: Arc<dyn Chaos>,
        deliver: Arc<dyn Deliver>,
    ) -> Self {
        let state = BusState::new(origin, clock.now_ms());
        Self {
            shared: Arc::new(Shared {
                clock,
                chaos,
                deliver,
                counts: Counts::default(),
                store,
                changed: Mutex::default(),
                kept_schedules: Mutex::default(),
                is_taken_up: AtomicBool::new(false),
                state: RwLock::new(state),
                tap: OnceLock::new(),
                journal: OnceLock::new(),
                log: OnceLock::new(),
                rescheduled: Arc::default(),
                has_scheduler: AtomicBool::new(false),
            }),
        }
    }

    /// Tells somebody of each event that is taken from now on; the first to ask is the one who is told.
    #[must_use]
    pub fn watched_by(self, tap: Arc<dyn Tap>) -> Self {
        let _ = self.shared.tap.set(tap);
        self
    }

    /// The same, whose events and deliveries are noted; to be said once, before anything happens.
    #[must_use]
    pub(crate) fn noted_in(self, journal: Journal) -> Self {
        let _ = self.shared.journal.set(journal);
        self
    }

    /// The same, which says there what is lost; to be said once.
    #[must_use]
    pub(crate) fn telling(self, log: Log) -> Self {
        let _ = self.shared.log.set(log);
        self
    }

    /// The buses, to be looked at. Not to be held across an await.
    pub fn state(&self) -> RwLockReadGuard<'_, BusState> {
        self.shared.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn change<R>(&self, change: impl FnOnce(&mut BusState, u64) -> R) -> R {
        let now_ms = self.shared.clock.now_ms();
        change(&mut self.shared.state.write().unwrap_or_else(PoisonError::into_inner), now_ms)
    }

    /// Makes an archive of the events of a bus what a template says; one that is there keeps its events.
    ///
    /// **Errors**: a name that cannot be, a pattern that is not sound, a bus that does not exist.
    pub(crate) fn put_archive(
        &self,
        name: &str,
        bus: &str,
        new: NewArchive,
    ) -> Result<(), BusError> {
        self.change(|state, now_ms| state.put_archive(name, bus, new, now_ms))
    }

    /// Creates a bus and returns its ARN.
    ///
    /// **Errors**: a name that cannot be or is taken.
    pub fn create_bus(&self, name: &str, settings: BusSettings) -> Result<String, BusError> {
        self.change(|state, now_ms| state.create_bus(name, settings, now_ms))
    }

    /// Removes a bus. One that does not exist counts as removed.
    ///
    /// **Errors**: the default bus, a bus with rules.
    pub(crate) fn delete_bus(&self, name: &str) -> Result<(), BusError> {
        self.change(|state, _| state.delete_bus(name))
    }

    /// Creates a rule, or changes one and leaves its targets. Returns its ARN. A rule with a
    /// schedule must be put within a tokio runtime, which fires it.
    ///
    /// **Errors**: see [`BusState::put_rule`].
    pub fn put_rule(&self, new: NewRule) -> Result<String, BusError> {
        let is_scheduled = new.schedule.is_some();
        let arn = self.change(|state, now_ms| state.put_rule(new, now_ms))?;
        if is_scheduled {
            self.keep_schedules()?;
        }
        self.reschedule(is_scheduled);
        Ok(arn)
    }

    /// Adds targets to a rule, replacing those with the same ids; all or none.
    ///
    /// **Errors**: see [`BusState::put_targets`].
    pub fn put_targets(
        &self,
        bus: Option<&str>,
        rule: &str,
        targets: Vec<Target>,
    ) -> Result<(), BusError> {
        self.change(|state, _| state.put_targets(bus, rule, targets))
    }

    /// Removes every rule that is not wanted, with its targets, and the targets that a rule no longer has. What is on
    /// its way is delivered all the same.
    pub(crate) fn retain(&self, is_wanted: impl Fn(&str, &str, Option<&str>) -> bool) {
        self.change(|state, _| {
            let rules: Vec<(String, String, Vec<String>)> = state
                .buses()
                .flat_map(|bus| bus.rules())
                .map(|rule| {
                    let targets = rule.targets.iter().map(|target| target.id.clone()).collect();
                    (rule.bus.clone(), rule.name.clone(), targets)
                })
                .collect();
            for (bus, rule, targets) in rules {
                let is_gone = !is_wanted(&bus, &rule, None);
                let unwanted: Vec<String> = targets
                    .into_iter()
                    .filter(|target| is_gone || !is_wanted(&bus, &rule, Some(target)))
                    .collect();
                // Both were there a moment ago, and the lock is held.
                let _ = state.remove_targets(Some(&bus), &rule, &unwanted);
                if is_gone {
                    let _ = state.delete_rule(Some(&bus), &rule);
                }
            }
        });
        // Told already; the next change of a schedule writes it.
        let _ = self.keep_schedules();
        self.reschedule(false);
    }

    /// Switches a rule on or off.
    ///
    /// **Errors**: a bus or rule that does not exist.
    pub fn enable(&self, bus: Option<&str>, rule: &str, is_enabled: bool) -> Result<(), BusError> {
        self.change(|state, now_ms| state.enable(bus, rule, is_enabled, now_ms))?;
        self.keep_schedules()?;
        self.reschedule(false);
        Ok(())
    }

    /// Takes events and sends each on its way; returns the id of each or why it was refused. Must
    /// be called within a tokio runtime, which runs the deliveries: they do not end with the call,
    /// nor with its creator.
    ///
    /// **Errors**: no events, too many, too long together.
    pub fn put_events(
        &self,
        entries: &[NewEvent],
    ) -> Result<Vec<Result<Uuid, EntryError>>, BusError> {
        check_entries(entries)?;
        Ok(entries.iter().map(|entry| self.put_event(entry)).collect())
    }

    fn put_event(&self, entry: &NewEvent) -> Result<Uuid, EntryError> {
        let decision = self.shared.chaos.decide(Site::EventEntry);
        let (delay, copies, gap) = match decision {
            Decision::Delay(by) => (by, 0, Duration::ZERO),
            Decision::Duplicate { copies, gap } => (Duration::ZERO, copies, gap),
            _ => (Duration::ZERO, 0, Duration::ZERO),
        };
        let sealed = match decision {
            Decision::Fail(failure) => Err(failure.into()),
            _ => self.seal(entry),
        };
        let event = sealed.inspect_err(|_| {
            self.shared.counts.refused.fetch_add(1, Relaxed);
        })?;
        self.shared.counts.taken.fetch_add(1, Relaxed);
        if let Some(tap) = self.shared.tap.get() {
            tap.published(&event);
        }
        let id = event.id;
        let rules = self.route(entry.bus.as_deref(), &event);
        for copy in 0..=copies {
            self.send_off(&event, &rules, delay + gap * copy)?;
        }
        match decision {
            Decision::LoseResponse => Err(Failure::Internal.into()),
            _ => Ok(id),
        }
    }

    /// The rules of a bus that take an event, which its archives keep.
    pub(super) fn route(&self, bus: Option<&str>, event: &Event) -> Vec<Arc<Rule>> {
        let state = self.state();
        let rules = state.route(bus, event);
        if let Ok(bus) = state.bus(bus) {
            bus.counts.taken.fetch_add(1, Relaxed);
        }
        let archived = Some(&state).filter(|state| !state.archives().is_empty());
        let archived = archived.and_then(|state| state.bus(bus).ok()).map(|bus| bus.arn.clone());
        drop(state);
        if let Some(bus) = archived {
            self.change(|state, now_ms| state.archives_mut().keep(&bus, event, now_ms));
        }
        if rules.iter().all(|rule| rule.targets.is_empty()) {
            self.shared.counts.unrouted.fetch_add(1, Relaxed);
        }
        self.shared.note("event", event.trace_header.as_deref(), || {
            let name = format!("{} {}", text_of(event, "source"), text_of(event, "detail-type"));
            let names: Vec<&str> = rules.iter().map(|rule| rule.name.as_str()).collect();
            let bus = bus.unwrap_or("default");
            let taken =
                if names.is_empty() { "no rule matches".to_owned() } else { names.join(", ") };
            (name, format!("{bus} {}", event.id), Ok(taken))
        });
        rules
    }

    fn seal(&self, entry: &NewEvent) -> Result<Event, EntryError> {
        let now_ms = self.shared.clock.now_ms();
        entry.seal(crate::ids::uuid(), now_ms, self.state().origin())
    }

    /// Sends an event to every target of rules.
    ///
    /// **Errors**: a store that cannot be written; nothing is sent then.
    pub(super) fn send_off(
        &self,
        event: &Event,
        rules: &[Arc<Rule>],
        delay: Duration,
    ) -> Result<(), EntryError> {
        let targets =
            rules.iter().flat_map(|rule| rule.targets.iter().map(move |target| (rule, target)));
        let journeys: Vec<Journey> = targets
            .map(|(rule, target)| Journey {
                shared: self.shared.clone(),
                event: event.clone(),
                rule: rule.clone(),
                target: target.clone(),
                delay,
            })
            .collect();
        let kept = self.told(self.keep(&journeys), "events", "an event is refused");
        kept.map_err(|_| EntryError::from(Failure::Internal))?;
        journeys.into_iter().for_each(|journey| self.start(journey));
        Ok(())
    }

    pub(super) fn start(&self, journey: Journey) {
        self.shared.counts.set_out(&journey.rule.counts);
        tokio::spawn(journey.run());
    }

    /// Sends what an archive kept to the rules of its bus again. Must be called within a tokio runtime, which runs the
    /// deliveries.
    ///
    /// **Errors**: a bus that does not exist, and those of [`Archives::replay`](super::archive::Archives::replay).
    pub fn replay(&self, replay: Replay) -> Result<(), BusError> {
        let (bus, chosen) = (replay.bus_arn.clone(), replay.rule_arns.clone());
        let events = self.change(|state, _| {
            state.bus(Some(&bus))?;
            state.archives_mut().replay(replay)
        })?;
        for event in events {
            let mut rules = self.state().route(Some(&bus), &event);
            rules.retain(|rule| chosen.is_empty() || chosen.contains(&rule.arn));
            let event = Event { taken_ms: self.shared.clock.now_ms(), ..event };
            self.send_off(&event, &rules, Duration::ZERO).map_err(|_| BusError::Internal)?;
        }
        Ok(())
    }
}

fn text_of<'e>(event: &'e Event, name: &str) -> &'e str {
    event.value[name].as_str().unwrap_or_default()
}

impl Shared {
    /// Says what went wrong with a rule or schedule, where somebody listens.
    pub(super) fn problem(&self, rule: &str, text: &str) {
        if let Some(log) = self.log.get() {
            log.problem(rule, text);
        }
    }

    /// Says what comes of something that failed.
    pub(super) fn tell_of<E: Display>(&self, about: &str, comes: &str, ended: Result<(), E>) {
        if let Err(error) = ended {
            self.problem(about, &format!("{comes}: {error}"));
        }
    }

    /// Notes a step that ends now, where somebody wants to know.
    pub(super) fn note(
        &self,
        kind: &'static str,
        trace: Option<&str>,
        what: impl FnOnce() -> (String, String, Result<String, String>),
    ) {
        if let Some(journal) = self.journal.get() {
            journal.note(kind, trace, Instant::now(), what);
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.rescheduled.notify_one();
    }
}

impl From<Failure> for EntryError {
    fn from(failure: Failure) -> Self {
        let (code, message) = match failure {
            Failure::Throttle => ("ThrottlingException", "Rate exceeded"),
            Failure::Internal => ("InternalFailure", "Unexpected failure. Please try again."),
            Failure::Unavailable => ("ServiceUnavailable", "Unavailable. Please try again."),
        };
        Self { code, message: message.to_owned() }
    }
}
