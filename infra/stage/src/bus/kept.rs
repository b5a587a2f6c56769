//! Owns what buses leave in the store: events on their way to targets, the times of schedules. The service decides when it
//! is written.
//!
//! An event that was taken is written before its publisher is answered, once for each target, and goes when it was
//! delivered or given up. What was on its way when the stage ended sets out again, so a target may get it twice.

use super::delivery::Journey;
use super::error::BusError;
use super::event::Event;
use super::rule::Rule;
use super::service::BusService;
use crate::log::Log;
use crate::store::{Change, Kind, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// An event on its way to a target.
#[derive(Debug, Serialize, Deserialize)]
struct KeptJourney {
    bus: String,
    rule: String,
    target: String,
    event: String,
    trace_header: Option<String>,
    taken_ms: u64,
}

/// The times of a scheduled rule.
#[derive(Debug, Serialize, Deserialize)]
struct KeptSchedule {
    bus: String,
    rule: String,
    schedule: String,
    since_ms: u64,
    next_ms: Option<u64>,
}

impl KeptSchedule {
    /// The times of a rule; nothing where it has no schedule.
    fn of(rule: &Rule) -> Option<Self> {
        let (schedule, _) = rule.schedule.as_ref()?;
        Some(Self {
            bus: rule.bus.clone(),
            rule: rule.name.clone(),
            schedule: schedule.clone(),
            since_ms: rule.since_ms,
            next_ms: rule.next_ms,
        })
    }
}

impl Journey {
    /// What it is kept under.
    fn key(&self) -> Vec<u8> {
        format!("{} {} {}", self.event.id, self.rule.arn, self.target.id).into_bytes()
    }

    fn kept(&self) -> Change {
        let kept = KeptJourney {
            bus: self.rule.bus.clone(),
            rule: self.rule.name.clone(),
            target: self.target.id.clone(),
            event: self.event.json.to_string(),
            trace_header: self.event.trace_header.clone(),
            taken_ms: self.event.taken_ms,
        };
        Change::put(Kind::Journey, self.key(), &kept)
    }

    /// Forgets a journey that has ended. One that cannot be forgotten sets out again with the next stage.
    pub(super) fn forget(&self) {
        if let Some(store) = &self.shared.store {
            let forgotten = store.commit(&[Change::remove(Kind::Journey, self.key())]);
            self.shared.tell_of(&self.rule.name, "an event will be delivered once more", forgotten);
        }
    }
}

impl BusService {
    /// Writes journeys before anybody hears of them.
    pub(super) fn keep(&self, journeys: &[Journey]) -> Result<(), StoreError> {
        let Some(store) = &self.shared.store else { return Ok(()) };
        store.commit(&journeys.iter().map(Journey::kept).collect::<Vec<_>>())
    }

    /// Writes when scheduled rules fire next, once what is there already was taken up. What no rule has any more goes, so
    /// that a schedule that comes back begins anew. A store that cannot be written is told.
    ///
    /// **Errors**: a store that cannot be written.
    pub(super) fn keep_schedules(&self) -> Result<(), BusError> {
        let is_ready = self.shared.is_taken_up.load(Relaxed);
        let Some(store) = self.shared.store.as_ref().filter(|_| is_ready) else { return Ok(()) };
        // Held until all is written, so that older times never follow newer ones.
        let mut written = self.shared.kept_schedules.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.state();
        let rules = state.buses().flat_map(|bus| bus.rules());
        let due: BTreeMap<String, KeptSchedule> =
            rules.filter_map(|rule| Some((rule.arn.clone(), KeptSchedule::of(rule)?))).collect();
        drop(state);
        let gone = written.iter().filter(|arn| !due.contains_key(*arn));
        let gone = gone.map(|arn| Change::remove(Kind::Schedule, arn.as_bytes()));
        let puts = due.iter().map(|(arn, kept)| Change::put(Kind::Schedule, arn.as_bytes(), kept));
        let ended = store.commit(&gone.chain(puts).collect::<Vec<_>>());
        if ended.is_ok() {
            *written = due.into_keys().collect();
        }
        self.told(ended, "schedules", "their times would not survive the stage")
    }

    /// What a call is answered where something could not be written, which is told.
    pub(super) fn told(
        &self,
        ended: Result<(), StoreError>,
        about: &str,
        comes: &str,
    ) -> Result<(), BusError> {
        let answer = ended.as_ref().map(|_| ()).map_err(|_| BusError::Internal);
        self.shared.tell_of(about, comes, ended);
        answer
    }

    /// Takes up what the stage before left, once the template's rules are there: what API calls changed, times of schedules,
    /// events on their way. Must be called within a tokio runtime, which runs the deliveries.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub(crate) fn take_up(&self, log: &Log) -> Result<(), StoreError> {
        let Some(store) = self.shared.store.clone() else {
            self.note_template();
            return Ok(());
        };
        let schedules = store.load::<KeptSchedule>(Kind::Schedule, "a schedule")?;
        self.take_up_changes(&store, log)?;
        let arns = schedules.iter().map(|(arn, _)| String::from_utf8_lossy(arn).into_owned());
        *self.shared.kept_schedules.lock().unwrap_or_else(PoisonError::into_inner) = arns.collect();
        for (_, kept) in schedules {
            self.change(|state, _| {
                state.plan_as_before(
                    &kept.bus,
                    &kept.rule,
                    &kept.schedule,
                    (kept.since_ms, kept.next_ms),
                );
            });
        }
        self.shared.is_taken_up.store(true, Relaxed);
        // Told already; the next change of a schedule writes it.
        let _ = self.keep_schedules();
        let has_schedules = self.state().next_ms().is_some();
        self.reschedule(has_schedules);
        for (key, kept) in store.load::<KeptJourney>(Kind::Journey, "an event")? {
            let found = self.state().rule(Some(&kept.bus), &kept.rule).cloned().ok();
            let target = found.as_ref().and_then(|rule| {
                rule.targets.iter().find(|target| target.id == kept.target).cloned()
            });
            let event = Event::read(&kept.event, kept.trace_header, kept.taken_ms);
            let (Some(rule), Some(target), Some(event)) = (found, target, event) else {
                let text = format!(
                    "an undelivered event for the target {} is dropped, because the rule no longer has this target",
                    kept.target
                );
                log.problem(&kept.rule, &text);
                store.commit(&[Change::remove(Kind::Journey, key)])?;
                continue;
            };
            let shared = Arc::clone(&self.shared);
            self.start(Journey { shared, event, rule, target, delay: Duration::ZERO });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;
    use crate::bus::{Attempt, Deliver, Delivery, NewEvent, NewRule, Origin, Target};
    use crate::clock::Clock;
    use crate::fault::Calm;
    use crate::scratch::Scratch;
    use crate::store::Store;
    use std::path::Path;
    use std::sync::Mutex;

    /// Delivers, or never comes back.
    #[derive(Default)]
    struct Way {
        is_open: bool,
        delivered: Mutex<Vec<String>>,
    }

    impl Deliver for Way {
        fn deliver(&self, delivery: Delivery) -> Attempt<'_> {
            Box::pin(async move {
                if !self.is_open {
                    std::future::pending::<()>().await;
                }
                self.delivered.lock().unwrap().push(delivery.payload);
                Ok(())
            })
        }
    }

    fn service(folder: &Path, clock: &Clock, way: &Arc<Way>) -> BusService {
        let origin = Origin { region: "r".to_owned(), account: "1".to_owned() };
        let store = Store::open(folder).unwrap();
        BusService::kept_in(
            Some(store),
            origin,
            clock.clone(),
            Arc::new(Calm),
            Arc::clone(way) as _,
        )
    }

    #[tokio::test]
    async fn events_schedules_and_rules_go_on_after_the_stage_was_killed() {
        let folder = Scratch::new().unwrap();
        let clock = Clock::manual(1_000_000);
        let closed = Arc::new(Way::default());
        let first = service(folder.path(), &clock, &closed);
        first.take_up(&Log::silent()).unwrap();
        let rule = r#"{"Name":"r","EventBusName":"own","EventPattern":"{\"source\":[\"s\"]}"}"#;
        for (action, body) in [
            ("CreateEventBus", r#"{"Name":"own"}"#),
            ("PutRule", rule),
            (
                "PutTargets",
                r#"{"Rule":"r","EventBusName":"own","Targets":[{"Id":"q","Arn":"arn:aws:sqs:r:1:q"}]}"#,
            ),
            // A deployment that runs twice leaves the targets where they are.
            ("PutRule", rule),
        ] {
            assert_eq!(first.handle(action, body.as_bytes()).await.status(), 200, "{action}");
        }
        let scheduled = || NewRule {
            name: "often".to_owned(),
            schedule: Some("rate(5 minutes)".to_owned()),
            ..NewRule::default()
        };
        first.put_rule(scheduled()).unwrap();
        first.put_targets(None, "often", vec![Target::new("q", "arn:aws:sqs:r:1:q")]).unwrap();
        let planned = first.state().rule(None, "often").unwrap().next_ms;
        let event = NewEvent {
            source: Some("s".to_owned()),
            detail_type: Some("T".to_owned()),
            detail: Some(r#"{"n":1.10}"#.to_owned()),
            bus: Some("own".to_owned()),
            ..NewEvent::default()
        };
        assert!(first.put_events(&[event]).unwrap()[0].is_ok());
        tokio::task::yield_now().await;

        let left = Scratch::copy_of(folder.path()).unwrap();
        clock.advance(Duration::from_secs(60));
        let open = Arc::new(Way { is_open: true, ..Way::default() });
        let second = service(left.path(), &clock, &open);
        second.put_rule(scheduled()).unwrap();
        second.put_targets(None, "often", vec![Target::new("q", "arn:aws:sqs:r:1:q")]).unwrap();
        second.take_up(&Log::silent()).unwrap();
        assert_eq!(second.state().rule(None, "often").unwrap().next_ms, planned);
        while second.stats().under_way > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(open.delivered.lock().unwrap().len(), 1);
        assert!(open.delivered.lock().unwrap()[0].contains("1.10"));

        // What was delivered is not delivered again.
        let third = service(Scratch::copy_of(left.path()).unwrap().path(), &clock, &open);
        third.take_up(&Log::silent()).unwrap();
        assert_eq!(third.stats().under_way, 0);
        assert_eq!(third.state().rule(Some("own"), "r").unwrap().targets.len(), 1);
    }

    #[tokio::test]
    async fn where_the_template_has_changed_it_counts_and_that_is_told() {
        let folder = Scratch::new().unwrap();
        let (clock, way) = (Clock::manual(1_000_000), Arc::new(Way::default()));
        let rule = |name: &str, source: &str| NewRule {
            name: name.to_owned(),
            pattern: Some(format!(r#"{{"source":["{source}"]}}"#)),
            ..NewRule::default()
        };
        let first = service(folder.path(), &clock, &way);
        first.put_rule(rule("same", "a")).unwrap();
        first.put_rule(rule("other", "a")).unwrap();
        first.put_rule(rule("gone", "a")).unwrap();
        first.take_up(&Log::silent()).unwrap();
        for name in ["same", "other"] {
            let body = format!(r#"{{"Name":"{name}"}}"#);
            assert_eq!(first.handle("DisableRule", body.as_bytes()).await.status(), 200);
        }
        assert_eq!(first.handle("DeleteRule", br#"{"Name":"gone"}"#).await.status(), 200);

        let second = service(Scratch::copy_of(folder.path()).unwrap().path(), &clock, &way);
        second.put_rule(rule("same", "a")).unwrap();
        second.put_rule(rule("other", "b")).unwrap();
        second.put_rule(rule("gone", "a")).unwrap();
        let told = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&told);
        second
            .take_up(&Log::to(false, move |entry| {
                if let crate::log::Entry::Problem { about, .. } = entry {
                    heard.lock().unwrap().push(about.to_owned());
                }
            }))
            .unwrap();
        assert!(!second.state().rule(None, "same").unwrap().is_enabled);
        assert!(second.state().rule(None, "other").unwrap().is_enabled);
        assert!(second.state().rule(None, "gone").is_err());
        assert_eq!(*told.lock().unwrap(), ["rule default/other"]);
    }

    /// What is logged while a service takes up what is there.
    fn told_at_start(service: &BusService) -> Vec<String> {
        let told = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&told);
        let log = Log::to(false, move |entry| {
            if let crate::log::Entry::Problem { about, .. } = entry {
                heard.lock().unwrap().push(about.to_owned());
            }
        });
        service.take_up(&log).unwrap();
        let told = told.lock().unwrap();
        told.clone()
    }

    fn on_bus(source: &str) -> NewRule {
        NewRule {
            name: "r".to_owned(),
            bus: Some("own".to_owned()),
            pattern: Some(format!(r#"{{"source":["{source}"]}}"#)),
            ..NewRule::default()
        }
    }

    #[tokio::test]
    async fn calls_that_an_older_stage_kept_are_refused() {
        let folder = Scratch::new().unwrap();
        let call = serde_json::json!({ "action": "CreateEventBus", "body": "{}" });
        let store = Store::open(folder.path()).unwrap();
        store.commit(&[Change::put(Kind::Call, "1", &call)]).unwrap();
        drop(store);
        let service = service(folder.path(), &Clock::manual(1), &Arc::default());
        let refused = service.take_up(&Log::silent()).unwrap_err().to_string();
        assert!(
            refused.contains("older version") && refused.contains("another folder"),
            "{refused}"
        );
    }

    #[tokio::test]
    async fn a_bus_that_a_call_deleted_is_there_again_with_the_rule_that_the_template_changed() {
        let folder = Scratch::new().unwrap();
        let (clock, way) = (Clock::manual(1_000_000), Arc::new(Way::default()));
        let first = service(folder.path(), &clock, &way);
        first.create_bus("own", Default::default()).unwrap();
        first.put_rule(on_bus("a")).unwrap();
        first.take_up(&Log::silent()).unwrap();
        for (action, body) in [
            ("DeleteRule", r#"{"Name":"r","EventBusName":"own"}"#),
            ("DeleteEventBus", r#"{"Name":"own"}"#),
        ] {
            assert_eq!(first.handle(action, body.as_bytes()).await.status(), 200);
        }
        let second = service(Scratch::copy_of(folder.path()).unwrap().path(), &clock, &way);
        second.create_bus("own", Default::default()).unwrap();
        second.put_rule(on_bus("b")).unwrap();
        assert_eq!(told_at_start(&second), ["rule own/r", "bus own"]);
        assert!(second.state().rule(Some("own"), "r").is_ok());
    }

    #[tokio::test]
    async fn an_archive_that_calls_moved_to_another_bus_leaves_its_rule_behind() {
        let folder = Scratch::new().unwrap();
        let (clock, way) = (Clock::manual(1_000_000), Arc::new(Way::default()));
        let declared = |service: &BusService| {
            service.create_bus("own", Default::default()).unwrap();
            service.put_archive("kept", "arn:aws:events:r:1:event-bus/own", Default::default())
        };
        let first = service(folder.path(), &clock, &way);
        declared(&first).unwrap();
        first.take_up(&Log::silent()).unwrap();
        let other = "arn:aws:events:r:1:event-bus/default";
        for (action, body) in [
            ("DeleteArchive", r#"{"ArchiveName":"kept"}"#.to_owned()),
            ("CreateArchive", format!(r#"{{"ArchiveName":"kept","EventSourceArn":"{other}"}}"#)),
        ] {
            assert_eq!(first.handle(action, body.as_bytes()).await.status(), 200);
        }
        let second = service(Scratch::copy_of(folder.path()).unwrap().path(), &clock, &way);
        declared(&second).unwrap();
        assert_eq!(told_at_start(&second), [""; 0]);
        assert!(second.state().rule(Some("own"), "Events-Archive-kept").is_err());
        assert!(second.state().rule(None, "Events-Archive-kept").is_ok());
    }

    #[tokio::test]
    async fn a_schedule_that_went_and_came_back_begins_anew() {
        let folder = Scratch::new().unwrap();
        let (clock, way) = (Clock::manual(1_000_000), Arc::new(Way::default()));
        let often = NewRule {
            name: "often".to_owned(),
            schedule: Some("rate(5 minutes)".to_owned()),
            ..NewRule::default()
        };
        let first = service(folder.path(), &clock, &way);
        first.put_rule(often.clone()).unwrap();
        first.take_up(&Log::silent()).unwrap();
        let second = Scratch::copy_of(folder.path()).unwrap();
        service(second.path(), &clock, &way).take_up(&Log::silent()).unwrap();
        clock.advance(Duration::from_secs(3_600));
        let third = service(Scratch::copy_of(second.path()).unwrap().path(), &clock, &way);
        third.put_rule(often).unwrap();
        let planned = third.state().rule(None, "often").unwrap().next_ms;
        third.take_up(&Log::silent()).unwrap();
        assert_eq!(third.state().rule(None, "often").unwrap().next_ms, planned);
    }

    #[tokio::test]
    async fn what_cannot_be_written_is_told() {
        let folder = Scratch::new().unwrap();
        let told = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&told);
        let log = Log::to(false, move |entry| {
            if let crate::log::Entry::Problem { about, .. } = entry {
                heard.lock().unwrap().push(about.to_owned());
            }
        });
        let service = service(folder.path(), &Clock::manual(1), &Arc::default()).telling(log);
        service.take_up(&Log::silent()).unwrap();
        service.shared.store.as_ref().unwrap().break_down();
        let answer = service.handle("CreateEventBus", br#"{"Name":"own"}"#).await;
        assert_eq!(answer.status(), 500);
        assert_eq!(*told.lock().unwrap(), ["call of CreateEventBus"]);
    }
}
