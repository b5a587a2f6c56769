//! Streams of tables, schedules of EventBridge Scheduler, and pipes from queues to functions.

use serde_json::{Value, json};

use crate::languages::{case, stage_of};
use crate::sam::{call, written};
use crate::support::eventually;

#[tokio::test]
async fn changes_of_a_table_reach_a_function_in_their_order_and_through_its_filter() {
    let stage = stage_of(case("streams.yaml")).await;
    let table = stage.table_name("Source").unwrap();
    let put = async |id: &str, n: &str| {
        let item = json!({ "id": { "S": id }, "n": { "N": n } });
        call(&stage, "DynamoDB_20120810.PutItem", json!({ "TableName": table, "Item": item }))
            .await;
    };
    put("unwanted", "1").await;
    put("wanted", "1").await;
    put("wanted", "2").await;
    let told = written(&stage, "Things", "stream MODIFY").await;
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["OldImage"]["n"]["N"], "1");
    assert_eq!(told["NewImage"]["n"]["N"], "2");
    let told = written(&stage, "Things", "stream INSERT").await;
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["Keys"], json!({ "id": { "S": "wanted" } }));
}

#[tokio::test]
async fn a_batch_that_fails_too_often_is_given_up_and_told() {
    let stage = stage_of(case("streams.yaml")).await;
    let table = stage.table_name("Source").unwrap();
    let item = json!({ "id": { "S": "a" } });
    call(&stage, "DynamoDB_20120810.PutItem", json!({ "TableName": table, "Item": item })).await;
    let failed = json!({ "QueueUrl": stage.queue_url("Failed").unwrap() });
    let record = eventually("the record", async || {
        let received = call(&stage, "AmazonSQS.ReceiveMessage", failed.clone()).await;
        received["Messages"][0]["Body"].as_str().map(str::to_owned)
    })
    .await;
    let record: Value = serde_json::from_str(&record).unwrap();
    assert_eq!(record["requestContext"]["condition"], "RetryAttemptsExhausted");
    assert_eq!(record["requestContext"]["approximateInvokeCount"], 2);
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:local-Failing";
    assert_eq!(record["requestContext"]["functionArn"], arn);
    let batch = &record["DDBStreamBatchInfo"];
    assert_eq!(batch["batchSize"], 1);
    assert!(batch["shardId"].as_str().is_some_and(|id| id.len() >= 28), "{batch}");
    for end in ["approximateArrivalOfFirstRecord", "approximateArrivalOfLastRecord"] {
        assert!(batch[end].as_str().is_some_and(|time| time.ends_with('Z')), "{batch}");
    }
    assert_eq!(stage.metrics().functions["local-Failing"].errors, 2);
}

#[tokio::test]
async fn schedules_and_pipes_invoke_functions() {
    let stage = stage_of(case("streams.yaml")).await;
    stage.fire_schedule("Schedule").unwrap();
    assert_eq!(written(&stage, "Things", "scheduler").await, r#"{"by":"scheduler"}"#);
    let inbox = stage.queue_url("Inbox").unwrap();
    call(&stage, "AmazonSQS.SendMessage", json!({ "QueueUrl": inbox, "MessageBody": "hi" })).await;
    assert_eq!(written(&stage, "Things", "pipe").await, r#"{"list":true,"body":"hi"}"#);
}

#[tokio::test]
async fn a_schedule_sends_its_own_event_at_once_or_its_input_with_attributes() {
    let stage = stage_of(case("schedules.yaml")).await;
    let received = async |queue: &str| {
        let asked = json!({ "QueueUrl": stage.queue_url(queue).unwrap() });
        let body = eventually("a message", async || {
            let received = call(&stage, "AmazonSQS.ReceiveMessage", asked.clone()).await;
            received["Messages"][0]["Body"].as_str().map(str::to_owned)
        });
        serde_json::from_str::<Value>(&body.await).unwrap()
    };
    let event = received("Inbox").await;
    let arn = "arn:aws:scheduler:us-east-1:000000000000:schedule/default/";
    assert_eq!((&event["source"], &event["detail"]), (&json!("aws.scheduler"), &json!("{}")));
    assert_eq!(event["resources"], json!([format!("{arn}at-once")]));
    stage.fire_schedule("Once").unwrap();
    let input = received("Letters").await;
    assert_eq!((&input["of"], &input["attempt"]), (&json!(format!("{arn}local-Once")), &json!(1)));
    assert!(input["at"].as_str().unwrap().ends_with('Z'), "{input}");
}
