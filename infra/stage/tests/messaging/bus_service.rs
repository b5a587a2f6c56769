//! What a bus does after it has taken an event: deliveries, retries, dead letters, schedules,
//! faults. Clocks are manual.

use crate::queue_service::service as queue_service;
use serde_json::{Value, json};
use stage::bus::{
    Attempt, BusService, BusStats, Deliver, Delivery, DeliveryError, NewEvent, NewRule, Origin,
    RetryPolicy, Target,
};
use stage::clock::Clock;
use stage::fault::{Calm, Chaos, Decision, Plan, Preset, Seeded, Site};
use stage::queue::{AttributeValue, QueueService, ReceiveOptions};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Fails as often as it is told, then delivers; remembers everything.
struct Flaky {
    queues: QueueService,
    failures: Mutex<Vec<DeliveryError>>,
    seen: Mutex<Vec<(u64, Delivery)>>,
    clock: Clock,
}

impl Deliver for Flaky {
    fn deliver(&self, delivery: Delivery) -> Attempt<'_> {
        Box::pin(async move {
            self.seen.lock().unwrap().push((self.clock.now_ms(), delivery.clone()));
            // Dead letters, which alone have attributes, get through.
            let error = self.failures.lock().unwrap().pop();
            if let Some(error) = error.filter(|_| delivery.attributes.is_empty()) {
                return Err(error);
            }
            self.queues.accept(delivery)
        })
    }
}

struct World {
    clock: Clock,
    bus: BusService,
    flaky: Arc<Flaky>,
    queues: QueueService,
}

fn world(failures: Vec<DeliveryError>, chaos: impl Chaos) -> World {
    let clock = Clock::manual(1_000_000);
    let queues = queue_service(clock.clone(), Calm);
    for name in ["orders", "dead"] {
        queues.create(name, &BTreeMap::new(), BTreeMap::new()).unwrap();
    }
    let flaky = Arc::new(Flaky {
        queues: queues.clone(),
        failures: Mutex::new(failures),
        seen: Mutex::default(),
        clock: clock.clone(),
    });
    let origin = Origin { region: "eu-west-1".to_owned(), account: "123456789012".to_owned() };
    let bus = BusService::new(origin, clock.clone(), Arc::new(chaos), flaky.clone());
    World { clock, bus, flaky, queues }
}

fn arn(queue: &str) -> String {
    format!("arn:aws:sqs:eu-west-1:123456789012:{queue}")
}

fn event(detail: &Value) -> NewEvent {
    NewEvent {
        source: Some("shop.basket".to_owned()),
        detail_type: Some("CheckoutBasket".to_owned()),
        detail: Some(detail.to_string()),
        trace_header: Some("Root=1-a-b".to_owned()),
        ..NewEvent::default()
    }
}

fn target() -> Target {
    Target { dead_letter_arn: Some(arn("dead")), ..Target::new("orders", arn("orders")) }
}

impl World {
    fn rule(&self, targets: Vec<Target>) {
        let pattern = Some(r#"{"source":["shop.basket"]}"#.to_owned());
        let rule = NewRule { name: "checkout".to_owned(), pattern, ..NewRule::default() };
        self.bus.put_rule(rule).unwrap();
        self.bus.put_targets(None, "checkout", targets).unwrap();
    }

    /// Lets every task that can run do so.
    async fn settle(&self) {
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
    }

    /// Lets time pass in steps, until nothing is under way.
    async fn finish(&self, step: Duration, n_steps: u32) {
        for _ in 0..n_steps {
            self.settle().await;
            if self.bus.stats().under_way == 0 {
                return;
            }
            self.clock.advance(step);
        }
        panic!("still under way: {:?}", self.bus.stats());
    }

    async fn bodies(&self, queue: &str) -> Vec<String> {
        let queue = self.queues.queue(queue).unwrap();
        let options =
            ReceiveOptions { max_messages: 10, wait_s: Some(0), ..ReceiveOptions::default() };
        let mut bodies = Vec::new();
        loop {
            let batch = queue.receive(&options).await.unwrap();
            if batch.is_empty() {
                return bodies;
            }
            bodies.extend(batch.into_iter().map(|received| received.message.body.clone()));
        }
    }
}

#[tokio::test]
async fn an_event_is_in_the_queue_as_it_was_sealed_with_its_trace() {
    let world = world(Vec::new(), Calm);
    world.rule(vec![target()]);
    let ids = world.bus.put_events(&[event(&json!({"total": 1}))]).unwrap();
    let queue = world.queues.queue("orders").unwrap();
    let options = ReceiveOptions { wait_s: Some(20), ..ReceiveOptions::default() };
    let received = queue.receive(&options).await.unwrap().remove(0);
    let body: Value = serde_json::from_str(&received.message.body).unwrap();
    assert_eq!(body["id"], ids[0].as_ref().unwrap().to_string());
    assert_eq!(body["detail"], json!({"total": 1}));
    assert_eq!(body["time"], "1970-01-01T00:16:40Z");
    assert_eq!(received.message.trace_header.as_deref(), Some("Root=1-a-b"));
    world.settle().await;
    let wanted = BusStats { taken: 1, matched: 1, delivered: 1, ..BusStats::default() };
    assert_eq!(world.bus.stats(), wanted);
}

#[tokio::test]
async fn entries_are_taken_and_refused_one_by_one() {
    let world = world(Vec::new(), Calm);
    world.rule(vec![target()]);
    let no_source = NewEvent { source: None, ..event(&json!({})) };
    let elsewhere = NewEvent { bus: Some("nowhere".to_owned()), ..event(&json!({})) };
    let outcomes = world.bus.put_events(&[no_source, event(&json!({})), elsewhere]).unwrap();
    assert_eq!(outcomes[0].as_ref().unwrap_err().code, "InvalidArgument");
    assert!(outcomes[1].is_ok() && outcomes[2].is_ok());
    world.settle().await;
    let stats = world.bus.stats();
    assert_eq!((stats.taken, stats.refused, stats.unrouted, stats.delivered), (2, 1, 1, 1));
}

#[tokio::test]
async fn a_failure_that_may_pass_is_retried_with_growing_waits() {
    let world = world(vec![DeliveryError::retryable("THROTTLING", "slow down"); 6], Calm);
    world.rule(vec![target()]);
    world.bus.put_events(&[event(&json!({}))]).unwrap();
    world.finish(Duration::from_millis(10), 10_000).await;
    let seen = world.flaky.seen.lock().unwrap();
    let waits: Vec<u64> = seen.windows(2).map(|two| two[1].0 - two[0].0).collect();
    assert_eq!(waits.len(), 6);
    for (index, wait) in waits.iter().enumerate() {
        let whole = 250 << index;
        assert!((whole / 2..=whole + 20).contains(wait), "wait {index} was {wait} ms");
    }
    let stats = world.bus.stats();
    assert_eq!((stats.delivered, stats.retried, stats.dead_lettered), (1, 6, 0));
}

#[tokio::test]
async fn what_cannot_be_delivered_is_a_dead_letter_that_says_why() {
    for (error, retry, condition, n_attempts) in [
        (DeliveryError::hopeless("NO_PERMISSIONS", "may not"), RetryPolicy::default(), None, 1),
        (
            DeliveryError::retryable("THROTTLING", "slow down"),
            RetryPolicy { max_retries: 2, max_age_s: 86_400 },
            Some("MaximumRetryAttempts"),
            3,
        ),
        (
            DeliveryError::retryable("THROTTLING", "slow down"),
            RetryPolicy { max_retries: 185, max_age_s: 60 },
            Some("MaximumEventAgeInSeconds"),
            0,
        ),
    ] {
        let n_failures = if n_attempts == 0 { 100 } else { n_attempts };
        let world = world(vec![error.clone(); n_failures], Calm);
        world.rule(vec![Target { retry, ..target() }]);
        world.bus.put_events(&[event(&json!({"n": 1}))]).unwrap();
        world.finish(Duration::from_millis(100), 2_000).await;
        let n_seen = world.flaky.seen.lock().unwrap().len();
        let dead = world.queues.queue("dead").unwrap().peek(10).remove(0);
        let value = |name: &str| match &dead.attributes.get(name)?.value {
            AttributeValue::Text(text) => Some(text.clone()),
            AttributeValue::Binary(_) => None,
        };
        assert_eq!(value("ERROR_CODE"), Some(error.code));
        assert_eq!(value("ERROR_MESSAGE"), Some(error.message));
        assert_eq!(value("TARGET_ARN"), Some(arn("orders")));
        let rule_arn = "arn:aws:events:eu-west-1:123456789012:rule/checkout";
        assert_eq!(value("RULE_ARN").as_deref(), Some(rule_arn));
        assert_eq!(value("EXHAUSTED_RETRY_CONDITION").as_deref(), condition);
        if n_attempts > 0 {
            assert_eq!(n_seen, n_attempts + 1, "the attempts and the dead letter");
            assert_eq!(value("RETRY_ATTEMPTS"), Some((n_attempts - 1).to_string()));
        }
        let body: Value = serde_json::from_str(&dead.body).unwrap();
        assert_eq!(body["detail"], json!({"n": 1}));
        assert_eq!(world.bus.stats().dead_lettered, 1);
    }
}

#[tokio::test]
async fn without_a_dead_letter_queue_an_event_is_dropped_and_counted() {
    let world = world(Vec::new(), Calm);
    world.rule(vec![
        Target::new("gone", arn("gone")),
        Target { dead_letter_arn: Some(arn("gone")), ..Target::new("gone-too", arn("gone")) },
        target(),
    ]);
    world.bus.put_events(&[event(&json!({}))]).unwrap();
    world.settle().await;
    let stats = world.bus.stats();
    assert_eq!((stats.matched, stats.delivered, stats.dropped, stats.under_way), (3, 1, 2, 0));
}

#[tokio::test]
async fn schedules_fire_until_they_are_switched_off() {
    let world = world(Vec::new(), Calm);
    let rule = NewRule {
        name: "tick".to_owned(),
        schedule: Some("rate(1 minute)".to_owned()),
        ..NewRule::default()
    };
    world.bus.put_rule(rule).unwrap();
    world.bus.put_targets(None, "tick", vec![Target::new("orders", arn("orders"))]).unwrap();
    for n_fired in 1..=3 {
        world.settle().await;
        world.clock.advance(Duration::from_secs(60));
        world.settle().await;
        assert_eq!(world.bus.stats().delivered, n_fired);
    }
    world.bus.enable(None, "tick", false).unwrap();
    world.settle().await;
    world.clock.advance(Duration::from_secs(600));
    world.settle().await;
    assert_eq!(world.bus.stats().delivered, 3);
    let body: Value = serde_json::from_str(&world.bodies("orders").await[0]).unwrap();
    assert_eq!(body["source"], "aws.events");
    assert_eq!(body["detail-type"], "Scheduled Event");
    assert_eq!(body["resources"], json!(["arn:aws:events:eu-west-1:123456789012:rule/tick"]));
}

#[tokio::test]
async fn a_schedule_that_is_fired_by_hand_fires_beside_its_times() {
    let world = world(Vec::new(), Calm);
    let schedule = Some("rate(1 hour)".to_owned());
    let rule = NewRule { name: "tick".to_owned(), schedule, ..NewRule::default() };
    world.bus.put_rule(rule).unwrap();
    world.bus.put_targets(None, "tick", vec![Target::new("orders", arn("orders"))]).unwrap();
    world.settle().await;
    let bus = world.bus.clone();
    std::thread::spawn(move || bus.fire_now("tick").unwrap()).join().unwrap();
    world.settle().await;
    assert_eq!(world.bus.stats().delivered, 1);
    world.clock.advance(Duration::from_secs(3_600));
    world.settle().await;
    assert_eq!(world.bus.stats().delivered, 2);
    assert!(world.bus.fire_now("nobody").is_err());
}

#[tokio::test]
async fn a_message_group_may_be_a_field_of_the_event() {
    let world = world(Vec::new(), Calm);
    let attributes = [("FifoQueue", "true"), ("ContentBasedDeduplication", "true")];
    let attributes = attributes.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let attributes = BTreeMap::from(attributes);
    let queue = world.queues.create("steps.fifo", &attributes, BTreeMap::new()).unwrap();
    world.rule(vec![Target {
        message_group_id: Some("$.detail.id".to_owned()),
        dead_letter_arn: Some(arn("dead")),
        ..Target::new("steps", arn("steps.fifo"))
    }]);
    let details = [json!({"id": "a"}), json!({"id": 7}), json!({"id": {}}), json!({})];
    world.bus.put_events(&details.map(|detail| event(&detail))).unwrap();
    world.settle().await;
    let options = ReceiveOptions { max_messages: 10, wait_s: Some(0), ..ReceiveOptions::default() };
    let received = queue.receive(&options).await.unwrap();
    let groups: BTreeSet<_> = received
        .iter()
        .map(|received| received.message.group_id.as_deref().unwrap().to_owned())
        .collect();
    assert_eq!(groups, BTreeSet::from(["7".to_owned(), "a".to_owned()]));
    assert_eq!(world.bodies("dead").await.len(), 2);
}

/// The same decision at one site.
struct Always(Site, Decision);

impl Chaos for Always {
    fn decide(&self, site: Site) -> Decision {
        if site == self.0 { self.1 } else { Decision::Proceed }
    }
}

#[tokio::test]
async fn copies_and_delays_are_made_as_decided() {
    let twice = Decision::Duplicate { copies: 2, gap: Duration::from_millis(50) };
    for site in [Site::Delivery, Site::EventEntry] {
        let world = world(Vec::new(), Always(site, twice));
        world.rule(vec![target()]);
        world.bus.put_events(&[event(&json!({}))]).unwrap();
        world.finish(Duration::from_millis(50), 10).await;
        let bodies = world.bodies("orders").await;
        assert_eq!(bodies.len(), 3);
        assert!(bodies.iter().all(|body| *body == bodies[0]), "one event, one id");
    }
    let late = Decision::Delay(Duration::from_secs(2));
    for site in [Site::Delivery, Site::EventEntry] {
        let world = world(Vec::new(), Always(site, late));
        world.rule(vec![target()]);
        world.bus.put_events(&[event(&json!({}))]).unwrap();
        world.settle().await;
        assert!(world.bodies("orders").await.is_empty());
        world.clock.advance(Duration::from_secs(2));
        world.settle().await;
        assert_eq!(world.bodies("orders").await.len(), 1);
    }
}

#[tokio::test]
async fn a_lost_answer_to_an_entry_hides_that_the_event_was_taken() {
    let world = world(Vec::new(), Always(Site::EventEntry, Decision::LoseResponse));
    world.rule(vec![target()]);
    let outcomes = world.bus.put_events(&[event(&json!({}))]).unwrap();
    assert_eq!(outcomes[0].as_ref().unwrap_err().code, "InternalFailure");
    world.settle().await;
    assert_eq!(world.bodies("orders").await.len(), 1);
}

#[tokio::test]
async fn under_every_preset_what_was_accepted_is_delivered_or_a_dead_letter() {
    for (name, preset) in Preset::ALL {
        for seed in [1, 2] {
            let world = world(Vec::new(), Seeded::new(seed, preset.plan()));
            world.rule(vec![target()]);
            let mut accepted = BTreeSet::new();
            for _ in 0..100 {
                let events = vec![event(&json!({})); 5];
                let outcomes = world.bus.put_events(&events).unwrap();
                accepted.extend(outcomes.into_iter().flatten().map(|id| id.to_string()));
            }
            world.finish(Duration::from_millis(250), 5_000).await;
            let mut arrived = BTreeSet::new();
            for queue in ["orders", "dead"] {
                for body in world.bodies(queue).await {
                    let body: Value = serde_json::from_str(&body).unwrap();
                    arrived.insert(body["id"].as_str().unwrap().to_owned());
                }
            }
            assert!(accepted.is_subset(&arrived), "{name}, seed {seed}");
            let stats = world.bus.stats();
            assert_eq!(stats.matched, stats.delivered + stats.dead_lettered, "{name}: {stats:?}");
            assert_eq!(stats.dropped, 0);
            let hurts = [Preset::BusErrors, Preset::All].contains(&preset);
            assert_eq!(accepted.len() < 500, hurts, "{name} takes {} of 500", accepted.len());
        }
    }
}

#[tokio::test]
async fn an_empty_plan_is_calm() {
    let world = world(Vec::new(), Seeded::new(1, Plan::default()));
    world.rule(vec![target()]);
    world.bus.put_events(&[event(&json!({}))]).unwrap();
    world.settle().await;
    assert_eq!(world.bodies("orders").await.len(), 1);
}
