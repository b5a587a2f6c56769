//! What can be done with one queue.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Queue, commit, lock};
use crate::fault::{Decision, Site};
use crate::queue::config::QueueConfig;
use crate::queue::error::QueueError;
use crate::queue::exchange::{Depth, Ledger, ReceiveOptions, Received, Sent};
use crate::queue::kept;
use crate::queue::message::{Message, NewMessage};
use crate::store::{Change, Kind};

impl Queue {
    /// The name.
    pub fn name(&self) -> &str {
        &self.entry.name
    }

    /// The ARN.
    pub fn arn(&self) -> &str {
        &self.entry.arn
    }

    /// The address.
    pub fn url(&self) -> String {
        let settings = &self.shared.settings;
        format!("{}/{}/{}", settings.base_url, settings.account, self.entry.name)
    }

    /// When the queue was created, in milliseconds since the Unix epoch.
    pub fn created_ms(&self) -> u64 {
        self.entry.created_ms
    }

    /// When its attributes were changed last, in milliseconds since the Unix epoch.
    pub fn modified_ms(&self) -> u64 {
        self.entry.modified_ms.load(Ordering::Relaxed)
    }

    /// The settings.
    pub fn config(&self) -> QueueConfig {
        lock(&self.entry.state).config().clone()
    }

    /// How long a received message stays hidden.
    pub(crate) fn visibility_timeout(&self) -> Duration {
        Duration::from_secs(lock(&self.entry.state).config().visibility_timeout_s.into())
    }

    /// The tags, to be read or changed.
    pub fn tags(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        lock(&self.entry.tags)
    }

    /// Puts other tags in the place of these.
    ///
    /// **Errors**: a store that cannot be written.
    pub(in crate::queue) fn set_tags(
        &self,
        tags: BTreeMap<String, String>,
    ) -> Result<(), QueueError> {
        *self.tags() = tags;
        self.entry.write_settings()
    }

    /// Changes attributes, all or none.
    ///
    /// **Errors**: an attribute that does not exist, a value that it cannot take, a dead-letter
    /// queue that does not exist.
    pub fn set(&self, attributes: &BTreeMap<String, String>) -> Result<(), QueueError> {
        let now_ms = self.live()?;
        let mut config = self.config();
        config.set(attributes)?;
        self.shared.check_redrive(&config, &self.entry.arn)?;
        self.entry.change(|state| state.set(attributes))?;
        self.entry.modified_ms.store(now_ms, Ordering::Relaxed);
        self.entry.write_settings()
    }

    /// Gives the queue these attributes, and every other one its default.
    ///
    /// **Errors**: as for [`set`](Self::set).
    pub(crate) fn set_all(&self, attributes: &BTreeMap<String, String>) -> Result<(), QueueError> {
        let now_ms = self.live()?;
        let config = QueueConfig::create(self.name(), attributes)?;
        self.shared.check_redrive(&config, &self.entry.arn)?;
        if config == self.config() {
            return Ok(());
        }
        self.entry.change(|state| {
            state.configure(config);
            Ok(())
        })?;
        self.entry.modified_ms.store(now_ms, Ordering::Relaxed);
        self.entry.write_settings()
    }

    /// Whether these are the attributes that the template gave it last.
    pub(crate) fn is_declared_as(&self, attributes: &BTreeMap<String, String>) -> bool {
        lock(&self.entry.declared).as_ref() == Some(attributes)
    }

    /// Notes that the template gave it these attributes.
    ///
    /// **Errors**: a store that cannot be written.
    pub(crate) fn declare(&self, attributes: &BTreeMap<String, String>) -> Result<(), QueueError> {
        *lock(&self.entry.declared) = Some(attributes.clone());
        self.entry.write_settings()
    }

    /// Sends a message. A receiver that waits has it at once.
    ///
    /// **Errors**: see [`NewMessage::check`].
    pub fn send(&self, message: NewMessage) -> Result<Sent, QueueError> {
        let now_ms = self.live()?;
        let id = crate::ids::uuid();
        let is_fifo = || lock(&self.entry.state).config().fifo.is_some();
        match self.shared.chaos.decide(Site::Arrival) {
            Decision::Fail(failure) => Err(failure.into()),
            Decision::Delay(by) if !is_fifo() => {
                let extra_ms = by.as_millis() as u64;
                self.entry.change(|state| state.send(now_ms, id, message, extra_ms))
            }
            Decision::Duplicate { copies, gap } if !is_fifo() => self.entry.change(|state| {
                let gap_ms = gap.as_millis() as u64;
                for copy in 1..=u64::from(copies) {
                    state.send(now_ms, id, message.clone(), copy * gap_ms)?;
                }
                state.send(now_ms, id, message, 0)
            }),
            // Nothing else makes sense of a message, and a FIFO queue promises order and no copies.
            _ => self.entry.change(|state| state.send(now_ms, id, message, 0)),
        }
    }

    /// Receives messages, waiting for a first one as long as the options or else the queue say.
    ///
    /// **Errors**: options that cannot be, too many messages in flight, a queue deleted meanwhile.
    pub async fn receive(&self, options: &ReceiveOptions) -> Result<Vec<Received>, QueueError> {
        let mut until_ms = None;
        loop {
            // The wake-up is asked for before the queue is looked at, so that none can fall between
            // the two.
            let mut changed = pin!(self.entry.changed.notified());
            changed.as_mut().enable();
            let (received, deadline_ms) = self.receive_now(options)?;
            let now_ms = self.shared.clock.now_ms();
            let until_ms = *until_ms.get_or_insert_with(|| {
                let wait_s =
                    options.wait_s.unwrap_or_else(|| lock(&self.entry.state).config().wait_s);
                now_ms + u64::from(wait_s) * 1_000
            });
            if !received.is_empty() || now_ms >= until_ms {
                return Ok(received);
            }
            let wake_ms = deadline_ms.map_or(until_ms, |deadline_ms| deadline_ms.min(until_ms));
            tokio::select! {
                () = changed => {}
                () = self.shared.clock.sleep_until(wake_ms) => {}
            }
        }
    }

    /// What can be received now, and when there will be more at the latest.
    fn receive_now(
        &self,
        options: &ReceiveOptions,
    ) -> Result<(Vec<Received>, Option<u64>), QueueError> {
        let now_ms = self.live()?;
        let mut changes = Vec::new();
        let (taken, target, deadline_ms, has_next) = {
            let mut state = lock(&self.entry.state);
            let redrive = state.config().redrive.as_ref();
            let target = redrive.and_then(|redrive| self.shared.find_arn(&redrive.target_arn));
            let taken = state.receive(now_ms, options, target.is_some())?;
            self.entry.gather(&mut state, &mut changes);
            (taken, target, state.deadline_ms(), state.has_next())
        };
        if let Some(target) = target.filter(|_| !taken.dead.is_empty()) {
            // What leaves this queue and what comes into the other is written together.
            target.change_unwritten(&mut changes, |state| {
                for departed in taken.dead {
                    state.arrive(now_ms, departed, &self.entry.arn);
                }
            });
        }
        commit(self.shared.store.as_ref(), &changes)?;
        if has_next {
            self.entry.changed.notify_one();
        }
        Ok((taken.received, deadline_ms))
    }

    /// Deletes the message of a receipt. See
    /// [`QueueState::delete`](crate::queue::state::QueueState::delete) for receipts that are no
    /// longer the latest.
    ///
    /// **Errors**: a receipt handle that this queue did not issue; in a FIFO queue one that has
    /// expired.
    pub fn delete(&self, receipt_handle: &str) -> Result<(), QueueError> {
        let now_ms = self.live()?;
        self.entry.change(|state| state.delete(now_ms, receipt_handle))
    }

    /// Makes a message in flight visible after this many seconds, counted from now.
    ///
    /// **Errors**: a receipt handle that this queue did not issue, a message that is gone or not in
    /// flight.
    pub fn change_visibility(
        &self,
        receipt_handle: &str,
        timeout_s: u32,
    ) -> Result<(), QueueError> {
        let now_ms = self.live()?;
        self.entry.change(|state| state.change_visibility(now_ms, receipt_handle, timeout_s))
    }

    /// Removes all messages.
    ///
    /// **Errors**: [`QueueError::PurgeQueueInProgress`] within 60 seconds of the last purge.
    pub fn purge(&self) -> Result<(), QueueError> {
        let now_ms = self.live()?;
        self.entry.change(|state| state.purge(now_ms, &self.entry.name))?;
        self.entry.write_settings()
    }

    /// Removes the queue and its messages. Receivers that wait on it are told so.
    pub fn remove(&self) -> Result<(), QueueError> {
        self.live()?;
        // Given up at once: whoever holds the lock of a queue may ask for that of the list.
        self.shared.queues.write().unwrap_or_else(PoisonError::into_inner).remove(self.name());
        self.entry.is_deleted.store(true, Ordering::Release);
        self.entry.changed.notify_waiters();
        if self.shared.store.is_none() {
            return Ok(());
        }
        let (number, mut changes) = {
            let mut state = lock(&self.entry.state);
            state.clear();
            (state.number(), state.take_changes())
        };
        changes.push(Change::remove(Kind::Queue, kept::queue_key(number)));
        commit(self.shared.store.as_ref(), &changes)
    }

    /// How many messages are where.
    pub fn depth(&self) -> Depth {
        lock(&self.entry.state).depth(self.shared.clock.now_ms())
    }

    /// What has happened to the messages of this queue so far.
    pub fn ledger(&self) -> Ledger {
        lock(&self.entry.state).ledger()
    }

    /// The oldest visible messages, without receiving them.
    pub fn peek(&self, limit: usize) -> Vec<Arc<Message>> {
        let mut state = lock(&self.entry.state);
        state.advance(self.shared.clock.now_ms());
        state.peek(limit)
    }

    /// The time, if the queue still exists.
    fn live(&self) -> Result<u64, QueueError> {
        if self.entry.is_deleted.load(Ordering::Acquire) {
            return Err(QueueError::QueueDoesNotExist);
        }
        Ok(self.shared.clock.now_ms())
    }
}
