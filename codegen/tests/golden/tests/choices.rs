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

    async fn read_places(
        &self,
        _: &Context,
        input: ReadPlacesInput,
    ) -> Result<String, ReadPlacesError> {
        let all = [
            input.bbox.as_ref().map(to_json),
            input.one.as_ref().map(to_json),
            input.pair.as_ref().map(to_json),
            input.named.as_ref().map(to_json),
            input.then.as_ref().map(to_json),
            input.beside.as_ref().map(to_json),
            input.rest.as_ref().map(to_json),
            input.other.as_ref().map(to_json),
            input.pet.as_ref().map(to_json),
            input.free.as_ref().map(to_json),
        ];
        Ok(all.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    async fn send_places(
        &self,
        _: &Context,
        input: SendPlacesInput,
    ) -> Result<String, SendPlacesError> {
        Ok(to_json(&input.body))
    }

    async fn send_labelled(
        &self,
        _: &Context,
        input: SendLabelledInput,
    ) -> Result<Other, SendLabelledError> {
        match input.body.b.as_str() {
            "missing" => Err(SendLabelledError::NotFound("a".to_owned())),
            "taken" => Err(SendLabelledError::Conflict("ä".to_owned())),
            _ => Ok(input.body),
        }
    }

    async fn send_raw(&self, _: &Context, input: SendRawInput) -> Result<String, SendRawError> {
        Ok(input.body)
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

/// A text is a number or a truth value where the schema has one at that place, whichever keyword says so.
#[tokio::test]
async fn texts_are_read_by_what_the_schema_says_of_their_place() {
    for (query, expected) in [
        (&[("bbox", "1,2,3.5")][..], r#"[1,"2",3.5]"#),
        (&[("one", "2,1")], r#"["2",1]"#),
        (&[("pair", "1,true")], "[1,true]"),
        (&[("named[n_a]", "5"), ("named[x]", "5")], r#"{"n_a":5,"x":"5"}"#),
        (&[("then[k]", "5"), ("then[n]", "7")], r#"{"k":"5","n":7}"#),
        (&[("beside[a]", "1"), ("beside[b]", "2")], r#"{"a":"1","b":2}"#),
        (&[("rest[k]", "1"), ("rest[n]", "2"), ("rest[m]", "3")], r#"{"k":"1","m":3,"n":2}"#),
        (&[("other", "5")], "5"),
        (&[("other", "true")], "true"),
        (&[("pet[kind]", "Big"), ("pet[size]", "5")], r#"{"kind":"Big","size":5}"#),
        (&[("pet[kind]", "Small"), ("pet[size]", "5")], r#"{"kind":"Small","size":"5"}"#),
        (&[("free[kind]", "Small"), ("free[size]", "5")], r#"{"kind":"Small","size":"5"}"#),
    ] {
        let request = Request::new("GET", "/places");
        let request =
            query.iter().fold(request, |request, (name, value)| request.with_query(*name, *value));
        let response = send(request).await;
        let found = (response.status, serde_json::from_str::<Value>(text(&response)).ok());
        assert_eq!(
            found,
            (200, serde_json::from_str(expected).ok()),
            "{query:?} {}",
            text(&response)
        );
    }
    for query in [
        ("bbox", "1,2,x"),
        ("bbox", "1,2,3,4"),
        ("one", "2,3"),
        ("named[n_a]", "x"),
        ("other", "x"),
        ("pet[size]", "5"),
    ] {
        let response = send(Request::new("GET", "/places").with_query(query.0, query.1)).await;
        assert_eq!(response.status, 400, "{query:?} {}", text(&response));
    }
    let form = "application/x-www-form-urlencoded";
    let form = Request::new("POST", "/places").with_header("Content-Type", form);
    let response = send(form.with_body("p=1&p=2&s=5&n1=5&x=5")).await;
    let expected = json!({"p": [1, "2"], "s": "5", "n1": 5, "x": "5"});
    assert_eq!(
        (response.status, serde_json::from_str::<Value>(text(&response)).ok()),
        (200, Some(expected)),
        "{}",
        text(&response)
    );
}

/// What is compared is the name; what is sent has the parameters of the contract.
#[tokio::test]
async fn media_types_are_sent_with_their_parameters() {
    let put = |body: &'static str| {
        let request =
            Request::new("PUT", "/labelled").with_header("Content-Type", "application/json");
        send(request.with_header("Accept", "application/hal+json").with_body(body))
    };
    for (body, status, expected) in [
        (r#"{"b":"x"}"#, 200, r#"application/hal+json; profile="a b""#),
        (r#"{"b":"missing"}"#, 404, "text/csv; header=present; charset=UTF-8"),
        (r#"{"b":"taken"}"#, 409, "text/csv; charset=utf-8"),
    ] {
        let response = put(body).await;
        assert_eq!(
            (response.status, media_type(&response)),
            (status, expected),
            "{}",
            text(&response)
        );
    }
}

#[tokio::test]
async fn a_string_of_any_media_type_is_text() {
    let request = Request::new("POST", "/raw").with_header("Content-Type", "text/plain");
    let response = send(request.with_body("hello")).await;
    assert_eq!((response.status, text(&response)), (200, "hello"));
    assert_eq!(media_type(&response), "text/plain; charset=utf-8");
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
