//! The world of a run: who does what when, and what goes wrong on the way.

mod steps;
mod store;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use std::time::Instant;

use serde_json::json;
use uuid::Uuid;

use super::bug::Bug;
use super::choices::{Choices, Faults};
use super::judge::Judge;
use crate::bus::state::BusState;
use crate::bus::{NewRule, Origin, Target};
use crate::queue::state::QueueState;
use crate::queue::{QueueConfig, Received};
use store::{Crashed, Durable};

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
