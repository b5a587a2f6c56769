//! AsyncAPI 3.0, with the SQS channel binding 0.3.0.

use crate::parse::node::Node;
use crate::parse::shape::{Field, Form, Shape, honoured, ignored, refused};

use super::ours;
use super::schema::{SCHEMA, SCHEMA_FORM};

const fn object(
    name: &'static str,
    fields: &'static [Field],
    required: &'static [&'static str],
) -> Shape {
    Shape { name, fields, required, referable: false, beside_ref: false, ours: false }
}

const fn referable(
    name: &'static str,
    fields: &'static [Field],
    required: &'static [&'static str],
) -> Shape {
    Shape { name, fields, required, referable: true, beside_ref: false, ours: false }
}

/// An AsyncAPI document.
pub static DOCUMENT: Shape = object(
    "AsyncAPI document",
    &[
        honoured("asyncapi", Form::Text),
        honoured("id", Form::Text),
        honoured("info", Form::Object(&INFO)),
        honoured("servers", Form::Any),
        honoured("defaultContentType", Form::Text),
        honoured("channels", Form::Map(&Form::Object(&CHANNEL))),
        honoured("operations", Form::Map(&Form::Object(&OPERATION))),
        honoured("components", Form::Object(&COMPONENTS)),
    ],
    &["asyncapi", "info"],
);

static INFO: Shape = object(
    "info",
    &[
        honoured("title", Form::Text),
        honoured("version", Form::Text),
        honoured("description", Form::Text),
        honoured("termsOfService", Form::Any),
        honoured("contact", Form::Any),
        honoured("license", Form::Any),
        honoured("tags", Form::Any),
        honoured("externalDocs", Form::Any),
    ],
    &["title", "version"],
);

static COMPONENTS: Shape = object(
    "components",
    &[
        honoured("schemas", Form::Map(&Form::Choose(payload_form))),
        honoured("channels", Form::Map(&Form::Object(&CHANNEL))),
        honoured("operations", Form::Map(&Form::Object(&OPERATION))),
        honoured("messages", Form::Map(&Form::Object(&MESSAGE))),
        honoured("channelBindings", Form::Map(&Form::Object(&CHANNEL_BINDINGS))),
        honoured("servers", Form::Any),
        honoured("serverVariables", Form::Any),
        honoured("securitySchemes", Form::Any),
        honoured("parameters", Form::Any),
        honoured("correlationIds", Form::Any),
        honoured("replies", Form::Any),
        honoured("replyAddresses", Form::Any),
        honoured("externalDocs", Form::Any),
        honoured("tags", Form::Any),
        honoured("operationTraits", Form::Any),
        honoured("messageTraits", Form::Any),
        honoured("serverBindings", Form::Any),
        honoured("operationBindings", Form::Any),
        honoured("messageBindings", Form::Any),
    ],
    &[],
);

/// A channel.
pub static CHANNEL: Shape = referable(
    "channel",
    &[
        honoured("address", Form::Any),
        honoured("messages", Form::Map(&Form::Object(&MESSAGE))),
        honoured("title", Form::Text),
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("servers", Form::Any),
        honoured("tags", Form::Any),
        honoured("externalDocs", Form::Any),
        honoured("bindings", Form::Object(&CHANNEL_BINDINGS)),
        ignored("parameters", "a bus and a queue have fixed names"),
    ],
    &[],
);

/// The bindings of a channel.
pub static CHANNEL_BINDINGS: Shape = referable(
    "channel bindings",
    &[
        honoured("sqs", Form::Object(&SQS)),
        honoured("x-eventbridge", Form::Object(&ours::EVENTBRIDGE)),
        ignored("http", OTHER_PROTOCOL),
        ignored("ws", OTHER_PROTOCOL),
        ignored("kafka", OTHER_PROTOCOL),
        ignored("anypointmq", OTHER_PROTOCOL),
        ignored("amqp", OTHER_PROTOCOL),
        ignored("amqp1", OTHER_PROTOCOL),
        ignored("mqtt", OTHER_PROTOCOL),
        ignored("mqtt5", OTHER_PROTOCOL),
        ignored("nats", OTHER_PROTOCOL),
        ignored("jms", OTHER_PROTOCOL),
        ignored("sns", OTHER_PROTOCOL),
        ignored("solace", OTHER_PROTOCOL),
        ignored("stomp", OTHER_PROTOCOL),
        ignored("redis", OTHER_PROTOCOL),
        ignored("mercure", OTHER_PROTOCOL),
        ignored("ibmmq", OTHER_PROTOCOL),
        ignored("googlepubsub", OTHER_PROTOCOL),
        ignored("pulsar", OTHER_PROTOCOL),
    ],
    &[],
);

const OTHER_PROTOCOL: &str = "events travel over EventBridge (`x-eventbridge`) and SQS (`sqs`)";

static SQS: Shape = referable(
    "sqs binding",
    &[
        honoured("queue", Form::Object(&QUEUE)),
        honoured("deadLetterQueue", Form::Object(&QUEUE)),
        honoured("bindingVersion", Form::Text),
    ],
    &["queue"],
);

static QUEUE: Shape = referable(
    "queue",
    &[
        honoured("name", Form::Text),
        honoured("fifoQueue", Form::Flag),
        honoured("deduplicationScope", Form::Choice(&["queue", "messageGroup"])),
        honoured("fifoThroughputLimit", Form::Choice(&["perQueue", "perMessageGroupId"])),
        honoured("deliveryDelay", Form::Count),
        honoured("visibilityTimeout", Form::Count),
        honoured("receiveMessageWaitTime", Form::Count),
        honoured("messageRetentionPeriod", Form::Count),
        honoured("redrivePolicy", Form::Object(&REDRIVE)),
        honoured("tags", Form::Map(&Form::Text)),
        ignored("policy", "the queue's policy is generated, and lets the rule in and nobody else"),
    ],
    &["name", "fifoQueue"],
);

static REDRIVE: Shape = object(
    "redrive policy",
    &[
        honoured("deadLetterQueue", Form::Object(&QUEUE_NAME)),
        honoured("maxReceiveCount", Form::Count),
    ],
    &["deadLetterQueue"],
);

static QUEUE_NAME: Shape = object(
    "queue",
    &[
        honoured("name", Form::Text),
        refused(
            "arn",
            "name a queue of this contract with `name`; one from elsewhere cannot be used",
        ),
    ],
    &["name"],
);

/// An operation.
pub static OPERATION: Shape = referable(
    "operation",
    &[
        honoured("action", Form::Choice(&["send", "receive"])),
        honoured("channel", Form::Object(&CHANNEL)),
        honoured("messages", Form::List(&Form::Object(&MESSAGE))),
        honoured("title", Form::Text),
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("tags", Form::Any),
        honoured("externalDocs", Form::Any),
        ignored("security", "access to buses and queues is granted by generated roles"),
        ignored("bindings", "what EventBridge and SQS need stands in the bindings of the channel"),
        refused("traits", "write what the traits hold into the operation"),
        refused("reply", "an event has no reply; answer with an event of its own"),
        honoured("x-event-source", Form::Object(&ours::EVENT_SOURCE)),
        honoured("x-lambda", Form::Object(&ours::LAMBDA)),
        honoured("x-dynamodb-access", ours::DYNAMODB_ACCESS),
        honoured("x-publishes", Form::List(&Form::Text)),
    ],
    &["action", "channel"],
);

/// A message.
pub static MESSAGE: Shape = referable(
    "message",
    &[
        honoured("payload", Form::Choose(payload_form)),
        honoured("contentType", Form::Text),
        honoured("name", Form::Text),
        honoured("title", Form::Text),
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("tags", Form::Any),
        honoured("externalDocs", Form::Any),
        honoured("examples", Form::List(&Form::Any)),
        honoured("correlationId", Form::Any),
        honoured("deprecated", Form::Flag),
        ignored("headers", "an event has no headers; put what it tells into the payload"),
        ignored("bindings", "what EventBridge and SQS need stands in the bindings of the channel"),
        refused("traits", "write what the traits hold into the message"),
        honoured("x-amazon-events-source", Form::Text),
        honoured("x-amazon-events-detail-type", Form::Text),
        honoured("x-sunset", Form::Text),
    ],
    &["payload"],
);

/// A schema, or one that names its own format beside it.
fn payload_form(node: &Node) -> Form {
    match node.get("schemaFormat") {
        Some(_) => Form::Object(&MULTI_FORMAT),
        None => match SCHEMA_FORM {
            Form::Choose(choose) => choose(node),
            form => form,
        },
    }
}

static MULTI_FORMAT: Shape = Shape {
    name: "schema with its format",
    fields: &[honoured("schemaFormat", Form::Text), honoured("schema", Form::Object(&SCHEMA))],
    required: &["schemaFormat", "schema"],
    referable: false,
    beside_ref: false,
    ours: false,
};
