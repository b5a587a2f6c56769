//! What is promised of every run, and whether it held.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::world::orders_in;
use crate::queue::Received;
use crate::queue::state::QueueState;

/// Sees everything that a promise is about.
#[derive(Debug, Default)]
pub(super) struct Judge {
    published: BTreeSet<u64>,
    acknowledged: BTreeSet<u64>,
    buried: BTreeSet<u64>,
    /// How often each order was written.
    written: BTreeMap<u64, u32>,
    /// Until when a message is in somebody's hands.
    held: BTreeMap<Uuid, u64>,
    /// How often a message was received.
    receives: BTreeMap<Uuid, u32>,
    /// The messages that an event of a FIFO queue became.
    accepted: BTreeMap<String, Uuid>,
    /// Messages that became dead letters: a consumer still working on one may be late.
    dead: BTreeSet<Uuid>,
    /// The last number of a FIFO queue that was written, by its group.
    last: BTreeMap<String, u64>,
    broken: Option<String>,
}

impl Judge {
    pub(super) fn published(&mut self, order: u64) {
        self.published.insert(order);
    }

    pub(super) fn acknowledged(&mut self, order: u64) {
        self.acknowledged.insert(order);
    }

    pub(super) fn buried(&mut self, order: u64) {
        self.buried.insert(order);
    }

    fn breaks(&mut self, promise: String) {
        self.broken.get_or_insert(promise);
    }

    /// A message is handed over: it is in nobody else's hands, and its count grows by one.
    pub(super) fn received(&mut self, received: &Received, now_ms: u64, hidden_ms: u64) {
        let message = &received.message;
        if self.held.get(&message.id).is_some_and(|until_ms| *until_ms > now_ms) {
            self.breaks(format!("the message {} is in two hands", message.id));
        }
        self.held.insert(message.id, now_ms + hidden_ms);
        let before = self.receives.insert(message.id, received.n_received).unwrap_or(0);
        if received.n_received <= before {
            self.breaks(format!("the receives of {} are not counted", message.id));
        }
        if message.sequence_number.is_some() {
            let first = *self.accepted.entry(message.body.clone()).or_insert(message.id);
            if first != message.id {
                self.breaks("an event became two messages of a FIFO queue".to_owned());
            }
        }
    }

    /// A message was received too often.
    pub(super) fn died(&mut self, message: Uuid) {
        self.dead.insert(message);
    }

    /// A message is out of hands.
    pub(super) fn released(&mut self, received: &Received) {
        self.held.remove(&received.message.id);
    }

    /// The consumer writes an order, unless it is there. `blind` writes it all the same.
    pub(super) fn handled(&mut self, received: &Received, order: u64, blind: bool) {
        let written = self.written.entry(order).or_insert(0);
        if *written > 0 && !blind {
            return;
        }
        *written += 1;
        let message = &received.message;
        let (Some(group), Some(number)) = (&message.group_id, message.sequence_number) else {
            return;
        };
        if self.dead.contains(&message.id) {
            return;
        }
        let last = self.last.entry(group.to_string()).or_insert(number);
        if *last > number {
            self.breaks(format!("order {order} was overtaken in its group"));
        } else {
            *last = number;
        }
    }

    /// What came into a queue is what went out and what is there.
    pub(super) fn ledger(&self, queue: &mut QueueState, now_ms: u64) -> Result<(), String> {
        let (depth, ledger) = (queue.depth(now_ms), queue.ledger());
        let there = (depth.visible + depth.in_flight + depth.delayed) as u64;
        let out = ledger.deleted + ledger.expired + ledger.purged + ledger.departed;
        if ledger.sent + ledger.arrived != out + there {
            return Err(format!("the ledger of the queue does not add up: {ledger:?}, {depth:?}"));
        }
        Ok(())
    }

    /// Whether everything held so far.
    pub(super) fn verdict(&self) -> Result<(), String> {
        match &self.broken {
            Some(promise) => Err(promise.clone()),
            None => Ok(()),
        }
    }

    /// What must hold when everything has come to rest.
    pub(super) fn end(
        &self,
        queue: &QueueState,
        letters: &QueueState,
        n_journeys: usize,
    ) -> Result<(), String> {
        self.verdict()?;
        if n_journeys > 0 || queue.peek(1).len() == 1 {
            return Err("something never came to an end".to_owned());
        }
        if let Some((order, n)) = self.written.iter().find(|(_, n)| **n != 1) {
            return Err(format!("order {order} was written {n} times"));
        }
        if let Some(order) = self.written.keys().find(|order| !self.published.contains(order)) {
            return Err(format!("order {order} was never published"));
        }
        let dead = orders_in(letters);
        let lost = self.acknowledged.iter().find(|order| {
            !self.written.contains_key(order)
                && !dead.contains(order)
                && !self.buried.contains(order)
        });
        match lost {
            Some(order) => Err(format!("order {order} was acknowledged and is lost")),
            None => Ok(()),
        }
    }
}
