//! The world of a run: who does what when, and what goes wrong on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::json;
use uuid::Uuid;

use super::choices::{Choices, Faults};
use super::judge::Judge;
use crate::bus::event::Event;
use crate::bus::state::BusState;
use crate::bus::{NewEvent, NewRule, Origin, RetryPolicy, Target};
use crate::fault::Dice;
use crate::mapping::state::{Batch, Verdict, verdict};
use crate::queue::exchange::Taken;
use crate::queue::state::QueueState;
use crate::queue::{NewMessage, QueueConfig, QueueError, ReceiveOptions, Received};
use crate::store::{Change, Kind};

/// Orders of a run, in two groups.
const N_ORDERS: u64 = 4;

/// The least time between two looks of the poller, in milliseconds.
const POLL_MS: u64 = 20;

/// When everything must have come to rest, in milliseconds: deliveries have given up and messages were received as often
/// as they may be long before.
const HORIZON_MS: u64 = 3_600_000;

/// The numbers of the queue and of the one for dead letters.
const QUEUE: u64 = 1;
const LETTERS: u64 = 2;

/// A fault of the program, to prove that runs find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bug {
    /// The publisher is answered before its event is written.
    AnswersBeforeWriting,
    /// An event is forgotten before it was delivered.
    ForgetsBeforeDelivering,
    /// Deduplication ids do not survive a crash.
    ForgetsDeduplication,
    /// A dead letter leaves its queue in one write and arrives in another.
    MovesInTwoWrites,
    /// Messages are deleted when they are received.
    DeletesBeforeHandling,
    /// Failures that a function reports are not read.
    IgnoresReports,
    /// A received message stays visible.
    HidesNothing,
    /// The consumer does not look whether it did something already.
    HandlesTwice,
    /// The consumer of a FIFO queue goes on after a failure.
    GoesOnAfterFailure,
}

impl Bug {
    /// All of them, and whether a FIFO queue shows it.
    pub(super) const ALL: [(Self, bool); 9] = [
        (Self::AnswersBeforeWriting, false),
        (Self::ForgetsBeforeDelivering, false),
        (Self::ForgetsDeduplication, true),
        (Self::MovesInTwoWrites, false),
        (Self::DeletesBeforeHandling, false),
        (Self::IgnoresReports, false),
        (Self::HidesNothing, false),
        (Self::HandlesTwice, false),
        (Self::GoesOnAfterFailure, true),
    ];
}

/// Something that happens at a time.
#[derive(Debug, Clone)]
enum Step {
    /// The publisher publishes an order.
    Publish(u64),
    /// The bus delivers an event, after so many retries.
    Deliver { life: u32, journey: Uuid, n_retries: u32 },
    /// The poller looks into the queue.
    Poll { life: u32 },
    /// The function works on a batch.
    Handle { life: u32, batch: Vec<Received> },
}

/// What survives a crash.
#[derive(Default)]
struct Durable {
    entries: BTreeMap<(u8, Vec<u8>), Vec<u8>>,
    n_taken: u64,
    journeys: BTreeMap<Uuid, (Event, u64)>,
}

/// The stage has crashed, and runs again.
struct Crashed;

pub(super) struct World {
    now_ms: u64,
    began: Instant,
    choices: Choices,
    steps: BTreeMap<(u64, u64), Step>,
    n_steps: u64,
    n_ids: u64,
    /// Which life of the stage it is: what an earlier one had in hand is gone.
    life: u32,
    /// When the poller looks next.
    poll_ms: Option<u64>,
    is_fifo: bool,
    bug: Option<Bug>,
    bus: &'static BusState,
    queue: QueueState,
    letters: QueueState,
    durable: Durable,
    judge: Judge,
    /// What happened, where somebody wants to know.
    story: Option<Vec<String>>,
}

fn config(is_fifo: bool) -> QueueConfig {
    static CONFIGS: [OnceLock<QueueConfig>; 2] = [OnceLock::new(), OnceLock::new()];
    CONFIGS[usize::from(is_fifo)].get_or_init(|| make_config(is_fifo)).clone()
}

fn make_config(is_fifo: bool) -> QueueConfig {
    let redrive = json!({ "deadLetterTargetArn": "arn:aws:sqs:r:1:letters", "maxReceiveCount": 2 })
        .to_string();
    let mut attributes = BTreeMap::from([("VisibilityTimeout", "30"), ("RedrivePolicy", &redrive)]);
    if is_fifo {
        attributes.extend([("FifoQueue", "true"), ("ContentBasedDeduplication", "true")]);
    }
    let attributes =
        attributes.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let name = if is_fifo { "q.fifo" } else { "q" };
    QueueConfig::create(name, &attributes).unwrap_or_else(|error| panic!("{error}"))
}

/// The bus of all runs: nothing on it changes.
fn bus() -> &'static BusState {
    static BUS: OnceLock<BusState> = OnceLock::new();
    BUS.get_or_init(make_bus)
}

fn make_bus() -> BusState {
    let mut bus = BusState::new(Origin { region: "r".to_owned(), account: "1".to_owned() }, 0);
    let rule = NewRule {
        name: "orders".to_owned(),
        pattern: Some(r#"{"source":["shop"]}"#.to_owned()),
        ..NewRule::default()
    };
    let put = bus.put_rule(rule, 0).and_then(|_| {
        bus.put_targets(None, "orders", vec![Target::new("queue", "arn:aws:sqs:r:1:q")])
    });
    put.unwrap_or_else(|error| panic!("{error}"));
    bus
}

impl World {
    pub(super) fn new(is_fifo: bool, bug: Option<Bug>, choices: Choices, tells: bool) -> Self {
        let mut queue = QueueState::new(QUEUE, config(is_fifo));
        let mut letters = QueueState::new(LETTERS, config(is_fifo));
        queue.keep(0);
        letters.keep(0);
        let mut world = Self {
            now_ms: 0,
            began: Instant::now(),
            choices,
            steps: BTreeMap::new(),
            n_steps: 0,
            n_ids: 0,
            life: 0,
            poll_ms: None,
            is_fifo,
            bug,
            bus: bus(),
            queue,
            letters,
            durable: Durable::default(),
            judge: Judge::default(),
            story: tells.then(Vec::new),
        };
        for order in 0..N_ORDERS {
            world.at(order * 10, Step::Publish(order));
        }
        world
    }

    /// The choices that were made, and what happened.
    pub(super) fn end(self) -> (Faults, Vec<String>) {
        (self.choices.made(), self.story.unwrap_or_default())
    }

    /// Runs until nothing happens any more.
    ///
    /// # Errors
    /// The promise that was broken.
    pub(super) fn run(&mut self) -> Result<(), String> {
        while let Some(((at_ms, _), step)) = self.steps.pop_first() {
            if at_ms > HORIZON_MS {
                break;
            }
            self.now_ms = at_ms;
            // A crash ends a step early; the new life has what it needs.
            let _ = self.step(step);
            self.plan_poll();
            self.judge.ledger(&mut self.queue, at_ms)?;
            self.judge.verdict()?;
        }
        self.judge.end(&self.queue, &self.letters, self.durable.journeys.len())
    }

    fn at(&mut self, at_ms: u64, step: Step) {
        self.n_steps += 1;
        self.steps.insert((at_ms, self.n_steps), step);
    }

    /// Lets the poller look when there is something to be received, as a long poll does.
    fn plan_poll(&mut self) {
        let next_ms = match self.queue.has_next() {
            true => Some(self.now_ms + POLL_MS),
            false => self.queue.deadline_ms().map(|at_ms| at_ms.max(self.now_ms + POLL_MS)),
        };
        let Some(next_ms) = next_ms else { return };
        if self.poll_ms.is_none_or(|planned| planned > next_ms) {
            self.poll_ms = Some(next_ms);
            self.at(next_ms, Step::Poll { life: self.life });
        }
    }

    fn id(&mut self) -> Uuid {
        self.n_ids += 1;
        Uuid::from_u128(self.n_ids.into())
    }

    fn tell(&mut self, what: impl FnOnce() -> String) {
        if let Some(story) = &mut self.story {
            story.push(format!("{:>8} ms  {}", self.now_ms, what()));
        }
    }

    /// What goes wrong at a place: one of these, or nothing (0).
    fn fault(&mut self, place: &'static str, kinds: &[&str]) -> usize {
        let chosen = self.choices.fault(place, kinds.len() as u32) as usize;
        if chosen > 0 {
            self.tell(|| format!("fault: {}", kinds[chosen - 1]));
        }
        chosen
    }

    fn has(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    fn step(&mut self, step: Step) -> Result<(), Crashed> {
        match step {
            Step::Publish(order) => self.publish(order),
            Step::Deliver { life, journey, n_retries } if life == self.life => {
                self.deliver(journey, n_retries)
            }
            Step::Poll { life } if life == self.life => self.poll(),
            Step::Handle { life, batch } if life == self.life => self.handle(batch),
            _ => Ok(()),
        }
    }

    /// The publisher asks until it is answered.
    fn publish(&mut self, order: u64) -> Result<(), Crashed> {
        self.at(self.now_ms + 500, Step::Publish(order));
        let again = (self.now_ms + 500, self.n_steps);
        let fault = self.fault("publish", &["the bus throttles", "the answer of the bus is lost"]);
        if fault == 1 {
            return Ok(());
        }
        let new = NewEvent {
            source: Some("shop".to_owned()),
            detail_type: Some("Placed".to_owned()),
            detail: Some(json!({ "order": order }).to_string()),
            ..NewEvent::default()
        };
        let id = self.id();
        let Ok(event) = new.seal(id, self.now_ms, self.bus.origin()) else { return Ok(()) };
        let rules = self.bus.route(None, &event);
        self.tell(|| format!("order {order} is published as {id}"));
        self.judge.published(order);
        if self.has(Bug::AnswersBeforeWriting) {
            self.judge.acknowledged(order);
            self.steps.remove(&again);
        }
        for _ in rules.iter().flat_map(|rule| &rule.targets) {
            let kept = (event.clone(), self.now_ms);
            self.written(|durable| {
                durable.journeys.insert(id, kept);
            })?;
            let (life, journey) = (self.life, id);
            self.at(self.now_ms, Step::Deliver { life, journey, n_retries: 0 });
        }
        if fault != 2 {
            self.judge.acknowledged(order);
            self.steps.remove(&again);
        }
        Ok(())
    }

    /// One attempt of the bus to deliver an event.
    fn deliver(&mut self, journey: Uuid, n_retries: u32) -> Result<(), Crashed> {
        let Some((event, first_ms)) = self.durable.journeys.get(&journey).cloned() else {
            return Ok(());
        };
        let fault = self.fault(
            "deliver",
            &[
                "the delivery fails",
                "the answer to the delivery is lost",
                "the event is delivered twice",
            ],
        );
        if self.has(Bug::ForgetsBeforeDelivering) {
            self.written(|durable| {
                durable.journeys.remove(&journey);
            })?;
        }
        if fault != 1 {
            self.send(&event)?;
        }
        if fault == 3 {
            self.send(&event)?;
        }
        if fault == 0 || fault == 3 {
            return self.written(|durable| {
                durable.journeys.remove(&journey);
            });
        }
        let mut dice = Dice::seeded(journey.as_u128() as u64);
        let policy = RetryPolicy { max_retries: 20, max_age_s: 240 };
        match policy.next(n_retries, first_ms, self.now_ms, &mut dice) {
            Ok(wait) => {
                let (life, n_retries) = (self.life, n_retries + 1);
                let at_ms = self.now_ms + wait.as_millis() as u64;
                self.at(at_ms, Step::Deliver { life, journey, n_retries });
                Ok(())
            }
            Err(_) => {
                self.judge.buried(order_of(&event.json));
                self.written(|durable| {
                    durable.journeys.remove(&journey);
                })
            }
        }
    }

    fn send(&mut self, event: &Event) -> Result<(), Crashed> {
        let order = order_of(&event.json);
        let group = self.is_fifo.then(|| format!("group-{}", order % 2));
        let message = NewMessage { group_id: group, ..NewMessage::text(&*event.json) };
        let id = self.id();
        let now_ms = self.now_ms;
        let sent = self.changed(|queue| queue.send(now_ms, id, message, 0))?;
        let sent = sent.unwrap_or_else(|error| panic!("{error}"));
        self.tell(|| format!("order {order} is in the queue (repeated: {})", sent.is_repetition));
        Ok(())
    }

    /// The poller gathers a batch, as the stage's own does.
    fn poll(&mut self) -> Result<(), Crashed> {
        let life = self.life;
        self.poll_ms = None;
        let now = self.began + Duration::from_millis(self.now_ms);
        let mut batch = Batch::new(2, 1 << 20, Duration::ZERO);
        while let Some((n, _)) = batch.wants(now) {
            let timeout = self.has(Bug::HidesNothing).then_some(0);
            let options = ReceiveOptions {
                max_messages: n,
                visibility_timeout_s: timeout,
                ..ReceiveOptions::default()
            };
            let now_ms = self.now_ms;
            let taken = self.queue.receive(now_ms, &options, true);
            let Ok(Taken { received, dead }) = taken else { break };
            if self.has(Bug::MovesInTwoWrites) {
                self.write_queues()?;
            }
            for letter in dead {
                self.tell(|| format!("order {} is a dead letter", order_of(&letter.message.body)));
                self.judge.died(letter.message.id);
                self.letters.arrive(now_ms, letter, &"arn:aws:sqs:r:1:q".into());
            }
            self.write_queues()?;
            if received.is_empty() {
                break;
            }
            let fault = self.fault("receive", &["the answer to the receive is lost"]);
            for one in received {
                self.judge.received(&one, self.now_ms, 30_000);
                if fault == 0 {
                    batch.push(one, 1, now);
                }
            }
            if fault == 1 {
                break;
            }
        }
        let (batch, _) = batch.finish();
        if batch.is_empty() {
            return Ok(());
        }
        if self.has(Bug::DeletesBeforeHandling) {
            self.delete(&batch, &Verdict::AllDone)?;
        }
        let fault = self.fault("invoke", &["the function takes longer than messages are hidden"]);
        let took_ms = if fault == 1 { 35_000 } else { 50 };
        self.at(self.now_ms + took_ms, Step::Handle { life, batch });
        Ok(())
    }

    /// The function writes each order once, and reports which it could not.
    fn handle(&mut self, batch: Vec<Received>) -> Result<(), Crashed> {
        let whole =
            self.fault("answer", &["the function dies", "the answer of the function is lost"]);
        if whole == 1 {
            return Ok(());
        }
        let mut failed = Vec::new();
        for received in &batch {
            let order = order_of(&received.message.body);
            let stops = self.is_fifo && !failed.is_empty() && !self.has(Bug::GoesOnAfterFailure);
            let fault = if stops {
                1
            } else {
                self.fault("write", &["the write is throttled", "the answer to the write is lost"])
            };
            if fault != 1 {
                let blind = self.has(Bug::HandlesTwice);
                self.judge.handled(received, order, blind);
                self.tell(|| format!("order {order} is written"));
            }
            if fault > 0 {
                failed.push(json!({ "itemIdentifier": received.message.id.to_string() }));
            }
        }
        if whole == 2 {
            return Ok(());
        }
        let report = json!({ "batchItemFailures": failed }).to_string();
        let ids: Vec<String> = batch.iter().map(|one| one.message.id.to_string()).collect();
        let verdict = match self.has(Bug::IgnoresReports) {
            true => Verdict::AllDone,
            false => verdict(report.as_bytes(), &ids),
        };
        self.delete(&batch, &verdict)
    }

    fn delete(&mut self, batch: &[Received], verdict: &Verdict) -> Result<(), Crashed> {
        for received in batch.iter().filter(|one| verdict.is_done(&one.message.id.to_string())) {
            let fault = self.fault("delete", &["the delete is lost"]);
            if fault == 0 {
                let now_ms = self.now_ms;
                // In a FIFO queue, a receipt that has expired is refused.
                let _ = self.changed(|queue| queue.delete(now_ms, &received.receipt_handle))?;
                self.judge.released(received);
            }
        }
        Ok(())
    }

    /// Changes the queue, and writes the change before anybody hears of it.
    fn changed<R>(
        &mut self,
        change: impl FnOnce(&mut QueueState) -> Result<R, QueueError>,
    ) -> Result<Result<R, QueueError>, Crashed> {
        let result = change(&mut self.queue);
        self.write_queues()?;
        Ok(result)
    }

    /// Writes what has changed in the queues, in one go.
    fn write_queues(&mut self) -> Result<(), Crashed> {
        let queues = [&mut self.queue, &mut self.letters];
        let n_taken = queues.iter().map(|queue| queue.n_taken()).max().unwrap_or(0);
        let changes = queues.into_iter().flat_map(QueueState::take_changes).collect();
        self.written(|durable| durable.apply(changes, n_taken))
    }

    fn written(&mut self, write: impl FnOnce(&mut Durable)) -> Result<(), Crashed> {
        let kills = ["the stage is killed before a write", "the stage is killed after a write"];
        match self.fault("store", &kills) {
            0 => write(&mut self.durable),
            2 => {
                write(&mut self.durable);
                return Err(self.crash());
            }
            _ => return Err(self.crash()),
        }
        Ok(())
    }

    /// The stage dies and stands again, with what was written.
    fn crash(&mut self) -> Crashed {
        self.life += 1;
        let forgets = self.has(Bug::ForgetsDeduplication);
        let kept = self.durable.entries.iter();
        let kept = kept.filter(|((kind, _), _)| !(forgets && *kind == Kind::Seen as u8));
        let kept = kept.map(|((kind, key), value)| (*kind, key.as_slice(), value.as_slice()));
        let again = |number| {
            QueueState::made_again(number, config(self.is_fifo), self.durable.n_taken, kept.clone())
        };
        (self.queue, self.letters) = (again(QUEUE), again(LETTERS));
        let (life, now_ms) = (self.life, self.now_ms);
        for journey in self.durable.journeys.keys().copied().collect::<Vec<_>>() {
            self.at(now_ms, Step::Deliver { life, journey, n_retries: 0 });
        }
        self.poll_ms = None;
        Crashed
    }
}

impl Durable {
    fn apply(&mut self, changes: Vec<Change>, n_taken: u64) {
        for change in changes {
            let (kind, key, value) = change.into_parts();
            let key = (kind as u8, key);
            match value {
                Some(value) => self.entries.insert(key, value),
                None => self.entries.remove(&key),
            };
        }
        self.n_taken = n_taken;
    }
}

/// The order that an event is about.
pub(super) fn order_of(event: &str) -> u64 {
    let (_, rest) = event.split_once("{\"order\":").unwrap_or_default();
    rest.trim_end_matches('}').parse().unwrap_or(u64::MAX)
}

/// The orders of the messages of a queue.
pub(super) fn orders_in(queue: &QueueState) -> BTreeSet<u64> {
    queue.peek(usize::MAX).iter().map(|message| order_of(&message.body)).collect()
}
