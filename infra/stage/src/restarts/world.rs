//! One stage's queues and buses, as the API shows them.

use super::draw::Op;
use crate::account::{ACCOUNT, REGION};
use crate::bus::{Attempt, BusService, Deliver, Delivery, DeliveryError, Origin};
use crate::clock::Clock;
use crate::fault::Calm;
use crate::log::Log;
use crate::queue::{NewMessage, QueueService, Settings};
use crate::routing;
use crate::scratch::Scratch;
use crate::startup::put_queue;
use crate::store::Store;
use crate::template::Plan;
use bytes::Bytes;
use hyper::Response;
use serde_json::{Value, json};
use std::sync::Arc;

/// A stage without a front.
pub(super) struct World {
    queues: QueueService,
    buses: BusService,
    /// Of each receive: the queue and the receipts.
    receipts: Vec<(&'static str, String)>,
    folder: Option<Scratch>,
}

/// Brings events to queues.
struct ToQueues(QueueService);

impl Deliver for ToQueues {
    fn deliver(&self, delivery: Delivery) -> Attempt<'_> {
        Box::pin(async move {
            let mut message = NewMessage::text(delivery.payload);
            message.group_id = delivery.message_group_id;
            let sent = self.0.queue_by_arn(&delivery.arn).and_then(|queue| queue.send(message));
            sent.map(|_| ()).map_err(DeliveryError::from)
        })
    }
}

impl World {
    pub(super) fn plain(clock: &Clock, template: &Plan) -> Self {
        Self::stood_up(None, clock, template)
    }

    pub(super) fn kept(clock: &Clock, template: &Plan) -> Self {
        Self::stood_up(Some(Scratch::new().expect("a folder")), clock, template)
    }

    /// What starts from what this one leaves when it is killed.
    pub(super) fn stopped(self, clock: &Clock, template: &Plan) -> Self {
        let left = self.folder.map(|folder| Scratch::copy_of(folder.path()).expect("a copy"));
        Self { receipts: self.receipts, ..Self::stood_up(left, clock, template) }
    }

    fn stood_up(folder: Option<Scratch>, clock: &Clock, template: &Plan) -> Self {
        let store = folder.as_ref().map(|folder| Store::open(folder.path()).expect("a store"));
        let settings = Settings {
            region: REGION.to_owned(),
            account: ACCOUNT.to_owned(),
            base_url: "http://127.0.0.1:1".to_owned(),
        };
        let calm = Arc::new(Calm);
        let queues = match store.clone() {
            Some(store) => QueueService::kept_in(store, settings, clock.clone(), calm.clone())
                .expect("queues can be read"),
            None => QueueService::new(settings, clock.clone(), calm.clone()),
        };
        for declared in &template.queues {
            put_queue(&queues, declared).expect("a queue");
        }
        let origin = Origin { region: REGION.to_owned(), account: ACCOUNT.to_owned() };
        let way = Arc::new(ToQueues(queues.clone()));
        let buses = BusService::kept_in(store, origin, clock.clone(), calm, way);
        routing::put_all(&buses, template).expect("the buses of the template");
        let log = Log::to(false, |entry| panic!("nothing is told: {entry:?}"));
        buses.take_up(&log).expect("buses can be read");
        Self { queues, buses, receipts: Vec::new(), folder }
    }

    /// Makes a call, and says what was answered.
    pub(super) async fn call(&mut self, op: &Op) -> String {
        let answer = match op {
            Op::Queue(action, body) => self.queue_call(action, body).await,
            Op::Bus(action, body) => self.buses.handle(action, body.to_string().as_bytes()).await,
            Op::Receive(queue, n) => {
                let body = json!({
                    "QueueUrl": url(queue), "MaxNumberOfMessages": n, "WaitTimeSeconds": 0,
                    "AttributeNames": ["All"], "MessageAttributeNames": ["All"],
                });
                let answer = self.queue_call("ReceiveMessage", &body).await;
                let told: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
                let messages = told["Messages"].as_array().into_iter().flatten();
                let receipts = messages.filter_map(|one| one["ReceiptHandle"].as_str());
                self.receipts.extend(receipts.map(|receipt| (*queue, receipt.to_owned())));
                answer
            }
            Op::Receipt(action, n, more) => {
                let Some((queue, receipt)) = self.receipts.get(*n % self.receipts.len().max(1))
                else {
                    return String::new();
                };
                let mut body = json!({ "QueueUrl": url(queue), "ReceiptHandle": receipt });
                for (name, value) in more.as_object().into_iter().flatten() {
                    body[name] = value.clone();
                }
                // Numbers of messages leave a gap at a stop, and are in receipts.
                return shown(&self.queue_call(action, &body).await).replace(receipt.as_str(), "*");
            }
            Op::Wait(_) | Op::Stop => return String::new(),
        };
        shown(&answer)
    }

    async fn queue_call(&self, action: &str, body: &Value) -> Response<Bytes> {
        self.queues.handle(action, body.to_string().as_bytes()).await
    }

    /// Waits until nothing moves by itself any more.
    pub(super) async fn settle(&self) {
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        while self.buses.stats().under_way > 0 {
            tokio::task::yield_now().await;
        }
    }

    /// Everything that calls can show, one line each.
    pub(super) async fn look(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for queue in self.queues.queues() {
            let asked = json!({ "QueueUrl": queue.url(), "AttributeNames": ["All"] });
            for action in ["GetQueueAttributes", "ListQueueTags", "ListDeadLetterSourceQueues"] {
                let answer = self.queue_call(action, &asked).await;
                lines.push(format!("{action} {}: {}", queue.name(), shown(&answer)));
            }
            for message in queue.peek(50) {
                let text = format!(
                    "message of {}: {} {:?} {:?} {:?} {} {:?}",
                    queue.name(),
                    message.body,
                    message.attributes,
                    message.group_id,
                    message.deduplication_id,
                    message.sent_ms,
                    message.dead_letter_source,
                );
                lines.push(text);
            }
        }
        let buses: Vec<String> = self.buses.state().buses().map(|bus| bus.name.clone()).collect();
        self.ask(&mut lines, "ListEventBuses", json!({})).await;
        self.ask(&mut lines, "ListArchives", json!({})).await;
        let archives = || -> Vec<String> {
            let state = self.buses.state();
            state.archives().archives().map(|archive| archive.name.clone()).collect()
        };
        for archive in &archives() {
            self.ask(&mut lines, "DescribeArchive", json!({ "ArchiveName": archive })).await;
        }
        for bus in &buses {
            self.look_at_bus(&mut lines, bus).await;
        }
        lines.push("that is all".to_owned());
        lines
    }

    async fn look_at_bus(&self, lines: &mut Vec<String>, bus: &str) {
        let rules: Vec<_> = match self.buses.state().bus(Some(bus)) {
            Ok(found) => found.rules().cloned().collect(),
            Err(_) => return,
        };
        self.ask(lines, "DescribeEventBus", json!({ "Name": bus })).await;
        self.ask(lines, "ListRules", json!({ "EventBusName": bus })).await;
        for rule in rules {
            let name = &rule.name;
            self.ask(lines, "ListTargetsByRule", json!({ "Rule": name, "EventBusName": bus }))
                .await;
            if rule.arn.contains(":rule/") {
                self.ask(lines, "ListTagsForResource", json!({ "ResourceARN": rule.arn })).await;
            }
            if rule.schedule.is_some() {
                lines.push(format!("{name} fires at {:?}", rule.next_ms));
            }
        }
    }

    async fn ask(&self, lines: &mut Vec<String>, action: &str, body: Value) {
        let answer = self.buses.handle(action, body.to_string().as_bytes()).await;
        lines.push(format!("{action} {body}: {}", shown(&answer)));
    }
}

/// The address of a queue.
pub(super) fn url(queue: &str) -> String {
    format!("http://127.0.0.1:1/{ACCOUNT}/{queue}")
}

/// An answer without what is drawn at random.
fn shown(answer: &Response<Bytes>) -> String {
    let mut body: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
    veil(&mut body);
    format!("{} {body}", answer.status().as_u16())
}

/// Hides ids, and when the template's own things were made, which is when the stage started.
fn veil(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(veil),
        Value::Object(members) => {
            let names = ["Name", "ArchiveName", "ArchiveArn"].map(|name| members.get(name));
            let is_declared = names.into_iter().flatten().filter_map(Value::as_str).any(|name| {
                ["default", "tbus", "tarchive"].iter().any(|declared| name.ends_with(declared))
            });
            for (name, value) in members.iter_mut() {
                let is_random =
                    ["MessageId", "ReceiptHandle", "SequenceNumber", "EventId", "TaskHandle"]
                        .contains(&name.as_str());
                // Events in archives are not kept.
                let is_lost = ["EventCount", "SizeBytes"].contains(&name.as_str());
                let is_time = ["CreationTime", "LastModifiedTime"].contains(&name.as_str());
                if is_random || is_lost || (is_time && is_declared) {
                    *value = "*".into();
                } else {
                    veil(value);
                }
            }
        }
        _ => {}
    }
}
