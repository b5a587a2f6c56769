//! Buses: events that reach queues and functions through the rules of a template.

use std::path::PathBuf;

use aws_sdk_eventbridge::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use stage::{Stage, StageOptions};

use crate::support::{eventually, options, send};

fn template() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/events.yaml")
}

#[tokio::test]
async fn an_event_reaches_the_queue_and_the_function_that_its_rules_name() {
    let stage = Stage::start(StageOptions { template: template(), ..options() }).await.unwrap();
    let config = aws_sdk_eventbridge::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(stage.aws_endpoint());
    let client = aws_sdk_eventbridge::Client::from_conf(config.build());
    let entry = |detail_type: &str| {
        PutEventsRequestEntry::builder()
            .event_bus_name(stage.output("BusName").unwrap())
            .source("test")
            .detail_type(detail_type)
            .detail(r#"{"price":12}"#)
            .build()
    };
    let answer =
        client.put_events().entries(entry("Wanted")).entries(entry("Other")).send().await.unwrap();
    assert_eq!(answer.failed_entry_count(), 0);
    let inbox = stage.queues().queue_by_url(stage.queue_url("Inbox").unwrap()).unwrap();
    eventually("the message", async || (inbox.ledger().sent == 1).then_some(())).await;
    let message: serde_json::Value = serde_json::from_str(&inbox.peek(1)[0].body).unwrap();
    assert_eq!(message["detail"]["price"], 12);
    let name = stage.function_name("ReceiverFunction").unwrap();
    eventually("the invocation", async || {
        (stage.metrics().functions[name].invocations == 1).then_some(())
    })
    .await;
    eventually("the second event", async || (stage.metrics().buses.n_unrouted == 1).then_some(()))
        .await;
}

#[tokio::test]
async fn an_event_belongs_to_the_trace_of_its_request_unless_it_names_one() {
    let stage = Stage::start(StageOptions { template: template(), ..options() }).await.unwrap();
    let inbox = stage.queues().queue_by_url(stage.queue_url("Inbox").unwrap()).unwrap();
    let bus = stage.output("BusName").unwrap();
    for (n_sent, own, expected) in [(1, None, "Root=1-2-3"), (2, Some("Root=own"), "Root=own")] {
        let mut entry = serde_json::json!({
            "EventBusName": bus, "Source": "test", "DetailType": "Wanted", "Detail": r#"{"price":12}"#,
        });
        if let Some(own) = own {
            entry["TraceHeader"] = own.into();
        }
        let body = serde_json::json!({ "Entries": [entry] }).to_string();
        let headers = [("x-amz-target", "AWSEvents.PutEvents"), ("x-amzn-trace-id", "Root=1-2-3")];
        assert_eq!(send("POST", stage.aws_endpoint(), &headers, body).await.status, 200);
        eventually("the message", async || (inbox.ledger().sent == n_sent).then_some(())).await;
        let traces: Vec<_> =
            inbox.peek(2).iter().map(|message| message.trace_header.clone()).collect();
        assert!(traces.contains(&Some(expected.to_owned())), "{traces:?}");
    }
}

#[tokio::test]
async fn a_schedule_fires_when_it_is_told_to() {
    let stage = Stage::start(StageOptions { template: template(), ..options() }).await.unwrap();
    let inbox = stage.queues().queue_by_url(stage.queue_url("Inbox").unwrap()).unwrap();
    assert_eq!(inbox.ledger().sent, 0);
    stage.fire_schedule("Nightly").unwrap();
    eventually("the message", async || (inbox.ledger().sent == 1).then_some(())).await;
    let message: serde_json::Value = serde_json::from_str(&inbox.peek(1)[0].body).unwrap();
    assert_eq!(message["detail"], serde_json::json!({"afterHours": 48}));
    assert_eq!(message["source"], "aws.events");
    assert!(message["id"].is_string() && message["time"].is_string(), "{message}");
    assert!(stage.fire_schedule("Rule").is_err() && stage.fire_schedule("Nobody").is_err());
}
