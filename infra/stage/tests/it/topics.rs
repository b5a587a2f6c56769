//! Topics: fan-out to queues, in envelopes and raw, with filters over bodies, from rules.

use serde_json::{Value, json};
use stage::Stage;

use crate::languages::{case, stage_of};
use crate::sam::call;
use crate::support::eventually;

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
