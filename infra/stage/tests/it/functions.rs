//! Functions: environments, their reuse, and every way in which they fail.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stage::lambda::Retries;
use stage::{Stage, StageOptions};

use crate::support::{
    Folder, eventually, get, is_alive, is_frozen, options, recording_log, send, stage,
};

async fn pid(stage: &Stage) -> u64 {
    get(&format!("{}/all/who", stage.api_url())).await.json()["pid"].as_u64().unwrap()
}

#[tokio::test]
async fn one_environment_serves_requests_that_follow_each_other() {
    let stage = stage().await;
    let first = pid(&stage).await;
    for _ in 0..5 {
        assert_eq!(pid(&stage).await, first);
    }
    let metrics = &stage.metrics().functions["local-echo"];
    assert_eq!((metrics.invocations, metrics.cold_starts, metrics.errors), (6, 1, 0));
}

#[tokio::test]
async fn requests_at_the_same_time_get_an_environment_each_up_to_the_limit() {
    let stage = Stage::start(StageOptions { max_concurrency: 3, ..options() }).await.unwrap();
    let url = format!("{}/all/sleep?ms=200", stage.api_url());
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..5 {
        let url = url.clone();
        requests.spawn(async move { get(&url).await });
    }
    let answers = requests.join_all().await;
    assert!(answers.iter().all(|answer| answer.status == 200));
    let mut pids: Vec<_> =
        answers.iter().map(|answer| answer.json()["pid"].as_u64().unwrap()).collect();
    pids.sort_unstable();
    pids.dedup();
    assert_eq!(pids.len(), 3, "beyond the limit, requests wait");
    assert_eq!(stage.metrics().functions["local-echo"].cold_starts, 3);
}

#[tokio::test]
async fn beyond_reserved_concurrency_invocations_are_throttled() {
    let mut options = options();
    options.parameters.insert("Reserve".to_owned(), "true".to_owned());
    let stage = Stage::start(options).await.unwrap();
    let url = format!("{}/all/sleep?ms=500", stage.api_url());
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let url = url.clone();
        requests.spawn(async move { get(&url).await.status });
    }
    let mut statuses = requests.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 500, 500]);
    assert_eq!(stage.metrics().functions["local-echo"].throttles, 2);
}

#[tokio::test]
async fn a_crash_is_502_and_the_next_request_gets_a_new_environment() {
    let (log, lines) = recording_log();
    let stage = Stage::start(StageOptions { log, ..options() }).await.unwrap();
    let before = pid(&stage).await;
    let answer = get(&format!("{}/all/crash", stage.api_url())).await;
    assert_eq!(answer.status, 502);
    assert_eq!(answer.json(), json!({ "message": "Internal server error" }));
    let after = pid(&stage).await;
    assert_ne!(before, after);
    assert!(!is_alive(before));
    let said = lines.lock().unwrap().join("\n");
    assert!(said.contains("local-echo: Runtime exited with error: exit status 3"), "{said}");
}

#[tokio::test]
async fn errors_and_answers_that_are_none_are_502() {
    let stage = stage().await;
    for path in ["error", "malformed", "huge"] {
        let answer = get(&format!("{}/all/{path}", stage.api_url())).await;
        assert_eq!(answer.status, 502, "{path}");
    }
    assert_eq!(
        stage.metrics().functions["local-echo"].cold_starts,
        1,
        "none of this ends the environment"
    );
}

#[tokio::test]
async fn a_function_beyond_its_time_is_ended_and_answered_with_502_as_any_that_fails() {
    let stage = stage().await;
    let before = pid(&stage).await;
    let began = Instant::now();
    let answer = get(&format!("{}/all/sleep", stage.api_url())).await;
    assert_eq!(answer.status, 502);
    assert!(began.elapsed() >= Duration::from_secs(1), "its timeout is a second");
    assert_eq!(answer.json(), json!({ "message": "Internal server error" }));
    assert_ne!(pid(&stage).await, before);
    assert!(!is_alive(before));
    assert_eq!(stage.metrics().functions["local-echo"].timeouts, 1);
}

#[tokio::test]
async fn an_integration_may_give_up_before_the_function_does() {
    let stage = stage().await;
    let began = Instant::now();
    let answer = get(&format!("{}/slow/sleep?ms=700", stage.api_url())).await;
    assert_eq!(answer.status, 504);
    assert!(began.elapsed() < Duration::from_millis(700));
    assert_eq!(stage.metrics().functions["local-echo"].timeouts, 0, "the function goes on");
}

#[tokio::test]
async fn an_environment_that_cannot_start_fails_the_request_and_not_the_stage() {
    let (log, lines) = recording_log();
    let stage = Stage::start(StageOptions { log, ..options() }).await.unwrap();
    for _ in 0..2 {
        assert_eq!(get(&format!("{}/broken", stage.api_url())).await.status, 502);
    }
    let said = lines.lock().unwrap().join("\n");
    assert!(said.contains("exit status 7; its last words:\nleaving at once"), "{said}");
    assert_eq!(get(&format!("{}/all/who", stage.api_url())).await.status, 200);
}

#[tokio::test]
async fn a_function_sees_what_lambda_sets_and_nothing_of_the_users() {
    let stage = stage().await;
    let variables = get(&format!("{}/all/environment", stage.api_url())).await.json();
    assert_eq!(variables["AWS_LAMBDA_FUNCTION_NAME"], "local-echo");
    assert_eq!(variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"], "256");
    assert_eq!(variables["AWS_LAMBDA_FUNCTION_VERSION"], "$LATEST");
    assert_eq!(variables["AWS_REGION"], "us-east-1");
    assert_eq!(variables["_HANDLER"], "bootstrap");
    assert_eq!(variables["TZ"], ":UTC");
    assert_eq!(variables["AWS_ENDPOINT_URL"], stage.aws_endpoint());
    assert_eq!(variables["AWS_ENDPOINT_URL_DYNAMODB"], stage.dynamodb_endpoint());
    assert_eq!(variables["ITEM_TABLE"], stage.table_name("ItemTable").unwrap());
    assert_eq!(variables["QUEUE_URL"], stage.queue_url("WorkQueue").unwrap());
    for leaked in ["HOME", "USER", "CARGO_MANIFEST_DIR", "CARGO_PKG_NAME"] {
        assert_eq!(variables[leaked], Value::Null, "{leaked}");
    }
}

#[tokio::test]
async fn what_functions_write_is_passed_on_line_by_line() {
    let (log, lines) = recording_log();
    let stage = Stage::start(StageOptions { log, ..options() }).await.unwrap();
    pid(&stage).await;
    eventually("the line", async || {
        lines.lock().unwrap().iter().any(|line| line == "local-echo | invocation 1").then_some(())
    })
    .await;
}

#[tokio::test]
async fn no_process_outlives_its_stage() {
    let first = stage().await;
    let second = stage().await;
    let (one, two) = (pid(&first).await, pid(&second).await);
    first.shutdown().await;
    assert!(!is_alive(one));
    assert!(is_alive(two), "stages do not share processes");
    drop(second);
    assert!(!is_alive(two));
}

async fn invoke(stage: &Stage, kind: &str, payload: &Value) -> (u16, Option<String>, Vec<u8>) {
    let name = stage.function_name("EchoFunction").unwrap();
    let url = format!("{}/2015-03-31/functions/{name}/invocations", stage.aws_endpoint());
    let answer = send("POST", &url, &[("x-amz-invocation-type", kind)], payload.to_string()).await;
    let error =
        answer.headers.get("x-amz-function-error").map(|value| value.to_str().unwrap().to_owned());
    (answer.status, error, answer.body.to_vec())
}

#[tokio::test]
async fn the_invoke_api_answers_as_lambda_does() {
    let stage = stage().await;
    let (status, error, body) = invoke(&stage, "RequestResponse", &json!({ "a": 1 })).await;
    assert_eq!((status, error), (200, None));
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["event"], json!({ "a": 1 }));
    let deadline: i64 = body["context"]["deadlineMs"].as_str().unwrap().parse().unwrap();
    let now =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    assert!((deadline - i64::try_from(now).unwrap()).abs() <= 1_000);

    let (status, error, body) = invoke(&stage, "RequestResponse", &json!({ "fail": true })).await;
    assert_eq!((status, error.as_deref()), (200, Some("Unhandled")));
    assert_eq!(serde_json::from_slice::<Value>(&body).unwrap()["errorMessage"], "as told");

    assert_eq!(invoke(&stage, "DryRun", &json!({})).await.0, 204);
    assert_eq!(invoke(&stage, "Nonsense", &json!({})).await.0, 400);
    assert_eq!(invoke(&stage, "Event", &json!({})).await.0, 202);
    let url = format!("{}/2015-03-31/functions/nobody/invocations", stage.aws_endpoint());
    let answer = send("POST", &url, &[], "{}").await;
    assert_eq!(
        (answer.status, answer.headers["x-amzn-errortype"].to_str().unwrap()),
        (404, "ResourceNotFoundException")
    );
    let name = stage.function_name("EchoFunction").unwrap();
    let url = format!("{}/2015-03-31/functions/{name}/invocations", stage.aws_endpoint());
    assert_eq!(send("POST", &url, &[], "no json").await.status, 400);
}

#[tokio::test]
async fn an_asynchronous_event_that_fails_is_tried_again_and_then_recorded() {
    let instant = Duration::from_millis(1);
    let retries = Retries { first: instant, second: instant, throttled: instant };
    let stage = Stage::start(StageOptions { retries, ..options() }).await.unwrap();
    let name = stage.function_name("RefusingFunction").unwrap();
    let url = format!("{}/2015-03-31/functions/{name}/invocations", stage.aws_endpoint());
    let answer = send("POST", &url, &[("x-amz-invocation-type", "Event")], r#"{"order":1}"#).await;
    assert_eq!(answer.status, 202);
    let queue = stage
        .queues()
        .queues()
        .into_iter()
        .find(|queue| queue.name().ends_with("FailureQueue"))
        .unwrap();
    let message = eventually("the record", async || queue.peek(1).into_iter().next()).await;
    let record: Value = serde_json::from_str(&message.body).unwrap();
    assert_eq!(record["requestPayload"], json!({ "order": 1 }));
    assert_eq!(record["requestContext"]["condition"], "RetriesExhausted");
    assert_eq!(record["requestContext"]["approximateInvokeCount"], 2, "one retry is configured");
    assert_eq!(
        record["requestContext"]["requestId"],
        answer.headers["x-amzn-requestid"].to_str().unwrap()
    );
    assert_eq!(record["responsePayload"]["errorType"], "Fixture.Init");
}

#[tokio::test]
async fn a_qualifier_that_there_is_not_is_404() {
    let stage = stage().await;
    let invoke = async |name: &str, query: &str| {
        let url =
            format!("{}/2015-03-31/functions/{name}/invocations{query}", stage.aws_endpoint());
        send("POST", &url, &[], "{}").await
    };
    for (name, query) in
        [("local-echo", ""), ("local-echo", "?Qualifier=%24LATEST"), ("local-echo:$LATEST", "")]
    {
        assert_eq!(invoke(name, query).await.status, 200, "{name}{query}");
    }
    for (name, query) in
        [("local-echo", "?Qualifier=live"), ("local-echo:7", ""), ("nobody", "?Qualifier=1")]
    {
        let answer = invoke(name, query).await;
        assert_eq!(answer.status, 404, "{name}{query}");
        assert_eq!(answer.headers["x-amzn-errortype"], "ResourceNotFoundException");
        assert!(answer.json()["Message"].as_str().unwrap().starts_with("Function not found: "));
    }
}

#[tokio::test]
async fn an_environment_is_frozen_while_it_waits_and_goes_on_with_the_next_invocation() {
    let stage = stage().await;
    let first = pid(&stage).await;
    for _ in 0..3 {
        eventually("it is frozen", async || is_frozen(first).then_some(())).await;
        assert_eq!(pid(&stage).await, first);
    }
    eventually("it is frozen", async || is_frozen(first).then_some(())).await;
    stage.shutdown().await;
    eventually("it is gone", async || (!is_alive(first)).then_some(())).await;
}

#[tokio::test]
async fn an_environment_is_never_frozen_where_that_is_turned_off() {
    let stage = Stage::start(StageOptions { freezes: false, ..options() }).await.unwrap();
    let first = pid(&stage).await;
    let until = Instant::now() + Duration::from_millis(150);
    while Instant::now() < until {
        assert!(!is_frozen(first));
        tokio::task::yield_now().await;
    }
    assert_eq!(pid(&stage).await, first);
}

/// What comes of a function of 128 MB that holds so many more, and what the stage reports.
async fn holding(mib: u32, limits_memory: bool) -> (Value, String) {
    let folder = Folder::new();
    let template = "Resources:\n  Fn:\n    Type: AWS::Lambda::Function\n    Metadata: {Binary: fixture}\n    Properties: \
                    {Runtime: provided.al2023, Handler: h, Code: ./nowhere, MemorySize: 128, Timeout: 30}\n";
    let template = folder.write("template.yaml", template);
    let (log, lines) = recording_log();
    let stage = StageOptions { template, log, limits_memory, ..options() };
    let stage = Stage::start(stage).await.unwrap();
    let url = format!("{}/2015-03-31/functions/local-Fn/invocations", stage.aws_endpoint());
    let event = json!({ "path": "/hold", "queryStringParameters": { "mib": mib.to_string() } });
    let answer = send("POST", &url, &[], event.to_string()).await.json();
    let said = lines.lock().unwrap().join("\n");
    (answer, said)
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_function_that_holds_more_memory_than_it_may_is_ended() {
    let (answer, said) = holding(200, true).await;
    assert_eq!(answer["errorType"], "Runtime.OutOfMemory", "{answer} {said}");
    let message = answer["errorMessage"].as_str().unwrap();
    assert!(message.ends_with("Error: Runtime exited with error: signal: killed"), "{message}");
    assert!(said.contains("exceeded its MemorySize of 128 MB"), "{said}");
    for (mib, limits_memory) in [(20, true), (200, false)] {
        let (answer, said) = holding(mib, limits_memory).await;
        assert_eq!(answer["statusCode"], 200, "{answer} {said}");
    }
}
