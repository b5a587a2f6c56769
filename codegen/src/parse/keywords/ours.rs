//! Our own vocabulary: the extensions that bind a contract to tables, events and functions.

use crate::parse::shape::{Field, Form, Shape, honoured, refused};
use crate::parse::{Node, Value};

/// The extensions, each with the objects it belongs to.
const PLACES: &[(&str, &str)] = &[
    ("x-dynamodb", "an operation of an OpenAPI document"),
    ("x-dynamodb-access", "an operation"),
    ("x-dynamodb-table", "the schema of a table's items"),
    ("x-dynamodb-set", "a property of a table's items that is an array"),
    ("x-attribute", "a property of a table's items"),
    ("x-jwt", "a security scheme whose credentials are tokens"),
    ("x-publishes", "an operation of an OpenAPI document, or a `receive` operation"),
    ("x-lambda", "the root of an OpenAPI document, or a `receive` operation"),
    ("x-generated", "a property that the service sets"),
    ("x-transitions", "the schema of an enum"),
    ("x-version", "a property that counts the changes of its object"),
    ("x-idempotency", "an operation of an OpenAPI document"),
    ("x-objective", "an operation of an OpenAPI document"),
    ("x-cors", "the root of an OpenAPI document"),
    ("x-owner", "a key of a table, a parameter, or a property of a request body"),
    ("x-sensitive", "a schema or a parameter"),
    ("x-sunset", "something that is `deprecated`"),
    ("x-error", "the schema of a problem"),
    ("x-eventbridge", "the `bindings` of a channel"),
    ("x-dynamodb-stream", "the `bindings` of a channel"),
    ("x-amazon-events-source", "a message"),
    ("x-amazon-events-detail-type", "a message"),
    ("x-event-source", "a `receive` operation"),
    ("x-external", "a channel or an operation of an AsyncAPI document"),
    ("x-workload", "a workflow of an Arazzo document"),
    ("x-promise", "a step of a workflow"),
    ("x-test-data", "a property of a workflow's `inputs`"),
];

/// Those whose names are everyday words, so that other tools may use them for something else.
const COMMON: [&str; 7] = [
    "x-error",
    "x-external",
    "x-generated",
    "x-objective",
    "x-promise",
    "x-transitions",
    "x-version",
];

/// Objects that describe a document, where `x-owner` is a team.
const DESCRIBING: [&str; 5] = ["AsyncAPI document", "OpenAPI document", "info", "server", "tag"];

/// Whether one of our extensions is an everyday word where it has no effect: nobody meant ours.
#[must_use]
pub fn is_common(name: &str, shape: &str) -> bool {
    // EventBridge's schema registry writes the names of an event in the schema of its envelope.
    let is_of_registry = name.starts_with("x-amazon-events-") && shape == "schema";
    COMMON.contains(&name) || is_of_registry || (name == "x-owner" && DESCRIBING.contains(&shape))
}

/// Whether an extension is about a property, so that it counts beside the reference to the property's schema.
#[must_use]
pub fn counts_beside_ref(name: &str) -> bool {
    ["x-attribute", "x-dynamodb-set", "x-generated", "x-owner", "x-version"].contains(&name)
}

/// Whether the name of one of our extensions is an everyday word.
#[must_use]
pub fn is_everyday(name: &str) -> bool {
    COMMON.contains(&name) || name == "x-owner"
}

/// The names of our extensions.
pub fn names() -> impl Iterator<Item = &'static str> {
    PLACES.iter().map(|(name, _)| *name)
}

/// Where one of our extensions belongs; `None` for anybody else's.
#[must_use]
pub fn place_of(name: &str) -> Option<&'static str> {
    PLACES.iter().find(|(known, _)| *known == name).map(|(_, place)| *place)
}

const fn ours(
    name: &'static str,
    fields: &'static [Field],
    required: &'static [&'static str],
) -> Shape {
    Shape { name, fields, required, referable: false, beside_ref: false, ours: true }
}

/// `service.yaml`: the documents of a service that are called otherwise.
pub static SERVICE_FILE: Shape =
    ours("service file", &[honoured("openapi", Form::Text), honoured("asyncapi", Form::Text)], &[]);

/// `x-lambda`
pub static LAMBDA: Shape = ours(
    "x-lambda",
    &[
        honoured("name", Form::Text),
        honoured("memory", Form::Count),
        honoured("timeout", Form::Count),
        honoured("architecture", Form::Choice(&["arm64", "x86_64"])),
        honoured("reservedConcurrency", Form::Count),
        honoured("maximumRetryAttempts", Form::Count),
        honoured("maximumEventAgeInSeconds", Form::Count),
        honoured("onFailure", Form::Text),
        honoured("environment", Form::Map(&VARIABLE_FORM)),
        honoured("services", Form::Map(&Form::Object(&OUTSIDE_SERVICE))),
        honoured("vpc", Form::Flag),
        honoured("layers", Form::List(&Form::Text)),
        honoured("ephemeralStorage", Form::Count),
        honoured("provisionedConcurrency", Form::Count),
        honoured("deployment", Form::Choose(deployment_form)),
        honoured("logLevel", Form::Choice(&["DEBUG", "INFO", "WARN", "ERROR", "OFF"])),
        honoured("systemLogLevel", Form::Choice(&["DEBUG", "INFO", "WARN"])),
        honoured("logFormat", Form::Choice(&["JSON"])),
        refused("alias", "write `deployment: allAtOnce`: it has versions and the alias `live`"),
        refused("canary", "write `deployment: {canary: {percent: 10, minutes: 5}}`"),
        honoured("statements", Form::List(&Form::Object(&STATEMENT))),
    ],
    &[],
);

const VARIABLE_FORM: Form = Form::Choose(variable_form);

/// A value, or what each stage says.
fn variable_form(node: &Node) -> Form {
    match node.value {
        Value::Map(_) => Form::Object(&VARIABLE),
        _ => Form::Any,
    }
}

static VARIABLE: Shape = ours(
    "variable",
    &[
        honoured("default", Form::Any),
        honoured("secret", Form::Text),
        honoured("parameter", Form::Text),
        honoured("key", Form::Text),
        honoured("kmsKey", Form::Text),
        honoured("refreshSeconds", Form::Count),
        refused("ssm", "write `parameter` for one in Parameter Store"),
    ],
    &[],
);

static OUTSIDE_SERVICE: Shape = ours(
    "service",
    &[
        honoured("url", Form::Choose(url_form)),
        honoured("secret", Form::Text),
        honoured("parameter", Form::Text),
        honoured("key", Form::Text),
        honoured("kmsKey", Form::Text),
        honoured("refreshSeconds", Form::Count),
    ],
    &["url"],
);

/// The URL of a service outside, or what each stage says.
fn url_form(node: &Node) -> Form {
    match node.value {
        Value::Map(_) => Form::Object(&STAGE_URL),
        _ => Form::Text,
    }
}

static STAGE_URL: Shape = ours("url", &[honoured("default", Form::Text)], &[]);

/// How invocations move to a new version.
fn deployment_form(node: &Node) -> Form {
    match node.value {
        Value::Map(_) => Form::Object(&DEPLOYMENT),
        _ => Form::Choice(&["allAtOnce"]),
    }
}

static DEPLOYMENT: Shape = ours(
    "deployment",
    &[honoured("canary", Form::Object(&STEP)), honoured("linear", Form::Object(&STEP))],
    &[],
);

static STEP: Shape = ours(
    "step",
    &[honoured("percent", Form::Count), honoured("minutes", Form::Count)],
    &["percent", "minutes"],
);

static STATEMENT: Shape = ours(
    "statement",
    &[
        honoured("actions", Form::List(&Form::Text)),
        honoured("resources", Form::List(&Form::Text)),
        honoured("reason", Form::Text),
    ],
    &["actions", "resources", "reason"],
);

/// `x-jwt`
pub static JWT: Shape = ours(
    "x-jwt",
    &[
        honoured("issuer", Form::Text),
        honoured("audience", Form::Any),
        honoured("jwks", Form::Text),
        honoured("cognitoUserPool", Form::Text),
        honoured("scopes", Form::Text),
        honoured("leewaySeconds", Form::Count),
    ],
    &[],
);

/// `x-cors`: an origin, or a mapping.
#[must_use]
pub fn cors_form(node: &Node) -> Form {
    match &node.value {
        Value::Map(_) => Form::Object(&CORS),
        // Whatever is no origin is refused as such.
        _ => Form::Any,
    }
}

static CORS: Shape = ours(
    "x-cors",
    &[
        honoured("origins", Form::List(&Form::Text)),
        honoured("credentials", Form::Flag),
        honoured("maxAgeSeconds", Form::Count),
    ],
    &["origins"],
);

/// `x-owner`: `$claims.sub`, or a mapping.
#[must_use]
pub fn owner_form(node: &Node) -> Form {
    match node.text() {
        Some(_) => Form::Text,
        None => Form::Object(&OWNER),
    }
}

static OWNER: Shape =
    ours("x-owner", &[honoured("claim", Form::Text), honoured("unless", Form::Text)], &["claim"]);

/// `x-dynamodb`
pub static DYNAMODB: Shape = ours(
    "x-dynamodb",
    &[
        honoured(
            "action",
            Form::Choice(&[
                "get",
                "batchGet",
                "create",
                "put",
                "upsert",
                "replace",
                "patch",
                "update",
                "increment",
                "delete",
                "query",
                "list",
                "count",
            ]),
        ),
        honoured("table", Form::Text),
        honoured("index", Form::Text),
        honoured("limit", Form::Text),
        honoured("next", Form::Text),
        honoured("key", Form::Map(&Form::Text)),
        honoured("keys", Form::Text),
        honoured("sort", Form::Object(&SORT)),
        honoured("order", Form::Choice(&["ascending", "descending"])),
        honoured("filter", Form::Text),
        honoured("set", Form::Map(&Form::Any)),
        honoured("add", Form::Map(&Form::Any)),
        honoured("remove", Form::List(&Form::Text)),
        honoured("consistent", Form::Flag),
        honoured("condition", Form::Text),
        honoured("onConditionFailed", Form::Any),
    ],
    &["action", "table"],
);

/// `x-idempotency`
pub static IDEMPOTENCY: Shape = ours(
    "x-idempotency",
    &[
        honoured("table", Form::Text),
        honoured("header", Form::Text),
        honoured("keepSeconds", Form::Count),
    ],
    &["table"],
);

/// `x-objective`
pub static OBJECTIVE: Shape = ours(
    "x-objective",
    &[honoured("errors", Form::Number), honoured("latencyMs", Form::Count)],
    &[],
);

static SORT: Shape = ours(
    "sort",
    &[
        honoured("=", Form::Text),
        honoured("<", Form::Text),
        honoured("<=", Form::Text),
        honoured(">", Form::Text),
        honoured(">=", Form::Text),
        honoured("between", Form::List(&Form::Text)),
        honoured("beginsWith", Form::Text),
    ],
    &[],
);

/// `x-dynamodb-access`
pub const DYNAMODB_ACCESS: Form = Form::List(&Form::Object(&ACCESS));

static ACCESS: Shape = ours(
    "x-dynamodb-access",
    &[
        honoured("table", Form::Text),
        honoured(
            "actions",
            Form::List(&Form::Choice(&[
                "get",
                "put",
                "update",
                "delete",
                "query",
                "scan",
                "batchGet",
                "batchWrite",
                "check",
            ])),
        ),
        honoured("indexes", Form::List(&Form::Text)),
    ],
    &["table", "actions"],
);

/// `x-dynamodb-table`
pub static TABLE: Shape = ours(
    "x-dynamodb-table",
    &[
        honoured("name", Form::Text),
        honoured("existing", Form::Choose(existing_form)),
        honoured("partitionKey", Form::Choose(key_form)),
        honoured("sortKey", Form::Choose(key_form)),
        honoured("indexes", Form::List(&Form::Object(&INDEX))),
        honoured("ttl", Form::Text),
        refused(
            "stream",
            "a channel names the table whose stream it is: `bindings: {x-dynamodb-stream: {table: …}}`",
        ),
    ],
    &["name", "partitionKey"],
);

static INDEX: Shape = ours(
    "index",
    &[
        honoured("name", Form::Text),
        honoured("local", Form::Flag),
        honoured("partitionKey", Form::Choose(key_form)),
        honoured("sortKey", Form::Choose(key_form)),
        honoured("projection", Form::Choose(projection_form)),
    ],
    &["name"],
);

/// A table that is there: `true`, an ARN, or what another stack exports.
fn existing_form(node: &Node) -> Form {
    match node.value {
        Value::Map(_) => Form::Object(&EXISTING),
        Value::Flag(_) => Form::Flag,
        _ => Form::Text,
    }
}

static EXISTING: Shape = ours("existing table", &[honoured("import", Form::Text)], &["import"]);

/// A key attribute: a property, or an attribute that is composed. Lists are refused in words of their own.
fn key_form(node: &Node) -> Form {
    match node.value {
        Value::Map(_) => Form::Object(&COMPOSED),
        Value::List(_) => Form::List(&Form::Text),
        _ => Form::Text,
    }
}

static COMPOSED: Shape = ours(
    "composed key",
    &[honoured("attribute", Form::Text), honoured("value", Form::Text)],
    &["attribute", "value"],
);

/// What an index holds: `all`, `keys`, or properties.
fn projection_form(node: &Node) -> Form {
    match node.value {
        Value::List(_) => Form::List(&Form::Text),
        _ => Form::Choice(&["all", "keys"]),
    }
}

/// `x-eventbridge`
pub static EVENTBRIDGE: Shape = ours(
    "x-eventbridge",
    &[
        honoured("bus", Form::Text),
        honoured("ruleName", Form::Text),
        honoured("pattern", Form::Map(&Form::Any)),
        honoured("deadLetterQueue", Form::Text),
        honoured("retryPolicy", Form::Object(&RETRY_POLICY)),
        honoured("messageGroupId", Form::Text),
        honoured("deduplicationId", Form::Text),
        honoured("schedule", Form::Text),
        honoured("input", Form::Map(&Form::Any)),
    ],
    &[],
);

static RETRY_POLICY: Shape = ours(
    "retryPolicy",
    &[
        honoured("maximumRetryAttempts", Form::Count),
        honoured("maximumEventAgeInSeconds", Form::Count),
    ],
    &[],
);

/// `x-event-source`
pub static EVENT_SOURCE: Shape = ours(
    "x-event-source",
    &[
        honoured("batchSize", Form::Count),
        honoured("maximumBatchingWindowInSeconds", Form::Count),
        honoured("maximumConcurrency", Form::Count),
        honoured("startingPosition", Form::Choice(&["TRIM_HORIZON", "LATEST"])),
        honoured("parallelizationFactor", Form::Count),
        honoured("bisectBatchOnFunctionError", Form::Flag),
        honoured("maximumRetryAttempts", Form::Count),
        honoured("maximumRecordAgeInSeconds", Form::Count),
        honoured("onFailure", Form::Text),
    ],
    &[],
);

/// `x-dynamodb-stream`
pub static DYNAMODB_STREAM: Shape = ours(
    "x-dynamodb-stream",
    &[
        honoured("table", Form::Text),
        honoured(
            "view",
            Form::Choice(&["NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE", "KEYS_ONLY"]),
        ),
    ],
    &["table"],
);

/// `x-workload`
pub static LOAD: Shape = ours(
    "x-workload",
    &[
        honoured("weight", Form::Number),
        honoured("before", Form::Count),
        honoured("after", Form::Text),
    ],
    &[],
);

/// `x-promise`
pub static PROMISE: Shape = ours(
    "x-promise",
    &[
        honoured("step", Form::Text),
        honoured("key", Form::Text),
        honoured("items", Form::Text),
        honoured("id", Form::Text),
        honoured("equals", Form::Text),
        honoured("requestedAt", Form::Text),
        honoured("createdAt", Form::Text),
        honoured("list", Form::Object(&PROMISE_LIST)),
    ],
    &[],
);

static PROMISE_LIST: Shape = ours(
    "list",
    &[honoured("operationId", Form::Text), honoured("key", Form::Text)],
    &["operationId", "key"],
);

/// `x-test-data`: `unique`, or a mapping.
#[must_use]
pub fn data_form(node: &Node) -> Form {
    match node.text() {
        Some(_) => Form::Choice(&["unique"]),
        None => Form::Object(&DATA),
    }
}

static DATA: Shape = ours(
    "x-test-data",
    &[
        honoured("file", Form::Text),
        honoured("column", Form::Text),
        honoured("unique", Form::Flag),
        honoured("values", Form::Count),
        honoured("skew", Form::Number),
    ],
    &[],
);

/// `spec/defaults.yaml`
pub static DEFAULTS: Shape = ours(
    "defaults",
    &[
        honoured("events", Form::Object(&EVENTS)),
        honoured("alarms", Form::Choice(&["service", "operation"])),
        honoured("layout", Form::Choice(&["single", "per-service"])),
    ],
    &[],
);

static EVENTS: Shape = ours(
    "set of defaults",
    &[
        honoured("bus", Form::Text),
        honoured("source", Form::Text),
        honoured("detailType", Form::Text),
        honoured("delivery", Form::Choice(&["direct", "queue"])),
    ],
    &[],
);
