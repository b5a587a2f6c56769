//! The rules of a queue against a model that is too simple to be wrong: any sequence of sends,
//! receives, deletes, timeouts, purges and the passing of time, on a queue and its dead-letter
//! queue, standard and FIFO.

use proptest::prelude::*;
use stage::queue::config::QueueConfig;
use stage::queue::state::QueueState;
use stage::queue::{Depth, Ledger, NewMessage, ReceiveOptions, Received};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

const MAX_RECEIVES: u32 = 3;
const RETENTION_MS: u64 = 600_000;
const START_MS: u64 = 1_000_000;

#[derive(Debug, Clone)]
enum Op {
    Send {
        group: u8,
        delay_s: u32,
    },
    Receive {
        max: usize,
        timeout_s: u32,
    },
    ReceiveDead {
        max: usize,
        timeout_s: u32,
    },
    /// Of the receipt handles given out so far, counted from the latest.
    Delete {
        back: usize,
    },
    ChangeVisibility {
        back: usize,
        timeout_s: u32,
    },
    Pass {
        ms: u64,
    },
    Purge,
    Redrive {
        limit: usize,
    },
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => (0..3_u8, prop_oneof![3 => Just(0), 1 => 1..30_u32])
            .prop_map(|(group, delay_s)| Op::Send { group, delay_s }),
        6 => (1..=10_usize, 0..40_u32)
            .prop_map(|(max, timeout_s)| Op::Receive { max, timeout_s }),
        2 => (1..=10_usize, 0..40_u32)
            .prop_map(|(max, timeout_s)| Op::ReceiveDead { max, timeout_s }),
        4 => (0..6_usize).prop_map(|back| Op::Delete { back }),
        2 => (0..6_usize, 0..60_u32)
            .prop_map(|(back, timeout_s)| Op::ChangeVisibility { back, timeout_s }),
        5 => prop_oneof![5 => 0..20_000_u64, 1 => 100_000..400_000_u64].prop_map(|ms| Op::Pass { ms }),
        1 => Just(Op::Purge),
        1 => (1..5_usize).prop_map(|limit| Op::Redrive { limit }),
    ]
}

/// What the model knows of a message.
#[derive(Debug, Clone)]
struct Known {
    /// When it was sent to the queue that it is in, as a number that grows.
    order: u64,
    sent_ms: u64,
    group: u8,
    hidden_until_ms: u64,
    n_received: u32,
    is_dead: bool,
    handle: Option<String>,
}

struct World {
    is_fifo: bool,
    now_ms: u64,
    main: QueueState,
    dead: QueueState,
    arn: Arc<str>,
    known: BTreeMap<Uuid, Known>,
    /// Messages that may never be seen again.
    gone: BTreeSet<Uuid>,
    handles: Vec<(Uuid, bool, String)>,
    n_sent: u64,
}

impl World {
    fn new(is_fifo: bool) -> Self {
        let mut attributes: BTreeMap<String, String> = BTreeMap::from([(
            "MessageRetentionPeriod".to_owned(),
            (RETENTION_MS / 1_000).to_string(),
        )]);
        let suffix = if is_fifo { ".fifo" } else { "" };
        if is_fifo {
            attributes.insert("FifoQueue".to_owned(), "true".to_owned());
        }
        let dead = QueueConfig::create(&format!("dead{suffix}"), &attributes).unwrap();
        attributes.insert(
            "RedrivePolicy".to_owned(),
            format!(r#"{{"deadLetterTargetArn":"arn:dead","maxReceiveCount":{MAX_RECEIVES}}}"#),
        );
        let main = QueueConfig::create(&format!("main{suffix}"), &attributes).unwrap();
        Self {
            is_fifo,
            now_ms: START_MS,
            main: QueueState::new(1, main),
            dead: QueueState::new(2, dead),
            arn: Arc::from("arn:main"),
            known: BTreeMap::new(),
            gone: BTreeSet::new(),
            handles: Vec::new(),
            n_sent: 0,
        }
    }

    fn queue(&mut self, is_dead: bool) -> &mut QueueState {
        if is_dead { &mut self.dead } else { &mut self.main }
    }

    fn forget_expired(&mut self) {
        let now_ms = self.now_ms;
        let expired: Vec<Uuid> = self
            .known
            .iter()
            .filter(|(_, known)| known.sent_ms + RETENTION_MS <= now_ms)
            .map(|(id, _)| *id)
            .collect();
        for id in expired {
            self.known.remove(&id);
            self.gone.insert(id);
        }
    }

    fn run(&mut self, op: &Op) {
        match *op {
            Op::Send { group, delay_s } => self.send(group, delay_s),
            Op::Receive { max, timeout_s } => self.receive(max, timeout_s, false),
            Op::ReceiveDead { max, timeout_s } => self.receive(max, timeout_s, true),
            Op::Delete { back } => self.delete(back),
            Op::ChangeVisibility { back, timeout_s } => self.change_visibility(back, timeout_s),
            Op::Pass { ms } => {
                self.now_ms += ms;
                self.forget_expired();
            }
            Op::Purge => {
                if self.main.purge(self.now_ms, "main").is_ok() {
                    let removed: Vec<Uuid> = self
                        .known
                        .iter()
                        .filter(|(_, known)| !known.is_dead)
                        .map(|(id, _)| *id)
                        .collect();
                    for id in removed {
                        self.known.remove(&id);
                        self.gone.insert(id);
                    }
                }
            }
            Op::Redrive { limit } => self.redrive(limit),
        }
        self.check_sums();
    }

    fn send(&mut self, group: u8, delay_s: u32) {
        let id = Uuid::from_u128(u128::from(self.n_sent) + 1);
        let new = NewMessage {
            group_id: self.is_fifo.then(|| format!("g{group}")),
            deduplication_id: self.is_fifo.then(|| self.n_sent.to_string()),
            delay_s: (!self.is_fifo).then_some(delay_s),
            ..NewMessage::text(format!("message {}", self.n_sent))
        };
        let sent = self.main.send(self.now_ms, id, new, 0).unwrap();
        assert_eq!(sent.id, id);
        let delay_ms = if self.is_fifo { 0 } else { u64::from(delay_s) * 1_000 };
        let known = Known {
            order: self.n_sent,
            sent_ms: self.now_ms,
            group,
            hidden_until_ms: self.now_ms + delay_ms,
            n_received: 0,
            is_dead: false,
            handle: None,
        };
        self.known.insert(id, known);
        self.n_sent += 1;
    }

    fn receive(&mut self, max: usize, timeout_s: u32, is_dead: bool) {
        let options = ReceiveOptions {
            max_messages: max,
            visibility_timeout_s: Some(timeout_s),
            ..ReceiveOptions::default()
        };
        let now_ms = self.now_ms;
        let expected = self.n_receivable(is_dead);
        let taken = self.queue(is_dead).receive(now_ms, &options, !is_dead).unwrap();
        assert!(is_dead || taken.received.len() + taken.dead.len() >= expected.min(max).min(1));
        assert!(taken.received.len() <= max);
        for departed in taken.dead {
            let id = departed.message.id;
            let known = self.known.get_mut(&id).expect("only a live message can die");
            assert_eq!(known.n_received, MAX_RECEIVES, "moved after exactly so many receipts");
            assert!(known.hidden_until_ms <= now_ms);
            known.is_dead = true;
            known.order = self.n_sent;
            self.n_sent += 1;
            known.hidden_until_ms = now_ms;
            if self.is_fifo {
                known.sent_ms = now_ms;
            }
            self.dead.arrive(now_ms, departed, &self.arn);
        }
        let received = taken.received;
        self.check_order(&received);
        for message in &received {
            self.check_received(message, is_dead, timeout_s);
        }
    }

    /// How many messages the model knows that a receive must find something of.
    fn n_receivable(&self, is_dead: bool) -> usize {
        // What follows a message in flight waits for it; what precedes it does not.
        let is_held_up = |one: &Known| {
            self.known.values().any(|known| {
                known.is_dead == is_dead
                    && known.group == one.group
                    && known.order < one.order
                    && known.hidden_until_ms > self.now_ms
            })
        };
        let receivable = |known: &&Known| {
            known.is_dead == is_dead
                && known.hidden_until_ms <= self.now_ms
                && !(self.is_fifo && is_held_up(known))
        };
        self.known.values().filter(receivable).count()
    }

    fn check_received(&mut self, message: &Received, is_dead: bool, timeout_s: u32) {
        let id = message.message.id;
        assert!(!self.gone.contains(&id), "a message that is gone came back");
        let known = self.known.get_mut(&id).expect("only what was sent can be received");
        assert_eq!(known.is_dead, is_dead);
        assert!(known.hidden_until_ms <= self.now_ms, "received while hidden");
        known.n_received += 1;
        assert_eq!(message.n_received, known.n_received);
        assert!(is_dead || known.n_received <= MAX_RECEIVES);
        assert_eq!(message.message.dead_letter_source.is_some(), is_dead);
        known.hidden_until_ms = self.now_ms + u64::from(timeout_s) * 1_000;
        known.handle = Some(message.receipt_handle.clone());
        self.handles.push((id, is_dead, message.receipt_handle.clone()));
    }

    /// In a FIFO queue, whatever of a group was sent before a received message is gone or received
    /// with it.
    fn check_order(&self, received: &[Received]) {
        if !self.is_fifo {
            return;
        }
        let batch: Vec<&Known> =
            received.iter().map(|received| &self.known[&received.message.id]).collect();
        for (index, one) in batch.iter().enumerate() {
            let earlier = self.known.values().filter(|known| {
                known.is_dead == one.is_dead && known.group == one.group && known.order < one.order
            });
            for earlier in earlier {
                let place = batch.iter().position(|known| known.order == earlier.order);
                assert!(place.is_some_and(|place| place < index), "overtaken in its group");
            }
        }
    }

    fn delete(&mut self, back: usize) {
        let Some(index) = self.handles.len().checked_sub(back + 1) else { return };
        let (id, is_dead, handle) = self.handles[index].clone();
        let now_ms = self.now_ms;
        let outcome = self.queue(is_dead).delete(now_ms, &handle);
        let known = self.known.get(&id).filter(|known| known.is_dead == is_dead);
        let is_current = known.is_some_and(|known| known.handle.as_ref() == Some(&handle));
        let is_in_flight = known.is_some_and(|known| known.hidden_until_ms > now_ms);
        if self.is_fifo && known.is_some() && !(is_current && is_in_flight) {
            outcome.unwrap_err();
            return;
        }
        outcome.unwrap();
        if is_current {
            self.known.remove(&id);
            self.gone.insert(id);
        }
    }

    fn change_visibility(&mut self, back: usize, timeout_s: u32) {
        let Some(index) = self.handles.len().checked_sub(back + 1) else { return };
        let (id, is_dead, handle) = self.handles[index].clone();
        let now_ms = self.now_ms;
        let outcome = self.queue(is_dead).change_visibility(now_ms, &handle, timeout_s);
        let Some(known) = self.known.get_mut(&id).filter(|known| known.is_dead == is_dead) else {
            outcome.unwrap_err();
            return;
        };
        let is_in_flight = known.hidden_until_ms > now_ms;
        if self.is_fifo && !(is_in_flight && known.handle.as_ref() == Some(&handle)) {
            outcome.unwrap_err();
            return;
        }
        outcome.unwrap();
        if is_in_flight {
            known.hidden_until_ms = now_ms + u64::from(timeout_s) * 1_000;
        }
    }

    fn redrive(&mut self, limit: usize) {
        let now_ms = self.now_ms;
        for departed in self.dead.emigrate(now_ms, limit) {
            let old = departed.message.id;
            let mut known = self.known.remove(&old).expect("only a dead message can be redriven");
            assert!(known.is_dead && known.hidden_until_ms <= now_ms);
            self.gone.insert(old);
            let id = Uuid::from_u128(u128::from(self.n_sent) + 1);
            self.main.rejoin(now_ms, departed, id);
            known = Known {
                order: self.n_sent,
                sent_ms: now_ms,
                hidden_until_ms: now_ms,
                n_received: 0,
                is_dead: false,
                handle: None,
                ..known
            };
            self.known.insert(id, known);
            self.n_sent += 1;
        }
    }

    /// What came in is what went out and what is there, in both queues, and the model knows exactly
    /// what is there.
    fn check_sums(&mut self) {
        let depths = [self.main.depth(self.now_ms), self.dead.depth(self.now_ms)];
        let ledgers = [self.main.ledger(), self.dead.ledger()];
        for (index, (depth, ledger)) in depths.iter().zip(&ledgers).enumerate() {
            assert_conserved(depth, ledger);
            let is_dead = index == 1;
            let known = self.known.values().filter(|known| known.is_dead == is_dead);
            let (hidden, visible): (Vec<_>, Vec<_>) =
                known.partition(|known| known.hidden_until_ms > self.now_ms);
            assert_eq!(depth.visible, visible.len());
            assert_eq!(depth.in_flight + depth.delayed, hidden.len());
        }
        assert_eq!(ledgers[0].departed, ledgers[1].arrived, "every dead message arrives");
        assert_eq!(ledgers[1].departed, ledgers[0].arrived, "every redriven message arrives");
    }

    /// Nothing is lost: whatever the model says is there can be received and deleted in the end.
    fn drain(&mut self) {
        while !self.known.is_empty() {
            let before = self.known.len();
            self.now_ms += 60_000;
            self.forget_expired();
            for is_dead in [false, true] {
                self.receive(10, 30, is_dead);
                let n_handles = self.handles.len();
                for back in 0..n_handles.min(10) {
                    self.delete(back);
                }
            }
            self.check_sums();
            let waits = self.known.values().any(|known| known.hidden_until_ms > self.now_ms);
            assert!(self.known.len() < before || waits, "{before} messages cannot be drained");
        }
        assert_eq!(self.main.depth(self.now_ms), Depth::default());
        assert_eq!(self.dead.depth(self.now_ms), Depth::default());
    }
}

fn assert_conserved(depth: &Depth, ledger: &Ledger) {
    let inside = (depth.visible + depth.in_flight + depth.delayed) as u64;
    assert_eq!(
        ledger.sent + ledger.arrived,
        ledger.deleted + ledger.expired + ledger.purged + ledger.departed + inside,
        "{ledger:?} {depth:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_standard_queue_does_what_the_model_says(ops in proptest::collection::vec(op(), 1..120)) {
        let mut world = World::new(false);
        for op in &ops {
            world.run(op);
        }
        world.drain();
    }

    #[test]
    fn a_fifo_queue_does_what_the_model_says(ops in proptest::collection::vec(op(), 1..120)) {
        let mut world = World::new(true);
        for op in &ops {
            world.run(op);
        }
        world.drain();
    }
}

fn fifo(attributes: &[(&str, &str)]) -> QueueState {
    let mut all = BTreeMap::from([("FifoQueue".to_owned(), "true".to_owned())]);
    all.extend(attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    QueueState::new(1, QueueConfig::create("q.fifo", &all).unwrap())
}

fn grouped(group: &str, deduplication_id: Option<&str>, body: &str) -> NewMessage {
    NewMessage {
        group_id: Some(group.to_owned()),
        deduplication_id: deduplication_id.map(str::to_owned),
        ..NewMessage::text(body)
    }
}

#[test]
fn a_repetition_is_recognised_for_five_minutes_even_when_the_first_is_gone() {
    let mut queue = fifo(&[("ContentBasedDeduplication", "true")]);
    let mut send = |now_ms, id: u128, deduplication_id, body| {
        queue.send(now_ms, Uuid::from_u128(id), grouped("g", deduplication_id, body), 0).unwrap()
    };
    let first = send(0, 1, None, "a");
    assert!(!first.is_repetition);
    let again = send(299_999, 2, None, "a");
    assert_eq!((again.id, again.is_repetition), (first.id, true));
    assert_eq!(again.sequence_number, first.sequence_number);
    assert!(!send(299_999, 3, Some("own"), "a").is_repetition);
    assert!(!send(299_999, 4, None, "b").is_repetition);
    assert!(!send(300_000, 5, None, "a").is_repetition);
    assert_eq!(queue.depth(300_000).visible, 4);
    assert_eq!(queue.ledger().deduplicated, 1);
}

#[test]
fn deduplication_can_count_per_group() {
    let attributes =
        [("DeduplicationScope", "messageGroup"), ("FifoThroughputLimit", "perMessageGroupId")];
    let mut queue = fifo(&attributes);
    let mut send = |group, id: u128| {
        queue.send(0, Uuid::from_u128(id), grouped(group, Some("d"), "x"), 0).unwrap()
    };
    assert!(!send("one", 1).is_repetition);
    assert!(!send("two", 2).is_repetition);
    assert!(send("one", 3).is_repetition);
}

#[test]
fn sequence_numbers_grow() {
    let mut queue = fifo(&[]);
    let numbers: Vec<String> = (0..20_u128)
        .map(|n| {
            let new = grouped(&format!("g{}", n % 3), Some(&n.to_string()), "x");
            let sent = queue.send(0, Uuid::from_u128(n), new, 0).unwrap();
            stage::queue::message::sequence_text(sent.sequence_number.unwrap())
        })
        .collect();
    assert!(numbers.iter().all(|number| number.len() == 20));
    assert!(numbers.is_sorted() && numbers.windows(2).all(|two| two[0] != two[1]));
}

#[test]
fn a_repeated_receive_gets_the_same_messages_until_one_of_them_changes() {
    let mut queue = fifo(&[]);
    for n in 0..3_u128 {
        let new = grouped("g", Some(&n.to_string()), "x");
        queue.send(0, Uuid::from_u128(n), new, 0).unwrap();
    }
    let options = ReceiveOptions {
        max_messages: 2,
        attempt_id: Some("attempt".to_owned()),
        ..ReceiveOptions::default()
    };
    let first = queue.receive(0, &options, false).unwrap().received;
    assert_eq!(first.len(), 2);
    let again = queue.receive(20_000, &options, false).unwrap().received;
    assert_eq!(first, again, "the same receipts, hidden for another 30 seconds");
    assert_eq!(queue.depth(49_999).in_flight, 2);
    queue.delete(49_999, &first[0].receipt_handle).unwrap();
    assert!(queue.receive(49_999, &options, false).unwrap().received.is_empty());
}

#[test]
fn no_more_than_the_limit_is_in_flight() {
    let mut queue = QueueState::new(1, QueueConfig::default());
    let limit = stage::queue::state::MAX_IN_FLIGHT;
    for n in 0..limit as u128 + 10 {
        queue.send(0, Uuid::from_u128(n), NewMessage::text("x"), 0).unwrap();
    }
    let options = ReceiveOptions { max_messages: 10, ..ReceiveOptions::default() };
    let mut handle = String::new();
    for _ in 0..limit / 10 {
        handle.clone_from(&queue.receive(0, &options, false).unwrap().received[0].receipt_handle);
    }
    assert_eq!(queue.receive(0, &options, false).unwrap_err().code().legacy, "OverLimit");
    let patient = ReceiveOptions { wait_s: Some(1), ..options.clone() };
    assert!(queue.receive(0, &patient, false).unwrap().received.is_empty());
    queue.delete(0, &handle).unwrap();
    assert_eq!(queue.receive(0, &options, false).unwrap().received.len(), 10);
}

#[test]
fn visibility_cannot_be_stretched_beyond_twelve_hours() {
    let mut queue = QueueState::new(1, QueueConfig::default());
    queue.send(0, Uuid::nil(), NewMessage::text("x"), 0).unwrap();
    let options =
        ReceiveOptions { visibility_timeout_s: Some(43_200), ..ReceiveOptions::default() };
    let received = queue.receive(0, &options, false).unwrap().received;
    let handle = &received[0].receipt_handle;
    queue.change_visibility(0, handle, 43_200).unwrap();
    assert!(queue.change_visibility(1_000, handle, 43_200).is_err());
    queue.change_visibility(1_000, handle, 43_199).unwrap();
    assert!(queue.change_visibility(1_000, handle, 43_201).is_err());
}
