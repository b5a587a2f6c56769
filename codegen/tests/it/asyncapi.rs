//! The objects of AsyncAPI 3.0 and 3.1, key by key: none is dropped without a word.
//!
//! The keys are those of the specification's tables of fixed fields. For each, a document with the key is compared with
//! the same document without it.

use codegen::diag::{Diagnostic, Severity};
use codegen::source::SourceMap;
use codegen::{compile, text::FileSet};
use serde_json::{Value, json};

/// What becomes of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// The generated files change, or the contracts are refused.
    Honoured,
    /// Refused by its name.
    Refused,
    /// Named in a warning or note.
    Told,
    /// Words for people, which README.md lists.
    Words,
}
use Fate::{Honoured, Refused, Told, Words};

/// A document that uses every object once.
fn document() -> Value {
    json!({
        "asyncapi": "3.1.0",
        "info": {"title": "Shop", "version": "1.0.0"},
        "channels": {"orders": {"messages": {"Placed": {
            "payload": {"type": "object", "properties": {"id": {"type": "string"}}}
        }}}},
        "operations": {
            "tell": {"action": "send", "channel": {"$ref": "#/channels/orders"}},
            "take": {"action": "receive", "channel": {"$ref": "#/channels/orders"}}
        },
        "components": {}
    })
}

/// What a document comes to: the files and what is said, or what is said alone.
fn outcome(document: &Value) -> (Option<FileSet>, Vec<Diagnostic>) {
    let mut sources = SourceMap::default();
    sources
        .add("spec/shop/asyncapi.json".to_owned(), serde_json::to_string_pretty(document).unwrap());
    match compile(&sources) {
        Ok(compiled) => (Some(compiled.files), compiled.warnings),
        Err(diagnostics) => (None, diagnostics),
    }
}

/// The document with a value at a pointer, objects on the way made.
fn with(pointer: &str, value: Value) -> Value {
    let mut document = document();
    let mut at = &mut document;
    for step in pointer.split('/').skip(1) {
        at = match at {
            Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
            Value::Object(map) => map.entry(step).or_insert_with(|| json!({})),
            _ => panic!("{pointer} leads through a scalar"),
        };
    }
    *at = value;
    document
}

fn check(pointer: &str, value: Value, fate: Fate) {
    let (before, _) = outcome(&document());
    let before = before.expect("the document without the key is right");
    let (files, said) = outcome(&with(pointer, value));
    let names =
        |diagnostic: &Diagnostic, key: &str| diagnostic.message.contains(&format!("`{key}`"));
    let key = pointer.rsplit('/').next().unwrap();
    match fate {
        Honoured => {
            assert!(files.is_none_or(|files| files != before), "{pointer} has no effect: {said:#?}")
        }
        Refused => {
            let refused = |one: &Diagnostic| one.severity == Severity::Error && names(one, key);
            assert!(
                files.is_none() && said.iter().any(refused),
                "{pointer} is not refused: {said:#?}"
            );
        }
        Told => {
            let told = |one: &Diagnostic| one.severity != Severity::Error && names(one, key);
            assert!(
                files.is_some() && said.iter().any(told),
                "{pointer} is not told of: {said:#?}"
            );
        }
        Words => assert!(files.is_some(), "{pointer} is refused: {said:#?}"),
    }
}

#[test]
fn the_document() {
    check("/asyncapi", json!("2.6.0"), Honoured);
    check("/id", json!("urn:example:shop"), Words);
    check("/info/title", json!("Another"), Honoured);
    check("/info/version", json!("2.0.0"), Honoured);
    check("/info/description", json!("What it is."), Honoured);
    for key in ["termsOfService", "contact", "license", "tags", "externalDocs"] {
        check(&format!("/info/{key}"), json!([]), Words);
    }
    check("/servers", json!({"one": {"host": "example.org", "protocol": "amqp"}}), Told);
    check("/defaultContentType", json!("text/plain"), Honoured);
    check(
        "/channels/orders/messages/Placed/payload/properties/id/type",
        json!("integer"),
        Honoured,
    );
    check("/operations/tell/action", json!("receive"), Honoured);
}

#[test]
fn a_channel() {
    let at = |key: &str| format!("/channels/orders/{key}");
    check(&at("address"), json!("orders"), Words);
    for key in ["title", "summary", "description"] {
        check(&at(key), json!("Words."), Words);
    }
    check(&at("servers"), json!([]), Told);
    check("/channels/orders/parameters/region", json!({"description": "Where."}), Told);
    check("/channels/orders/parameters/region", json!({"location": "$message.payload#/id"}), Words);
    check(&at("tags"), json!([{"name": "one"}]), Words);
    check(&at("externalDocs"), json!({"url": "https://example.org"}), Words);
    check(&at("messages"), json!({}), Honoured);
    check(&at("x-external"), json!("yes"), Honoured);
    check(&at("bindings/x-eventbridge"), json!({"bus": "Other"}), Honoured);
    check(&at("bindings/sqs"), json!({"queue": {"name": "Orders", "fifoQueue": false}}), Honoured);
    for protocol in PROTOCOLS {
        check(&at(&format!("bindings/{protocol}")), json!({}), Told);
    }
}

/// The protocols that AsyncAPI 3.1 has bindings for, and that events do not travel over.
const PROTOCOLS: [&str; 19] = [
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
    "googlepubsub",
    "pulsar",
    "ibmmq",
    "ros2",
];

#[test]
fn an_operation() {
    let at = |key: &str| format!("/operations/take/{key}");
    check(&at("summary"), json!("Takes them."), Honoured);
    check(&at("description"), json!("Takes them all."), Honoured);
    check(&at("title"), json!("Words."), Words);
    check(&at("security"), json!([{"type": "plain"}]), Told);
    check(&at("tags"), json!([{"name": "one"}]), Words);
    check(&at("externalDocs"), json!({"url": "https://example.org"}), Words);
    check(&at("traits"), json!([{"summary": "Said by a trait."}]), Honoured);
    check(&at("messages"), json!([]), Honoured);
    check(&at("reply"), json!({"channel": {"$ref": "#/channels/orders"}}), Told);
    check(&at("reply"), json!({"address": {"location": "$message.header#/replyTo"}}), Refused);
    check(&at("reply"), json!({}), Told);
    check("/operations/tell/reply", json!({"channel": {"$ref": "#/channels/orders"}}), Told);
    for protocol in PROTOCOLS.into_iter().chain(["sqs"]) {
        check(&at(&format!("bindings/{protocol}")), json!({}), Told);
    }
}

#[test]
fn an_operation_trait() {
    let at = |key: &str| format!("/operations/take/traits/{key}");
    let given = |key: &str, value: Value| json!([{key: value}]);
    let of = |key: &str, value: Value, fate: Fate| {
        let document = with("/operations/take/traits", given(key, value));
        let (files, said) = outcome(&document);
        let told = said.iter().any(|one| one.message.contains(&format!("`{key}`")));
        match fate {
            Honoured => assert_ne!(files, outcome(&super::asyncapi::document()).0, "{}", at(key)),
            Told => assert!(told, "{} is not told of: {said:#?}", at(key)),
            Refused | Words => assert!(files.is_some(), "{} is refused: {said:#?}", at(key)),
        }
    };
    of("summary", json!("Takes them."), Honoured);
    of("description", json!("Takes them all."), Honoured);
    of("title", json!("Words."), Words);
    of("security", json!([{"type": "plain"}]), Told);
    of("tags", json!([]), Words);
    of("externalDocs", json!({"url": "https://example.org"}), Words);
    of("bindings", json!({"kafka": {}}), Words);
    of("x-lambda", json!({"memory": 512}), Honoured);
}

#[test]
fn a_message() {
    let at = |key: &str| format!("/channels/orders/messages/Placed/{key}");
    check(&at("payload"), json!({"type": "string"}), Honoured);
    check(
        &at("payload"),
        json!({"schemaFormat": "application/vnd.apache.avro;version=1.9.0", "schema": {}}),
        Honoured,
    );
    check(&at("headers"), json!({"type": "object"}), Told);
    check(&at("contentType"), json!("application/avro"), Honoured);
    check(&at("name"), json!("OrderPlaced"), Honoured);
    check(&at("title"), json!("Words."), Words);
    check(&at("summary"), json!("An order was placed."), Honoured);
    check(&at("description"), json!("An order was placed by somebody."), Honoured);
    check(&at("tags"), json!([{"name": "one"}]), Words);
    check(&at("externalDocs"), json!({"url": "https://example.org"}), Words);
    check(&at("traits"), json!([{"summary": "Said by a trait."}]), Honoured);
    check(&at("deprecated"), json!(true), Honoured);
    for protocol in PROTOCOLS.into_iter().chain(["sqs"]) {
        check(&at(&format!("bindings/{protocol}")), json!({}), Told);
    }
    let said = |value: Value, key: &str| {
        outcome(&with(&at(key), value)).1.into_iter().map(|one| one.code).collect::<Vec<_>>()
    };
    assert!(said(json!([{"payload": {"id": 5}}]), "examples").contains(&"bad-example"));
    assert!(
        said(json!({"location": "$message.header#/id"}), "correlationId")
            .contains(&"correlation-in-header")
    );
    assert!(
        said(json!({"location": "$message.payload#/no"}), "correlationId")
            .contains(&"correlation-nowhere")
    );
    assert!(said(json!({"location": "payload"}), "correlationId").contains(&"bad-expression"));
    assert!(
        !said(json!({"location": "$message.payload#/id"}), "correlationId")
            .iter()
            .any(|code| code.starts_with("correlation"))
    );
}

#[test]
fn a_message_trait() {
    let of = |key: &str, value: Value| {
        outcome(&with("/channels/orders/messages/Placed/traits", json!([{key: value}])))
    };
    let before = outcome(&document()).0;
    for (key, value) in [
        ("summary", json!("Said by a trait.")),
        ("description", json!("Said by a trait.")),
        ("name", json!("OrderPlaced")),
        ("contentType", json!("text/plain")),
        ("deprecated", json!(true)),
    ] {
        assert_ne!(of(key, value).0, before, "{key} of a trait has no effect");
    }
    for (key, value, code) in [
        ("headers", json!({"type": "object"}), "ignored-key"),
        ("correlationId", json!({"location": "$message.header#/id"}), "correlation-in-header"),
        ("examples", json!([{"payload": {"id": 5}}]), "bad-example"),
        ("bindings", json!({"kafka": {}}), "noted-key"),
    ] {
        assert!(
            of(key, value).1.iter().any(|one| one.code == code),
            "{key} of a trait is not told of"
        );
    }
    for key in ["title", "tags", "externalDocs"] {
        let value = if key == "title" { json!("Words.") } else { json!([]) };
        assert!(of(key, value).0.is_some(), "{key} of a trait is refused");
    }
}

#[test]
fn the_components() {
    for kind in [
        "schemas",
        "servers",
        "channels",
        "operations",
        "messages",
        "securitySchemes",
        "serverVariables",
        "parameters",
        "correlationIds",
        "replies",
        "replyAddresses",
        "externalDocs",
        "tags",
        "operationTraits",
        "messageTraits",
        "serverBindings",
        "channelBindings",
        "operationBindings",
        "messageBindings",
    ] {
        // What stands there has an effect where something refers to it; a key that is none is told of.
        let (files, said) = outcome(&with(&format!("/components/{kind}"), json!({})));
        assert!(files.is_some(), "{kind}: {said:#?}");
    }
    check("/components/somethingElse", json!({}), Told);
    let document =
        with("/components/correlationIds/one", json!({"location": "$message.header#/id"}));
    let mut document = document;
    document["channels"]["orders"]["messages"]["Placed"]["correlationId"] =
        json!({"$ref": "#/components/correlationIds/one"});
    assert!(outcome(&document).1.iter().any(|one| one.code == "correlation-in-header"));
}

#[test]
fn schemas_refer_to_schemas_with_their_format() {
    let format = "application/vnd.oai.openapi+json;version=3.0.0";
    let item = json!({"schemaFormat": format, "schema": {"type": "string", "maxLength": 7}});
    let order = json!({"schemaFormat": format, "schema": {"type": "object", "required": ["item"],
        "properties": {"item": {"$ref": "#/components/schemas/Item"}}}});
    let mut document = with("/components/schemas", json!({"Item": item, "Order": order}));
    document["channels"]["orders"]["messages"]["Placed"]["payload"] =
        json!({"$ref": "#/components/schemas/Order"});
    let (files, said) = outcome(&document);
    let files = files.unwrap_or_else(|| panic!("{said:?}"));
    let rules = files.get("shop/src/model/rules.rs").unwrap();
    assert!(rules.contains("max_length(7)"), "{rules}");
}

#[test]
fn a_reply_is_an_event_that_the_receiver_may_publish() {
    let reply = json!({"channel": {"$ref": "#/channels/answers"},
        "messages": [{"$ref": "#/channels/answers/messages/Accepted"}]});
    let mut document = with("/operations/take/reply", json!({"$ref": "#/components/replies/one"}));
    document["components"]["replies"]["one"] = reply;
    document["channels"]["answers"] = json!({"messages": {
        "Accepted": {"payload": {"type": "object", "properties": {"id": {"type": "string"}}}},
        "Unused": {"payload": {"type": "object", "properties": {"no": {"type": "string"}}}}
    }});
    let (files, said) = outcome(&document);
    let files = files.unwrap_or_else(|| panic!("{said:?}"));
    let events = files.get("shop/src/events.rs").unwrap();
    assert!(events.contains("pub async fn accepted("), "{events}");
    assert!(!events.contains("pub async fn unused("), "{events}");
    let codes: Vec<_> = said.iter().map(|one| one.code).collect();
    assert!(codes.contains(&"reply-as-event"), "{said:?}");
    let published = said.iter().filter(|one| one.code == "never-published");
    assert!(published.clone().all(|one| !one.message.contains("Accepted")), "{said:?}");

    // What an operation sends anyway is the same message.
    document["operations"]["answer"] =
        json!({"action": "send", "channel": {"$ref": "#/channels/answers"}});
    let (files, said) = outcome(&document);
    let files = files.unwrap_or_else(|| panic!("{said:?}"));
    let events = files.get("shop/src/events.rs").unwrap();
    assert_eq!(events.matches("pub async fn accepted").count(), 2, "one and many: {events}");

    // A reply of a channel whose messages are sent nowhere else has its own publisher's rights.
    let template = files.get("infra/template.yaml").unwrap();
    assert!(template.contains("events:PutEvents"), "{template}");
}

#[test]
fn a_schema_that_refers_to_a_message_means_its_payload() {
    let mut document = with(
        "/components/messages/Line",
        json!({"payload": {"type": "object", "required": ["sku"],
            "properties": {"sku": {"type": "string", "maxLength": 9}}}}),
    );
    document["channels"]["orders"]["messages"]["Placed"]["payload"]["properties"]["line"] =
        json!({"$ref": "#/components/messages/Line"});
    let (files, said) = outcome(&document);
    let files = files.unwrap_or_else(|| panic!("{said:?}"));
    assert!(said.iter().any(|one| one.code == "message-as-schema"), "{said:?}");
    let rules = files.get("shop/src/model/rules.rs").unwrap();
    assert!(rules.contains("max_length(9)"), "{rules}");
}

#[test]
fn everyday_words_are_other_peoples_extensions_where_ours_have_no_effect() {
    check("/info/x-owner", json!({"team": "orders"}), Told);
    check("/info/x-version", json!("2026-01"), Told);
    check("/operations/take/x-generated", json!(true), Told);
    check("/operations/take/x-owner", json!("orders"), Refused);
    check("/info/x-lambda", json!({"memory": 512}), Refused);
}
