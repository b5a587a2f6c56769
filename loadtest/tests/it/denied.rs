//! A stack whose AWS lets the run create nothing, or loses a response: what was made is removed, what cannot be seen is
//! said, and the rest is judged.

use std::process::Output;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use harness::report::{Report, json};
use serde_json::Value;

use crate::command::{Folder, text};
use crate::stack::loadtest_at;
use crate::stage::shop;

/// The AWS of the shop's stage, but for one operation.
#[derive(Clone)]
struct Aws {
    endpoint: String,
    operation: &'static str,
    /// Whether the operation is carried out all the same, and only its response is lost.
    loses: bool,
    client: reqwest::Client,
}

impl Aws {
    /// Serves it until the runtime is dropped; returns its address.
    fn serve(operation: &'static str, loses: bool) -> (String, tokio::runtime::Runtime) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let client = reqwest::Client::new();
        let aws =
            Self { endpoint: shop().stage().aws_endpoint().to_owned(), operation, loses, client };
        let router = Router::new().fallback(forward).with_state(aws);
        runtime.spawn(async move { axum::serve(listener, router).await.unwrap() });
        (url, runtime)
    }
}

async fn forward(State(aws): State<Aws>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let target = head.headers.get("x-amz-target").map(|name| name.to_str().unwrap().to_owned());
    let is_it = target.is_some_and(|name| name.ends_with(&format!(".{}", aws.operation)));
    if is_it && !aws.loses {
        let denied =
            r#"{"__type": "AccessDeniedException", "message": "User: load is not authorized"}"#;
        return (StatusCode::BAD_REQUEST, denied).into_response();
    }
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let url = format!("{}{}", aws.endpoint.trim_end_matches('/'), head.uri);
    let mut headers = head.headers;
    headers.remove("host");
    let sent = aws.client.request(head.method, url).headers(headers).body(body).send().await;
    let answer = sent.unwrap();
    if is_it {
        return (StatusCode::SERVICE_UNAVAILABLE, "").into_response();
    }
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut response = Response::new(Body::from(answer.bytes().await.unwrap()));
    *response.status_mut() = status;
    response.headers_mut().extend(headers);
    response.headers_mut().remove("transfer-encoding");
    response
}

/// Ends the runtime of such an AWS without waiting for it.
fn end(runtime: tokio::runtime::Runtime) {
    runtime.shutdown_background();
}

/// Loads the stack through such an AWS.
fn load(operation: &'static str, loses: bool) -> (Output, Report) {
    let folder = Folder::new();
    let slo = folder.write("slo.toml", "exempt = [\"*\"]\n[ledger]\nlost = 0\n");
    let (html, json_path) = (folder.file("report.html"), folder.file("report.json"));
    let (url, runtime) = Aws::serve(operation, loses);
    let arn = "arn:aws:cloudformation:us-east-1:000000000000:stack/local/63bdb9a0-dacb-5fe3-aefe-3ca06dfe78e2";
    let output = loadtest_at(
        &url,
        &[
            "--stage",
            arn,
            "--rate",
            "5",
            "--run-time",
            "1s",
            "--slo",
            text(&slo),
            "--report",
            text(&html),
            "--json",
            text(&json_path),
        ],
    );
    let report = json::read(&json_path).unwrap_or_else(|error| {
        panic!("{operation}: {error}\n{}", String::from_utf8_lossy(&output.stderr))
    });
    end(runtime);
    (output, report)
}

/// The names of queues and rules that a run has made and not removed.
fn left_behind(report: &Report) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let own = format!("lt-{}-", report.run.id);
    runtime.block_on(listed()).into_iter().filter(|name| name.starts_with(&own)).collect()
}

async fn listed() -> Vec<String> {
    let ask = async |target: &str, body: &str| -> Value {
        let sent = reqwest::Client::new()
            .post(shop().stage().aws_endpoint())
            .header("x-amz-target", target)
            .header("content-type", "application/x-amz-json-1.0")
            .header(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=test/20261129/us-east-1/sqs/aws4_request",
            )
            .body(body.to_owned());
        sent.send().await.unwrap().json().await.unwrap()
    };
    let queues = ask("AmazonSQS.ListQueues", "{}").await;
    let mut names: Vec<String> = queues["QueueUrls"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|url| url.as_str().unwrap().rsplit('/').next().unwrap().to_owned())
        .collect();
    let bus = shop().stage().output("SwnEventBusName").unwrap();
    let rules = ask("AWSEvents.ListRules", &format!("{{\"EventBusName\": \"{bus}\"}}")).await;
    let rules = rules["Rules"].as_array().unwrap().iter();
    names.extend(rules.map(|rule| rule["Name"].as_str().unwrap().to_owned()));
    names
}

#[test]
fn a_run_that_may_not_observe_messages_says_so_and_leaves_nothing() {
    for operation in ["CreateQueue", "PutRule", "PutTargets", "SetQueueAttributes"] {
        let (output, report) = load(operation, false);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("are not visible"), "{operation}: {said}");
        assert!(said.contains("User: load is not authorized"), "{operation}: {said}");
        assert_eq!(report.run.stays, Vec::<String>::new(), "{operation}");
        assert_eq!(left_behind(&report), Vec::<String>::new(), "{operation}");
        // States are seen, and messages are not.
        let sent = |id: &str| report.ledger.iter().find(|tally| tally.promise == id).unwrap();
        assert_eq!(sent("checkout.order").once, 5, "{operation}: {:?}", report.ledger);
        assert!(
            report.ledger.iter().all(|tally| tally.lost == 0),
            "{operation}: {:?}",
            report.ledger
        );
    }
}

#[test]
fn what_was_made_without_a_response_is_removed() {
    for operation in ["CreateQueue", "PutRule"] {
        let (output, report) = load(operation, true);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("are not visible"), "{operation}: {said}");
        assert_eq!(report.run.stays, Vec::<String>::new(), "{operation}");
        assert_eq!(left_behind(&report), Vec::<String>::new(), "{operation}");
    }
}

#[test]
fn what_may_not_be_removed_is_listed() {
    let (_, report) = load("DeleteRule", false);
    let [rule] = &report.run.stays[..] else { panic!("{:?}", report.run.stays) };
    assert!(rule.starts_with("the rule lt-") && rule.contains("not authorized"), "{rule}");
    let name = rule.split(' ').nth(2).unwrap().to_owned();
    assert_eq!(left_behind(&report), [name]);
}
