//! AsyncAPI 3.0 and 3.1, with the SQS channel binding 0.3.0.

use crate::parse::node::Node;
use crate::parse::shape::{Field, Form, Shape, honoured, ignored, noted, refused};

use super::ours;
use super::schema::SCHEMA_FORM;

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
        noted("servers", ON_THE_BUS),
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

/// Why what a contract says of servers, addresses and other protocols changes nothing.
const ON_THE_BUS: &str = "events are sent over EventBridge (`x-eventbridge`) and SQS (`sqs`)";

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
        honoured("parameters", Form::Map(&Form::Object(&PARAMETER))),
        honoured("correlationIds", Form::Map(&Form::Object(&CORRELATION_ID))),
        honoured("replies", Form::Map(&Form::Object(&REPLY))),
        honoured("replyAddresses", Form::Map(&Form::Object(&REPLY_ADDRESS))),
        honoured("externalDocs", Form::Any),
        honoured("tags", Form::Any),
        honoured("operationTraits", Form::Map(&Form::Object(&OPERATION_TRAIT))),
        honoured("messageTraits", Form::Map(&Form::Object(&MESSAGE_TRAIT))),
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
        noted("servers", ON_THE_BUS),
        honoured("tags", Form::Any),
        honoured("externalDocs", Form::Any),
        honoured("bindings", Form::Object(&CHANNEL_BINDINGS)),
        honoured("parameters", Form::Map(&Form::Object(&PARAMETER))),
        honoured("x-external", Form::Flag),
    ],
    &[],
);

/// A part of a channel's address.
static PARAMETER: Shape = referable(
    "parameter",
    &[
        honoured("location", Form::Text),
        honoured("description", Form::Text),
        honoured("enum", Form::Any),
        honoured("default", Form::Any),
        honoured("examples", Form::Any),
    ],
    &[],
);

/// The bindings of a channel.
pub static CHANNEL_BINDINGS: Shape = referable("set of channel bindings", &ON_CHANNELS, &[]);

static ON_CHANNELS: [Field; OTHERS.len() + 3] = with_others([
    honoured("sqs", Form::Object(&SQS)),
    honoured("x-eventbridge", Form::Object(&ours::EVENTBRIDGE)),
    honoured("x-dynamodb-stream", Form::Object(&ours::DYNAMODB_STREAM)),
]);

static OPERATION_BINDINGS: Shape = referable("set of operation bindings", &ELSEWHERE, &[]);

static MESSAGE_BINDINGS: Shape = referable("set of message bindings", &ELSEWHERE, &[]);

static ELSEWHERE: [Field; OTHERS.len() + 1] = with_others([noted("sqs", IN_THE_CHANNEL)]);

const IN_THE_CHANNEL: &str = "SQS settings belong in the bindings of the channel";

/// The protocols that bindings exist for and that events do not travel over.
const OTHERS: [&str; 19] = [
    "http",
    "ws",
    "kafka",
    "anypointmq",
    "amqp",
    "amqp1",
    "mqtt",
    "mqtt5",
    "nats",
    "jms",
    "sns",
    "solace",
    "stomp",
    "redis",
    "mercure",
    "ibmmq",
    "googlepubsub",
    "pulsar",
    "ros2",
];

/// The bindings that are read, and those of all other protocols.
const fn with_others<const READ: usize, const ALL: usize>(read: [Field; READ]) -> [Field; ALL] {
    let mut fields = [noted("", ON_THE_BUS); ALL];
    let mut at = 0;
    while at < ALL {
        fields[at] = if at < READ { read[at] } else { noted(OTHERS[at - READ], ON_THE_BUS) };
        at += 1;
    }
    fields
}

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
        ignored("policy", "the queue policy is generated, and allows only the EventBridge rule"),
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
            "name a queue of this contract with `name`; queues of other systems are not supported",
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
        ignored("security", "generated IAM roles grant access to buses and queues"),
        honoured("bindings", Form::Object(&OPERATION_BINDINGS)),
        honoured("traits", Form::List(&Form::Object(&OPERATION_TRAIT))),
        honoured("reply", Form::Object(&REPLY)),
        honoured("x-event-source", Form::Object(&ours::EVENT_SOURCE)),
        honoured("x-lambda", Form::Object(&ours::LAMBDA)),
        honoured("x-dynamodb-access", ours::DYNAMODB_ACCESS),
        honoured("x-publishes", Form::List(&Form::Text)),
        honoured("x-external", Form::Flag),
    ],
    &["action", "channel"],
);

/// What operations share; it is merged into each that names it before anything else is looked at.
static OPERATION_TRAIT: Shape = referable(
    "operation trait",
    &[
        honoured("title", Form::Text),
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("tags", Form::Any),
        honoured("externalDocs", Form::Any),
        honoured("security", Form::Any),
        honoured("bindings", Form::Any),
        honoured("x-event-source", Form::Any),
        honoured("x-lambda", Form::Any),
        honoured("x-dynamodb-access", Form::Any),
        honoured("x-publishes", Form::Any),
        honoured("x-external", Form::Any),
    ],
    &[],
);

static REPLY: Shape = referable(
    "reply",
    &[
        honoured("address", Form::Object(&REPLY_ADDRESS)),
        honoured("channel", Form::Object(&CHANNEL)),
        honoured("messages", Form::List(&Form::Object(&MESSAGE))),
    ],
    &[],
);

static REPLY_ADDRESS: Shape = referable(
    "reply address",
    &[honoured("location", Form::Text), honoured("description", Form::Text)],
    &["location"],
);

static CORRELATION_ID: Shape = referable(
    "correlation id",
    &[honoured("location", Form::Text), honoured("description", Form::Text)],
    &["location"],
);

/// A message.
pub static MESSAGE: Shape = referable(
    "message",
    &[
        honoured("payload", Form::Choose(payload_form)),
        honoured("headers", Form::Choose(payload_form)),
        honoured("contentType", Form::Text),
        honoured("name", Form::Text),
        honoured("title", Form::Text),
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("tags", Form::Any),
        honoured("externalDocs", Form::Any),
        honoured("examples", Form::List(&Form::Any)),
        honoured("correlationId", Form::Object(&CORRELATION_ID)),
        honoured("deprecated", Form::Flag),
        honoured("bindings", Form::Object(&MESSAGE_BINDINGS)),
        honoured("traits", Form::List(&Form::Object(&MESSAGE_TRAIT))),
        honoured("x-amazon-events-source", Form::Text),
        honoured("x-amazon-events-detail-type", Form::Text),
        honoured("x-sunset", Form::Text),
    ],
    &[],
);

/// What messages share; it is merged into each that names it before anything else is looked at.
static MESSAGE_TRAIT: Shape = referable(
    "message trait",
    &[
        honoured("headers", Form::Any),
        honoured("contentType", Form::Any),
        honoured("name", Form::Text),
        honoured("title", Form::Text),
        honoured("summary", Form::Text),
        honoured("description", Form::Text),
        honoured("tags", Form::Any),
        honoured("externalDocs", Form::Any),
        honoured("examples", Form::Any),
        honoured("correlationId", Form::Any),
        honoured("deprecated", Form::Flag),
        honoured("bindings", Form::Any),
        honoured("x-amazon-events-source", Form::Text),
        honoured("x-amazon-events-detail-type", Form::Text),
        honoured("x-sunset", Form::Text),
    ],
    &[],
);

/// A schema, or one that names its own format beside it.
fn payload_form(node: &Node) -> Form {
    match with_format(node) {
        Some((format, _)) if is_schema_format(format) => Form::Object(&MULTI_FORMAT),
        Some(_) => Form::Object(&OTHER_FORMAT),
        None => match SCHEMA_FORM {
            Form::Choose(choose) => choose(node),
            form => form,
        },
    }
}

/// The format and the schema of an object that holds both. Where the format is left out, it is AsyncAPI's own.
#[must_use]
pub fn with_format(node: &Node) -> Option<(&str, &Node)> {
    let schema = node.get("schema");
    match node.get("schemaFormat") {
        Some(format) => Some((format.text().unwrap_or_default(), schema.unwrap_or(format))),
        None if node.get("type").or(node.get("properties")).is_some() => None,
        None => Some(("application/vnd.aai.asyncapi", schema?)),
    }
}

/// Whether a schema format is one whose keywords are read: AsyncAPI's own, JSON Schema, and OpenAPI's.
#[must_use]
pub fn is_schema_format(name: &str) -> bool {
    let media_type = scalars::media::essence(name);
    let plain = media_type.trim_end_matches("+json").trim_end_matches("+yaml");
    matches!(
        plain,
        "application/vnd.aai.asyncapi" | "application/schema" | "application/vnd.oai.openapi"
    )
}

static MULTI_FORMAT: Shape = Shape {
    name: "schema with its format",
    fields: &[honoured("schemaFormat", Form::Text), honoured("schema", SCHEMA_FORM)],
    required: &["schema"],
    referable: false,
    beside_ref: false,
    ours: false,
};

/// A schema in a language that is not read; each use of it is reported.
static OTHER_FORMAT: Shape = Shape {
    name: "schema with its format",
    fields: &[honoured("schemaFormat", Form::Text), honoured("schema", Form::Any)],
    required: &["schemaFormat"],
    referable: false,
    beside_ref: false,
    ours: false,
};
