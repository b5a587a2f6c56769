//! What the runtime finds wrong, told in the words of a contract that has its own.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_imports,
    clippy::unwrap_used,
    reason = "a test may stop where it fails, and uses what it needs of a case"
)]

#[path = "../../cases/rust/errors/expected/model/mod.rs"]
#[rustfmt::skip]
mod model;
#[path = "../../cases/rust/errors/expected/operations/mod.rs"]
#[rustfmt::skip]
mod operations;
#[path = "../../cases/rust/errors/expected/routes.rs"]
#[rustfmt::skip]
mod routes;

use std::collections::BTreeMap;
use std::time::Duration;

use model::{Coded, Invalid};
use operations::*;
use runtime::{Context, Failure, Problem, Request, respond};
use serde_json::{Value, json};

struct Shop;

impl Operations for Shop {
    async fn add_thing(&self, _: &Context, _: AddThingInput) -> Result<(), AddThingError> {
        Err(Failure::message("the secret cause").into())
    }

    async fn list_things(&self, _: &Context, _: ListThingsInput) -> Result<(), ListThingsError> {
        Ok(())
    }

    async fn list_others(&self, _: &Context, _: ListOthersInput) -> Result<(), ListOthersError> {
        Ok(())
    }

    async fn list_coded(&self, _: &Context, _: ListCodedInput) -> Result<(), ListCodedError> {
        Ok(())
    }

    async fn list_closed(&self, _: &Context, _: ListClosedInput) -> Result<(), ListClosedError> {
        Ok(())
    }

    async fn list_mapped(&self, _: &Context, _: ListMappedInput) -> Result<(), ListMappedError> {
        Ok(())
    }

    async fn list_plain(&self, _: &Context, _: ListPlainInput) -> Result<(), ListPlainError> {
        Err(Failure::message("the secret cause").into())
    }

    fn to_coded(&self, problem: &Problem) -> Coded {
        let places = problem.violations.iter().map(|one| (one.pointer.clone(), vec![]));
        runtime::decode_json(
            "",
            &json!({"code": "E7", "errors": places.collect::<BTreeMap<_, Vec<String>>>()}),
        )
        .unwrap()
    }

    fn to_invalid(&self, problem: &Problem) -> Invalid {
        let places = problem.violations.iter().map(|violation| violation.pointer.clone());
        Invalid::new(places.collect())
    }
}

async fn send(request: Request) -> (u16, String, Value) {
    let cx = Context::new("the-id", Duration::from_secs(5));
    let response = respond(&routes::Routes::new(Shop), &cx, request).await;
    let types = response.headers.iter().filter(|(name, _)| name == "Content-Type");
    let types: Vec<&str> = types.map(|(_, value)| value.as_str()).collect();
    let body = serde_json::from_str(response.body.as_deref().unwrap()).unwrap();
    (response.status, types.join(" and "), body)
}

fn json_of(status: u16, body: Value) -> (u16, String, Value) {
    (status, "application/json".to_owned(), body)
}

/// What the contract declares as text is text; what the runtime cannot write is a problem document, which was told.
#[tokio::test]
async fn a_declared_text_is_text() {
    let cx = Context::new("the-id", Duration::from_secs(5));
    let request = Request::new("GET", "/plain").with_query("limit", "many");
    let response = respond(&routes::Routes::new(Shop), &cx, request).await;
    let body = response.body.as_deref().unwrap();
    assert!(
        body.starts_with(
            "Bad Request: the request violates the contract in 1 place\n/query/limit: "
        ),
        "{body}"
    );
    assert!(
        response
            .headers
            .iter()
            .any(|(name, value)| name == "Content-Type" && value == "text/plain; charset=utf-8")
    );
    let (status, media_type, body) =
        send(Request::new("GET", "/plain").with_query("limit", "1")).await;
    assert_eq!(
        (status, media_type.as_str(), &body["status"]),
        (500, "application/problem+json", &json!(500))
    );
}

#[tokio::test]
async fn every_refusal_is_in_the_contracts_words() {
    let post = || Request::new("POST", "/things").with_header("Content-Type", "application/json");
    let detail = "the request violates the contract in 1 place";
    let too_long = "found \"long\", expected at most 3 characters";
    assert_eq!(
        send(post().with_body(r#"{"name":"long"}"#)).await,
        json_of(
            400,
            json!({
                "error": "bad_request", "message": detail, "status": "400", "request": "the-id", "api": "things",
                "errors": [{"field": "/body/name", "message": too_long}],
            })
        )
    );
    let (status, media_type, body) = send(post().with_body(r#"{"name":"a"}"#)).await;
    assert_eq!((status, media_type.as_str()), (500, "application/json"));
    assert_eq!(body["error"], "internal_server_error");
    assert!(!body.to_string().contains("secret"));
    let text =
        Request::new("POST", "/things").with_header("Content-Type", "text/plain").with_body("x");
    assert_eq!(send(text).await.2["error"], "unsupported_media_type");
    let (status, media_type, body) = send(Request::new("PATCH", "/things")).await;
    assert_eq!((status, media_type.as_str()), (405, "application/json"));
    assert_eq!(body["error"], "method_not_allowed");
    let (status, _, body) = send(Request::new("GET", "/nowhere")).await;
    assert_eq!((status, &body["error"]), (404, &json!("not_found")));
}

#[tokio::test]
async fn a_form_without_a_mapping_is_made_by_the_rules() {
    let wrong = Request::new("GET", "/things").with_query("limit", "0");
    assert_eq!(send(wrong).await, json_of(422, json!({"detail": ["/query/limit"]})));
}

#[tokio::test]
async fn a_problem_document_stays_one_where_the_contract_says_so() {
    let (status, media_type, body) = send(Request::new("GET", "/others")).await;
    assert_eq!((status, media_type.as_str()), (400, "application/problem+json"));
    assert_eq!(body["violations"][0]["pointer"], "/query/limit");
}

#[tokio::test]
async fn a_problem_document_of_a_schema_of_its_own_is_one_of_that_schema() {
    let problem = |body| (400, "application/problem+json".to_owned(), body);
    assert_eq!(
        send(Request::new("GET", "/coded")).await,
        problem(json!({"code": "E7", "errors": {"/query/limit": []}}))
    );
    assert_eq!(
        send(Request::new("GET", "/closed")).await,
        problem(json!({"title": "Bad Request", "status": "400", "instance": "/closed"}))
    );
    let (.., body) = send(Request::new("GET", "/mapped")).await;
    assert_eq!(body["code"], "bad_request");
}
