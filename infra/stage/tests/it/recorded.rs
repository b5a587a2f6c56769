//! Requests whose answers were recorded on AWS.

use serde_json::{Value, json};
use stage::{Stage, StageOptions};

use crate::languages::{case, invoke, refusal_of, stage_of};
use crate::support::{Answer, Folder, eventually, get, recording_log, send};

async fn started() -> (Stage, String, String) {
    let stage = stage_of(case("recorded.yaml")).await;
    let url = |is_function: bool| {
        let found = stage.apis().iter().find(|api| (api.kind == "function URL") == is_function);
        found.unwrap().url.trim_end_matches('/').trim_end_matches("/Prod").to_owned()
    };
    let (api, function) = (url(false), url(true));
    (stage, api, function)
}

/// What is answered where the function answers a value.
async fn answered(url: &str, answer: Value) -> Answer {
    send("POST", url, &[], json!({ "answer": answer }).to_string()).await
}

#[tokio::test]
async fn a_rest_api_reads_answers_of_functions() {
    let (_stage, url, _) = started().await;
    let url = format!("{url}/Prod/fixed");
    for (answer, status) in [
        (json!({ "statusCode": 200, "wrongValue": 1 }), 502),
        (json!({ "statusCode": 200, "cookies": ["a=1"] }), 502),
        (json!({}), 200),
        (json!({ "headers": { "test-header": "value" } }), 200),
        (json!("text"), 502),
    ] {
        assert_eq!(answered(&url, answer.clone()).await.status, status, "{answer}");
    }
    let both = json!({
        "statusCode": 200,
        "headers": { "test-multi": "value-solo" },
        "multiValueHeaders": { "tesT-Multi": ["value-multi"] },
    });
    let answer = answered(&url, both).await;
    let values: Vec<_> = answer.headers.get_all("test-multi").iter().collect();
    assert_eq!(values, ["value-multi", "value-solo"]);
}

#[tokio::test]
async fn a_function_url_answers_what_its_function_does_not() {
    let (_stage, _, url) = started().await;
    let failed = send("POST", &url, &[], r#"{"fails": true}"#).await;
    assert_eq!((failed.status, failed.body), (502, "Internal Server Error".into()));
    let plain = answered(&url, json!({ "statusCode": 200, "body": "body123" })).await;
    assert_eq!(
        (plain.status, &plain.headers["content-type"]),
        (200, &"application/json".parse().unwrap())
    );
}

#[tokio::test]
async fn cookies_of_several_headers_and_hosts_on_the_way_are_kept() {
    let (_stage, _, url) = started().await;
    let headers = [("cookie", "a=1; b=2"), ("cookie", "c=3"), ("x-forwarded-for", "9.9.9.9")];
    let event = send("GET", &url, &headers, "").await.json();
    assert_eq!(event["cookies"], json!(["a=1", "b=2", "c=3"]));
    assert_eq!(event["headers"]["x-forwarded-for"], "9.9.9.9, 127.0.0.1");
}

#[tokio::test]
async fn slashes_before_and_behind_a_path_are_no_part_of_it() {
    let (_stage, url, _) = started().await;
    for (sent, resource, path, full, proxy) in [
        ("/Prod/value/", "/{proxy+}", "/value/", "/Prod/value/", json!({ "proxy": "value" })),
        ("/Prod/a//b", "/{proxy+}", "/a//b", "/Prod/a//b", json!({ "proxy": "a//b" })),
        ("//Prod/value", "/{proxy+}", "/value", "/Prod/value", json!({ "proxy": "value" })),
        ("/Prod//value", "/{proxy+}", "/value", "/Prod//value", json!({ "proxy": "value" })),
        ("/Prod//fixed", "/fixed", "/fixed", "/Prod//fixed", Value::Null),
    ] {
        let event = get(&format!("{url}{sent}")).await.json();
        assert_eq!(
            (&event["resource"], &event["path"]),
            (&json!(resource), &json!(path)),
            "{sent}"
        );
        assert_eq!(event["requestContext"]["path"], full, "{sent}");
        assert_eq!(event["pathParameters"], proxy, "{sent}");
    }
}

#[tokio::test]
async fn headers_of_the_connection_reach_no_function() {
    let (_stage, url, _) = started().await;
    let sent =
        [("authorization", "random"), ("TE", "trailers"), ("Max-Forwards", "1"), ("x-own", "a")];
    let event = send("POST", &format!("{url}/Prod/fixed"), &sent, "{}").await.json();
    let names: Vec<&String> = event["headers"].as_object().unwrap().keys().collect();
    for (name, is_there) in [
        ("Authorization", true),
        ("Host", true),
        ("x-own", true),
        ("authorization", false),
        ("te", false),
        ("max-forwards", false),
        ("content-length", false),
    ] {
        assert_eq!(names.iter().any(|known| *known == name), is_there, "{name}: {names:?}");
    }
}

#[tokio::test]
async fn gateway_responses_of_the_property_and_of_the_document_are_merged() {
    let (_stage, url, _) = started().await;
    let missing = send("POST", &format!("{url}/Prod/"), &[], "").await;
    assert_eq!(missing.status, 422);
    assert_eq!(send("DELETE", &format!("{url}/Prod/mock"), &[], "").await.status, 405);
}

#[tokio::test]
async fn the_request_template_of_a_mock_chooses_its_response() {
    let (_stage, url, _) = started().await;
    let asked = async |how: &str| {
        let answer = get(&format!("{url}/Prod/mock?how={how}")).await;
        (answer.status, answer.headers["foo"].to_str().unwrap().to_owned(), answer.json())
    };
    let bar = || "bar".to_owned();
    assert_eq!(asked("").await, (200, bar(), json!({ "foo": "bar", "status": "" })));
    assert_eq!(asked("override").await, (444, bar(), json!({ "foo": "bar", "status": "444" })));
    assert_eq!(asked("missing").await, (404, bar(), json!({ "a": "b" })));
}

async fn body_in(stage: &Stage, queue: &str) -> Value {
    let url = stage.queue_url(queue).unwrap();
    let queues = stage.queues().queues();
    let queue = queues.into_iter().find(|one| url.ends_with(one.name())).unwrap();
    let message = eventually(url, async || queue.peek(1).into_iter().next()).await;
    serde_json::from_str(&message.body).unwrap()
}

#[tokio::test]
async fn an_alias_is_invoked_as_its_own_configuration_says() {
    let stage = stage_of(case("asynchronous.yaml")).await;
    let invoke = async |name: &str, body: &'static str| {
        let url = format!("{}/2015-03-31/functions/{name}/invocations", stage.aws_endpoint());
        send("POST", &url, &[("x-amz-invocation-type", "Event")], body).await.status
    };
    assert_eq!(invoke("worker:live", "1").await, 202);
    let live = body_in(&stage, "LiveQueue").await;
    assert_eq!(live["requestPayload"], 1);
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:worker";
    assert_eq!(live["requestContext"]["functionArn"], format!("{arn}:live"));
    assert_eq!(invoke("worker", "2").await, 202);
    let latest = body_in(&stage, "LatestQueue").await;
    assert_eq!(latest["requestPayload"], 2);
    assert_eq!(latest["requestContext"]["functionArn"], format!("{arn}:$LATEST"));
    assert_eq!(invoke("worker", r#"{"fails": true}"#).await, 202);
    let letter = body_in(&stage, "LetterQueue").await;
    let attributes = &letter["MessageAttributes"];
    assert_eq!(attributes["ErrorCode"], json!({ "Type": "Number", "Value": "200" }));
    assert_eq!(attributes["ErrorMessage"], json!({ "Type": "String", "Value": "as told" }));
    assert_eq!(attributes["RequestID"]["Type"], "String");
}

#[tokio::test]
async fn configurations_of_invocations_that_cannot_both_count_are_refused() {
    let text = std::fs::read_to_string(case("asynchronous.yaml")).unwrap();
    let folder = Folder::new();
    for (qualifier, expected) in [
        ("live", "`live` has a configuration already"),
        ("love", "names `love`, and it has no such version or alias"),
    ] {
        let text = text.replace("Qualifier: $LATEST", &format!("Qualifier: {qualifier}"));
        let told = refusal_of(folder.write("t.yaml", &text)).await;
        assert!(told.contains(expected), "{told}");
    }
}

#[tokio::test]
async fn a_line_that_nobody_ends_is_there_when_its_invocation_has_ended() {
    let (log, lines) = recording_log();
    let options = StageOptions { log, ..StageOptions::new(case("recorded.yaml")) };
    let stage = Stage::start(options).await.unwrap();
    let api = stage.apis().iter().find(|api| api.kind == "function URL").unwrap();
    assert_eq!(send("POST", &api.url, &[], r#"{"says": "partial"}"#).await.status, 200);
    eventually("the line", async || {
        lines.lock().unwrap().iter().find(|line| line.ends_with("| partial")).cloned()
    })
    .await;
}

#[tokio::test]
async fn inline_code_answers_for_a_custom_resource() {
    let (log, lines) = recording_log();
    let options = StageOptions { log, ..StageOptions::new(case("recorded.yaml")) };
    let stage = Stage::start(options).await.unwrap();
    let api = stage.apis().iter().find(|api| api.kind == "function URL").unwrap();
    for id in ["OfPython", "OfNode"] {
        let event = json!({ "ResponseURL": api.url, "StackId": id });
        let (answer, is_error) = invoke(&stage, id, event).await;
        assert!(!is_error, "{answer}");
        let told = format!("told SUCCESS id of {id}");
        eventually(id, async || {
            lines.lock().unwrap().iter().find(|line| line.ends_with(&told)).cloned()
        })
        .await;
    }
}
