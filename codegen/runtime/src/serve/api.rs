//! Requests from API Gateway.

use std::borrow::Cow;
use std::sync::Arc;

use lambda_runtime::{Diagnostic, LambdaEvent};
use tokio::time::Instant;

use super::{Error, duration_ms, function_name, guarded, run};
use crate::log::{self, Level, Line};
use crate::metrics::{self, Measured, Metric};
use crate::{Context, Cors, Problem, Reply, Request, Response};

/// The REST API of a service. Implemented by generated code.
pub trait ApiHandler: Send + Sync {
    /// The name of the service, which is a dimension of its metrics.
    const SERVICE: &'static str;

    /// The path templates of the service.
    const RESOURCES: &'static [&'static str];

    /// The CORS settings; `None` where there are none.
    const CORS: Option<Cors> = None;

    /// The operation of a method of one of [`RESOURCES`](ApiHandler::RESOURCES).
    fn operation(resource: &str, method: &str) -> Option<&'static str>;

    /// Converts an error of the runtime to the contract's error format; a problem document unless the contract has
    /// another. The operation is `None` when no path or method matches.
    fn refuse(&self, operation: Option<&str>, problem: Problem) -> Reply {
        let _ = operation;
        Reply::problem(problem)
    }

    /// Handles a request to one of [`RESOURCES`](ApiHandler::RESOURCES).
    fn handle(
        &self,
        cx: &Context,
        resource: &str,
        request: &Request,
    ) -> impl Future<Output = Reply> + Send;
}

/// Handles requests until the platform ends the process.
///
/// A failure that the contract does not declare, a panic, and work that misses the deadline become an opaque `500`
/// with the request ID. Details are logged.
///
/// # Errors
/// The process is not a Lambda function, or the Runtime API fails.
pub async fn serve_api<H: ApiHandler>(handler: H) -> Result<(), Error> {
    let function = function_name()?;
    let (handler, function) = (&handler, &function);
    run(move |event: LambdaEvent<Request>| answer(handler, function, event)).await
}

async fn answer<H: ApiHandler>(
    handler: &H,
    function: &Arc<str>,
    event: LambdaEvent<Request>,
) -> Result<Response, Diagnostic> {
    let cx = Context::of_lambda(event.context, function);
    Ok(respond(handler, &cx, event.payload).await)
}

/// Handles a request, as [`serve_api`] does for each request from the platform.
pub async fn respond<H: ApiHandler>(handler: &H, cx: &Context, mut request: Request) -> Response {
    let started = Instant::now();
    // Only a test gives a caller with the context.
    let caller = match cx.caller.is_anonymous() {
        true => Arc::new(request.caller()),
        false => Arc::clone(&cx.caller),
    };
    let cx = &Context { caller, ..cx.clone() };
    let resource = request.route(H::RESOURCES);
    let reply = match resource {
        Some(resource) => guarded(cx, Box::pin(handler.handle(cx, resource, &request)))
            .await
            .unwrap_or_else(Reply::failed),
        None => Reply::unknown_path(),
    };
    let reply = finish(handler, cx, &request, resource, reply);
    let reply = match reply.too_large() {
        Some(failure) => finish(handler, cx, &request, resource, Reply::failed(failure)),
        None => reply,
    };
    let reply = match H::CORS {
        Some(cors) => cors.finish(&request, reply),
        None => reply,
    };
    tell::<H>(cx, &request, resource, &reply, duration_ms(started));
    reply.response
}

/// Logs a request, with the metrics of its operation.
fn tell<H: ApiHandler>(
    cx: &Context,
    request: &Request,
    resource: Option<&str>,
    reply: &Reply,
    ms: f64,
) {
    let level = if reply.failure.is_some() { Level::Error } else { Level::Info };
    let operation = resource.and_then(|resource| H::operation(resource, request.method()));
    let line = log::enabled(level).then(|| {
        log_line(level, cx, request, resource, reply)
            .with_some("operation", operation)
            .with("durationMs", &ms)
    });
    let measured = metrics::namespace().zip(operation).map(|(namespace, operation)| Measured {
        namespace,
        service: H::SERVICE,
        operation,
    });
    let line = match (line, measured) {
        (Some(line), Some(measured)) => Some(measured.add_to(line, &metrics_of(cx, reply, ms))),
        (None, Some(measured)) => Some(measured.line(level, &metrics_of(cx, reply, ms))),
        (line, None) => line,
    };
    if let Some(line) = line {
        line.write();
    }
}

/// What is measured of a request; see [`metrics`](crate::metrics) for what each means.
fn metrics_of(cx: &Context, reply: &Reply, ms: f64) -> Vec<Metric<'static>> {
    let status = reply.response.status;
    let mut metrics = Vec::with_capacity(5);
    metrics.push(Metric::time("Latency", ms));
    metrics.push(Metric::count("ServerErrors", usize::from(status >= 500)));
    let mut tell = |name, happened: bool| {
        if happened {
            metrics.push(Metric::count(name, 1));
        }
    };
    tell("ClientErrors", (400..500).contains(&status));
    tell("Faults", reply.failure.is_some());
    tell("ColdStarts", cx.is_first);
    metrics
}

/// Fills in what only the request knows: the problem's place and id, the media type that the client likes best, the
/// prefix of `Location`, no body for `HEAD`.
fn finish<H: ApiHandler>(
    handler: &H,
    cx: &Context,
    request: &Request,
    resource: Option<&str>,
    mut reply: Reply,
) -> Reply {
    if let Some(mut problem) = reply.problem.take() {
        problem.set_instance(request.path());
        problem.request_id = Some(cx.request_id.clone());
        if reply.is_refusal {
            let operation = resource.and_then(|resource| H::operation(resource, request.method()));
            let refusal = handler.refuse(operation, problem.clone());
            reply.response.status = refusal.response.status;
            reply.response.body = refusal.response.body;
            reply.response.headers.extend(refusal.response.headers);
        }
        if reply.response.body.is_none() {
            reply.response.body = serde_json::to_string(&problem).ok();
            let content_type = (Cow::Borrowed("Content-Type"), Problem::MEDIA_TYPE.to_owned());
            reply.response.headers.push(content_type);
        }
        reply.problem = Some(problem);
    }
    reply.negotiate(request);
    for (name, value) in &mut reply.response.headers {
        if name.eq_ignore_ascii_case("Location") && value.starts_with('/') {
            value.insert_str(0, request.prefix());
        }
    }
    if request.method() == "HEAD" {
        reply.response.body = None;
        reply.response.is_base64 = false;
    }
    reply
}

/// The log line of a request. It contains no value that the client sent.
fn log_line(
    level: Level,
    cx: &Context,
    request: &Request,
    resource: Option<&str>,
    reply: &Reply,
) -> Line {
    let problem = reply.problem.as_ref();
    let n_violations = problem.map(|problem| problem.violations.len()).filter(|n| *n > 0);
    cx.line(level, "request")
        .with("method", request.method())
        .with_some("resource", resource)
        .with("status", &reply.response.status)
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
        const SERVICE: &'static str = "shop";
        const RESOURCES: &'static [&'static str] =
            &["/thing/{id}", "/fail", "/panic", "/hang", "/large"];

        fn operation(resource: &str, method: &str) -> Option<&'static str> {
            (resource == "/thing/{id}" && method == "GET").then_some("getThing")
        }

        async fn handle(&self, _: &Context, resource: &str, request: &Request) -> Reply {
            match resource {
                "/fail" => Reply::failed(Failure::message("the secret cause")),
                "/panic" => panic!("the secret cause"),
                "/hang" => std::future::pending().await,
                "/large" => Reply::json(200, "application/json", &"\"".repeat(2_000_000)),
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
        // A response that Lambda does not take would be a 502, and be logged as a success.
        for path in ["/fail", "/panic", "/hang", "/large"] {
            let answer = call(json!({"httpMethod": "GET", "path": path})).await;
            assert_eq!(answer["statusCode"], 500, "{path}");
            assert_eq!(answer["headers"]["Content-Type"], "application/problem+json");
            assert_eq!(answer["body"]["requestId"], "the-id");
            assert_eq!(answer["body"]["instance"], path);
            assert!(!answer.to_string().contains("secret"));
        }
    }

    /// The names and values of what is measured, in order.
    fn measured(reply: &Reply, is_first: bool) -> Vec<(&'static str, f64)> {
        let cx = Context { is_first, ..Context::new("r", Duration::from_secs(1)) };
        let operation = Measured { namespace: "n", service: "shop", operation: "getThing" };
        let line = operation.line(Level::Info, &metrics_of(&cx, reply, 1.5)).finish();
        let extracted = crate::metrics::tests::extracted(&serde_json::from_slice(&line).unwrap());
        let names = metrics_of(&cx, reply, 1.5);
        let values = extracted.iter().map(|(_, _, values)| values[0]);
        assert!(extracted.iter().zip(&names).all(|(found, metric)| found.0 == metric.name));
        names.iter().map(|metric| metric.name).zip(values).collect()
    }

    #[test]
    fn the_outcome_of_a_request_is_counted() {
        let latency = ("Latency", 1.5);
        assert_eq!(measured(&Reply::empty(204), false), [latency, ("ServerErrors", 0.0)]);
        assert_eq!(
            measured(&Reply::empty(404), true),
            [latency, ("ServerErrors", 0.0), ("ClientErrors", 1.0), ("ColdStarts", 1.0)]
        );
        assert_eq!(measured(&Reply::empty(503), false), [latency, ("ServerErrors", 1.0)]);
        let failed = Reply::failed(Failure::message("x"));
        assert_eq!(measured(&failed, false), [latency, ("ServerErrors", 1.0), ("Faults", 1.0)]);
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
