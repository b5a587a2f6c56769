//! The protocol of the buses, spoken by the AWS SDK, and by hand where the SDK would not say such
//! things.

use crate::server::Server;
use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::error::ProvideErrorMetadata;
use aws_sdk_eventbridge::primitives::DateTime;
use aws_sdk_eventbridge::types::{
    DeadLetterConfig, InputTransformer, PutEventsRequestEntry, RetryPolicy, RuleState,
    SqsParameters, Target,
};
use serde_json::{Value, json};
use stage::clock::Clock;
use stage::fault::{Calm, Chaos, Decision, Failure, Site};
use stage::queue::ReceiveOptions;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

async fn started() -> (Server, Client) {
    let server = Server::start(Clock::manual(1_700_000_000_000), Calm).await;
    let client = server.events();
    (server, client)
}

fn arn(queue: &str) -> String {
    format!("arn:aws:sqs:eu-west-1:123456789012:{queue}")
}

fn entry(bus: &str, detail: &Value) -> PutEventsRequestEntry {
    PutEventsRequestEntry::builder()
        .source("shop.basket")
        .detail_type("CheckoutBasket")
        .detail(detail.to_string())
        .event_bus_name(bus)
        .build()
}

impl Server {
    fn create_queue(&self, name: &str) {
        let mut attributes = BTreeMap::new();
        if name.ends_with(".fifo") {
            attributes.insert("FifoQueue".to_owned(), "true".to_owned());
            attributes.insert("ContentBasedDeduplication".to_owned(), "true".to_owned());
        }
        self.services.queues.create(name, &attributes, BTreeMap::new()).unwrap();
    }

    async fn body(&self, queue: &str) -> String {
        let queue = self.services.queues.queue(queue).unwrap();
        let options = ReceiveOptions { wait_s: Some(20), ..ReceiveOptions::default() };
        queue.receive(&options).await.unwrap().remove(0).message.body.clone()
    }
}

#[tokio::test]
async fn an_event_goes_through_bus_rule_and_queue() {
    let (server, client) = started().await;
    server.create_queue("orders");
    let bus = client.create_event_bus().name("shop").send().await.unwrap().event_bus_arn.unwrap();
    assert_eq!(bus, "arn:aws:events:eu-west-1:123456789012:event-bus/shop");
    let rule = client
        .put_rule()
        .name("checkout")
        .event_bus_name("shop")
        .event_pattern(
            r#"{"detail-type":["CheckoutBasket"],"detail":{"total":[{"numeric":[">",0]}]}}"#,
        )
        .send()
        .await
        .unwrap();
    assert_eq!(rule.rule_arn(), Some("arn:aws:events:eu-west-1:123456789012:rule/shop/checkout"));
    let target = Target::builder().id("orders").arn(arn("orders")).build().unwrap();
    let put =
        client.put_targets().rule("checkout").event_bus_name(&bus).targets(target).send().await;
    assert_eq!(put.unwrap().failed_entry_count(), 0);

    let full = PutEventsRequestEntry::builder()
        .source("shop.basket")
        .detail_type("CheckoutBasket")
        .detail(r#"{"total":10.50}"#)
        .event_bus_name(&bus)
        .time(DateTime::from_secs(1_447_278_594))
        .resources("arn:thing")
        .build();
    let malformed = PutEventsRequestEntry::builder()
        .source("shop.basket")
        .detail_type("CheckoutBasket")
        .detail("{")
        .event_bus_name("shop")
        .build();
    let answer = client
        .put_events()
        .entries(full)
        .entries(malformed)
        .entries(entry("shop", &json!({"total": 0})))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.failed_entry_count(), 1);
    assert_eq!(answer.entries()[1].error_code(), Some("MalformedDetail"));
    assert!(answer.entries()[2].event_id().is_some());
    let body = server.body("orders").await;
    assert!(body.ends_with(r#""detail":{"total":10.50}}"#), "the detail to the letter: {body}");
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["id"], answer.entries()[0].event_id().unwrap());
    assert_eq!(body["time"], "2015-11-11T21:49:54Z");
    assert_eq!(body["resources"], json!(["arn:thing"]));
    assert_eq!(body["account"], "123456789012");
    assert_eq!(body["version"], "0");
    assert_eq!(server.services.queues.queue("orders").unwrap().ledger().sent, 1);
}

#[tokio::test]
async fn targets_get_what_they_ask_for() {
    let (server, client) = started().await;
    for name in ["constant", "part", "template", "group.fifo"] {
        server.create_queue(name);
    }
    client
        .put_rule()
        .name("r")
        .event_pattern(r#"{"source":["shop.basket"]}"#)
        .send()
        .await
        .unwrap();
    let target = |name: &str| Target::builder().id(name.replace('.', "-")).arn(arn(name));
    let transformer = InputTransformer::builder()
        .input_paths_map("user", "$.detail.user")
        .input_template(r#"{"who":<user>,"rule":"<aws.events.rule-name>"}"#)
        .build()
        .unwrap();
    let retry = RetryPolicy::builder().maximum_retry_attempts(3).maximum_event_age_in_seconds(60);
    let all = [
        target("constant").input(r#"{"fixed":true}"#),
        target("part").input_path("$.detail"),
        target("template").input_transformer(transformer),
        target("group.fifo")
            .sqs_parameters(SqsParameters::builder().message_group_id("g").build())
            .retry_policy(retry.build())
            .dead_letter_config(DeadLetterConfig::builder().arn(arn("part")).build()),
    ];
    let all: Vec<Target> = all.into_iter().map(|target| target.build().unwrap()).collect();
    client.put_targets().rule("r").set_targets(Some(all.clone())).send().await.unwrap();
    client.put_events().entries(entry("default", &json!({"user": "ann"}))).send().await.unwrap();
    assert_eq!(server.body("constant").await, r#"{"fixed":true}"#);
    assert_eq!(server.body("part").await, r#"{"user":"ann"}"#);
    assert_eq!(server.body("template").await, r#"{"who":"ann","rule":"r"}"#);
    let grouped = server.services.queues.queue("group.fifo").unwrap();
    let options = ReceiveOptions { wait_s: Some(20), ..ReceiveOptions::default() };
    let received = grouped.receive(&options).await.unwrap();
    assert_eq!(received[0].message.group_id.as_deref(), Some("g"));

    let listed = client.list_targets_by_rule().rule("r").send().await.unwrap();
    let mut wanted = all;
    wanted.sort_by(|one, other| one.id().cmp(other.id()));
    assert_eq!(listed.targets(), wanted, "targets are shown as they were put");
    let by_target =
        client.list_rule_names_by_target().target_arn(arn("part")).send().await.unwrap();
    assert_eq!(by_target.rule_names(), ["r"]);
    let removed = client.remove_targets().rule("r").ids("part").ids("none").send().await.unwrap();
    assert_eq!(removed.failed_entry_count(), 1);
    assert_eq!(removed.failed_entries()[0].target_id(), Some("none"));
}

#[tokio::test]
async fn rules_and_buses_are_described_listed_switched_and_deleted() {
    let (_server, client) = started().await;
    client.create_event_bus().name("shop").description("d").send().await.unwrap();
    let pattern = r#"{"source":["a"]}"#;
    for n in 0..5 {
        client
            .put_rule()
            .name(format!("rule-{n}"))
            .event_bus_name("shop")
            .event_pattern(pattern)
            .description("what")
            .send()
            .await
            .unwrap();
    }
    client.disable_rule().name("rule-1").event_bus_name("shop").send().await.unwrap();
    let rule = client.describe_rule().name("rule-1").event_bus_name("shop").send().await.unwrap();
    assert_eq!(rule.state(), Some(&RuleState::Disabled));
    assert_eq!((rule.event_pattern(), rule.description()), (Some(pattern), Some("what")));
    client.enable_rule().name("rule-1").event_bus_name("shop").send().await.unwrap();
    let mut names = Vec::new();
    let mut token = None;
    loop {
        let page = client.list_rules().event_bus_name("shop").name_prefix("rule-").limit(2);
        let page = page.set_next_token(token).send().await.unwrap();
        names.extend(page.rules().iter().map(|rule| rule.name().unwrap().to_owned()));
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(names, ["rule-0", "rule-1", "rule-2", "rule-3", "rule-4"]);
    let bus = client.describe_event_bus().name("shop").send().await.unwrap();
    assert_eq!(bus.description(), Some("d"));
    assert_eq!(bus.creation_time().map(DateTime::secs), Some(1_700_000_000));
    let buses = client.list_event_buses().send().await.unwrap();
    let buses: Vec<&str> = buses.event_buses().iter().map(|bus| bus.name().unwrap()).collect();
    assert_eq!(buses, ["default", "shop"]);
    for name in names {
        client.delete_rule().name(name).event_bus_name("shop").send().await.unwrap();
    }
    client.delete_event_bus().name("shop").send().await.unwrap();
    let gone = client.describe_event_bus().name("shop").send().await.unwrap_err();
    assert!(gone.into_service_error().is_resource_not_found_exception());
}

#[tokio::test]
async fn schedules_are_kept_and_shown() {
    let (_server, client) = started().await;
    let put = |schedule: &str| client.put_rule().name("s").schedule_expression(schedule).send();
    put("cron(0 10 * * ? *)").await.unwrap();
    let rule = client.describe_rule().name("s").send().await.unwrap();
    assert_eq!(rule.schedule_expression(), Some("cron(0 10 * * ? *)"));
    let error = put("every minute").await.unwrap_err();
    assert_eq!(error.code(), Some("ValidationException"));
}

#[tokio::test]
async fn patterns_are_tested_and_refused() {
    let (_server, client) = started().await;
    let event = json!({
        "id": "1", "account": "1", "source": "s", "time": "2026-01-01T00:00:00Z", "region": "r",
        "resources": [], "detail-type": "T", "detail": {"n": 5},
    });
    let test = |pattern: &str| {
        client.test_event_pattern().event_pattern(pattern).event(event.to_string()).send()
    };
    assert!(test(r#"{"detail":{"n":[{"numeric":["=",5]}]}}"#).await.unwrap().result());
    assert!(!test(r#"{"detail":{"n":[6]}}"#).await.unwrap().result());
    let error = test(r#"{"detail":{"n":5}}"#).await.unwrap_err().into_service_error();
    assert!(error.is_invalid_event_pattern_exception());
    let wanted =
        "Event pattern is not valid. Reason: \"n\" must be an object or an array at `detail.n`";
    assert_eq!(error.message(), Some(wanted));
    let error = client.put_rule().name("r").event_pattern("{").send().await.unwrap_err();
    assert!(error.into_service_error().is_invalid_event_pattern_exception());
    let half = client.test_event_pattern().event_pattern(r#"{"a":[1]}"#).event(r#"{"a":1}"#);
    assert_eq!(half.send().await.unwrap_err().code(), Some("ValidationException"));
}

#[tokio::test]
async fn what_the_stage_does_not_have_is_refused_by_name() {
    let (server, _) = started().await;
    server.raw("AWSEvents.PutRule", r#"{"Name":"r","EventPattern":"{\"a\":[1]}"}"#).await;
    let entries = |n: usize| {
        let entry = r#"{"Source":"s","DetailType":"T","Detail":"{}"}"#;
        format!(r#"{{"Entries":[{}]}}"#, vec![entry; n].join(","))
    };
    let target = |more: &str| {
        format!(r#"{{"Rule":"r","Targets":[{{"Id":"t","Arn":"arn:aws:sqs:r:1:q"{more}}}]}}"#)
    };
    for (action, body, kind) in [
        ("PutEvents", "{".to_owned(), "SerializationException"),
        ("PutEvents", String::new(), "ValidationException"),
        ("PutEvents", entries(0), "ValidationException"),
        ("PutEvents", entries(11), "ValidationException"),
        ("PutEvents", r#"{"Entries":[{"Colour":1}]}"#.to_owned(), "SerializationException"),
        ("PutEvents", r#"{"EndpointId":"e","Entries":[]}"#.to_owned(), "ValidationException"),
        ("PutTargets", target(r#","EcsParameters":{}"#), "ValidationException"),
        ("PutTargets", target(r#","Input":"{","InputPath":"$"#), "SerializationException"),
        ("PutTargets", target(r#","Input":"{}","InputPath":"$""#), "ValidationException"),
        ("PutTargets", target(r#","Input":"{""#), "ValidationException"),
        ("PutTargets", target(r#","InputPath":"detail""#), "ValidationException"),
        (
            "PutTargets",
            target(r#","InputTransformer":{"InputTemplate":"<x>"}"#),
            "ValidationException",
        ),
        ("PutTargets", r#"{"Rule":"none","Targets":[]}"#.to_owned(), "ResourceNotFoundException"),
        ("ListRules", r#"{"Limit":0}"#.to_owned(), "ValidationException"),
        ("CreateConnection", "{}".to_owned(), "UnknownOperationException"),
    ] {
        let (status, _, answer) = server.raw(&format!("AWSEvents.{action}"), &body).await;
        assert_eq!(answer["__type"], kind, "{action} {body}: {answer}");
        assert_eq!(status, 400);
        assert!(!answer["message"].as_str().unwrap().is_empty());
    }
}

/// These decisions for calls of `PutEvents`, one after the other.
struct Script(Vec<Decision>, AtomicUsize);

impl Chaos for Script {
    fn decide(&self, site: Site) -> Decision {
        if site != Site::PutEvents {
            return Decision::Proceed;
        }
        let next = self.1.fetch_add(1, Ordering::Relaxed);
        self.0.get(next).copied().unwrap_or(Decision::Proceed)
    }
}

#[tokio::test]
async fn injected_faults_are_errors_that_an_sdk_would_retry() {
    let script = vec![
        Decision::Fail(Failure::Throttle),
        Decision::Fail(Failure::Internal),
        Decision::Fail(Failure::Unavailable),
        Decision::LoseResponse,
    ];
    let server = Server::start(Clock::manual(0), Script(script, AtomicUsize::new(0))).await;
    let client = server.events();
    let put = || client.put_events().entries(entry("default", &json!({}))).send();
    assert_eq!(put().await.unwrap_err().code(), Some("ThrottlingException"));
    assert!(put().await.unwrap_err().into_service_error().is_internal_exception());
    assert_eq!(put().await.unwrap_err().raw_response().unwrap().status().as_u16(), 503);
    assert_eq!(server.services.buses.stats().taken, 0);
    assert!(put().await.unwrap_err().into_service_error().is_internal_exception());
    assert_eq!(server.services.buses.stats().taken, 1, "done all the same");
    assert!(put().await.is_ok());
}
