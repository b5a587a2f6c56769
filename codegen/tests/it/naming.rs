//! Names of deployed resources: nothing that a contract adds elsewhere may change one, because a renamed queue is another
//! queue, and what waits in the old one is lost.

use codegen::compat::{self, Finding};
use codegen::source::SourceMap;
use serde_json::{Value, json};

/// Two receivers without names of their own: one through a default queue, one by the clock.
fn receivers() -> Value {
    json!({
        "asyncapi": "3.0.0",
        "info": {"title": "Events", "version": "1.0.0"},
        "channels": {
            "orders": {"messages": {"Placed": {
                "payload": {"type": "object", "properties": {"id": {"type": "string"}}}
            }}},
            "nightly": {
                "messages": {"Tick": {"payload": {"type": "object", "properties": {}}}},
                "bindings": {"x-eventbridge": {"bus": "default", "schedule": "rate(1 day)"}}
            }
        },
        "operations": {
            "take": {"action": "receive", "channel": {"$ref": "#/channels/orders"}},
            "tidy": {"action": "receive", "channel": {"$ref": "#/channels/nightly"}}
        }
    })
}

/// The contracts of some services, all of them the same.
fn contracts(services: &[&str]) -> SourceMap {
    let mut sources = SourceMap::default();
    sources.add("spec/defaults.yaml".to_owned(), "events: {delivery: queue}\n".to_owned());
    for service in services {
        let path = format!("spec/{service}/asyncapi.json");
        sources.add(path, receivers().to_string());
    }
    sources
}

/// The resources of the template, by logical id.
fn resources(services: &[&str]) -> serde_json::Map<String, Value> {
    let compiled = codegen::compile(&contracts(services)).unwrap();
    let template = compiled.files.get("infra/template.yaml").unwrap();
    let template: Value = serde_saphyr::from_str(template).unwrap();
    template["Resources"].as_object().unwrap().clone()
}

#[test]
fn a_service_that_is_added_renames_nothing() {
    const NAMES: [&str; 4] = ["QueueName", "Name", "FunctionName", "LogGroupName"];
    let alone = resources(&["orders"]);
    let queues = alone.values().filter(|one| one["Type"] == "AWS::SQS::Queue").count();
    assert!(queues >= 4, "the receivers have queues of their own: {queues}");
    // One service comes before it, one after it.
    let beside = resources(&["archive", "orders", "reports"]);
    for (id, resource) in &alone {
        let kept = beside.get(id).unwrap_or_else(|| panic!("{id} is gone"));
        assert_eq!(resource["Type"], kept["Type"], "{id}");
        for name in NAMES {
            assert_eq!(resource["Properties"][name], kept["Properties"][name], "{name} of {id}");
        }
    }
}

#[test]
fn a_renamed_service_is_no_removal() {
    let systems = ["orders", "shop"]
        .map(|service| codegen::resolve(&contracts(&[service])).system.expect("they are right"));
    let today = compat::parse_date("2026-01-01").unwrap();
    let findings = compat::compare(&systems[0], &systems[1], today);
    let has = |rule: &str| findings.iter().any(|one: &Finding| one.rule == rule);
    assert!(has("queue-renamed") && has("rule-renamed"), "{findings:#?}");
    assert!(!has("receive-operation-removed"), "{findings:#?}");
}
