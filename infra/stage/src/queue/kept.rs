//! Owns what a queue leaves in the store, and how it is made again from that: its settings, its messages wherever they
//! are, the deduplication ids that it remembers. It refuses to decide when something is written: the service does.
//!
//! Receipts count after the stage has been killed, as queues and messages keep their numbers. What is not kept: attempt
//! ids of receives, and figures.

use super::exchange::Departed;
use super::message::{Attribute, AttributeValue, Message, md5_hex};
use super::state::{QueueState, Visibility};
use crate::store::{Change, Kind};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// How many message numbers a queue sets aside at once, so that not every message writes how many there were.
pub(super) const BLOCK: u64 = 1_000;

/// What has changed since it was written last.
#[derive(Debug, Default)]
pub(super) struct Unwritten {
    /// The numbers of messages that came, went or moved.
    pub(super) messages: BTreeSet<u64>,
    /// Deduplication ids that were noted.
    pub(super) noted: Vec<(String, KeptSeen)>,
    /// Deduplication ids that were forgotten.
    pub(super) forgotten: Vec<String>,
}

/// A queue as it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptQueue {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) tags: BTreeMap<String, String>,
    pub(super) created_ms: u64,
    pub(super) modified_ms: u64,
    /// Every message has a number below it.
    pub(super) n_reserved: u64,
    /// When it was purged last.
    #[serde(default)]
    pub(super) purged_ms: Option<u64>,
    /// The attributes that the template gave it last.
    #[serde(default)]
    pub(super) declared: Option<BTreeMap<String, String>>,
}

/// A deduplication id as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeptSeen {
    pub(super) until_ms: u64,
    pub(super) id: Uuid,
    pub(super) sequence: u64,
}

/// A message as it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptMessage {
    id: Uuid,
    body: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<String, KeptAttribute>,
    trace_header: Option<String>,
    group_id: Option<String>,
    deduplication_id: Option<String>,
    sequence_number: Option<u64>,
    sent_ms: u64,
    dead_letter_source: Option<String>,
    n_received: u32,
    first_received_ms: Option<u64>,
    pub(super) last_received_ms: u64,
    pub(super) place: Visibility,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptAttribute {
    data_type: String,
    text: Option<String>,
    binary: Option<Vec<u8>>,
}

impl KeptMessage {
    pub(super) fn of(
        message: &Message,
        counts: (u32, Option<u64>, u64),
        place: Visibility,
    ) -> Self {
        let attributes = message.attributes.iter().map(|(name, attribute)| {
            let (text, binary) = match &attribute.value {
                AttributeValue::Text(text) => (Some(text.clone()), None),
                AttributeValue::Binary(bytes) => (None, Some(bytes.clone())),
            };
            (name.clone(), KeptAttribute { data_type: attribute.data_type.clone(), text, binary })
        });
        let (n_received, first_received_ms, last_received_ms) = counts;
        Self {
            id: message.id,
            body: message.body.clone(),
            attributes: attributes.collect(),
            trace_header: message.trace_header.clone(),
            group_id: message.group_id.as_deref().map(str::to_owned),
            deduplication_id: message.deduplication_id.clone(),
            sequence_number: message.sequence_number,
            sent_ms: message.sent_ms,
            dead_letter_source: message.dead_letter_source.as_deref().map(str::to_owned),
            n_received,
            first_received_ms,
            last_received_ms,
            place,
        }
    }

    pub(super) fn into_departed(self) -> Departed {
        let attributes = self.attributes.into_iter().map(|(name, kept)| {
            let value = match (kept.text, kept.binary) {
                (Some(text), _) => AttributeValue::Text(text),
                (None, bytes) => AttributeValue::Binary(bytes.unwrap_or_default()),
            };
            (name, Attribute { data_type: kept.data_type, value })
        });
        let message = Message {
            id: self.id,
            body_md5: md5_hex(&self.body),
            body: self.body,
            attributes: attributes.collect(),
            trace_header: self.trace_header,
            group_id: self.group_id.map(Arc::from),
            deduplication_id: self.deduplication_id,
            sequence_number: self.sequence_number,
            sent_ms: self.sent_ms,
            dead_letter_source: self.dead_letter_source.map(Arc::from),
        };
        Departed {
            message: Arc::new(message),
            n_received: self.n_received,
            first_received_ms: self.first_received_ms,
        }
    }
}

/// The key of a queue.
pub(super) fn queue_key(number: u64) -> Vec<u8> {
    number.to_be_bytes().to_vec()
}

/// The key of a message.
pub(super) fn message_key(queue: u64, message: u64) -> Vec<u8> {
    [queue.to_be_bytes(), message.to_be_bytes()].concat()
}

/// The key of a deduplication id.
pub(super) fn seen_key(queue: u64, id: &str) -> Vec<u8> {
    [&queue.to_be_bytes(), id.as_bytes()].concat()
}

/// The number of a queue, and what follows it in a key.
pub(super) fn split_key(key: &[u8]) -> Option<(u64, &[u8])> {
    let (queue, rest) = key.split_first_chunk()?;
    Some((u64::from_be_bytes(*queue), rest))
}

impl QueueState {
    /// What has changed since this was asked last, to be written.
    pub(crate) fn take_changes(&mut self) -> Vec<Change> {
        let number = self.number();
        let Some(unwritten) = self.unwritten() else { return Vec::new() };
        let unwritten = std::mem::take(unwritten);
        let mut changes = Vec::with_capacity(unwritten.messages.len());
        for message in unwritten.messages {
            let key = message_key(number, message);
            changes.push(match self.kept_message(message) {
                Some(kept) => Change::put(Kind::Message, key, &kept),
                None => Change::remove(Kind::Message, key),
            });
        }
        // An id may be forgotten and noted again in one change.
        for id in unwritten.forgotten {
            changes.push(Change::remove(Kind::Seen, seen_key(number, &id)));
        }
        for (id, seen) in unwritten.noted {
            changes.push(Change::put(Kind::Seen, seen_key(number, &id), &seen));
        }
        changes
    }
}

#[cfg(test)]
impl QueueState {
    /// A queue made again of what the store has: kinds, keys and values.
    pub(crate) fn made_again<'k>(
        number: u64,
        config: super::QueueConfig,
        n_taken: u64,
        kept: impl Iterator<Item = (u8, &'k [u8], &'k [u8])>,
    ) -> Self {
        let mut state = Self::new(number, config);
        state.keep(n_taken + BLOCK);
        let mut seen: Vec<(String, KeptSeen)> = Vec::new();
        for (kind, key, value) in kept {
            let Some((_, rest)) = split_key(key).filter(|(queue, _)| *queue == number) else {
                continue;
            };
            if kind == Kind::Message as u8 {
                let message = rest.first_chunk().map(|bytes| u64::from_be_bytes(*bytes));
                if let (Some(message), Ok(kept)) = (message, serde_json::from_slice(value)) {
                    state.take_up(message, kept);
                }
            } else if let Ok(kept) = serde_json::from_slice(value) {
                seen.push((String::from_utf8_lossy(rest).into_owned(), kept));
            }
        }
        seen.sort_by_key(|(_, kept)| kept.until_ms);
        for (id, kept) in seen {
            state.take_up_seen(id, &kept);
        }
        state
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;
    use crate::clock::Clock;
    use crate::fault::{Calm, Dice};
    use crate::queue::{NewMessage, Queue, QueueService, ReceiveOptions, Settings};
    use crate::scratch::Scratch;
    use crate::store::Store;
    use std::path::Path;
    use std::time::Duration;

    fn service(folder: &Path, clock: &Clock) -> QueueService {
        let settings = Settings {
            region: "us-east-1".to_owned(),
            account: "000000000000".to_owned(),
            base_url: "http://127.0.0.1:1".to_owned(),
        };
        let store = Store::open(folder).unwrap();
        QueueService::kept_in(store, settings, clock.clone(), Arc::new(Calm)).unwrap()
    }

    /// Everything that can be seen of a service.
    fn picture(service: &QueueService) -> Vec<String> {
        let of_queue = |queue: Queue| {
            let depth = queue.depth();
            let bodies: Vec<String> =
                queue.peek(100).iter().map(|message| message.body.clone()).collect();
            let attributes: Vec<_> = queue.config().all().collect();
            format!("{} {attributes:?} {:?} {depth:?} {bodies:?}", queue.name(), queue.tags())
        };
        service.queues().into_iter().map(of_queue).collect()
    }

    fn attributes(pairs: &[(&str, String)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    }

    fn created(service: &QueueService) -> [Queue; 3] {
        let dead = service.create("dead", &[].into(), [].into()).unwrap();
        let redrive = format!(r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":2}}"#, dead.arn());
        let work = attributes(&[("RedrivePolicy", redrive), ("VisibilityTimeout", "5".to_owned())]);
        let work =
            service.create("work", &work, [("a".to_owned(), "b".to_owned())].into()).unwrap();
        let fifo = attributes(&[
            ("FifoQueue", "true".to_owned()),
            ("ContentBasedDeduplication", "true".to_owned()),
        ]);
        [service.create("f.fifo", &fifo, [].into()).unwrap(), work, dead]
    }

    /// One change of queues, drawn.
    async fn change(
        queues: &[Queue; 3],
        receipts: &mut Vec<(usize, String)>,
        dice: &mut Dice,
        n: u64,
    ) {
        let which = dice.below(2) as usize;
        let queue = &queues[which];
        match dice.below(6) {
            0 | 1 => {
                let mut message = NewMessage::text(format!("{}", dice.below(20) + n / 50 * 20));
                message.delay_s = (which == 1 && dice.below(3) == 0).then_some(2);
                message.group_id = (which == 0).then(|| format!("g{}", dice.below(2)));
                let label = Attribute {
                    data_type: "Binary".to_owned(),
                    value: AttributeValue::Binary(vec![0, 255]),
                };
                message.attributes.insert("label".to_owned(), label);
                queue.send(message).unwrap();
            }
            2 | 3 => {
                let options = ReceiveOptions {
                    max_messages: 3,
                    wait_s: Some(0),
                    ..ReceiveOptions::default()
                };
                let received = queue.receive(&options).await.unwrap();
                receipts.extend(received.into_iter().map(|one| (which, one.receipt_handle)));
            }
            4 => {
                if let Some((which, receipt)) = receipts.pop() {
                    // Too late for some, which changes nothing.
                    let _ = queues[which].delete(&receipt);
                }
            }
            _ => {
                if let Some((which, receipt)) = receipts.first() {
                    let _ = queues[*which].change_visibility(receipt, 7);
                }
            }
        }
    }

    #[tokio::test]
    async fn a_stage_that_is_killed_after_any_write_leaves_everything_as_it_was() {
        let folder = Scratch::new().unwrap();
        let clock = Clock::manual(1_000_000);
        let first = service(folder.path(), &clock);
        let queues = created(&first);
        let (mut dice, mut receipts) = (Dice::seeded(11), Vec::new());
        for n in 0..200 {
            change(&queues, &mut receipts, &mut dice, n).await;
            clock.advance(Duration::from_millis(dice.below(900)));
            let left = Scratch::copy_of(folder.path()).unwrap();
            let second = service(left.path(), &clock);
            assert_eq!(picture(&second), picture(&first), "after change {n}");
        }
    }

    #[tokio::test]
    async fn numbers_and_deduplication_go_on_where_they_were() {
        let folder = Scratch::new().unwrap();
        let clock = Clock::manual(1_000_000);
        let send = |service: &QueueService, body: &str| {
            let mut message = NewMessage::text(body.to_owned());
            message.group_id = Some("g".to_owned());
            service.queue("f.fifo").unwrap().send(message).unwrap()
        };
        let first = service(folder.path(), &clock);
        created(&first);
        let before = send(&first, "one");
        let left = Scratch::copy_of(folder.path()).unwrap();
        let second = service(left.path(), &clock);
        let again = send(&second, "one");
        assert!(again.is_repetition && again.id == before.id);
        assert!(send(&second, "two").sequence_number > before.sequence_number);
        clock.advance(Duration::from_secs(300));
        let anew = send(&second, "one");
        assert!(!anew.is_repetition);
        let third = service(Scratch::copy_of(left.path()).unwrap().path(), &clock);
        assert_eq!(send(&third, "one").id, anew.id);
        // A receipt of before counts after it.
        let work = second.queue("work").unwrap();
        work.send(NewMessage::text("three".to_owned())).unwrap();
        let options = ReceiveOptions { wait_s: Some(0), ..ReceiveOptions::default() };
        let received = work.receive(&options).await.unwrap();
        let third =
            service(Scratch::copy_of(left.path()).unwrap().path(), &clock).queue("work").unwrap();
        assert_eq!(third.depth().in_flight, 1);
        third.delete(&received[0].receipt_handle).unwrap();
        assert_eq!(third.depth().in_flight, 0);
        // A queue that was deleted leaves nothing.
        second.queue("f.fifo").unwrap().remove().unwrap();
        let third = service(Scratch::copy_of(left.path()).unwrap().path(), &clock);
        assert_eq!(third.queues().len(), 2);
        assert!(third.create("other", &[].into(), [].into()).is_ok());
    }

    #[test]
    fn a_folder_has_one_stage_at_a_time() {
        let folder = Scratch::new().unwrap();
        let _first = Store::open(folder.path()).unwrap();
        let error = Store::open(folder.path()).unwrap_err();
        assert!(error.to_string().contains("another running stage"), "{error}");
    }
}
