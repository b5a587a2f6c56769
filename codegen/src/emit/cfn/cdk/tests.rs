//! What must hold of the constructs of any system.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use crate::emit::sample;
use crate::model::{RuleTrigger, Schedule, System};
use crate::text::FileSet;

/// The constructs of a system.
fn constructs(system: &System) -> FileSet {
    let mut files = FileSet::default();
    super::super::emit_infrastructure(
        system,
        super::super::written(system, super::super::resources(system)),
        &mut files,
    );
    files
}

/// The file of a group, or the empty text.
fn file<'a>(files: &'a FileSet, name: &str) -> &'a str {
    files.get(&format!("cdk/{name}.ts")).unwrap_or_default()
}

/// Asserts that a text has these parts, in this order.
fn check_parts(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at =
            rest.find(part).unwrap_or_else(|| panic!("no `{part}` in what is left of\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

/// Every resource of the plain template is made by some file, under its own id.
#[test]
fn every_resource_is_made() {
    let system = sample::system();
    let files = constructs(&system);
    let all: String = files.iter().map(|(_, text)| text).collect();
    for resource in super::super::template(&system).resources() {
        let is_made_with = ["Role", "LogGroup", "Policy", "ApiPermission", "RulePermission"]
            .iter()
            .any(|suffix| resource.id.ends_with(suffix));
        let id = resource.id.trim_end_matches("Strict");
        let is_made = is_made_with || all.contains(&format!("'{id}'"));
        assert!(is_made, "{} is not made", resource.id);
    }
}

#[test]
fn a_queue_comes_after_the_one_for_its_dead_letters() {
    let files = constructs(&sample::system());
    check_parts(
        file(&files, "queues"),
        &[
            "new sqs.Queue(this, 'GivenUpQueue'",
            "redrivePermission: sqs.RedrivePermission.BY_QUEUE",
            "new sqs.Queue(this, 'PackQueue'",
            "deadLetterQueue: { queue: this.givenUpQueue, maxReceiveCount: 5 }",
        ],
    );
}

#[test]
fn a_queue_that_keeps_its_order_says_by_what() {
    let files = constructs(&sample::system());
    check_parts(
        file(&files, "queues"),
        &[
            "fifo: true,",
            "contentBasedDeduplication: true,",
            "deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP,",
            "fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,",
        ],
    );
    check_parts(file(&files, "rules"), &["messageGroupId: '$.detail.id'"]);
}

#[test]
fn a_rule_that_invokes_a_function_is_let_and_watched() {
    let files = constructs(&sample::system());
    check_parts(
        file(&files, "rules"),
        &[
            "into(functions.warehouseSendNoticeFunction, {",
            "functions.warehouseSendNoticeFunction.addPermission('RulePermission', {",
            "sourceArn: this.noticeRule.ruleArn,",
            "new lambda.EventInvokeConfig(this, 'WarehouseSendNoticeFunctionInvokeConfig', {",
            "onFailure: { bind: () => ({ destination: queues.noticeFailuresQueue.queueArn }) },",
        ],
    );
}

#[test]
fn reserved_concurrency_follows_the_setting() {
    let files = constructs(&sample::system());
    check_parts(
        file(&files, "functions"),
        &["reservedConcurrency: settings.reservedConcurrency === 'contract' ? 3 : undefined,"],
    );
    check_parts(file(&files, "settings"), &["readonly reservedConcurrency: 'contract' | 'none';"]);
}

/// A pattern may have keys that the CDK's type has not.
#[test]
fn a_pattern_is_kept_whole() {
    let mut system = sample::system();
    let crate::model::Delivery::Queue(delivery) = &mut system.services[1].receives[0].delivery
    else {
        unreachable!()
    };
    let RuleTrigger::Pattern(pattern) = &mut delivery.rule.trigger else { unreachable!() };
    pattern["$or"] = serde_json::json!([{ "source": ["a"] }, { "account": ["b"] }]);
    let files = constructs(&system);
    check_parts(
        file(&files, "rules"),
        &[
            "eventPattern: {",
            "(this.packRule.node.defaultChild as events.CfnRule).addPropertyOverride(",
            "'EventPattern.$or'",
        ],
    );
}

/// What the CDK's targets do not take is put beside them.
#[test]
fn a_schedule_says_its_times_and_its_input() {
    let mut system = sample::system();
    let crate::model::Delivery::Queue(delivery) = &mut system.services[1].receives[0].delivery
    else {
        unreachable!()
    };
    let (expression, input) = ("rate(5 minutes)".to_owned(), serde_json::json!({"late": true}));
    delivery.rule.trigger = RuleTrigger::Schedule(Schedule { expression, input });
    let files = constructs(&system);
    check_parts(
        file(&files, "rules"),
        &[
            "schedule: events.Schedule.expression('rate(5 minutes)'),",
            "(this.packRule.node.defaultChild as events.CfnRule).addPropertyOverride(",
            "'Targets.0.InputTransformer'",
            r#""detail":{"late":true}"#,
        ],
    );
}

/// Files import what they use, from modules that are made too.
#[test]
fn imports_lead_somewhere() {
    let mut without_api = sample::system();
    without_api.services.remove(0);
    let mut without_events = sample::system();
    without_events.services.remove(1);
    without_events.buses.clear();
    for system in [sample::system(), without_api, without_events] {
        let files = constructs(&system);
        for (path, text) in files.iter() {
            for line in text.lines().filter(|line| line.contains(" from './")) {
                let (_, name) = line.split_once("'./").unwrap();
                let name = name.trim_end_matches("';");
                assert!(!file(&files, name).is_empty(), "{path} imports {name}");
            }
        }
    }
}
