//! Single mutations of contracts: what people change in operations, messages, queues, rules and tables.

use serde_json::{Value, json};

use super::super::schemas::draw as schemas;
use super::draw::{self, INDEXES, PARAMETERS, chance, pick};
use crate::mutation::Dice;

const GET: &str = "/openapi/paths/~1things/get";
const BODY: &str = "/openapi/paths/~1things/post/requestBody";
const READ: &str = "/openapi/paths/~1things~1{id}/get/responses/200";
const BRIDGE: &str = "/asyncapi/channels/in/bindings/x-eventbridge";
const SQS: &str = "/asyncapi/channels/in/bindings/sqs";
const MESSAGES: &str = "/asyncapi/components/messages";
const TABLE: &str = "/openapi/components/schemas/Thing/x-dynamodb-table";

/// A change of one thing.
type Mutation = fn(&mut Dice, &mut Value);

/// Mutations, each with what it is called.
const MUTATIONS: [(&str, Mutation); 14] = [
    ("parameter", parameter),
    ("parameter", parameter),
    ("body", body),
    ("response", response),
    ("response", response),
    ("header", header),
    ("operation", operation),
    ("security", security),
    ("message", message),
    ("queue", queue),
    ("queue", queue),
    ("rule", rule),
    ("table", table),
    ("item", item),
];

/// Changes one thing; answers which kind of thing.
pub(super) fn mutate(dice: &mut Dice, contracts: &mut Value) -> &'static str {
    let (name, change) = MUTATIONS[dice.below(MUTATIONS.len())];
    change(dice, contracts);
    name
}

fn at<'v>(contracts: &'v mut Value, pointer: &str) -> &'v mut Value {
    contracts.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing stands at `{pointer}`"))
}

fn without(of: &mut Value, key: &str) {
    of.as_object_mut().unwrap().remove(key);
}

fn flip(of: &mut Value) {
    *of = json!(!of.as_bool().unwrap_or_default());
}

fn parameter(dice: &mut Dice, contracts: &mut Value) {
    let list = at(contracts, &format!("{GET}/parameters")).as_array_mut().unwrap();
    let free: Vec<&str> = PARAMETERS
        .iter()
        .filter(|name| list.iter().all(|one| one["name"] != **name))
        .copied()
        .collect();
    if list.is_empty() || (chance(dice, 5) && !free.is_empty()) {
        let name = pick(dice, &free);
        return list.push(draw::parameter(dice, name));
    }
    let place = dice.below(list.len());
    let one = &mut list[place];
    match dice.below(6) {
        0 => drop(list.remove(place)),
        1 => flip(&mut one["required"]),
        2 => one["schema"] = draw::scalar(dice),
        3 if !free.is_empty() => one["name"] = json!(free[0]),
        4 => one["in"] = json!(if one["in"] == "query" { "header" } else { "query" }),
        _ => one["schema"] = schemas::changed(dice, &one["schema"]),
    }
}

fn contents(dice: &mut Dice, contents: &mut Value) {
    match dice.below(4) {
        0 if contents.get("text/plain").is_some() => without(contents, "text/plain"),
        0 => contents["text/plain"] = json!({"schema": {"type": "string"}}),
        1 if contents.get("text/plain").is_some() => without(contents, "application/json"),
        _ => {
            let schema = &mut contents["application/json"]["schema"];
            *schema = schemas::changed(dice, schema);
        }
    }
}

fn body(dice: &mut Dice, new: &mut Value) {
    match dice.below(5) {
        0 => flip(&mut at(new, BODY)["required"]),
        1 if chance(dice, 3) => without(at(new, "/openapi/paths/~1things/post"), "requestBody"),
        _ => contents(dice, at(new, &format!("{BODY}/content"))),
    }
}

fn response(dice: &mut Dice, new: &mut Value) {
    let listed = at(new, &format!("{GET}/responses")).as_object_mut().unwrap();
    let names: Vec<String> = listed.keys().cloned().collect();
    let name = pick(dice, &names);
    match dice.below(6) {
        0 if names.len() > 1 && name != "200" => drop(listed.remove(&name)),
        1 => {
            let status = pick(dice, &["201", "404", "409", "4XX", "default"]);
            listed.entry(status).or_insert(json!({"description": "d"}));
        }
        2 => {
            let moved = listed.remove("200").unwrap();
            listed.insert(pick(dice, &["201", "2XX"]).to_owned(), moved);
        }
        3 => contents(dice, at(new, &format!("{READ}/content"))),
        _ if listed[&name].get("content").is_some() => {
            contents(dice, &mut listed[&name]["content"])
        }
        _ => {}
    }
}

fn header(dice: &mut Dice, new: &mut Value) {
    let response = at(new, READ);
    let name = pick(dice, &["X-C", "X-D"]);
    if response["headers"].get(name).is_none() {
        let header = json!({"required": chance(dice, 2), "schema": draw::scalar(dice)});
        response["headers"][name] = header;
        return;
    }
    match dice.below(4) {
        0 => without(&mut response["headers"], name),
        1 => flip(&mut response["headers"][name]["required"]),
        2 => response["headers"][name]["schema"] = draw::scalar(dice),
        _ => {
            let schema = &mut response["headers"][name]["schema"];
            *schema = schemas::changed(dice, schema);
        }
    }
}

fn operation(dice: &mut Dice, new: &mut Value) {
    let paths = at(new, "/openapi/paths");
    match dice.below(6) {
        0 => without(&mut paths["/things"], "post"),
        1 => {
            paths["/things"]["delete"] =
                json!({"operationId": "clear", "responses": {"204": {"description": "d"}}})
        }
        2 => {
            let mut item = paths["/things/{id}"].take();
            without(paths, "/things/{id}");
            item["get"]["parameters"][0]["name"] = json!("thing");
            paths["/things/{thing}"] = item;
        }
        3 => {
            let item = paths["/things"].take();
            without(paths, "/things");
            paths["/wares"] = item;
        }
        4 => at(new, "/openapi")["servers"] = json!([{"url": "/v2"}]),
        _ => paths["/things"]["get"]["operationId"] = json!("all"),
    }
}

fn security(dice: &mut Dice, new: &mut Value) {
    let alternatives = [json!([]), json!([{"key": []}]), json!([{"key": []}, {}])];
    at(new, GET)["security"] = pick(dice, &alternatives);
}

fn message(dice: &mut Dice, new: &mut Value) {
    let name = pick(dice, &["Told", "Taken"]);
    let one = at(new, &format!("{MESSAGES}/{name}"));
    match dice.below(7) {
        0 => one["x-amazon-events-source"] = json!("t.other"),
        1 => one["x-amazon-events-detail-type"] = json!("Other"),
        2 => {
            let payload = one["payload"].take();
            one["payload"] = json!({"$ref": "#/components/schemas/Moved"});
            at(new, "/asyncapi/components")["schemas"] = json!({"Moved": payload});
        }
        3 => one["payload"]["required"] = pick(dice, &[json!([]), json!(["v", "w"])]),
        _ => {
            one["payload"]["properties"]["v"] =
                schemas::changed(dice, &one["payload"]["properties"]["v"])
        }
    }
}

fn queue(dice: &mut Dice, new: &mut Value) {
    let sqs = at(new, SQS);
    let suffix = if sqs["queue"]["fifoQueue"] == true { ".fifo" } else { "" };
    match dice.below(9) {
        0 => sqs["queue"]["visibilityTimeout"] = json!(60 + 30 * dice.below(3)),
        1 => sqs["queue"]["messageRetentionPeriod"] = json!(86_400 * (1 + dice.below(3))),
        2 => sqs["queue"]["deliveryDelay"] = json!(dice.below(20)),
        3 => sqs["queue"]["receiveMessageWaitTime"] = json!(5 + dice.below(15)),
        4 => sqs["queue"]["redrivePolicy"]["maxReceiveCount"] = json!(5 + dice.below(4)),
        5 => sqs["queue"]["name"] = json!(format!("Other{suffix}")),
        6 => {
            let name = json!(format!("Grave{suffix}"));
            sqs["queue"]["redrivePolicy"]["deadLetterQueue"]["name"] = name.clone();
            sqs["deadLetterQueue"]["name"] = name;
        }
        7 => {
            sqs["deadLetterQueue"]["messageRetentionPeriod"] =
                json!(604_800 + 604_800 * dice.below(2))
        }
        _ if suffix.is_empty() => {
            without(&mut sqs["queue"], "redrivePolicy");
            without(sqs, "deadLetterQueue");
        }
        _ => sqs["queue"]["deduplicationScope"] = json!(pick(dice, &["queue", "messageGroup"])),
    }
}

fn rule(dice: &mut Dice, new: &mut Value) {
    let bridge = at(new, BRIDGE);
    let patterns = [
        json!({"detail": {"w": ["a"]}}),
        json!({"detail": {"w": ["a", "b"]}}),
        json!({"detail": {"w": ["a", "b", "c"]}}),
        json!({"detail": {"w": [{"prefix": "a"}]}}),
        json!({"detail": {"w": [{"exists": true}]}}),
    ];
    match dice.below(4) {
        0 if bridge.get("pattern").is_some() => without(bridge, "pattern"),
        0 | 1 => bridge["pattern"] = pick(dice, &patterns),
        2 if bridge.get("messageGroupId").is_some() => {
            bridge["messageGroupId"] = json!("$.detail.v")
        }
        2 | 3 => {
            let policy = json!({"maximumRetryAttempts": 10 + dice.below(20), "maximumEventAgeInSeconds": 3600});
            bridge["retryPolicy"] = policy;
        }
        _ => {}
    }
}

fn table(dice: &mut Dice, new: &mut Value) {
    let schema = at(new, "/openapi/components/schemas/Thing");
    let table = &mut schema["x-dynamodb-table"];
    match dice.below(8) {
        0 => table["name"] = json!("ware"),
        1 => table["partitionKey"] = json!("owner"),
        2 if table.get("sortKey").is_some() => without(table, "sortKey"),
        2 => table["sortKey"] = json!("rank"),
        3 if table.get("ttl").is_some() => without(table, "ttl"),
        3 => table["ttl"] = json!("goes"),
        4 => {
            let all: Vec<Value> =
                INDEXES.iter().filter(|_| dice.below(2) == 0).map(draw::index).collect();
            table["indexes"] = json!(all);
        }
        5 if table["indexes"].as_array().is_some_and(|all| !all.is_empty()) => {
            table["indexes"][0]["sortKey"] = json!("ends");
        }
        5 | 6 => table["ttl"] = json!(pick(dice, &["ends", "goes"])),
        _ => schema["properties"]["id"] = json!({"type": "integer"}),
    }
    if at(new, TABLE)["partitionKey"] == "owner" {
        without(at(new, TABLE), "sortKey");
    }
}

fn item(dice: &mut Dice, new: &mut Value) {
    let schema = at(new, "/openapi/components/schemas/Thing");
    match dice.below(4) {
        0 => without(&mut schema["properties"], "more"),
        1 => schema["properties"]["less"] = draw::scalar(dice),
        2 => schema["required"].as_array_mut().unwrap().push(json!("more")),
        _ => schema["properties"]["more"] = schemas::changed(dice, &schema["properties"]["more"]),
    }
}
