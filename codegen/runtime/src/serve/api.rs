//! Requests from API Gateway.

use std::borrow::Cow;
use std::sync::Arc;

use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};
use tokio::time::Instant;

use super::{Error, duration_ms, function_name, guarded, run};
use crate::log::{self, Level, Line};
use crate::{Context, Problem, Reply, Request, Response};

/// A service's REST interface; implemented by generated code.
pub trait ApiHandler: Send + Sync {
    /// The path templates that the service has.
    const RESOURCES: &'static [&'static str];

    /// Answers a request to one of [`RESOURCES`](ApiHandler::RESOURCES).
    fn handle(
        &self,
        cx: &Context,
        resource: &str,
        request: &Request,
    ) -> impl Future<Output = Reply> + Send;
}

/// Answers requests until the platform ends the process.
///
/// A failure that the contract does not declare, a panic, and work that does not end in time become an opaque `500`
/// with the request id; the log tells more.
///
/// # Errors
/// When the process is no Lambda function, or the Runtime API fails.
pub async fn serve_api<H: ApiHandler>(handler: H) -> Result<(), Error> {
    let function = function_name()?;
    let (handler, function) = (&handler, &function);
    run(service_fn(move |event: LambdaEvent<Request>| answer(handler, function, event))).await
}

async fn answer<H: ApiHandler>(
    handler: &H,
    function: &Arc<str>,
    event: LambdaEvent<Request>,
) -> Result<Response, Diagnostic> {
    let cx = Context::of_lambda(event.context, function);
    Ok(respond(handler, &cx, event.payload).await)
}

/// Answers one request, as [`serve_api`] does each that comes from the platform.
pub async fn respond<H: ApiHandler>(handler: &H, cx: &Context, mut request: Request) -> Response {
    let started = Instant::now();
    let resource = request.route(H::RESOURCES);
    let reply = match resource {
        Some(resource) => guarded(cx, Box::pin(handler.handle(cx, resource, &request)))
            .await
            .unwrap_or_else(Reply::failed),
        None => Reply::unknown_path(),
    };
    let reply = finish(cx, &request, reply);
    let level = if reply.failure.is_some() { Level::Error } else { Level::Info };
    if log::enabled(level) {
        log_line(level, cx, &request, resource, &reply, started).write();
    }
    reply.response
}

/// Fills in what only the request knows: the problem's place and id, the prefix of `Location`, no body for `HEAD`.
fn finish(cx: &Context, request: &Request, mut reply: Reply) -> Reply {
    if let Some(problem) = &mut reply.problem {
        problem.instance = Some(request.path().to_owned());
        problem.request_id = Some(cx.request_id.clone());
        reply.response.body = serde_json::to_string(problem).ok();
        let content_type = (Cow::Borrowed("Content-Type"), Problem::MEDIA_TYPE.to_owned());
        reply.response.headers.push(content_type);
    }
    for (name, value) in &mut reply.response.headers {
        if name.eq_ignore_ascii_case("Location") && value.starts_with('/') {
            value.insert_str(0, request.prefix());
        }
    }
    if request.method() == "HEAD" {
        reply.response.body = None;
    }
    reply
}

/// The line that the log gets for a request. It names no value that the client sent.
fn log_line(
    level: Level,
    cx: &Context,
    request: &Request,
    resource: Option<&str>,
    reply: &Reply,
    started: Instant,
) -> Line {
    let problem = reply.problem.as_ref();
    let n_violations = problem.map(|problem| problem.violations.len()).filter(|n| *n > 0);
    Line::new(level, "request")
        .with("requestId", &cx.request_id)
        .with_some("traceId", cx.trace_id.as_ref())
        .with("method", request.method())
        .with_some("resource", resource)
        .with_some("operation", reply.operation)
        .with("status", &reply.response.status)
        .with("durationMs", &duration_ms(started))
        .with_some("violations", n_violations.as_ref())
        .with_some("failure", reply.failure.as_ref().map(ToString::to_string).as_ref())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

    use std::time::{Duration, SystemTime};

    use serde_json::{Value, json};

    use super::*;
    use crate::Failure;

    struct Shop;

    impl ApiHandler for Shop {
        const RESOURCES: &'static [&'static str] = &["/thing/{id}", "/fail", "/panic", "/hang"];

        async fn handle(&self, _: &Context, resource: &str, request: &Request) -> Reply {
            match resource {
                "/fail" => Reply::failed(Failure::message("the secret cause")),
                "/panic" => panic!("the secret cause"),
                "/hang" => std::future::pending().await,
                _ if request.method() == "PATCH" => Reply::other_method("PATCH", "GET"),
                _ => Reply::json(200, "application/json", &json!(request.path_parameter("id")))
                    .header("Location", "/thing/1"),
            }
        }
    }

    async fn call(event: Value) -> Value {
        let deadline = (SystemTime::now() + Duration::from_millis(400))
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap();
        let mut context = lambda_runtime::Context::default();
        "the-id".clone_into(&mut context.request_id);
        context.deadline = deadline.as_millis().try_into().unwrap();
        let payload = serde_json::from_value(event).unwrap();
        let response = answer(&Shop, &Arc::from("f"), LambdaEvent { payload, context }).await;
        let mut value = serde_json::to_value(response.unwrap()).unwrap();
        let body = value["body"].as_str().unwrap().to_owned();
        value["body"] = serde_json::from_str(&body).unwrap_or(Value::Null);
        value
    }

    #[tokio::test]
    async fn answers_with_the_stage_before_a_location() {
        let answer = call(json!({
            "httpMethod": "GET", "path": "/thing/7", "requestContext": {"path": "/dev/thing/7"},
        }))
        .await;
        assert_eq!(answer["statusCode"], 200);
        assert_eq!(answer["headers"]["Location"], "/dev/thing/1");
        assert_eq!(answer["body"], "7");
    }

    #[tokio::test]
    async fn a_failure_is_opaque() {
        for path in ["/fail", "/panic", "/hang"] {
            let answer = call(json!({"httpMethod": "GET", "path": path})).await;
            assert_eq!(answer["statusCode"], 500, "{path}");
            assert_eq!(answer["headers"]["Content-Type"], "application/problem+json");
            assert_eq!(answer["body"]["requestId"], "the-id");
            assert_eq!(answer["body"]["instance"], path);
            assert!(!answer.to_string().contains("secret"));
        }
    }

    #[tokio::test]
    async fn an_unknown_path_and_method_are_told() {
        let answer = call(json!({"httpMethod": "GET", "path": "/nowhere"})).await;
        assert_eq!(answer["statusCode"], 404);
        let answer = call(json!({"httpMethod": "PATCH", "path": "/thing/1"})).await;
        assert_eq!(
            (&answer["statusCode"], &answer["headers"]["Allow"]),
            (&json!(405), &json!("GET"))
        );
    }

    #[tokio::test]
    async fn head_has_no_body() {
        let answer = call(json!({"httpMethod": "HEAD", "path": "/thing/1"})).await;
        assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(200), &Value::Null));
    }
}
