//! The Lambda API of a function: `Invoke`, and what is told of it.
//!
//! Other actions of that API are answered with an error that says so.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{HeaderName, HeaderValue};
use hyper::{HeaderMap, Method, Response, StatusCode, Uri};

use super::asynchronous::{Destinations, Retries};
use super::configuration::{self, ACTIONS, action_of};
use super::error::{InvocationOutcome, Refusal};
use super::function::{Function, Invocation};
use super::{Functions, LATEST, MAX_ASYNC_EVENT_BYTES, MAX_EVENT_BYTES};
use crate::{http, query};

/// The most of a log that an answer carries, in bytes (Lambda API, Invoke, LogResult).
const MAX_LOG_BYTES: usize = 4_096;

/// How long the last lines of an invocation are waited for.
const LAST_LINES: Duration = Duration::from_millis(20);

/// What was written while a function was invoked, as `LogResult` holds it: the last of it, in base64.
async fn log_result(function: &Function, request_id: &str, before: u64, began: Instant) -> String {
    use base64::Engine as _;
    // Lines come through a pipe, and the answer does not wait for them.
    tokio::time::sleep(LAST_LINES).await;
    let took = began.elapsed().saturating_sub(LAST_LINES).as_secs_f64() * 1_000.0;
    let name = function.name();
    let lines = function.settings.journal.lines(before, usize::MAX, |line| line.of == name);
    let mut text = format!("START RequestId: {request_id} Version: {LATEST}\n");
    for line in lines {
        text.push_str(&line.text);
        text.push('\n');
    }
    let memory = function.declared.memory_mib;
    text.push_str(&format!(
        "END RequestId: {request_id}\nREPORT RequestId: {request_id}\tDuration: {took:.2} ms\tBilled Duration: {} \
         ms\tMemory Size: {memory} MB\n",
        took.ceil()
    ));
    let start = text.ceil_char_boundary(text.len().saturating_sub(MAX_LOG_BYTES));
    base64::engine::general_purpose::STANDARD.encode(&text[start..])
}

/// Answers a request to `/2015-03-31/functions/…`.
pub(crate) async fn handle(
    functions: &Functions,
    retries: Retries,
    destinations: &Destinations,
    request: (&Method, &Uri, &HeaderMap, Bytes),
) -> Response<Full<Bytes>> {
    let (method, uri, headers, payload) = request;
    let (name, action) = match action_of(method, uri.path()) {
        Some((name, action)) => (crate::percent::path(name), action),
        None => {
            let message = format!("the stage supports only {ACTIONS} of the Lambda API");
            return refusal("InvalidAction", 400, &message);
        }
    };
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (function, qualifier) = match find(functions, &name, uri.query().unwrap_or_default()) {
        Ok(found) => found,
        Err(error) => return refused(&error),
    };
    if action != "Invoke" {
        return configuration::get(&function, action);
    }
    let kind = header("x-amz-invocation-type").unwrap_or("RequestResponse");
    let wants_log = header("x-amz-log-type") == Some("Tail") && kind == "RequestResponse";
    let (began, n_lines) = (Instant::now(), function.settings.journal.n_lines());
    if let Err(error) =
        check(&payload, if kind == "Event" { MAX_ASYNC_EVENT_BYTES } else { MAX_EVENT_BYTES })
    {
        return refused(&error);
    }
    let payload = if payload.is_empty() { Bytes::from_static(b"{}") } else { payload };
    let request_id = crate::ids::uuid().to_string();
    let invocation = Invocation {
        payload,
        request_id: Some(request_id.clone()),
        trace_id: header("x-amzn-trace-id").map(str::to_owned),
        client_context: header("x-amz-client-context").and_then(decode),
        qualifier: None,
    };
    let mut invocation = invocation.by(&name);
    invocation.qualifier = qualifier.or(invocation.qualifier);
    let mut response = match kind {
        "DryRun" => empty(StatusCode::NO_CONTENT),
        "Event" => {
            function.invoke_later(invocation, retries, destinations.clone());
            empty(StatusCode::ACCEPTED)
        }
        "RequestResponse" => match function.invoke_for_client(invocation).await {
            Ok(InvocationOutcome::Success(payload)) => http::json(StatusCode::OK, payload),
            Ok(InvocationOutcome::Failure(failure)) => {
                let mut response = http::json(StatusCode::OK, failure.payload);
                set(&mut response, "x-amz-function-error", "Unhandled");
                response
            }
            Err(error) => refused(&error),
        },
        other => refusal(
            "InvalidParameterValueException",
            400,
            &format!("`{other}` is not an invocation type"),
        ),
    };
    if wants_log && function.settings.journal.is_kept() && response.status() == StatusCode::OK {
        let log = log_result(&function, &request_id, n_lines, began).await;
        set(&mut response, "x-amz-log-result", &log);
    }
    set(&mut response, "x-amz-executed-version", "$LATEST");
    set(&mut response, "x-amzn-requestid", &request_id);
    response
}

/// The function of a name or ARN, and of the version or alias that stands behind it or in `Qualifier`; the latter, unless it
/// is the current code.
fn find(
    functions: &Functions,
    name: &str,
    query: &str,
) -> Result<(Arc<Function>, Option<String>), Refusal> {
    let qualifier = query::field(query, "Qualifier");
    let derived = name.rsplit_once(":function:").map_or(name, |(_, name)| name).split_once(':');
    if let (Some((_, derived)), Some(given)) = (derived, &qualifier)
        && derived != given
    {
        return Err(Refusal::OtherQualifier);
    }
    let qualifier = qualifier.filter(|qualifier| qualifier != LATEST);
    let found = functions.get(name);
    match (found, qualifier) {
        (Some(function), None) => Ok((function, None)),
        (Some(function), Some(qualifier)) if function.has(&qualifier) => {
            Ok((function, Some(qualifier)))
        }
        (None, None) => Err(Refusal::NotFound(name.to_owned())),
        (Some(function), Some(qualifier)) => {
            Err(Refusal::NotFound(format!("{}:{qualifier}", function.declared.arn)))
        }
        (None, Some(qualifier)) => Err(Refusal::NotFound(format!("{name}:{qualifier}"))),
    }
}

/// Refuses an event that is larger than `limit` bytes, or not JSON.
pub(crate) fn check(payload: &[u8], limit: usize) -> Result<(), Refusal> {
    if payload.len() > limit {
        return Err(Refusal::TooLarge { limit });
    }
    match serde_json::from_slice::<serde::de::IgnoredAny>(payload) {
        Err(error) if !payload.is_empty() => Err(Refusal::NotJson(error.to_string())),
        _ => Ok(()),
    }
}

fn decode(text: &str) -> Option<String> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).ok()?;
    String::from_utf8(bytes).ok()
}

fn empty(status: StatusCode) -> Response<Full<Bytes>> {
    http::json(status, Bytes::new())
}

fn refused(error: &Refusal) -> Response<Full<Bytes>> {
    refusal(error.code(), error.status(), &error.to_string())
}

fn refusal(code: &str, status: u16, message: &str) -> Response<Full<Bytes>> {
    let body =
        serde_json::json!({ "Type": "User", "Message": message, "message": message }).to_string();
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = http::json(status, body);
    set(&mut response, "x-amzn-errortype", code);
    response
}

fn set(response: &mut Response<Full<Bytes>>, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
}
