//! SAM templates, as they are written: transformed as SAM's translator does.

use serde_json::{Value, json};
use stage::Stage;

use crate::languages::{case, stage_of};
use crate::support::{eventually, get, send};

async fn sam() -> Stage {
    stage_of(case("sam/template.yaml")).await
}

/// One call of a service in the JSON protocol.
pub(crate) async fn call(stage: &Stage, target: &str, body: Value) -> Value {
    let headers = [
        ("x-amz-target", target),
        ("content-type", "application/x-amz-json-1.0"),
        ("x-amz-date", "20261123T000000Z"),
        (
            "authorization",
            "AWS4-HMAC-SHA256 Credential=key/20261123/us-east-1/any/aws4_request, SignedHeaders=host, Signature=0",
        ),
    ];
    let answer = send("POST", stage.aws_endpoint(), &headers, body.to_string()).await;
    assert_eq!(answer.status, 200, "{target}: {:?}", answer.body);
    if answer.body.is_empty() { Value::Null } else { answer.json() }
}

/// Waits until the worker has written an item, and returns its text.
pub(crate) async fn written(stage: &Stage, table: &str, name: &str) -> String {
    let key =
        json!({ "TableName": stage.table_name(table).unwrap(), "Key": { "name": { "S": name } } });
    eventually(name, async || {
        let item = call(stage, "DynamoDB_20120810.GetItem", key.clone()).await;
        item["Item"]["text"]["S"].as_str().map(str::to_owned)
    })
    .await
}

#[tokio::test]
async fn events_of_functions_become_routes_of_implied_and_own_apis() {
    let stage = sam().await;
    let output = |name: &str| stage.output(name).unwrap().to_owned();
    assert!(output("Hello").starts_with("http://127.0.0.1:"), "{}", output("Hello"));
    let hello = get(&format!("{}anna", output("Hello"))).await;
    let expected = json!({ "colour": "blue", "version": "1.0", "resource": "/hello/{name}", "parameters": { "name": "anna" } });
    assert_eq!((hello.status, hello.json()), (200, expected));
    let any = output("Hello").replace("/hello/", "/any/a/b");
    assert_eq!(send("DELETE", &any, &[], "").await.json()["parameters"], json!({ "proxy": "a/b" }));
    let plain = send("POST", &format!("{}plain", output("Http")), &[], "").await.json();
    assert_eq!((&plain["version"], &plain["resource"]), (&json!("2.0"), &json!("POST /plain")));
    assert_eq!(get(&format!("{}other", output("Http"))).await.json()["resource"], "$default");
    let options = output("Hello").replace("/hello/", "/hello/anna");
    let preflight = send("OPTIONS", &options, &[], "").await;
    assert_eq!(preflight.headers["access-control-allow-origin"], "https://shop.example");
    let documented = get(&format!("{}/documented", output("Documented"))).await;
    assert_eq!((documented.status, &documented.json()["colour"]), (200, &json!("red")));
    assert_eq!(output("Role"), "arn:aws:iam::000000000000:role/local-HelloRole");
    assert_eq!(output("Alias"), "arn:aws:lambda:us-east-1:000000000000:function:local-Hello:live");
}

#[tokio::test]
async fn authorizers_of_apis_stand_before_the_routes_of_events() {
    let stage = sam().await;
    let own = stage.output("Own").unwrap();
    assert_eq!(get(&format!("{own}/open")).await.status, 200);
    let guarded = format!("{own}/guarded");
    assert_eq!(get(&guarded).await.status, 401);
    assert_eq!(send("GET", &guarded, &[("authorization", "no")], "").await.status, 403);
    assert_eq!(send("GET", &guarded, &[("authorization", "yes")], "").await.status, 200);
    let token = format!("{}/token", stage.output("OwnHttp").unwrap());
    assert_eq!(get(&token).await.status, 401);
    let claims =
        json!({ "iss": "https://issuer.example", "aud": "shop", "exp": 32_503_680_000_u64 });
    let bearer = format!("Bearer {}", stage.issuer().mint(&claims).unwrap());
    assert_eq!(send("GET", &token, &[("authorization", &bearer)], "").await.status, 200);
}

#[tokio::test]
async fn queues_rules_and_schedules_invoke_functions() {
    let stage = sam().await;
    let inbox = stage.queue_url("Inbox").unwrap();
    call(&stage, "AmazonSQS.SendMessage", json!({ "QueueUrl": inbox, "MessageBody": "work" }))
        .await;
    assert_eq!(written(&stage, "Things", "queue").await, "work");
    let entry = |detail: &str| json!({ "Entries": [{ "Source": "shop", "DetailType": "told", "Detail": detail }] });
    call(&stage, "AWSEvents.PutEvents", entry(r#"{"n":1}"#)).await;
    assert_eq!(written(&stage, "Things", "shop").await, r#"{"n":1}"#);
    stage.fire_schedule("WorkerEvery").unwrap();
    assert_eq!(written(&stage, "Things", "clock").await, r#"{"by":"clock"}"#);
    call(&stage, "AWSEvents.PutEvents", entry(r#"{"fail":true}"#)).await;
    let failed = stage.queue_url("Failed").unwrap();
    let record = eventually("the record of the failure", async || {
        let received =
            call(&stage, "AmazonSQS.ReceiveMessage", json!({ "QueueUrl": failed })).await;
        received["Messages"][0]["Body"].as_str().map(str::to_owned)
    })
    .await;
    assert!(record.contains("as told"), "{record}");
}

/// One publication by the query protocol; the form is written as it goes over the wire.
pub(crate) async fn publish(stage: &Stage, form: &str) -> (u16, String) {
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        (
            "authorization",
            "AWS4-HMAC-SHA256 Credential=key/20261123/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=0",
        ),
    ];
    let answer = send("POST", stage.aws_endpoint(), &headers, form.to_owned()).await;
    (answer.status, String::from_utf8_lossy(&answer.body).into_owned())
}

fn with_kind(topic: &str, kind: &str, message: &str) -> String {
    format!(
        "Action=Publish&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3A{topic}&Message={message}\
         &MessageAttributes.entry.1.Name=kind&MessageAttributes.entry.1.Value.DataType=String\
         &MessageAttributes.entry.1.Value.StringValue={kind}"
    )
}

#[tokio::test]
async fn topics_invoke_functions_with_what_their_filters_let_pass() {
    let stage = sam().await;
    let (status, answer) = publish(&stage, &with_kind("local-News", "bad", "unwanted")).await;
    assert_eq!(status, 200, "{answer}");
    let (_, answer) = publish(&stage, &with_kind("local-News", "good", "hello+there")).await;
    assert!(answer.contains("<MessageId>"), "{answer}");
    assert_eq!(written(&stage, "Things", "topic").await, "hello there");
    let (status, answer) = publish(&stage, &with_kind("nobody", "good", "x")).await;
    assert_eq!((status, answer.contains("<Code>NotFound</Code>")), (404, true), "{answer}");
    let (status, answer) = publish(&stage, "Action=CreateTopic&Name=x").await;
    assert_eq!(status, 400);
    assert!(answer.contains("the template has no topic `x`"), "{answer}");
    let (status, answer) = publish(&stage, "Action=DeleteTopic&TopicArn=x").await;
    assert_eq!(status, 400);
    assert!(answer.contains("of SNS, not DeleteTopic"), "{answer}");
}
