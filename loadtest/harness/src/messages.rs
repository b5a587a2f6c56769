//! Messages that a run sees: each goes into the ledger by its correlation id, and to the visits that wait for it.
//!
//! Where they are seen is the target's business: on a stage of our own by a tap on its bus, on AWS by a queue of the
//! run's own. When consumers receive them only a stage of our own shows.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::latency::{Distribution, Latency};
use crate::ledger::Ledger;
use crate::request::{at, text};
use crate::system::{Channel, System};
use crate::terminal::count;

/// How long a message is kept for later requests.
const KEPT_FOR: Duration = Duration::from_secs(120);

/// How many are kept at most.
const MOST_KEPT: usize = 100_000;

/// How many messages under a key a new one is compared with: where the key is null, very many have the same.
const MOST_COMPARED: usize = 16;

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

/// What a visit was shown: for each channel and key the number of the last message. It is shown none twice.
#[derive(Debug, Default)]
pub struct Shown(BTreeMap<Key, u64>);

impl Shown {
    fn is_new(&self, key: &Key, number: u64) -> bool {
        self.0.get(key).is_none_or(|last| number > *last)
    }
}

/// A message with its number in the order in which all of them came.
type Numbered = (u64, Message);

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
    /// The messages that may be asked for later, in the order in which they came.
    kept: BTreeMap<Key, VecDeque<Numbered>>,
    /// The same order of all keys.
    order: VecDeque<(Instant, Key)>,
    n_delivered: u64,
    /// How many were forgotten before their time, because there were too many.
    n_forgotten: u64,
    /// How many waits ended without a message after that.
    n_in_doubt: u64,
    /// Why messages could not be read for a while.
    unreadable: Option<String>,
    waiting: BTreeMap<Key, Vec<mpsc::Sender<(Key, Numbered)>>>,
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
        let channels = named(self.system, envelope);
        let Some(first) = channels.first() else { return };
        self.n_seen.fetch_add(1, Ordering::Relaxed);
        let detail = &envelope["detail"];
        if let Some(id) = envelope["id"].as_str() {
            self.lock().await_receivers(id, first.id);
        }
        let correlated = channels.iter().filter(|channel| !channel.correlation.is_empty());
        let keys: BTreeSet<Key> =
            correlated.map(|channel| (channel.id, text(at(detail, channel.correlation)))).collect();
        let message = Message(Arc::new(detail.clone()));
        for (channel, key) in keys {
            self.ledger().message(channel, &key, detail, now);
            self.lock().deliver((channel, key), message.clone());
        }
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

    /// Waits for the next message on one of these channels that a visit was not shown yet, which may have come already.
    pub async fn wait(
        &self,
        channels: &[&'static str],
        key: &str,
        shown: &mut Shown,
        timeout: Duration,
    ) -> Option<Message> {
        let keys: Vec<Key> = channels.iter().map(|channel| (*channel, key.to_owned())).collect();
        let mut waiting = {
            let mut inner = self.lock();
            if let Some((key, (number, message))) = inner.next(&keys, shown) {
                shown.0.insert(key, number);
                return Some(message);
            }
            let (told, waiting) = mpsc::channel(1);
            for key in &keys {
                inner.waiting.entry(key.clone()).or_default().push(told.clone());
            }
            waiting
        };
        let told = tokio::time::timeout(timeout, waiting.recv()).await.ok().flatten();
        let message = told.map(|(key, (number, message))| {
            shown.0.insert(key, number);
            message
        });
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

/// The messages of the system that an event is: those of its version, where there are any.
fn named(system: &System, envelope: &Value) -> Vec<&'static Channel> {
    let mut channels: Vec<&'static Channel> =
        system.channels.iter().copied().filter(|one| one.is_named_by(envelope)).collect();
    match channels.iter().any(|one| one.has_version_of(envelope)) {
        true => channels.retain(|one| one.has_version_of(envelope)),
        false => channels.retain(|one| one.version.is_none()),
    }
    channels
}

impl Inner {
    /// One that says the same as another is that one, delivered again.
    fn deliver(&mut self, key: Key, message: Message) {
        let now = Instant::now();
        self.forget(now);
        let kept = self.kept.entry(key.clone()).or_default();
        if kept.iter().rev().take(MOST_COMPARED).any(|(_, known)| known.0 == message.0) {
            return;
        }
        self.n_delivered += 1;
        let message = (self.n_delivered, message);
        kept.push_back(message.clone());
        self.order.push_back((now, key.clone()));
        for told in self.waiting.remove(&key).unwrap_or_default() {
            // A receiver that gave up waiting is no error.
            let _ = told.try_send((key.clone(), message.clone()));
        }
    }

    /// The first message under these keys that was not shown.
    fn next(&self, keys: &[Key], shown: &Shown) -> Option<(Key, Numbered)> {
        let unseen = keys.iter().filter_map(|key| {
            let mut kept = self.kept.get(key)?.iter();
            Some((key, kept.find(|(number, _)| shown.is_new(key, *number))?))
        });
        let (key, message) = unseen.min_by_key(|(_, (number, _))| *number)?;
        Some((key.clone(), message.clone()))
    }

    /// Makes room for one message more.
    fn forget(&mut self, now: Instant) {
        while let Some((since, key)) = self.order.front() {
            let is_over = now - *since >= KEPT_FOR;
            if self.order.len() < MOST_KEPT && !is_over {
                break;
            }
            self.n_forgotten += u64::from(!is_over);
            if let Some(kept) = self.kept.get_mut(key) {
                kept.pop_front();
                if kept.is_empty() {
                    self.kept.remove(key);
                }
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

    static PLACED: Channel = Channel::PLACED;
    static PROMISE: Promise =
        Promise { id: "placed", kept_by: KeptBy::Message(&PLACED), ..Promise::NEW };
    static CHECKOUT: Workflow = Workflow { id: "checkout", promises: &[&PROMISE], ..Workflow::NEW };
    static SYSTEM: System = System { channels: &[&PLACED], workflows: &[&CHECKOUT], ..System::NEW };

    fn message(text: &str) -> Message {
        Message(Arc::new(json!(text)))
    }

    #[test]
    fn the_oldest_message_gives_way() {
        let mut inner = Inner::default();
        let key = |text: &str| ("OrderPlaced", text.to_owned());
        let n_kept = |inner: &Inner| inner.kept.get(&key("a")).map_or(0, VecDeque::len);
        for text in ["first", "first", "second"] {
            inner.deliver(key("a"), message(text));
        }
        for number in 2..MOST_KEPT {
            inner.deliver(key(&number.to_string()), message(""));
        }
        assert_eq!((n_kept(&inner), inner.n_forgotten), (2, 0));
        inner.deliver(key("b"), message(""));
        assert_eq!((n_kept(&inner), inner.n_forgotten), (1, 1));
        inner.deliver(key("c"), message(""));
        assert_eq!((n_kept(&inner), inner.n_forgotten), (0, 2));
    }

    #[tokio::test]
    async fn a_visit_is_shown_no_message_twice() {
        let messages = Arc::new(Messages::new(&SYSTEM));
        let publish = |status: &str| {
            let mut envelope = envelope("1", "a");
            envelope["detail"]["status"] = status.into();
            messages.published(&envelope, Timestamp::UNIX_EPOCH);
        };
        let mut shown = Shown::default();
        publish("paid");
        publish("shipped");
        publish("shipped");
        for status in ["paid", "shipped"] {
            let next = messages.wait(&["OrderPlaced"], "a", &mut shown, Duration::ZERO).await;
            assert_eq!(next.unwrap().text("/status"), status);
        }
        let none = messages.wait(&["OrderPlaced"], "a", &mut shown, Duration::ZERO).await;
        assert!(none.is_none());
        let waits = tokio::spawn({
            let messages = Arc::clone(&messages);
            async move { messages.wait(&["OrderPlaced"], "a", &mut shown, Duration::from_secs(9)).await }
        });
        tokio::task::yield_now().await;
        publish("done");
        assert_eq!(waits.await.unwrap().unwrap().text("/status"), "done");
        let mut other = Shown::default();
        let first = messages.wait(&["OrderPlaced"], "a", &mut other, Duration::ZERO).await;
        assert_eq!(first.unwrap().text("/status"), "paid");
    }

    #[test]
    fn events_are_told_apart_by_source_and_version() {
        static SECOND: Channel = Channel { id: "Second", version: Some(2), ..PLACED };
        static ANYBODYS: Channel =
            Channel { id: "Paid", source: None, detail_type: "Paid", ..PLACED };
        static ALL: System = System { channels: &[&PLACED, &SECOND, &ANYBODYS], ..System::NEW };
        let ids = |source: &str, detail_type: &str, version: Value| {
            let detail = json!({"version": version});
            let envelope = json!({"source": source, "detail-type": detail_type, "detail": detail});
            let ids: Vec<_> = named(&ALL, &envelope).iter().map(|one| one.id).collect();
            ids.join(" ")
        };
        assert_eq!(ids("orders", "OrderPlaced", 1.into()), "OrderPlaced");
        assert_eq!(ids("orders", "OrderPlaced", 2.0.into()), "Second");
        assert_eq!(ids("bank", "Paid", Value::Null), "Paid");
        assert_eq!(ids("bank", "OrderPlaced", Value::Null), "");
    }

    #[tokio::test]
    async fn what_may_have_been_overlooked_is_told() {
        let messages = Messages::new(&SYSTEM);
        assert!(
            messages
                .wait(&["OrderPlaced"], "a", &mut Shown::default(), Duration::ZERO)
                .await
                .is_none()
        );
        assert!(messages.doubts().is_empty());
        messages.lock().n_forgotten = 7;
        assert!(
            messages
                .wait(&["OrderPlaced"], "a", &mut Shown::default(), Duration::ZERO)
                .await
                .is_none()
        );
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
                messages
                    .wait(
                        &["Other", "OrderPlaced"],
                        "a",
                        &mut Shown::default(),
                        Duration::from_secs(9),
                    )
                    .await
            })
        };
        tokio::task::yield_now().await;
        messages.published(&envelope("1", "a"), Timestamp::UNIX_EPOCH);
        assert_eq!(waits.await.unwrap().unwrap().text("/checkoutId"), "a");
        let later = messages
            .wait(&["OrderPlaced"], "a", &mut Shown::default(), Duration::ZERO)
            .await
            .unwrap();
        assert_eq!(later.payload(), &json!({"checkoutId": "a"}));
        assert!(
            messages
                .wait(&["OrderPlaced"], "b", &mut Shown::default(), Duration::from_millis(1))
                .await
                .is_none()
        );
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
