//! Runtime expressions of links.

use serde_json::{Value, json};
use verify::expression::{Exchange, merge};
use verify::http::Answer;
use verify::request::{Body, Input, Request};

use crate::contract::parcels;

/// What an expression comes to after `DELETE /parcel/AB-1`, or rather what is answered like it in these tests.
#[track_caller]
fn check(expression: &Value, expected: Option<Value>) {
    let (_, system) = parcels();
    let operations = &system.services[0].operations;
    let operation = operations.iter().find(|one| one.id.wire == "recallParcel").unwrap();
    let input = Input {
        parameters: operation
            .parameters
            .iter()
            .map(|one| Some(json!(if one.name.wire == "code" { "AB-1" } else { "damaged" })))
            .collect(),
        body: Body::Json(json!({ "why": { "short": "wet" } })),
    };
    let request = Request::of(operation, &input);
    let answer = Answer {
        status: 200,
        headers: vec![("location".to_owned(), "/parcel/AB-1".to_owned())],
        body: br#"{"items":[{"id":7}],"next":null}"#.to_vec(),
    };
    let exchange = Exchange { operation, input: &input, request: &request, answer: &answer };
    assert_eq!(exchange.filled(expression), expected, "{expression}");
}

#[test]
fn parts_of_request_and_answer() {
    check(&json!("$response.body#/items/0/id"), Some(json!(7)));
    check(&json!("$response.body#/items/1/id"), None);
    check(&json!("$response.body#/next"), None);
    check(&json!("$response.body"), Some(json!({ "items": [{ "id": 7 }], "next": null })));
    check(&json!("$response.header.Location"), Some(json!("/parcel/AB-1")));
    check(&json!("$request.path.code"), Some(json!("AB-1")));
    check(&json!("$request.header.X-Reason"), Some(json!("damaged")));
    check(&json!("$request.query.code"), None);
    check(&json!("$request.body#/why/short"), Some(json!("wet")));
    check(&json!("$method"), Some(json!("DELETE")));
    check(&json!("$statusCode"), Some(json!(200)));
    check(&json!("$nothing"), None);
}

#[test]
fn values_with_expressions_in_them() {
    check(&json!("no expression"), Some(json!("no expression")));
    check(&json!("id-{$response.body#/items/0/id}!"), Some(json!("id-7!")));
    check(&json!("id-{$response.body#/nothing}"), None);
    let filled = json!({ "a": ["AB-1", 1], "b": { "c": 7 } });
    check(
        &json!({ "a": ["$request.path.code", 1], "b": { "c": "$response.body#/items/0/id" } }),
        Some(filled),
    );
    check(&json!({ "a": "$response.body#/next" }), None);
}

#[test]
fn a_body_of_a_link_replaces_what_it_names() {
    let mut base = json!({ "a": { "b": 1, "c": 2 }, "d": [1] });
    merge(&mut base, json!({ "a": { "c": 3 }, "d": [2], "e": 4 }));
    assert_eq!(base, json!({ "a": { "b": 1, "c": 3 }, "d": [2], "e": 4 }));
}
