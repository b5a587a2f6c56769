//! DynamoDB over HTTP: what functions and the AWS endpoint talk to.
//!
//! Reads which operation is asked for and whether credentials are there as DynamoDB does, and keeps the tokens of
//! transactions. A call is carried out on the thread that reads it, one after the other.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use dynoxide::auth_material::{self, AuthMaterial};
use dynoxide::{Database, DynoxideError};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::HeaderValue;
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;

use super::call::{self, Answer};
use super::token::{Known, Tokens, Transaction};
use super::units::Units;
use super::wire::answer;
use super::{Gate, TableContext};
use crate::http::{self, BodyError};
use crate::journal::Journal;

/// What stands before the name of an operation, of tables and of their streams.
const TARGETS: [&str; 2] = ["DynamoDB_20120810.", "DynamoDBStreams_20120810."];

/// Serves the tables until the future is dropped.
pub(super) async fn serve(
    listener: TcpListener,
    database: Database,
    tokens: Tokens,
    around: TableContext,
) {
    let TableContext { journal, visitors, units, gate, .. } = around;
    let front = Arc::new(Front { database, gate, tokens: Mutex::new(tokens), journal, units });
    http::serve(listener, visitors, move |request| {
        let front = Arc::clone(&front);
        async move { Ok::<_, Infallible>(front.handle(request).await) }
    })
    .await;
}

struct Front {
    database: Database,
    gate: Gate,
    tokens: Mutex<Tokens>,
    journal: Journal,
    units: Units,
}

impl Front {
    async fn handle(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let body = http::collect(body, http::MAX_REQUEST_BYTES).await;
        let began = Instant::now();
        let mut response = self.respond(&head, body.as_deref().map_err(|error| *error));
        let header =
            |name| head.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        self.journal.note("table", header("x-amzn-trace-id"), began, || {
            let action = header("x-amz-target")
                .and_then(|target| target.split('.').nth(1))
                .unwrap_or_default();
            let status = response.status();
            let ended =
                if status.is_success() { Ok(status.to_string()) } else { Err(status.to_string()) };
            (tables_of(body.as_deref().unwrap_or_default()), action.to_owned(), ended)
        });
        let id = crate::ids::uuid().simple().to_string().to_uppercase();
        if let Ok(id) = HeaderValue::try_from(id) {
            response.headers_mut().insert("x-amzn-requestid", id);
        }
        response
    }

    fn respond(&self, head: &Parts, body: Result<&[u8], BodyError>) -> Response<Full<Bytes>> {
        let body = match body {
            Ok(body) => body,
            Err(error) => {
                let message = match error {
                    BodyError::TooLarge => "the request is too large",
                    BodyError::Broken => {
                        "the request body is incomplete, or its chunks are malformed"
                    }
                };
                return refused(&DynoxideError::SerializationException(message.to_owned()));
            }
        };
        let header =
            |name| head.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let target = header("x-amz-target").filter(|_| head.method == Method::POST);
        let operation =
            target.and_then(|target| TARGETS.iter().find_map(|prefix| target.strip_prefix(prefix)));
        let credentials = AuthMaterial {
            authorization: header("authorization"),
            query: head.uri.query().unwrap_or_default(),
            has_date_header: head.headers.contains_key("x-amz-date")
                || head.headers.contains_key("date"),
        };
        let Some(operation) = operation else { return unknown() };
        if let Some(refusal) = auth_material::validate(credentials) {
            return answer(StatusCode::BAD_REQUEST, refusal);
        }
        match self.carry_out(operation, body) {
            Some(Ok(found)) => {
                self.units.note(operation, body, &found);
                answer(StatusCode::OK, found)
            }
            Some(Err(error)) => refused(&error),
            None => unknown(),
        }
    }

    fn carry_out(&self, operation: &str, body: &[u8]) -> Option<Answer> {
        let _unchanged = self.gate.read().unwrap_or_else(PoisonError::into_inner);
        let transaction = (operation == "TransactWriteItems").then(|| Transaction::of(body));
        let Some(mut transaction) = transaction.flatten() else {
            return call::carry_out(&self.database, operation, body);
        };
        // Held until the end: a repetition of a transaction that is under way waits for it.
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        match tokens.look_up(&transaction, Instant::now()) {
            Known::Done(body) => return Some(Ok(body)),
            Known::Other => {
                let code = "IdempotentParameterMismatchException";
                let message = format!("An error occurred ({code})");
                return Some(Err(DynoxideError::IdempotentParameterMismatchException(message)));
            }
            Known::Nothing => {}
        }
        let rest = std::mem::take(&mut transaction.rest);
        let done = call::carry_out(&self.database, operation, &rest)?;
        if let Ok(body) = &done {
            tokens.done(transaction, body.clone(), Instant::now());
        }
        Some(done)
    }
}

/// The tables and keys that a request names.
fn tables_of(body: &[u8]) -> String {
    let Ok(request) = serde_json::from_slice::<Value>(body) else { return String::new() };
    let Some(name) = request["TableName"].as_str() else {
        let tables = request["RequestItems"]
            .as_object()
            .map(|items| items.keys().cloned().collect::<Vec<_>>());
        let items = request["TransactItems"].as_array().into_iter().flatten();
        let names =
            items.filter_map(|item| item.as_object()?.values().next()?["TableName"].as_str());
        return tables.unwrap_or_else(|| names.map(str::to_owned).collect()).join(", ");
    };
    match &request["Key"] {
        Value::Null => name.to_owned(),
        key => format!("{name} {key}"),
    }
}

fn refused(error: &DynoxideError) -> Response<Full<Bytes>> {
    let status = StatusCode::from_u16(error.status_code()).unwrap_or(StatusCode::BAD_REQUEST);
    answer(status, error.to_json())
}

fn unknown() -> Response<Full<Bytes>> {
    let body = r#"{"__type":"com.amazon.coral.service#UnknownOperationException"}"#;
    answer(StatusCode::BAD_REQUEST, body)
}
