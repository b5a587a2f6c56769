//! Topics: fan-out to queues, in envelopes and raw, with filters over bodies, from rules.

use serde_json::{Value, json};
use stage::Stage;

use crate::languages::{case, stage_of};
use crate::sam::{call, publish};
use crate::support::{Folder, eventually};

/// The bodies of the messages of a queue, as soon as there is one.
async fn bodies(stage: &Stage, queue: &str) -> Vec<Value> {
    let request = json!({ "QueueUrl": stage.queue_url(queue).unwrap(), "MaxNumberOfMessages": 10 });
    eventually(queue, async || {
        let received = call(stage, "AmazonSQS.ReceiveMessage", request.clone()).await;
        let messages = received["Messages"].as_array()?;
        let body =
            |message: &Value| serde_json::from_str(message["Body"].as_str().unwrap()).unwrap();
        Some(messages.iter().map(body).collect())
    })
    .await
}

#[tokio::test]
async fn an_event_fans_out_to_every_queue_that_wants_it() {
    let stage = stage_of(case("topics.yaml")).await;
    for n in [1, 2] {
        let entry =
            json!({ "Source": "shop", "DetailType": "t", "Detail": json!({ "n": n }).to_string() });
        call(&stage, "AWSEvents.PutEvents", json!({ "Entries": [entry] })).await;
        let envelope = &bodies(&stage, "Wrapped").await[0];
        assert_eq!(envelope["Type"], "Notification");
        assert_eq!(envelope["TopicArn"], "arn:aws:sns:us-east-1:000000000000:local-Topic");
        let event: Value = serde_json::from_str(envelope["Message"].as_str().unwrap()).unwrap();
        assert_eq!(event["detail"]["n"], n);
        assert_eq!(bodies(&stage, "RawQueue").await[0]["detail"]["n"], n);
    }
    let filtered = bodies(&stage, "FilteredQueue").await;
    assert_eq!(filtered.len(), 1);
    assert_eq!(filtered[0]["detail"]["n"], 2);
}

const TOPIC: &str = "TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3Alocal-Topic";

/// Nothing of a batch is dropped: it is taken whole, or refused whole by the name that SNS has for it.
#[tokio::test]
async fn a_batch_that_sns_refuses_is_refused_as_a_whole() {
    let stage = stage_of(case("topics.yaml")).await;
    let batch = async |ids: &[&str], message: &str| {
        let entry = |(at, id): (usize, &&str)| {
            let entry = format!("&PublishBatchRequestEntries.member.{}", at + 1);
            format!("{entry}.Id={id}{entry}.Message={message}")
        };
        let entries: String = ids.iter().enumerate().map(entry).collect();
        publish(&stage, &format!("Action=PublishBatch&{TOPIC}{entries}")).await
    };
    let eleven: Vec<String> = (0..11).map(|n| n.to_string()).collect();
    let eleven: Vec<&str> = eleven.iter().map(String::as_str).collect();
    let half = "x".repeat(131_073);
    for (ids, message, code) in [
        (&[] as &[&str], "x", "EmptyBatchRequest"),
        (&eleven, "x", "TooManyEntriesInBatchRequest"),
        (&["a", "a"], "x", "BatchEntryIdsNotDistinct"),
        (&["a", "b"], &half, "BatchRequestTooLong"),
    ] {
        let (status, text) = batch(ids, message).await;
        assert!(status == 400 && text.contains(code), "{status}: {text}");
    }
    let (status, text) = batch(&eleven[..10], "%7B%22detail%22%3A%7B%22n%22%3A0%7D%7D").await;
    assert_eq!((status, text.matches("<MessageId>").count()), (200, 10), "{text}");
    assert_eq!(bodies(&stage, "RawQueue").await.len(), 10);
}

/// A topic says how large its messages may be.
#[tokio::test]
async fn messages_are_as_large_as_their_topic_allows() {
    let template = std::fs::read_to_string(case("topics.yaml")).unwrap();
    let template = template.replace(
        "    Properties:\n      Subscription:",
        "    Properties:\n      MaximumMessageSize: 1048576\n      Subscription:",
    );
    let folder = Folder::new();
    let stage = stage_of(folder.write("template.yaml", &template)).await;
    for (bytes, expected) in [(1_048_576, 200), (1_048_577, 400)] {
        let form = format!("Action=Publish&{TOPIC}&Message={}", "x".repeat(bytes));
        let (status, text) = publish(&stage, &form).await;
        assert_eq!(status, expected, "{text}");
    }
}
