//! Random contracts of one service: operations, messages both ways, a queue with its rule, and a table.

use serde_json::{Map, Value, json};

use super::super::schemas::draw;
use crate::mutation::Dice;

pub(super) fn chance(dice: &mut Dice, of: usize) -> bool {
    dice.below(of) == 0
}

/// One of some.
pub(super) fn pick<T: Clone>(dice: &mut Dice, from: &[T]) -> T {
    from[dice.below(from.len())].clone()
}

/// The schema of a parameter or header.
pub(super) fn scalar(dice: &mut Dice) -> Value {
    match dice.below(6) {
        0 => json!({"type": "string"}),
        1 => json!({"type": "string", "maxLength": 1 + dice.below(4)}),
        2 => json!({"type": "string", "enum": ["a", "b", "ab"]}),
        3 => json!({"type": "integer", "minimum": dice.below(3), "maximum": 3 + dice.below(4)}),
        4 => json!({"type": "number", "maximum": dice.below(9)}),
        _ => json!({"type": "boolean"}),
    }
}

/// The schema of a body.
fn object(dice: &mut Dice) -> Value {
    loop {
        let schema = draw::schema(dice, 2);
        if schema["type"] == "object" {
            return schema;
        }
    }
}

pub(super) fn parameter(dice: &mut Dice, name: &str) -> Value {
    let place = if name.starts_with("X-") { "header" } else { "query" };
    json!({"name": name, "in": place, "required": chance(dice, 3), "schema": scalar(dice)})
}

/// The names of parameters; those of headers start with `X-`.
pub(super) const PARAMETERS: [&str; 4] = ["q", "n", "X-A", "X-B"];

/// What a body may be.
pub(super) fn contents(dice: &mut Dice) -> Value {
    let mut made = Map::new();
    made.insert("application/json".to_owned(), json!({"schema": object(dice)}));
    if chance(dice, 3) {
        made.insert("text/plain".to_owned(), json!({"schema": {"type": "string"}}));
    }
    Value::Object(made)
}

pub(super) fn response(dice: &mut Dice) -> Value {
    let mut made = json!({"description": "d", "content": contents(dice)});
    for name in ["X-C", "X-D"] {
        if chance(dice, 2) {
            made["headers"][name] = json!({"required": chance(dice, 2), "schema": scalar(dice)});
        }
    }
    made
}

fn openapi(dice: &mut Dice) -> Value {
    let names = PARAMETERS.iter().filter(|_| dice.below(2) == 0).copied().collect::<Vec<_>>();
    let parameters: Vec<Value> = names.iter().map(|name| parameter(dice, name)).collect();
    let mut listed = json!({"200": response(dice)});
    for status in ["404", "4XX", "default"] {
        if chance(dice, 3) {
            listed[status] = response(dice);
        }
    }
    let mut security = json!([]);
    if chance(dice, 4) {
        security = json!([{"key": []}]);
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/things": {
                "get": {"operationId": "list", "security": security, "parameters": parameters, "responses": listed},
                "post": {
                    "operationId": "add",
                    "requestBody": {"required": chance(dice, 2), "content": contents(dice)},
                    "responses": {"204": {"description": "d"}},
                },
            },
            "/things/{id}": {"get": {
                "operationId": "read",
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "responses": {"200": response(dice)},
                "x-dynamodb-access": [{"table": "Thing", "actions": ["get"]}],
            }},
        },
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "x-api-key"}},
            "schemas": {"Thing": thing(dice)},
        },
    })
}

/// The items of the table.
fn thing(dice: &mut Dice) -> Value {
    let mut table = json!({"name": "thing", "partitionKey": "id"});
    if chance(dice, 2) {
        table["sortKey"] = json!("at");
    }
    if chance(dice, 2) {
        table["ttl"] = json!("ends");
    }
    let indexes: Vec<Value> = INDEXES.iter().filter(|_| dice.below(3) == 0).map(index).collect();
    table["indexes"] = json!(indexes);
    json!({
        "type": "object",
        "required": ["id", "at", "owner", "rank"],
        "x-dynamodb-table": table,
        "properties": {
            "id": {"type": "string", "minLength": 1},
            "at": {"type": "integer"},
            "owner": {"type": "string", "minLength": 1},
            "rank": {"type": "integer"},
            "ends": {"type": "integer", "format": "int64", "minimum": 0},
            "goes": {"type": "integer", "format": "int64", "minimum": 0},
            "more": draw::schema(dice, 1),
        },
    })
}

/// The indexes that a table may have, by partition key.
pub(super) const INDEXES: [&str; 3] = ["owner", "rank", "at"];

pub(super) fn index(key: &&str) -> Value {
    json!({"name": format!("by-{key}"), "partitionKey": key})
}

fn asyncapi(dice: &mut Dice) -> Value {
    let message = |name: &str, payload: Value| {
        json!({
            "x-amazon-events-source": format!("t.{name}"),
            "x-amazon-events-detail-type": name,
            "payload": {"type": "object", "required": ["v"], "properties": {"v": payload, "w": {"type": "string"}}},
        })
    };
    let fifo = chance(dice, 3);
    let name = |name: &str| if fifo { format!("{name}.fifo") } else { name.to_owned() };
    let mut queue = json!({
        "name": name("Queue"),
        "fifoQueue": fifo,
        "visibilityTimeout": 60 + 30 * dice.below(3),
        "messageRetentionPeriod": 86_400 * (1 + dice.below(3)),
        "deliveryDelay": dice.below(2) * 10,
        "receiveMessageWaitTime": 10 + dice.below(2) * 10,
        "redrivePolicy": {"deadLetterQueue": {"name": name("Dead")}, "maxReceiveCount": 5 + dice.below(3)},
    });
    let mut bridge = json!({"bus": "B"});
    if fifo {
        bridge["messageGroupId"] = json!("$.detail.w");
        queue["deduplicationScope"] = json!(pick(dice, &["queue", "messageGroup"]));
    } else if chance(dice, 2) {
        bridge["retryPolicy"] =
            json!({"maximumRetryAttempts": 20, "maximumEventAgeInSeconds": 3600});
    }
    if chance(dice, 2) {
        bridge["pattern"] = json!({"detail": {"w": ["a", "b"]}});
    }
    let dead =
        json!({"name": name("Dead"), "fifoQueue": fifo, "messageRetentionPeriod": 1_209_600});
    let told = draw::schema(dice, 1);
    let taken = draw::schema(dice, 1);
    let reference = |kind: &str, name: &str| json!({"$ref": format!("#/{kind}/{name}")});
    json!({
        "asyncapi": "3.0.0",
        "info": {"title": "T", "version": "1"},
        "channels": {
            "out": {
                "messages": {"Told": reference("components/messages", "Told")},
                "bindings": {"x-eventbridge": {"bus": "B"}},
            },
            "in": {
                "messages": {"Taken": reference("components/messages", "Taken")},
                "bindings": {"sqs": {"queue": queue, "deadLetterQueue": dead}, "x-eventbridge": bridge},
            },
        },
        "operations": {
            "tell": {"action": "send", "channel": reference("channels", "out"), "x-external": true},
            "take": {"action": "receive", "channel": reference("channels", "in"), "x-external": true},
        },
        "components": {"messages": {"Told": message("Told", told), "Taken": message("Taken", taken)}},
    })
}

/// The contracts of a service.
pub(super) fn contracts(dice: &mut Dice) -> Value {
    json!({"openapi": openapi(dice), "asyncapi": asyncapi(dice)})
}
