//! Owns what a queue holds and every rule of what happens to it: visibility, delay, receive counts,
//! order, expiry, deduplication. It refuses to wait, to ask the time or to know any other queue:
//! the caller says what time it is and carries messages between queues.

mod receipts;

use super::config::QueueConfig;
use super::error::QueueError;
use super::exchange::{Departed, Depth, Ledger, Sent};
use super::kept::{KeptMessage, KeptSeen, Unwritten};
use super::message::{Message, NewMessage, md5_hex, sha256_hex};
use super::once::{Attempts, Seen, remembered_until, seen_under};
use super::order::Order;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// The most messages of a queue that may be in flight at once.
pub const MAX_IN_FLIGHT: usize = 120_000;

/// A queue.
#[derive(Debug)]
pub struct QueueState {
    number: u64,
    config: QueueConfig,
    messages: HashMap<u64, Stored>,
    n_taken: u64,
    order: Order,
    /// Messages in flight or delayed, by the time at which they become visible.
    hidden: BTreeSet<(u64, u64)>,
    /// All messages, by the time at which they were sent.
    ages: BTreeSet<(u64, u64)>,
    n_in_flight: usize,
    n_delayed: usize,
    seen: Seen,
    attempts: Attempts,
    /// When the queue was purged last.
    pub(super) purged_ms: Option<u64>,
    ledger: Ledger,
    /// What the store does not know yet, where there is one.
    unwritten: Option<Unwritten>,
}

#[derive(Debug)]
struct Stored {
    message: Arc<Message>,
    n_received: u32,
    first_received_ms: Option<u64>,
    last_received_ms: u64,
    place: Visibility,
}

/// Where a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Visibility {
    Visible { since_ms: u64 },
    Delayed { until_ms: u64 },
    InFlight { until_ms: u64 },
}

impl QueueState {
    /// An empty queue. `number` tells its receipts from those of every other queue.
    pub fn new(number: u64, config: QueueConfig) -> Self {
        Self {
            number,
            order: Order::new(config.fifo.is_some()),
            config,
            messages: HashMap::new(),
            n_taken: 0,
            hidden: BTreeSet::new(),
            ages: BTreeSet::new(),
            n_in_flight: 0,
            n_delayed: 0,
            seen: Seen::default(),
            attempts: Attempts::default(),
            purged_ms: None,
            ledger: Ledger::default(),
            unwritten: None,
        }
    }

    /// Notes what changes from now on, for the store. Messages get numbers from `n_taken` on.
    pub(crate) fn keep(&mut self, n_taken: u64) {
        self.n_taken = n_taken;
        self.unwritten = Some(Unwritten::default());
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    pub(crate) fn n_taken(&self) -> u64 {
        self.n_taken
    }

    pub(super) fn unwritten(&mut self) -> Option<&mut Unwritten> {
        self.unwritten.as_mut()
    }

    fn touch(&mut self, number: u64) {
        if let Some(unwritten) = &mut self.unwritten {
            unwritten.messages.insert(number);
        }
    }

    /// A message as the store keeps it.
    pub(super) fn kept_message(&self, number: u64) -> Option<KeptMessage> {
        let stored = self.messages.get(&number)?;
        let counts = (stored.n_received, stored.first_received_ms, stored.last_received_ms);
        Some(KeptMessage::of(&stored.message, counts, stored.place))
    }

    /// Takes up a message that the store kept, where it was.
    pub(super) fn take_up(&mut self, number: u64, kept: KeptMessage) {
        let (place, last_received_ms) = (kept.place, kept.last_received_ms);
        let departed = kept.into_departed();
        let group = departed.message.group_id.clone();
        self.ages.insert((departed.message.sent_ms, number));
        self.order.enter(number, group.as_ref());
        match place {
            Visibility::Visible { since_ms } => self.order.show(number, since_ms, group.as_ref()),
            Visibility::Delayed { until_ms } => {
                self.hidden.insert((until_ms, number));
                self.n_delayed += 1;
            }
            Visibility::InFlight { until_ms } => {
                self.hidden.insert((until_ms, number));
                self.n_in_flight += 1;
            }
        }
        let Departed { message, n_received, first_received_ms } = departed;
        let stored = Stored { message, n_received, first_received_ms, last_received_ms, place };
        self.messages.insert(number, stored);
        self.ledger.arrived += 1;
    }

    /// Takes up a deduplication id that the store kept.
    pub(super) fn take_up_seen(&mut self, key: String, kept: &KeptSeen) {
        self.seen.remember(key, kept.until_ms, (kept.id, kept.sequence));
    }

    /// The settings.
    pub fn config(&self) -> &QueueConfig {
        &self.config
    }

    /// Changes attributes, all or none.
    pub fn set(&mut self, attributes: &BTreeMap<String, String>) -> Result<(), QueueError> {
        self.config.set(attributes)
    }

    /// Puts other settings in the place of all of these. The kind of the queue stays.
    pub(super) fn configure(&mut self, config: QueueConfig) {
        self.config = config;
    }

    /// What has happened so far.
    pub fn ledger(&self) -> Ledger {
        self.ledger
    }

    /// Lets time pass: shows what is no longer hidden and removes what is too old.
    pub fn advance(&mut self, now_ms: u64) {
        while let Some(&(until_ms, number)) = self.hidden.first() {
            if until_ms > now_ms {
                break;
            }
            self.show(number, until_ms);
        }
        let retention_ms = u64::from(self.config.retention_s) * 1_000;
        while let Some(&(sent_ms, number)) = self.ages.first() {
            if sent_ms + retention_ms > now_ms {
                break;
            }
            self.remove(number);
            self.ledger.expired += 1;
        }
        self.forget_seen(now_ms);
        self.attempts.forget(now_ms);
    }

    fn forget_seen(&mut self, now_ms: u64) {
        let unwritten = &mut self.unwritten;
        self.seen.forget(now_ms, |key| {
            if let Some(unwritten) = unwritten {
                unwritten.forgotten.push(key);
            }
        });
    }

    /// When the next message becomes visible by itself, in milliseconds since the Unix epoch.
    pub fn deadline_ms(&self) -> Option<u64> {
        self.hidden.first().map(|(until_ms, _)| *until_ms)
    }

    /// Whether a receive would find something.
    pub fn has_next(&self) -> bool {
        self.order.has_next()
    }

    /// Takes a message from a sender. `id` becomes its id; `extra_ms` is added to its delay.
    ///
    /// **Errors**: those of [`NewMessage::check`].
    pub fn send(
        &mut self,
        now_ms: u64,
        id: Uuid,
        new: NewMessage,
        extra_ms: u64,
    ) -> Result<Sent, QueueError> {
        self.advance(now_ms);
        new.check(&self.config)?;
        let body_md5 = md5_hex(&new.body);
        let mut deduplication_id = None;
        let mut sequence_number = None;
        if let Some(fifo) = self.config.fifo {
            let repeated = new.deduplication_id.unwrap_or_else(|| sha256_hex(&new.body));
            let scope = new.group_id.as_deref().filter(|_| fifo.deduplicates_per_group);
            let sequence = self.n_taken;
            let key = seen_under(scope, &repeated);
            if let Some(unwritten) = &mut self.unwritten
                && !self.seen.knows(&key)
            {
                let until_ms = remembered_until(now_ms);
                unwritten.noted.push((key.clone(), KeptSeen { until_ms, id, sequence }));
            }
            if let Some((id, first)) = self.seen.note(key, now_ms, (id, sequence)) {
                self.ledger.deduplicated += 1;
                let sequence_number = Some(first);
                return Ok(Sent { id, sequence_number, is_repetition: true, body_md5 });
            }
            (deduplication_id, sequence_number) = (Some(repeated), Some(sequence));
        }
        let delay_s = new.delay_s.filter(|_| self.config.fifo.is_none());
        let delay_ms = u64::from(delay_s.unwrap_or(self.config.delay_s)) * 1_000 + extra_ms;
        let message = Message {
            id,
            body: new.body,
            attributes: new.attributes,
            trace_header: new.trace_header,
            group_id: new.group_id.map(Arc::from),
            deduplication_id,
            sequence_number,
            sent_ms: now_ms,
            dead_letter_source: None,
            body_md5: body_md5.clone(),
        };
        self.ledger.sent += 1;
        self.take(now_ms, delay_ms, Departed::fresh(message));
        Ok(Sent { id, sequence_number, is_repetition: false, body_md5 })
    }

    /// Takes a message that `source_arn` gave up on. A standard queue keeps the time at which it
    /// was sent.
    pub fn arrive(&mut self, now_ms: u64, departed: Departed, source_arn: &Arc<str>) {
        self.advance(now_ms);
        let mut message = Message::clone(&departed.message);
        message.dead_letter_source = Some(source_arn.clone());
        if self.config.fifo.is_some() {
            message.sent_ms = now_ms;
            message.sequence_number = Some(self.n_taken);
        }
        self.ledger.arrived += 1;
        self.take(now_ms, 0, Departed { message: Arc::new(message), ..departed });
    }

    /// Takes a message back from a dead-letter queue, as a new message with this id.
    pub fn rejoin(&mut self, now_ms: u64, departed: Departed, id: Uuid) {
        self.advance(now_ms);
        let mut message = Message::clone(&departed.message);
        message.id = id;
        message.sent_ms = now_ms;
        message.dead_letter_source = None;
        message.sequence_number = self.config.fifo.map(|_| self.n_taken);
        self.ledger.arrived += 1;
        self.take(now_ms, 0, Departed::fresh(message));
    }

    /// Takes a message back that could not be brought to another queue, as it was.
    pub fn come_back(&mut self, now_ms: u64, departed: Departed) {
        self.advance(now_ms);
        self.ledger.departed -= 1;
        self.take(now_ms, 0, departed);
    }

    fn take(&mut self, now_ms: u64, delay_ms: u64, departed: Departed) {
        let number = self.n_taken;
        self.n_taken += 1;
        let until_ms = now_ms + delay_ms;
        let group = departed.message.group_id.clone();
        self.ages.insert((departed.message.sent_ms, number));
        self.order.enter(number, group.as_ref());
        let place = if delay_ms == 0 {
            self.order.show(number, now_ms, group.as_ref());
            Visibility::Visible { since_ms: now_ms }
        } else {
            self.hidden.insert((until_ms, number));
            self.n_delayed += 1;
            Visibility::Delayed { until_ms }
        };
        let Departed { message, n_received, first_received_ms } = departed;
        let stored = Stored { message, n_received, first_received_ms, last_received_ms: 0, place };
        self.messages.insert(number, stored);
        self.touch(number);
    }

    /// Removes all messages, those in flight included, and forgets their deduplication ids.
    ///
    /// **Errors**: [`QueueError::PurgeQueueInProgress`] within 60 seconds of the last purge; `name`
    /// goes into it.
    pub fn purge(&mut self, now_ms: u64, name: &str) -> Result<(), QueueError> {
        self.advance(now_ms);
        if self.purged_ms.is_some_and(|purged_ms| now_ms < purged_ms + 60_000) {
            return Err(QueueError::PurgeQueueInProgress(name.to_owned()));
        }
        self.purged_ms = Some(now_ms);
        self.ledger.purged += self.messages.len() as u64;
        self.empty();
        self.forget_seen(u64::MAX);
        Ok(())
    }

    /// Removes all messages and everything that is remembered of them, before the queue itself goes.
    pub(super) fn clear(&mut self) {
        self.empty();
        self.advance(u64::MAX / 2);
    }

    fn empty(&mut self) {
        while let Some(&(_, number)) = self.ages.first() {
            self.remove(number);
        }
    }

    /// Takes up to `limit` visible messages out of the queue, for another one. They come in the
    /// order in which they would be received.
    pub fn emigrate(&mut self, now_ms: u64, limit: usize) -> Vec<Departed> {
        self.advance(now_ms);
        let mut gone = Vec::new();
        let mut held = None;
        while gone.len() < limit {
            let Some(number) = self.order.next(&mut held) else { break };
            if let Some(stored) = self.messages.get_mut(&number) {
                stored.place = Visibility::InFlight { until_ms: now_ms };
                self.hidden.insert((now_ms, number));
                self.n_in_flight += 1;
                gone.extend(self.depart(number));
            }
        }
        gone
    }

    /// The next messages that could be received, without receiving them.
    pub fn peek(&self, limit: usize) -> Vec<Arc<Message>> {
        let visible = |stored: &&Stored| matches!(stored.place, Visibility::Visible { .. });
        let stored = self.ages.iter().filter_map(|(_, number)| self.messages.get(number));
        stored.filter(visible).take(limit).map(|stored| stored.message.clone()).collect()
    }

    /// How many messages are where.
    pub fn depth(&mut self, now_ms: u64) -> Depth {
        self.advance(now_ms);
        Depth {
            visible: self.messages.len() - self.n_in_flight - self.n_delayed,
            in_flight: self.n_in_flight,
            delayed: self.n_delayed,
            oldest_age_ms: self
                .ages
                .first()
                .map_or(0, |(sent_ms, _)| now_ms.saturating_sub(*sent_ms)),
        }
    }

    fn show(&mut self, number: u64, since_ms: u64) {
        let Some(stored) = self.messages.get_mut(&number) else { return };
        match stored.place {
            Visibility::Visible { .. } => return,
            Visibility::Delayed { until_ms } => {
                self.hidden.remove(&(until_ms, number));
                self.n_delayed -= 1;
            }
            Visibility::InFlight { until_ms } => {
                self.hidden.remove(&(until_ms, number));
                self.n_in_flight -= 1;
            }
        }
        stored.place = Visibility::Visible { since_ms };
        self.order.show(number, since_ms, stored.message.group_id.as_ref());
    }

    /// Changes when a message in flight becomes visible.
    fn hide(&mut self, number: u64, new_until_ms: u64) {
        if let Some(stored) = self.messages.get_mut(&number)
            && let Visibility::InFlight { until_ms } = &mut stored.place
        {
            self.hidden.remove(&(*until_ms, number));
            *until_ms = new_until_ms;
            self.hidden.insert((new_until_ms, number));
            self.touch(number);
        }
    }

    fn depart(&mut self, number: u64) -> Option<Departed> {
        let stored = self.remove(number)?;
        self.ledger.departed += 1;
        let Stored { message, n_received, first_received_ms, .. } = stored;
        Some(Departed { message, n_received, first_received_ms })
    }

    fn remove(&mut self, number: u64) -> Option<Stored> {
        let stored = self.messages.remove(&number)?;
        self.touch(number);
        self.ages.remove(&(stored.message.sent_ms, number));
        let mut shown = None;
        match stored.place {
            Visibility::Visible { since_ms } => shown = Some(since_ms),
            Visibility::Delayed { until_ms } => {
                self.hidden.remove(&(until_ms, number));
                self.n_delayed -= 1;
            }
            Visibility::InFlight { until_ms } => {
                self.hidden.remove(&(until_ms, number));
                self.n_in_flight -= 1;
            }
        }
        self.order.leave(number, shown, stored.message.group_id.as_ref());
        Some(stored)
    }
}
