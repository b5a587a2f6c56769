//! Messages that a run sees: each goes into the ledger by its correlation id, and to the visits that wait for it.
//!
//! Where they are seen is the target's business: on a stage of our own by a tap on its bus, on AWS by a queue of the
//! run's own. When consumers receive them only a stage of our own shows.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::latency::{Distribution, Latency};
use crate::ledger::{Ledger, fingerprint};
use crate::request::{at, text};
use crate::system::{Channel, System};
use crate::terminal::count;

/// How long a message is kept for later requests.
const KEPT_FOR: Duration = Duration::from_secs(120);

/// How many are kept at most.
const MOST_KEPT: usize = 100_000;

/// A message that was seen.
#[derive(Debug, Clone)]
pub struct Message(Arc<Value>);

impl Message {
    /// What it says.
    #[must_use]
    pub fn payload(&self) -> &Value {
        &self.0
    }

    /// What stands at a JSON pointer of it; `null` where nothing does.
    #[must_use]
    pub fn at(&self, pointer: &str) -> &Value {
        at(&self.0, pointer)
    }

    /// The same as text: a string without quotes, anything else as JSON.
    #[must_use]
    pub fn text(&self, pointer: &str) -> String {
        text(self.at(pointer))
    }
}

type Key = (&'static str, String);

/// All messages of a run.
pub struct Messages {
    system: &'static System,
    are_seen: AtomicBool,
    n_seen: AtomicU64,
    ledger: Mutex<Ledger>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    /// The messages that may be asked for later, each with the number under which `order` has it.
    kept: BTreeMap<Key, (u64, Message)>,
    order: VecDeque<(Instant, u64, Key)>,
    n_delivered: u64,
    /// How many were forgotten before their time, because there were too many.
    n_forgotten: u64,
    /// How many waits ended without a message after that.
    n_in_doubt: u64,
    /// Why messages could not be read for a while.
    unreadable: Option<String>,
    waiting: BTreeMap<Key, Vec<mpsc::Sender<Message>>>,
    /// When each message was published that a consumer may still receive, by the event's id.
    published: BTreeMap<String, (&'static str, Instant)>,
    published_order: VecDeque<String>,
    hops: BTreeMap<Hop, Distribution>,
}

/// A message and a queue that it is received from.
type Hop = (&'static str, String);

impl Messages {
    /// No message yet.
    #[must_use]
    pub fn new(system: &'static System) -> Self {
        Self {
            system,
            are_seen: AtomicBool::new(false),
            n_seen: AtomicU64::new(0),
            ledger: Mutex::new(Ledger::new(&system.promises())),
            inner: Mutex::default(),
        }
    }

    /// The ledger, to read or write for a moment.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // Entries are replaced whole, so a panic elsewhere leaves none half-written.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Messages will be seen from now on.
    pub fn begin(&self) {
        self.are_seen.store(true, Ordering::Release);
    }

    /// Whether messages are seen at all.
    #[must_use]
    pub fn are_seen(&self) -> bool {
        self.are_seen.load(Ordering::Acquire)
    }

    /// How many were seen that the system declares.
    #[must_use]
    pub fn n_seen(&self) -> u64 {
        self.n_seen.load(Ordering::Relaxed)
    }

    /// A message was published, in the envelope that receivers get.
    pub fn published(&self, envelope: &Value, now: Timestamp) {
        let source = envelope["source"].as_str().unwrap_or_default();
        let detail_type = envelope["detail-type"].as_str().unwrap_or_default();
        let is_it =
            |channel: &&&Channel| channel.source == source && channel.detail_type == detail_type;
        let Some(channel) = self.system.channels.iter().find(is_it) else { return };
        self.n_seen.fetch_add(1, Ordering::Relaxed);
        let detail = &envelope["detail"];
        if let Some(id) = envelope["id"].as_str() {
            self.lock().await_receivers(id, channel.id);
        }
        if channel.correlation.is_empty() {
            return;
        }
        let key = text(at(detail, channel.correlation));
        self.ledger().message(channel.id, &key, fingerprint(&detail.to_string()), now);
        self.lock().deliver((channel.id, key), Message(Arc::new(detail.clone())));
    }

    /// A consumer received a message from a queue; `envelope` is the message's body.
    pub fn received(&self, queue: &str, envelope: &Value) {
        if let Some(id) = envelope["id"].as_str() {
            self.lock().note_receipt(queue, id);
        }
    }

    /// Messages could not be read for so long that those that are missing say nothing.
    pub(crate) fn cannot_be_read(&self, why: String) {
        self.lock().unreadable.get_or_insert(why);
    }

    /// Why a message that was not seen may have been published all the same, one sentence each.
    #[must_use]
    pub fn doubts(&self) -> Vec<String> {
        let inner = self.lock();
        let mut doubts = Vec::new();
        if let Some(why) = &inner.unreadable {
            doubts.push(format!("messages could not be read for several seconds: {why}"));
        }
        if inner.n_in_doubt > 0 {
            doubts.push(format!(
                "{} steps received no message after {} messages had been forgotten: more than {} came within {} s; \
                 lower --rate",
                count(inner.n_in_doubt),
                count(inner.n_forgotten),
                count(MOST_KEPT as u64),
                KEPT_FOR.as_secs()
            ));
        }
        doubts
    }

    /// Waits for a message on one of these channels, which may have come already.
    pub async fn wait(
        &self,
        channels: &[&'static str],
        key: &str,
        timeout: Duration,
    ) -> Option<Message> {
        let keys: Vec<Key> = channels.iter().map(|channel| (*channel, key.to_owned())).collect();
        let mut waiting = {
            let mut inner = self.lock();
            if let Some(message) = keys.iter().find_map(|key| Some(&inner.kept.get(key)?.1)) {
                return Some(message.clone());
            }
            let (told, waiting) = mpsc::channel(1);
            for key in &keys {
                inner.waiting.entry(key.clone()).or_default().push(told.clone());
            }
            waiting
        };
        let message = tokio::time::timeout(timeout, waiting.recv()).await.ok().flatten();
        // Receivers that were told on other channels, or too late, do not listen any more.
        drop(waiting);
        let mut inner = self.lock();
        inner.n_in_doubt += u64::from(message.is_none() && inner.n_forgotten > 0);
        for key in &keys {
            if let Some(waiting) = inner.waiting.get_mut(key) {
                waiting.retain(|told| !told.is_closed());
                if waiting.is_empty() {
                    inner.waiting.remove(key);
                }
            }
        }
        message
    }

    /// From publication to receipt, for each message and queue.
    #[must_use]
    pub fn hops(&self) -> Vec<(&'static str, String, Latency)> {
        let inner = self.lock();
        let hop = |((channel, queue), all): (&Hop, &Distribution)| {
            (*channel, queue.clone(), all.figures())
        };
        inner.hops.iter().map(hop).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn deliver(&mut self, key: Key, message: Message) {
        for told in self.waiting.remove(&key).unwrap_or_default() {
            // A receiver that gave up waiting is no error.
            let _ = told.try_send(message.clone());
        }
        let now = Instant::now();
        self.forget(now);
        self.n_delivered += 1;
        self.order.push_back((now, self.n_delivered, key.clone()));
        self.kept.insert(key, (self.n_delivered, message));
    }

    /// Makes room for one message more.
    fn forget(&mut self, now: Instant) {
        while let Some((since, number, key)) = self.order.front() {
            let is_over = now - *since >= KEPT_FOR;
            if self.order.len() < MOST_KEPT && !is_over {
                break;
            }
            // One that was delivered again has a younger place.
            if self.kept.get(key).is_some_and(|(kept, _)| kept == number) {
                self.n_forgotten += u64::from(!is_over);
                self.kept.remove(key);
            }
            self.order.pop_front();
        }
    }

    fn await_receivers(&mut self, id: &str, channel: &'static str) {
        if self.published_order.len() >= MOST_KEPT
            && let Some(oldest) = self.published_order.pop_front()
        {
            self.published.remove(&oldest);
        }
        self.published_order.push_back(id.to_owned());
        self.published.insert(id.to_owned(), (channel, Instant::now()));
    }

    fn note_receipt(&mut self, queue: &str, id: &str) {
        let Some((channel, since)) = self.published.get(id) else { return };
        let (channel, took) = (*channel, since.elapsed());
        match self.hops.iter_mut().find(|((of, from), _)| *of == channel && from == queue) {
            Some((_, all)) => all.record(took),
            None => {
                let mut all = Distribution::default();
                all.record(took);
                self.hops.insert((channel, queue.to_owned()), all);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use serde_json::json;

    use super::*;
    use crate::system::{KeptBy, Promise, Workflow};

    static PLACED: Channel = Channel {
        id: "OrderPlaced",
        bus: "Bus",
        source: "orders",
        detail_type: "OrderPlaced",
        correlation: "/checkoutId",
    };
    static PROMISE: Promise =
        Promise { id: "placed", kept_by: KeptBy::Message(&PLACED), ..Promise::NEW };
    static CHECKOUT: Workflow = Workflow { id: "checkout", promises: &[&PROMISE], ..Workflow::NEW };
    static SYSTEM: System = System { channels: &[&PLACED], workflows: &[&CHECKOUT], ..System::NEW };

    fn message(text: &str) -> Message {
        Message(Arc::new(json!(text)))
    }

    #[test]
    fn a_message_that_comes_again_is_kept_from_then_on() {
        let mut inner = Inner::default();
        let key = |text: &str| ("OrderPlaced", text.to_owned());
        inner.deliver(key("a"), message("first"));
        inner.deliver(key("a"), message("again"));
        for number in 2..=MOST_KEPT {
            inner.deliver(key(&number.to_string()), message(""));
        }
        assert_eq!((inner.kept.contains_key(&key("a")), inner.n_forgotten), (true, 0));
        inner.deliver(key("b"), message(""));
        assert_eq!((inner.kept.contains_key(&key("a")), inner.n_forgotten), (false, 1));
    }

    #[tokio::test]
    async fn what_may_have_been_overlooked_is_told() {
        let messages = Messages::new(&SYSTEM);
        assert!(messages.wait(&["OrderPlaced"], "a", Duration::ZERO).await.is_none());
        assert!(messages.doubts().is_empty());
        messages.lock().n_forgotten = 7;
        assert!(messages.wait(&["OrderPlaced"], "a", Duration::ZERO).await.is_none());
        messages.cannot_be_read("AccessDenied".to_owned());
        messages.cannot_be_read("later".to_owned());
        let doubts = messages.doubts();
        assert!(doubts[0].ends_with("several seconds: AccessDenied"), "{doubts:?}");
        assert!(doubts[1].starts_with("1 steps received no message after 7"), "{doubts:?}");
    }

    fn envelope(id: &str, key: &str) -> Value {
        json!({"id": id, "source": "orders", "detail-type": "OrderPlaced", "detail": {"checkoutId": key}})
    }

    #[tokio::test]
    async fn whoever_waits_is_told_and_whoever_comes_later_too() {
        let messages = Arc::new(Messages::new(&SYSTEM));
        let waits = {
            let messages = Arc::clone(&messages);
            tokio::spawn(async move {
                messages.wait(&["Other", "OrderPlaced"], "a", Duration::from_secs(9)).await
            })
        };
        tokio::task::yield_now().await;
        messages.published(&envelope("1", "a"), Timestamp::UNIX_EPOCH);
        assert_eq!(waits.await.unwrap().unwrap().text("/checkoutId"), "a");
        let later = messages.wait(&["OrderPlaced"], "a", Duration::ZERO).await.unwrap();
        assert_eq!(later.payload(), &json!({"checkoutId": "a"}));
        assert!(messages.wait(&["OrderPlaced"], "b", Duration::from_millis(1)).await.is_none());
        assert!(messages.lock().waiting.is_empty(), "somebody is still waited for");
        assert_eq!(messages.ledger().tally(true)[0].unpromised, 1);
    }

    #[tokio::test]
    async fn receipts_are_told_by_queue_and_other_events_are_nobodys_business() {
        let messages = Messages::new(&SYSTEM);
        messages.published(&envelope("1", "a"), Timestamp::UNIX_EPOCH);
        messages.published(&json!({"id": "2", "source": "else"}), Timestamp::UNIX_EPOCH);
        for (queue, id) in [("first", "1"), ("second", "1"), ("second", "2")] {
            messages.received(queue, &json!({"id": id}));
        }
        let counts: Vec<_> =
            messages.hops().into_iter().map(|(_, queue, all)| (queue, all.count)).collect();
        assert_eq!(counts, [("first".to_owned(), 1), ("second".to_owned(), 1)]);
        assert_eq!(messages.n_seen(), 1);
    }
}
