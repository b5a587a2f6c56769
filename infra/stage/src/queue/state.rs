//! Owns what a queue holds and every rule of what happens to it: visibility, delay, receive counts,
//! order, expiry, deduplication. It refuses to wait, to ask the time or to know any other queue:
//! the caller says what time it is and carries messages between queues.

use super::config::QueueConfig;
use super::error::QueueError;
use super::exchange::{
    Departed, Depth, Ledger, MAX_VISIBILITY_S, ReceiveOptions, Received, Sent, Taken, bad_timeout,
};
use super::kept::{KeptMessage, KeptSeen, Unwritten};
use super::message::{Message, NewMessage, Receipt, md5_hex, sha256_hex};
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
    purged_ms: Option<u64>,
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
    place: Place,
}

/// Where a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Place {
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
            Place::Visible { since_ms } => self.order.show(number, since_ms, group.as_ref()),
            Place::Delayed { until_ms } => {
                self.hidden.insert((until_ms, number));
                self.n_delayed += 1;
            }
            Place::InFlight { until_ms } => {
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
            Place::Visible { since_ms: now_ms }
        } else {
            self.hidden.insert((until_ms, number));
            self.n_delayed += 1;
            Place::Delayed { until_ms }
        };
        let Departed { message, n_received, first_received_ms } = departed;
        let stored = Stored { message, n_received, first_received_ms, last_received_ms: 0, place };
        self.messages.insert(number, stored);
        self.touch(number);
    }

    /// Hands over what can be received now.
    ///
    /// With `divert`, messages that were received as often as the redrive policy allows come back
    /// as dead instead.
    ///
    /// **Errors**: a number of messages, timeout or attempt id that cannot be; too many messages in
    /// flight.
    pub fn receive(
        &mut self,
        now_ms: u64,
        options: &ReceiveOptions,
        divert: bool,
    ) -> Result<Taken, QueueError> {
        options.check(self.config.fifo.is_some())?;
        self.advance(now_ms);
        let timeout_s = options.visibility_timeout_s.unwrap_or(self.config.visibility_timeout_s);
        let until_ms = now_ms + u64::from(timeout_s) * 1_000;
        if let Some(again) = self.repeat(options.attempt_id.as_deref(), until_ms) {
            return Ok(Taken { received: again, dead: Vec::new() });
        }
        let mut taken = Taken::default();
        if self.n_in_flight >= MAX_IN_FLIGHT {
            // A FIFO queue says nothing; a standard one that is asked not to wait says that it is
            // full.
            let is_short = options.wait_s.unwrap_or(self.config.wait_s) == 0;
            let refuse = self.config.fifo.is_none() && is_short;
            return if refuse { Err(QueueError::OverLimit) } else { Ok(taken) };
        }
        let limit = self.config.redrive.as_ref().filter(|_| divert);
        let limit = limit.map_or(u32::MAX, |redrive| redrive.max_receive_count);
        let mut held = None;
        while taken.received.len() < options.max_messages {
            let Some(number) = self.order.next(&mut held) else { break };
            let Some(stored) = self.messages.get_mut(&number) else { continue };
            let is_dead = stored.n_received >= limit;
            stored.place = Place::InFlight { until_ms };
            self.hidden.insert((until_ms, number));
            self.n_in_flight += 1;
            if is_dead {
                taken.dead.extend(self.depart(number));
                continue;
            }
            stored.n_received += 1;
            stored.last_received_ms = now_ms;
            stored.first_received_ms.get_or_insert(now_ms);
            self.touch(number);
            taken.received.extend(self.received(number));
        }
        self.ledger.received += taken.received.len() as u64;
        if timeout_s == 0 {
            self.advance(now_ms);
        }
        if let Some(id) = &options.attempt_id {
            let handles = taken.received.iter().map(|received| received.receipt_handle.clone());
            self.attempts.note(id, now_ms, handles.collect());
        }
        Ok(taken)
    }

    /// What an attempt of this name got before, when none of it has changed hands since; hidden
    /// anew.
    fn repeat(&mut self, attempt_id: Option<&str>, until_ms: u64) -> Option<Vec<Received>> {
        let handles = self.attempts.get(attempt_id?)?.to_vec();
        let numbers: Option<Vec<u64>> =
            handles.iter().map(|handle| self.in_flight(handle).ok()).collect();
        let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
        for number in &numbers {
            self.hide(*number, until_ms);
        }
        Some(numbers.into_iter().filter_map(|number| self.received(number)).collect())
    }

    fn received(&self, number: u64) -> Option<Received> {
        let stored = self.messages.get(&number)?;
        let receipt = Receipt { queue: self.number, message: number, count: stored.n_received };
        Some(Received {
            message: stored.message.clone(),
            receipt_handle: receipt.handle(),
            n_received: stored.n_received,
            first_received_ms: stored.first_received_ms.unwrap_or(stored.last_received_ms),
        })
    }

    /// Deletes the message of a receipt. A message that is gone counts as deleted. In a standard
    /// queue, the receipt of an earlier receive succeeds without effect, as on AWS; in a FIFO queue
    /// it is refused.
    ///
    /// **Errors**: a handle that this queue did not issue; in a FIFO queue one that has expired.
    pub fn delete(&mut self, now_ms: u64, handle: &str) -> Result<(), QueueError> {
        self.advance(now_ms);
        let receipt = self.parse(handle)?;
        let Some(stored) = self.messages.get(&receipt.message) else { return Ok(()) };
        let is_current = stored.n_received == receipt.count;
        let is_in_flight = matches!(stored.place, Place::InFlight { .. });
        if self.config.fifo.is_some() && !(is_current && is_in_flight) {
            return Err(invalid(handle, "The receipt handle has expired."));
        }
        if is_current {
            self.remove(receipt.message);
            self.ledger.deleted += 1;
        }
        Ok(())
    }

    /// Makes a message in flight visible after this many seconds, counted from now. In a standard queue any receipt of
    /// the message will do, and that of a message which is visible again succeeds without effect, as on AWS.
    ///
    /// **Errors**: a handle that this queue did not issue, a message that is gone, a time too long; in a FIFO queue a
    /// message that is not in flight by this receipt.
    pub fn change_visibility(
        &mut self,
        now_ms: u64,
        handle: &str,
        timeout_s: u32,
    ) -> Result<(), QueueError> {
        if timeout_s > MAX_VISIBILITY_S {
            return Err(bad_timeout(timeout_s));
        }
        self.advance(now_ms);
        let number = match self.config.fifo {
            Some(_) => self.in_flight(handle)?,
            None => self.present(handle)?,
        };
        let received_ms =
            self.messages.get(&number).map_or(now_ms, |stored| stored.last_received_ms);
        let until_ms = now_ms + u64::from(timeout_s) * 1_000;
        if until_ms - received_ms > u64::from(MAX_VISIBILITY_S) * 1_000 {
            return Err(QueueError::InvalidParameterValue(format!(
                "Value {timeout_s} for parameter VisibilityTimeout is invalid. Reason: Total \
                 VisibilityTimeout for the message is beyond the limit [{MAX_VISIBILITY_S} seconds]"
            )));
        }
        self.hide(number, until_ms);
        self.advance(now_ms);
        Ok(())
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
                stored.place = Place::InFlight { until_ms: now_ms };
                self.hidden.insert((now_ms, number));
                self.n_in_flight += 1;
                gone.extend(self.depart(number));
            }
        }
        gone
    }

    /// The next messages that could be received, without receiving them.
    pub fn peek(&self, limit: usize) -> Vec<Arc<Message>> {
        let visible = |stored: &&Stored| matches!(stored.place, Place::Visible { .. });
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
            Place::Visible { .. } => return,
            Place::Delayed { until_ms } => {
                self.hidden.remove(&(until_ms, number));
                self.n_delayed -= 1;
            }
            Place::InFlight { until_ms } => {
                self.hidden.remove(&(until_ms, number));
                self.n_in_flight -= 1;
            }
        }
        stored.place = Place::Visible { since_ms };
        self.order.show(number, since_ms, stored.message.group_id.as_ref());
    }

    /// Changes when a message in flight becomes visible.
    fn hide(&mut self, number: u64, new_until_ms: u64) {
        if let Some(stored) = self.messages.get_mut(&number)
            && let Place::InFlight { until_ms } = &mut stored.place
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
            Place::Visible { since_ms } => shown = Some(since_ms),
            Place::Delayed { until_ms } => {
                self.hidden.remove(&(until_ms, number));
                self.n_delayed -= 1;
            }
            Place::InFlight { until_ms } => {
                self.hidden.remove(&(until_ms, number));
                self.n_in_flight -= 1;
            }
        }
        self.order.leave(number, shown, stored.message.group_id.as_ref());
        Some(stored)
    }

    fn parse(&self, handle: &str) -> Result<Receipt, QueueError> {
        let receipt = Receipt::parse(handle)?;
        if receipt.queue != self.number {
            return Err(QueueError::ReceiptHandleIsInvalid(handle.to_owned()));
        }
        Ok(receipt)
    }

    /// The number of a message that is in flight by exactly this receipt.
    fn in_flight(&self, handle: &str) -> Result<u64, QueueError> {
        let receipt = self.parse(handle)?;
        match self.messages.get(&receipt.message) {
            Some(stored) if stored.n_received == receipt.count => match stored.place {
                Place::InFlight { .. } => Ok(receipt.message),
                _ => Err(QueueError::MessageNotInflight),
            },
            _ => Err(unavailable(handle)),
        }
    }

    /// The number of a message that is in the queue, by any of its receipts.
    fn present(&self, handle: &str) -> Result<u64, QueueError> {
        let receipt = self.parse(handle)?;
        let is_there = self.messages.contains_key(&receipt.message);
        is_there.then_some(receipt.message).ok_or_else(|| unavailable(handle))
    }
}

fn unavailable(handle: &str) -> QueueError {
    invalid(handle, "Message does not exist or is not available for visibility timeout change.")
}

fn invalid(handle: &str, reason: &str) -> QueueError {
    QueueError::InvalidParameterValue(format!(
        "Value {handle} for parameter ReceiptHandle is invalid. Reason: {reason}"
    ))
}
