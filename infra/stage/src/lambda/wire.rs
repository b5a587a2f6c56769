//! The Lambda Runtime API (version 2018-06-01) of one environment, over HTTP.
//!
//! | route | |
//! | --- | --- |
//! | `GET /runtime/invocation/next` | waits for an invocation |
//! | `POST /runtime/invocation/{id}/response` | answers it |
//! | `POST /runtime/invocation/{id}/error` | says that it failed |
//! | `POST /runtime/init/error` | says why the environment cannot start |
//! | those of extensions, logs and telemetry | refused, and reported |

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use tokio::net::TcpListener;

use super::MAX_RESPONSE_BYTES;
use super::error::{Failure, FailureKind, InvocationOutcome};
use super::function::{Function, Next, Work};
use super::state::EnvironmentId;
use crate::fault::{Decision, Moment, Site};
use crate::http::{self, BodyError};

const BASE: &str = "/2018-06-01/runtime/";

/// Serves the connections of one environment, until the future is dropped.
pub(super) async fn accept(
    listener: TcpListener,
    function: Arc<Function>,
    environment: EnvironmentId,
) {
    http::serve_titled(listener, move |request| {
        let function = Arc::clone(&function);
        async move { Ok::<_, Infallible>(handle(&function, environment, request).await) }
    })
    .await;
}

async fn handle(
    function: &Arc<Function>,
    environment: EnvironmentId,
    request: Request<Incoming>,
) -> Response<Full<Bytes>> {
    let path = request.uri().path().to_owned();
    let Some(route) = path.strip_prefix(BASE) else { return of_extensions(function, &path) };
    match (request.method(), route) {
        (&Method::GET, "invocation/next") => next(function, environment).await,
        (&Method::POST, "init/error") => {
            let payload =
                http::collect(request.into_body(), MAX_RESPONSE_BYTES).await.unwrap_or_default();
            function.init_failed(environment, payload);
            accepted()
        }
        (&Method::POST, _) => match route
            .strip_prefix("invocation/")
            .and_then(|rest| rest.split_once('/'))
        {
            Some((id, "response")) => {
                let streams = request.headers().get("lambda-runtime-function-response-mode");
                if streams.is_some_and(|mode| mode.as_bytes().eq_ignore_ascii_case(b"streaming")) {
                    return refused(
                        "Runtime.StreamingUnsupported",
                        "the stage does not support response streaming",
                    );
                }
                answered(function, environment, id, request, InvocationOutcome::Success).await
            }
            Some((id, "error")) => {
                let failed = |payload| InvocationOutcome::Failure(Failure::reported(payload));
                answered(function, environment, id, request, failed).await
            }
            _ => not_found(),
        },
        _ => not_found(),
    }
}

/// The APIs for extensions, within the function's own process too.
const EXTENSIONS: [&str; 3] =
    ["/2020-01-01/extension/", "/2020-08-15/logs", "/2022-07-01/telemetry"];

/// Refuses what only extensions ask for, and says so: they may go on without it.
fn of_extensions(function: &Function, path: &str) -> Response<Full<Bytes>> {
    if !EXTENSIONS.iter().any(|api| path.starts_with(api)) {
        return not_found();
    }
    let message = format!("the stage does not support extensions: {path}");
    function.settings.log.problem(function.name(), &message);
    http::json(StatusCode::NOT_FOUND, error("Extension.Unsupported", &message))
}

async fn next(function: &Arc<Function>, environment: EnvironmentId) -> Response<Full<Bytes>> {
    let work = match function.next(environment) {
        Next::Work(work) => Some(work),
        Next::Later(work) => work.await.ok(),
    };
    match work {
        Some(work) => hand_over(function, environment, work).await,
        None => http::json(
            StatusCode::INTERNAL_SERVER_ERROR,
            error("Sandbox.Ending", "the execution environment is shutting down"),
        ),
    }
}

/// Answers a poll with work, with whatever goes wrong on purpose.
async fn hand_over(
    function: &Arc<Function>,
    environment: EnvironmentId,
    work: Work,
) -> Response<Full<Bytes>> {
    match function.settings.chaos.decide(Site::Invocation) {
        Decision::Delay(by) => tokio::time::sleep(by).await,
        Decision::Kill(Moment::Before) => {
            return die(function, environment, &work.request_id).await;
        }
        Decision::Kill(Moment::During(after)) => {
            function.doom(environment);
            let (function, request_id) = (Arc::clone(function), work.request_id.clone());
            tokio::spawn(async move {
                tokio::time::sleep(after).await;
                function.kill(environment, &request_id);
            });
        }
        Decision::Kill(Moment::After) => function.doom(environment),
        // Nothing else makes sense of an invocation.
        _ => {}
    }
    invocation(function, work)
}

/// Kills the process that asks; it gets no answer any more.
async fn die<T>(function: &Function, environment: EnvironmentId, request_id: &str) -> T {
    function.kill(environment, request_id);
    std::future::pending().await
}

fn invocation(function: &Function, work: Work) -> Response<Full<Bytes>> {
    if let Some(guard) = &function.settings.guard {
        guard.invocation_begins(&function.declared, &work.trace_id);
    }
    let deadline = jiff::Timestamp::now().as_millisecond()
        + i64::try_from(function.declared.timeout.as_millis()).unwrap_or(i64::MAX);
    let mut response = http::json(StatusCode::OK, work.payload);
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    set("lambda-runtime-aws-request-id", &work.request_id);
    set("lambda-runtime-deadline-ms", &deadline.to_string());
    let qualifier = work.qualifier.map(|qualifier| format!(":{qualifier}")).unwrap_or_default();
    let arn = format!("{}{qualifier}", function.declared.arn);
    set("lambda-runtime-invoked-function-arn", &arn);
    set("lambda-runtime-trace-id", &work.trace_id);
    if let Some(context) = &work.client_context {
        set("lambda-runtime-client-context", context);
    }
    response
}

async fn answered(
    function: &Arc<Function>,
    environment: EnvironmentId,
    request_id: &str,
    request: Request<Incoming>,
    outcome: impl FnOnce(Bytes) -> InvocationOutcome,
) -> Response<Full<Bytes>> {
    let Some((id, _)) = function.current(environment).filter(|(_, current)| current == request_id)
    else {
        return refused(
            "InvalidRequestID",
            "the execution environment is not processing this request",
        );
    };
    let payload = http::collect(request.into_body(), MAX_RESPONSE_BYTES).await;
    if function.is_doomed(environment) {
        return die(function, environment, request_id).await;
    }
    if payload == Err(BodyError::Broken) {
        return refused("InvalidRequest", "the body is incomplete, or its chunks are malformed");
    }
    let Ok(payload) = payload else {
        let message = format!(
            "Response payload size exceeded maximum allowed payload size ({MAX_RESPONSE_BYTES} bytes)."
        );
        let failure = Failure::described(FailureKind::ResponseTooLarge, request_id, &message);
        function.answer(environment, id, InvocationOutcome::Failure(failure));
        return http::json(StatusCode::PAYLOAD_TOO_LARGE, error("RequestEntityTooLarge", &message));
    };
    if function.answer(environment, id, outcome(payload)) {
        accepted()
    } else {
        refused("InvalidRequestID", "the execution environment is not processing this request")
    }
}

fn accepted() -> Response<Full<Bytes>> {
    http::json(StatusCode::ACCEPTED, Bytes::from_static(b"{\"status\":\"OK\"}"))
}

fn not_found() -> Response<Full<Bytes>> {
    http::json(StatusCode::NOT_FOUND, error("InvalidRoute", "the Runtime API has no such route"))
}

fn refused(kind: &str, message: &str) -> Response<Full<Bytes>> {
    http::json(StatusCode::BAD_REQUEST, error(kind, message))
}

fn error(kind: &str, message: &str) -> Bytes {
    serde_json::json!({ "errorType": kind, "errorMessage": message }).to_string().into()
}
