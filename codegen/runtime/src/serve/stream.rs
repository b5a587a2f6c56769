//! Batches of changes from the stream of a table.
//!
//! A batch is of one shard, and its order is the order of the changes. So records are processed one after the other, and
//! nothing behind the first failure is begun: the response names that record, and Lambda delivers the batch again from
//! there. Changes of items of other types, which a table may hold too, are skipped.

use std::sync::Arc;

use lambda_runtime::{Diagnostic, LambdaEvent};
use serde::Deserialize;
use tokio::time::Instant;

use super::outcome::{self, Done};
use super::queue::{BatchResponse, NotTried};
use super::{Error, EventError, Incoming, duration_ms, function_name, handled, run};
use crate::attribute::Image;
use crate::table::{is_item_of, load, load_key};
use crate::{Attributes, Context, Decode, EventContext, Failure, Item, TableError, Timestamp};

/// A change of an item of a table. Where the view of the stream has no image (`NEW_IMAGE`, `OLD_IMAGE`, `KEYS_ONLY`), the
/// item's key takes its place: `Change<Order, OrderKey>` has new items and, of old ones, the keys.
///
/// ```
/// use runtime::Change;
///
/// /// Whether an order was cancelled by this change.
/// fn is_cancelled(change: &Change<String>) -> bool {
///     match change {
///         Change::Inserted { .. } => false,
///         Change::Modified { old, new } => old != new && new == "cancelled",
///         Change::Removed { expired, .. } => !expired,
///     }
/// }
/// # let _ = is_cancelled;
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Change<New, Old = New> {
    /// An item was created.
    Inserted {
        /// The item.
        new: New,
    },
    /// An item was updated or replaced.
    Modified {
        /// The item before the change.
        old: Old,
        /// The item after the change.
        new: New,
    },
    /// An item was deleted.
    Removed {
        /// The deleted item.
        old: Old,
        /// Whether DynamoDB deleted it because its time to live was over.
        expired: bool,
    },
}

/// What a receiver gets of an item before or after a change.
pub trait View<T: Item> {
    /// Its type.
    type Seen: Send;

    /// Reads it from the image and the key of a record; `which` item it is of, in words.
    ///
    /// # Errors
    /// The item violates the contract, or the stream has another view.
    fn read(
        image: Option<Attributes>,
        key: &Attributes,
        which: &str,
    ) -> Result<Self::Seen, EventError>;
}

/// The view with the item itself.
#[derive(Debug)]
pub struct WholeItem;

/// The view with the item's key only.
#[derive(Debug)]
pub struct KeyOnly;

impl<T: Item> View<T> for WholeItem {
    type Seen = T;

    fn read(image: Option<Attributes>, _: &Attributes, which: &str) -> Result<T, EventError> {
        let image = image.ok_or_else(|| {
            let says = "the view of the stream lacks it";
            EventError::Reject(format!("the record has no {which} item: {says}"))
        })?;
        load::<T>(image).map_err(|error| rejected(which, error))
    }
}

impl<T: Item<Key: Decode>> View<T> for KeyOnly {
    type Seen = T::Key;

    fn read(_: Option<Attributes>, key: &Attributes, which: &str) -> Result<T::Key, EventError> {
        load_key::<T>(key.clone()).map_err(|error| rejected(which, error))
    }
}

/// The error of an item that violates the contract.
fn rejected(which: &str, error: TableError) -> EventError {
    EventError::Reject(format!("{which} item: {}", Failure::from(error).chain()))
}

/// A receiver of the changes of a table. Implemented by generated code.
pub trait StreamHandler: Send + Sync {
    /// The type of the items.
    type Item: Item;

    /// What it gets of an item after a change.
    type New: View<Self::Item>;

    /// What it gets of an item before a change.
    type Old: View<Self::Item>;

    /// The name of the service, which is a dimension of its metrics.
    const SERVICE: &'static str;

    /// The receive operation.
    const OPERATION: &'static str;

    /// Processes a change.
    fn handle(
        &self,
        cx: &EventContext,
        change: ChangeOf<Self>,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// A change as a receiver gets it.
pub(super) type ChangeOf<C> = Change<
    <<C as StreamHandler>::New as View<<C as StreamHandler>::Item>>::Seen,
    <<C as StreamHandler>::Old as View<<C as StreamHandler>::Item>>::Seen,
>;

/// The event of an event source mapping of a stream.
#[derive(Deserialize)]
pub(super) struct Batch {
    #[serde(rename = "Records")]
    records: Vec<Record>,
}

impl Incoming for Batch {
    const NAME: &'static str = "a batch of a DynamoDB stream";
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    #[serde(rename = "eventID", default)]
    event_id: String,
    event_name: Kind,
    dynamodb: Images,
    #[serde(default)]
    user_identity: Option<Identity>,
}

/// What happened to an item.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Kind {
    Insert,
    Modify,
    Remove,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Images {
    approximate_creation_date_time: Option<f64>,
    #[serde(default)]
    keys: Image,
    new_image: Option<Image>,
    old_image: Option<Image>,
    sequence_number: String,
}

/// Who changed the item, where it was DynamoDB itself.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    #[serde(default)]
    principal_id: String,
}

/// Processes changes of items until the platform ends the process.
///
/// A change that could not be processed is delivered again, with all that follow it in its shard, until the attempts of
/// the event source mapping are used up. Lambda has no way to skip the attempts of a rejected change.
///
/// # Errors
/// The process is not a Lambda function, or the Runtime API fails.
pub async fn serve_stream<C: StreamHandler>(consumer: C) -> Result<(), Error> {
    let function = function_name()?;
    let (consumer, function) = (&consumer, &function);
    run(move |event: LambdaEvent<Batch>| answer(consumer, function, event)).await
}

async fn answer<C: StreamHandler>(
    consumer: &C,
    function: &Arc<str>,
    event: LambdaEvent<Batch>,
) -> Result<BatchResponse, Diagnostic> {
    let started = Instant::now();
    let cx = Context::of_lambda(event.context, function);
    let (done, failed) = process(consumer, &cx, event.payload.records).await;
    outcome::tell(&cx, (C::SERVICE, C::OPERATION), &done, duration_ms(started));
    Ok(BatchResponse::of(failed))
}

/// Processes the records of a batch up to the first that fails; its sequence number is the second part.
async fn process<C: StreamHandler>(
    consumer: &C,
    cx: &Context,
    records: Vec<Record>,
) -> (Vec<Done>, Option<String>) {
    let mut all = Vec::with_capacity(records.len());
    for record in records {
        if !is_item_of::<C::Item>(&record.dynamodb.keys.0) {
            continue;
        }
        let sequence_number = record.dynamodb.sequence_number.clone();
        let done = process_record(consumer, cx, record).await;
        let has_failed = done.result.is_err();
        all.push(done);
        if has_failed {
            return (all, Some(sequence_number));
        }
    }
    (all, None)
}

async fn process_record<C: StreamHandler>(consumer: &C, cx: &Context, record: Record) -> Done {
    let since_ms = record.dynamodb.approximate_creation_date_time.map(milliseconds);
    let mut done = Done {
        message_id: None,
        event_id: Some(record.event_id.clone()),
        trace: cx.trace_id.clone(),
        attempt: 1,
        ms: None,
        delay_ms: None,
        result: Ok(()),
    };
    if Instant::now() >= cx.last_moment() {
        done.result = Err(NotTried::Late.into());
        return done;
    }
    let started = Instant::now();
    let event = EventContext {
        time: since_ms.and_then(|ms| Timestamp::UNIX_EPOCH.plus_micros(ms.saturating_mul(1_000))),
        ..EventContext::new(cx.clone(), &record.event_id)
    };
    done.result = match change::<C>(record) {
        Ok(change) => handled(cx, Box::pin(consumer.handle(&event, change))).await,
        Err(error) => Err(error),
    };
    done.ms = Some(duration_ms(started));
    done.delay_ms = since_ms.map(outcome::delay_ms);
    done
}

/// Seconds since 1970, as the stream has them, in milliseconds.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a time in milliseconds has far fewer than 63 bits"
)]
fn milliseconds(seconds: f64) -> i64 {
    (seconds * 1e3).round() as i64
}

/// The change that a record tells of; an item that violates the contract is rejected for good.
fn change<C: StreamHandler>(record: Record) -> Result<ChangeOf<C>, EventError> {
    let Record { event_name, dynamodb, user_identity, .. } = record;
    let Images { keys, new_image, old_image, .. } = dynamodb;
    let new = |image: Option<Image>| C::New::read(image.map(|one| one.0), &keys.0, "new");
    let old = |image: Option<Image>| C::Old::read(image.map(|one| one.0), &keys.0, "old");
    Ok(match event_name {
        Kind::Insert => Change::Inserted { new: new(new_image)? },
        Kind::Modify => Change::Modified { old: old(old_image)?, new: new(new_image)? },
        Kind::Remove => {
            let by_dynamodb = |one: &Identity| one.principal_id == "dynamodb.amazonaws.com";
            let expired = user_identity.as_ref().is_some_and(by_dynamodb);
            Change::Removed { old: old(old_image)?, expired }
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

    use std::collections::BTreeMap;
    use std::sync::Mutex;
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::*;
    use crate::{At, Composed, Encode, ItemKey, KeyNames, Layout, Sink, Violations};

    #[test]
    fn times_keep_their_milliseconds() {
        assert_eq!(milliseconds(1_480_642_019.0), 1_480_642_019_000);
        // Its nearest double is less.
        assert_eq!(milliseconds(2_147_500_000.002), 2_147_500_000_002);
    }

    /// An order, in a table that holds customers too.
    #[derive(Debug, Clone, PartialEq)]
    struct Order(BTreeMap<String, String>);

    impl Encode for Order {
        fn encode(&self, out: &mut dyn Sink) {
            self.0.encode(out);
        }
    }

    impl Decode for Order {
        fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
            // As the type of an `x-sensitive` schema does.
            Decode::decode(&at.secret(), out).map(Self)
        }
    }

    impl ItemKey for Order {
        fn to_key(&self) -> Attributes {
            Attributes::new()
        }
    }

    impl Item for Order {
        type Key = Self;

        const TABLE: &'static str = "SHOP_TABLE";
        const KEY: KeyNames = KeyNames { partition: "PK", sort: None };
        const LAYOUT: Layout = Layout {
            composed: &[Composed {
                attribute: "PK",
                before: "ORDER#",
                of: Some("id"),
                after: "",
                is_number: false,
            }],
            ..Layout::PLAIN
        };

        fn key(&self) -> Self {
            self.clone()
        }
    }

    /// Does what the new item says, and remembers what came in which order.
    #[derive(Default)]
    struct Obedient(Mutex<Vec<Change<Order>>>);

    impl StreamHandler for Obedient {
        type Item = Order;
        type New = WholeItem;
        type Old = WholeItem;

        const SERVICE: &'static str = "test";
        const OPERATION: &'static str = "obey";

        async fn handle(&self, cx: &EventContext, change: Change<Order>) -> Result<(), EventError> {
            assert_eq!(cx.time.unwrap().unix_millis(), 1_500);
            self.0.lock().unwrap().push(change.clone());
            let (Change::Inserted { new } | Change::Modified { new, .. }) = change else {
                return Ok(());
            };
            match new.0["does"].as_str() {
                "retry" => Err(Failure::message("not now").into()),
                "reject" => Err(EventError::Reject("never".to_owned())),
                "panic" => panic!("at the consumer"),
                "hang" => std::future::pending().await,
                _ => Ok(()),
            }
        }
    }

    fn image(id: &str, does: &str) -> Value {
        json!({"PK": {"S": format!("ORDER#{id}")}, "id": {"S": id}, "does": {"S": does}})
    }

    fn order(id: &str, does: &str) -> Order {
        Order([("id", id), ("does", does)].map(|(k, v)| (k.to_owned(), v.to_owned())).into())
    }

    fn record(sequence: usize, name: &str, pk: &str, old: &Value, new: &Value) -> Value {
        let mut record = json!({
            "eventID": format!("e{sequence}"), "eventName": name, "awsRegion": "r",
            "dynamodb": {
                "ApproximateCreationDateTime": 1.5, "SequenceNumber": sequence.to_string(),
                "Keys": {"PK": {"S": pk}}, "StreamViewType": "NEW_AND_OLD_IMAGES",
            },
        });
        for (key, image) in [("OldImage", old), ("NewImage", new)] {
            if !image.is_null() {
                record["dynamodb"][key] = image.clone();
            }
        }
        record
    }

    async fn processed(
        cx: &Context,
        records: Vec<Value>,
    ) -> (Vec<Change<Order>>, Vec<Done>, Option<String>) {
        let consumer = Obedient::default();
        let batch: Batch = serde_json::from_value(json!({ "Records": records })).unwrap();
        let (done, failed) = process(&consumer, cx, batch.records).await;
        (consumer.0.into_inner().unwrap(), done, failed)
    }

    fn minute() -> Context {
        Context::new("r", Duration::from_secs(60))
    }

    #[tokio::test]
    async fn changes_are_typed_and_others_items_are_skipped() {
        let (a, b, nothing) = (image("1", "a"), image("1", "b"), Value::Null);
        let mut expired = record(5, "REMOVE", "ORDER#1", &b, &nothing);
        expired["userIdentity"] =
            json!({"type": "Service", "principalId": "dynamodb.amazonaws.com"});
        let records = vec![
            record(1, "INSERT", "ORDER#1", &nothing, &a),
            record(2, "INSERT", "CUSTOMER#1", &nothing, &json!({"PK": {"S": "CUSTOMER#1"}})),
            record(3, "MODIFY", "ORDER#1", &a, &b),
            record(4, "REMOVE", "ORDER#1", &b, &nothing),
            expired,
        ];
        let (changes, done, failed) = processed(&minute(), records).await;
        let (a, b) = (|| order("1", "a"), || order("1", "b"));
        let expected = [
            Change::Inserted { new: a() },
            Change::Modified { old: a(), new: b() },
            Change::Removed { old: b(), expired: false },
            Change::Removed { old: b(), expired: true },
        ];
        assert_eq!(changes, expected);
        assert_eq!((done.len(), failed), (4, None));
        assert_eq!(done[1].event_id.as_deref(), Some("e3"));
    }

    #[tokio::test]
    async fn nothing_behind_a_failure_is_begun() {
        for does in ["retry", "reject", "panic"] {
            let insert = |sequence, does| {
                record(sequence, "INSERT", "ORDER#1", &Value::Null, &image("1", does))
            };
            let records = vec![insert(1, "ok"), insert(2, does), insert(3, "ok")];
            let (changes, done, failed) = processed(&minute(), records).await;
            assert_eq!((changes.len(), done.len()), (2, 2), "{does}");
            assert_eq!(failed.as_deref(), Some("2"), "{does}");
        }
    }

    #[tokio::test]
    async fn what_is_off_contract_is_rejected() {
        let wrong = json!({"PK": {"S": "ORDER#1"}, "id": {"S": "1"}, "does": {"N": "4242"}});
        let without = record(1, "MODIFY", "ORDER#1", &Value::Null, &image("1", "ok"));
        for record in [record(1, "INSERT", "ORDER#1", &Value::Null, &wrong), without] {
            let (changes, done, failed) = processed(&minute(), vec![record]).await;
            assert!(changes.is_empty());
            let Err(EventError::Reject(reason)) = &done[0].result else { panic!("not rejected") };
            assert!(!reason.contains("4242"), "a sensitive value is not told: {reason}");
            assert_eq!(failed.as_deref(), Some("1"));
        }
    }

    #[tokio::test]
    async fn the_deadline_ends_a_batch() {
        let insert = |does| record(1, "INSERT", "ORDER#1", &Value::Null, &image("1", does));
        let cx = Context::new("r", Context::MARGIN + Duration::from_millis(50));
        let (_, done, failed) = processed(&cx, vec![insert("hang")]).await;
        assert_eq!((done.len(), failed.as_deref()), (1, Some("1")));
        let late = Context::new("r", Duration::ZERO);
        let (changes, _, failed) = processed(&late, vec![insert("ok")]).await;
        assert_eq!((changes.len(), failed.as_deref()), (0, Some("1")));
    }

    /// Remembers the keys of what is there no more, and the items that are.
    #[derive(Default)]
    struct Present(Mutex<Vec<Change<Order>>>);

    impl StreamHandler for Present {
        type Item = Order;
        type New = WholeItem;
        type Old = KeyOnly;

        const SERVICE: &'static str = "test";
        const OPERATION: &'static str = "present";

        async fn handle(&self, _: &EventContext, change: Change<Order>) -> Result<(), EventError> {
            self.0.lock().unwrap().push(change);
            Ok(())
        }
    }

    #[tokio::test]
    async fn a_view_without_an_image_has_the_key_instead() {
        let consumer = Present::default();
        let (a, b, nothing) = (image("1", "a"), image("1", "b"), Value::Null);
        let records = json!({ "Records": [
            record(1, "MODIFY", "ORDER#1", &nothing, &a),
            record(2, "REMOVE", "ORDER#1", &nothing, &nothing),
            // A stream that others need more of has images that this receiver does not get.
            record(3, "MODIFY", "ORDER#1", &a, &b),
        ] });
        let batch: Batch = serde_json::from_value(records).unwrap();
        let (done, failed) = process(&consumer, &minute(), batch.records).await;
        assert_eq!((done.len(), failed), (3, None));
        // The key as properties: that of the table is composed.
        let key = || Order([("id".to_owned(), "1".to_owned())].into());
        let expected = [
            Change::Modified { old: key(), new: order("1", "a") },
            Change::Removed { old: key(), expired: false },
            Change::Modified { old: key(), new: order("1", "b") },
        ];
        assert_eq!(consumer.0.into_inner().unwrap(), expected);
    }
}
