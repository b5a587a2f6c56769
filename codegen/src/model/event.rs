//! Events: what is sent to a bus, and who receives it how.

use super::{Docs, Name, Origin, TableAccess, TableId, TypeId};

/// An EventBridge bus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bus {
    /// Its name: `SwnEventBus`; `default` is the account's own bus, which is not created.
    pub name: Name,
    /// Where it is named first.
    pub origin: Origin,
}

/// A message as a contract declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its name: `CheckoutBasket`.
    pub name: Name,
    /// `x-amazon-events-source`, or what `spec/defaults.yaml` makes of the sender's name; `None` on a received message
    /// whose sender nobody names: it is taken from any source
    pub source: Option<String>,
    /// `x-amazon-events-detail-type`, or what `spec/defaults.yaml` makes of the message's name
    pub detail_type: String,
    /// The version, where the payload has a required property `version` that allows a single integer.
    pub version: Option<i64>,
    /// The type of the payload, which is the event's `detail`; a struct or a union of structs.
    pub payload: TypeId,
    /// The address of its channel, which EventBridge has no place for.
    pub address: String,
    /// `parameters` of the channel as the contract writes them: EventBridge has no addresses that they would be parts of.
    pub parameters: Option<serde_json::Value>,
    /// `headers` as the contract writes them, which EventBridge has no place for.
    pub headers: Option<serde_json::Value>,
    /// Where a value stands that this message shares with those that belong to it (`correlationId`).
    pub correlation: Option<Correlation>,
    /// What it means.
    pub docs: Docs,
    /// Where it is declared.
    pub origin: Origin,
}

/// The place of a correlation id (`$message.payload#/order/id`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correlation {
    /// Which part of the message holds it.
    pub part: MessagePart,
    /// The JSON pointer into that part; empty for the whole of it.
    pub pointer: String,
}

/// The parts of a message that a runtime expression can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessagePart {
    /// `$message.header`
    Header,
    /// `$message.payload`
    Payload,
}

/// A message of a `send` operation.
#[derive(Debug, Clone, PartialEq)]
pub struct SentMessage {
    /// The message.
    pub message: Message,
    /// Where it goes.
    pub destination: Destination,
    /// `x-external: true`: systems outside of these contracts receive it.
    pub external: bool,
    /// The `send` operation.
    pub origin: Origin,
}

/// Where a sent message goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Destination {
    /// To the bus of this name (`bindings.x-eventbridge.bus`).
    Bus(String),
}

/// A `receive` operation: one function.
#[derive(Debug, Clone, PartialEq)]
pub struct Receive {
    /// The operation's id: `placeOrder`.
    pub id: Name,
    /// What it does.
    pub docs: Docs,
    /// The messages it takes; dispatched by source, detail-type and version.
    pub messages: Vec<Message>,
    /// How messages reach it.
    pub delivery: Delivery,
    /// What the function does with tables (`x-dynamodb-access`).
    pub access: Vec<TableAccess>,
    /// `x-publishes`, as indexes into `Service::sends`: queue chaining.
    pub publishes: Vec<usize>,
    /// The index of its function in `Service::functions`.
    pub function: usize,
    /// `x-external: true`: a system outside of these contracts sends its messages.
    pub external: bool,
    /// Where it is declared.
    pub origin: Origin,
}

/// How messages reach a function.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "there are few of them, and a box would be in every reader's way"
)]
pub enum Delivery {
    /// Polled: a rule puts them into a queue, an event source mapping takes them out.
    Queue(Box<QueueDelivery>),
    /// Asynchronous: a rule invokes the function.
    Direct(Box<DirectDelivery>),
    /// Polled: an event source mapping reads the stream of a table. There are no messages, but changes of items.
    Stream(Box<StreamDelivery>),
}

impl Delivery {
    /// The rule of a bus that it begins with.
    #[must_use]
    pub fn rule(&self) -> Option<&EventRule> {
        match self {
            Self::Queue(delivery) => Some(&delivery.rule),
            Self::Direct(delivery) => Some(&delivery.rule),
            Self::Stream(_) => None,
        }
    }

    /// The queues that messages or failures of it go through.
    pub fn queues(&self) -> impl Iterator<Item = &Queue> {
        let (queue, failures) = match self {
            Self::Queue(delivery) => (Some(&delivery.queue), &delivery.dead_letter),
            Self::Direct(delivery) => (None, &delivery.on_failure),
            Self::Stream(delivery) => (None, &delivery.on_failure),
        };
        let undelivered = self.rule().and_then(|rule| rule.dead_letter.as_ref());
        undelivered.into_iter().chain(queue).chain(failures)
    }

    /// The same queues, to be changed.
    pub(crate) fn queues_mut(&mut self) -> impl Iterator<Item = &mut Queue> {
        let (undelivered, queue, failures) = match self {
            Self::Queue(one) => {
                (one.rule.dead_letter.as_mut(), Some(&mut one.queue), one.dead_letter.as_mut())
            }
            Self::Direct(one) => (one.rule.dead_letter.as_mut(), None, one.on_failure.as_mut()),
            Self::Stream(one) => (None, None, one.on_failure.as_mut()),
        };
        undelivered.into_iter().chain(queue).chain(failures)
    }

    /// The table whose stream is read.
    #[must_use]
    pub fn stream(&self) -> Option<&StreamDelivery> {
        match self {
            Self::Stream(delivery) => Some(delivery),
            Self::Queue(_) | Self::Direct(_) => None,
        }
    }
}

/// Delivery by rule, queue and event source mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueDelivery {
    /// The rule.
    pub rule: EventRule,
    /// The queue.
    pub queue: Queue,
    /// Its dead-letter queue.
    pub dead_letter: Option<Queue>,
    /// `maxReceiveCount`; meaningful with a dead-letter queue.
    pub max_receive_count: u32,
    /// The poller.
    pub source: EventSource,
}

/// Delivery by rule alone.
#[derive(Debug, Clone, PartialEq)]
pub struct DirectDelivery {
    /// The rule.
    pub rule: EventRule,
    /// Retries by Lambda after the first attempt, 0 to 2.
    pub maximum_retry_attempts: u32,
    /// How old an event may get, in seconds, 60 to 21600.
    pub maximum_event_age_seconds: u32,
    /// The queue for events that the function failed to process.
    pub on_failure: Option<Queue>,
}

/// Delivery of the changes of a table's items (`x-dynamodb-stream`).
#[derive(Debug, Clone, PartialEq)]
pub struct StreamDelivery {
    /// The table, by one of its types of items: changes of the others are left out.
    pub table: TableId,
    /// What the receiver gets of an item.
    pub view: StreamView,
    /// Changes in a batch at most, 1 to 10,000.
    pub batch_size: u32,
    /// How long a batch may be gathered, in seconds, 0 to 300.
    pub window_seconds: u32,
    /// Whether it begins with the oldest change (`TRIM_HORIZON`) instead of the next one (`LATEST`).
    pub from_start: bool,
    /// Batches of a shard at a time, 1 to 10; changes of one partition key stay in order.
    pub parallelization: u32,
    /// Whether a batch that fails is split in two.
    pub bisects: bool,
    /// Attempts after the first; until the change expires where there is none.
    pub maximum_retry_attempts: Option<u32>,
    /// How old a change may get, in seconds; as old as the stream keeps it where there is none.
    pub maximum_record_age_seconds: Option<u32>,
    /// The queue that is told which changes were given up.
    pub on_failure: Option<Queue>,
}

/// What a stream has of an item, besides its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamView {
    /// The item after the change.
    pub new: bool,
    /// The item before the change.
    pub old: bool,
}

impl StreamView {
    /// The item before and after the change.
    pub const BOTH: Self = Self { new: true, old: true };

    /// Each by its name in DynamoDB.
    pub const ALL: [(&'static str, Self); 4] = [
        ("NEW_AND_OLD_IMAGES", Self::BOTH),
        ("NEW_IMAGE", Self { new: true, old: false }),
        ("OLD_IMAGE", Self { new: false, old: true }),
        ("KEYS_ONLY", Self { new: false, old: false }),
    ];

    /// Its name in DynamoDB.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, view)| *view == self).map_or("", |(name, _)| name)
    }

    /// The view that has what two have.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self { new: self.new || other.new, old: self.old || other.old }
    }
}

/// An EventBridge rule.
#[derive(Debug, Clone, PartialEq)]
pub struct EventRule {
    /// Its name: `OrderQueueRule`.
    pub name: Name,
    /// The bus.
    pub bus: String,
    /// What makes it send something.
    pub trigger: RuleTrigger,
    /// The queue for events that the rule could not deliver.
    pub dead_letter: Option<Queue>,
    /// Deliveries after the first, 0 to 185.
    pub maximum_retry_attempts: u32,
    /// How long delivery is tried, in seconds, 60 to 86400.
    pub maximum_event_age_seconds: u32,
}

/// What makes a rule send something to its target.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleTrigger {
    /// Events that match this pattern, which is complete: `source` and `detail-type` of the messages (in `$or` where not
    /// every source goes with every detail-type), and what the contract adds.
    Pattern(serde_json::Value),
    /// The time.
    Schedule(Schedule),
}

/// A rule's times; it stands on the default bus.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// `rate(5 minutes)` or `cron(0 3 * * ? *)`, in UTC.
    pub expression: String,
    /// The `detail` of every event that it makes, an object.
    pub input: serde_json::Value,
}

impl Schedule {
    /// The source of the events that schedules make.
    pub const SOURCE: &'static str = "aws.events";
    /// Their detail-type.
    pub const DETAIL_TYPE: &'static str = "Scheduled Event";

    /// The template of its events, with the places `<id>` and `<time>` of the event that EventBridge makes. A `<` of the
    /// input itself is escaped: it would begin a place.
    #[must_use]
    pub fn template(&self) -> String {
        let (source, detail_type) = (Self::SOURCE, Self::DETAIL_TYPE);
        // In JSON the sign stands within strings alone.
        let input = self.input.to_string().replace('<', "\\u003c");
        format!(
            r#"{{"id":<id>,"time":<time>,"source":"{source}","detail-type":"{detail_type}","detail":{input}}}"#
        )
    }
}

impl EventRule {
    /// The keys of a pattern that follow from the messages.
    pub const OF_MESSAGES: [&'static str; 3] = ["source", "detail-type", "$or"];

    /// The times of a rule that has some.
    #[must_use]
    pub fn schedule(&self) -> Option<&Schedule> {
        match &self.trigger {
            RuleTrigger::Schedule(schedule) => Some(schedule),
            RuleTrigger::Pattern(_) => None,
        }
    }
}

/// An SQS queue (AsyncAPI SQS channel binding 0.3.0). Times in seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Queue {
    /// Its name: `OrderQueue`; a FIFO queue's ends in `.fifo`.
    pub name: Name,
    /// First in, first out.
    pub fifo: Option<Fifo>,
    /// `deliveryDelay`, 0 to 900
    pub delay_seconds: u32,
    /// `visibilityTimeout`, 0 to 43200
    pub visibility_timeout_seconds: u32,
    /// `receiveMessageWaitTime`, 0 to 20
    pub receive_wait_seconds: u32,
    /// `messageRetentionPeriod`, 60 to 1209600
    pub retention_seconds: u32,
    /// `tags`
    pub tags: Vec<(String, String)>,
    /// Where it is declared.
    pub origin: Origin,
}

/// What a FIFO queue adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fifo {
    /// `deduplicationScope`: `queue` or `messageGroup`
    pub deduplication_scope: Option<String>,
    /// `fifoThroughputLimit`: `perQueue` or `perMessageGroupId`
    pub throughput_limit: Option<String>,
    /// The payload field that is the message group id, as a JSON path into the event: `$.detail.userName`.
    pub group_path: Option<String>,
    /// The payload field that stands for the event when repetitions are looked for, as a JSON path into the event:
    /// `$.detail.scanId`. Without one it is the bus' own id of the event.
    pub deduplication_path: Option<String>,
}

/// An event source mapping (`x-event-source`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventSource {
    /// Messages in a batch at most, 1 to 10 (to 10,000 with a window, not for FIFO).
    pub batch_size: u32,
    /// How long a batch may be gathered, in seconds, 0 to 300.
    pub window_seconds: u32,
    /// Invocations at a time at most, 2 to 1000.
    pub maximum_concurrency: Option<u32>,
}
