//! Values, parameters and bodies of which the contract leaves open what they are: alternatives, lists of types, ranges of
//! media types.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_imports,
    clippy::unwrap_used,
    reason = "a test may stop where it fails, and uses what it needs of a case"
)]

#[path = "../../cases/rust/choices/expected/model/mod.rs"]
#[rustfmt::skip]
mod model;
#[path = "../../cases/rust/choices/expected/operations/mod.rs"]
#[rustfmt::skip]
mod operations;
#[path = "../../cases/rust/choices/expected/routes.rs"]
#[rustfmt::skip]
mod routes;

use std::time::Duration;

use model::*;
use operations::*;
use runtime::{Context, Request, Response, decode_json, respond, to_json};
use serde_json::{Value, json};

struct Shop;

impl Operations for Shop {
    async fn send_choices(&self, _: &Context, _: SendChoicesInput) -> Result<(), SendChoicesError> {
        Ok(())
    }

    async fn read_choices(
        &self,
        _: &Context,
        input: ReadChoicesInput,
    ) -> Result<String, ReadChoicesError> {
        Ok(format!("{input:?}"))
    }

    async fn send_range(
        &self,
        _: &Context,
        input: SendRangeInput,
    ) -> Result<String, SendRangeError> {
        Ok(match input.body {
            SendRangeContent::Any(file) => format!("bytes {:?}", file.content_type),
            SendRangeContent::Text(text) => format!("text {text}"),
            SendRangeContent::Json(item) => format!("item {}", item.secret),
            SendRangeContent::PlusJson(other) if other.b == "missing" => {
                return Err(SendRangeError::NotFound("<missing/>".to_owned()));
            }
            SendRangeContent::PlusJson(other) => format!("other {}", other.b),
        })
    }

    async fn send_alike(
        &self,
        _: &Context,
        input: SendAlikeInput,
    ) -> Result<Other, SendAlikeError> {
        Ok(input.body)
    }
}

async fn send(request: Request) -> Response {
    let cx = Context::new("the-id", Duration::from_secs(5));
    respond(&routes::Routes::new(Shop), &cx, request).await
}

fn media_type(response: &Response) -> &str {
    let found = response.headers.iter().find(|(name, _)| name == "Content-Type");
    found.map(|(_, value)| value.as_str()).unwrap_or_default()
}

fn text(response: &Response) -> &str {
    response.body.as_deref().unwrap_or_default()
}

/// What a value is read as; nothing for one that is refused.
fn read(value: Value) -> Option<Choices> {
    let choices = decode_json::<Choices>("", &value).ok()?;
    let again: Value = serde_json::from_str(&to_json(&choices)).unwrap();
    assert_eq!(again, value);
    Some(choices)
}

#[test]
fn an_object_that_names_no_alternative_is_the_default() {
    let pet = |value: Value| read(json!({ "pet": value })).and_then(|choices| choices.pet);
    assert!(matches!(pet(json!({"petType": "cat", "lives": 9})), Some(Pet::Cat(_))));
    assert!(matches!(pet(json!({"petType": "dog"})), Some(Pet::Dog(_))));
    assert!(matches!(pet(json!({"petType": "bird", "size": 2})), Some(Pet::OtherPet(_))));
    assert!(matches!(pet(json!({"size": 2})), Some(Pet::OtherPet(_))));
    assert_eq!(pet(json!({"petType": "bird", "size": "big"})), None);
    assert_eq!(pet(json!({"petType": "cat", "lives": "nine"})), None);
}

#[test]
fn a_property_that_may_be_missing_tells_no_alternative() {
    let named = |value: Value| read(json!({ "named": value })).and_then(|choices| choices.named);
    assert!(matches!(named(json!({"kind": "foo"})), Some(Named::Free(_))));
    assert!(matches!(named(json!({})), Some(Named::Free(_))));
    assert!(matches!(named(json!({"kind": "Bound"})), Some(Named::Bound(_))));
    assert_eq!(named(json!({"kind": "Other"})), None);
}

#[test]
fn each_type_of_a_list_has_its_own_values() {
    let fits = |name: &str, value: Value| read(json!({ name: value })).is_some();
    assert!(fits("whole", json!(1)) && !fits("whole", json!(true)) && !fits("whole", json!(2)));
    assert!(fits("either", json!(1)) && fits("either", json!("auto")));
    assert!(!fits("either", json!("1")) && !fits("either", json!(2)));
    assert!(fits("numbers", json!(2)) && !fits("numbers", json!("2")));
    assert!(fits("maybe", json!(3)) && fits("maybe", json!(null)) && !fits("maybe", json!("3")));
    assert!(fits("open", json!(1)) && fits("open", json!(true)) && fits("open", json!("auto")));
    assert!(!fits("open", json!(false)) && !fits("open", json!("1")));
}

#[tokio::test]
async fn texts_of_parameters_are_what_the_schema_lists() {
    let get = |name: &'static str, value: &'static str| async move {
        send(Request::new("GET", "/choices").with_query(name, value)).await.status
    };
    for (name, value, status) in [
        ("flag", "true", 200),
        ("flag", "all", 200),
        ("flag", "some", 400),
        ("size", "1", 200),
        ("size", "auto", 200),
        ("size", "3", 400),
        ("sizes", "1", 200),
        ("sizes", "auto", 200),
        ("least", "3", 200),
        ("least", "2", 400),
        ("least", "any", 200),
        ("item[secret]", "s", 200),
        ("item[other]", "s", 400),
    ] {
        assert_eq!(get(name, value).await, status, "{name}={value}");
    }
    let header = |value| send(Request::new("GET", "/choices").with_header("X-Size", value));
    assert_eq!((header("1").await.status, header("2").await.status), (200, 400));
}

#[tokio::test]
async fn cookies_are_read_as_their_style_says() {
    let request = Request::new("GET", "/choices")
        .with_header("Cookie", "sid=a%2Fb; color=blue,black; old=a%2Fb");
    let response = send(request).await;
    let read = text(&response).replace('\\', "");
    assert!(read.contains(r#"sid: Some("a%2Fb")"#), "{read}");
    assert!(read.contains(r#"color: Some(["blue", "black"])"#), "{read}");
    assert!(read.contains(r#"old: Some("a/b")"#), "{read}");
}

#[tokio::test]
async fn the_narrowest_range_takes_a_body_and_an_answer_has_one_media_type() {
    let post = |path: &'static str, media_type: &'static str, body: &'static str| async move {
        let request = Request::new("POST", path).with_header("Content-Type", media_type);
        send(request.with_body(body)).await
    };
    let other = r#"{"b":"x"}"#;
    for (found, body, expected) in [
        ("application/json", r#"{"secret":"x"}"#, "item x"),
        ("application/merge-patch+json", other, "other x"),
        ("text/html; charset=utf-8", "x", "text x"),
        ("application/pdf", "x", r#"bytes Some("application/pdf")"#),
    ] {
        let response = post("/ranges", found, body).await;
        assert_eq!((response.status, text(&response)), (200, expected), "{found}");
        assert_eq!(media_type(&response), "text/plain; charset=utf-8");
    }
    let missing = post("/ranges", "application/ld+json", r#"{"b":"missing"}"#).await;
    assert_eq!((missing.status, text(&missing)), (404, "<missing/>"));
    assert!(media_type(&missing).starts_with("application/xml"), "{}", media_type(&missing));
    for found in ["application/json", "text/json", "application/ld+json"] {
        let response = post("/alike", found, other).await;
        assert_eq!((response.status, media_type(&response)), (200, "application/json"), "{found}");
    }
    assert_eq!(post("/alike", "application/xml", other).await.status, 415);
}
