//! Event buses and rules.

use std::time::Duration;

use super::{last_part, policies};
use crate::bus::Pattern;
use crate::bus::schedule::Schedule;
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Archive, Bus, Plan, Rule, RuleTarget};
use crate::template::properties::{InertProperties, Properties};

const INERT_OF_BUS: InertProperties = &[
    ("Description", "no effect locally"),
    ("KmsKeyIdentifier", "encryption is not emulated"),
    ("LogConfig", "monitoring only"),
    ("Policy", "read separately"),
    ("Tags", "no effect locally"),
];

/// Reads a bus.
pub(super) fn bus(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_BUS, evaluator);
    properties.skip(&["Name"]);
    let (name, arn) = match (evaluator.name(id), evaluator.resource_attribute(id, "Arn")) {
        (Ok(name), Ok(arn)) => (name, arn),
        (Err(fault), _) | (_, Err(fault)) => return vec![fault],
    };
    plan.buses.push(Bus { id: id.to_owned(), name, arn });
    let faults = properties.finish();
    policies::of_bus(id, resource, plan, evaluator);
    faults
}

/// Reads an archive.
pub(super) fn archive(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let inert: InertProperties =
        &[("Description", "no effect locally"), ("KmsKeyIdentifier", "encryption is not emulated")];
    let mut properties = Properties::of(id, resource, inert, evaluator);
    properties.skip(&["ArchiveName"]);
    let Ok(name) = evaluator.name(id) else { return properties.finish() };
    let bus = properties.required_text("SourceArn");
    let pattern = properties.json("EventPattern");
    let days = properties.integer("RetentionDays", 0..=u32::MAX).filter(|days| *days > 0);
    let id = id.to_owned();
    plan.archives.push(Archive { id, name, bus, pattern, retention_days: days });
    properties.finish()
}

const INERT_OF_RULE: InertProperties = &[
    ("Description", "no effect locally"),
    ("RoleArn", "the stage does not check permissions"),
    ("Tags", "no effect locally"),
];

/// Reads a rule.
pub(super) fn rule(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_RULE, evaluator);
    properties.skip(&["Name"]);
    let (name, arn) = match (evaluator.name(id), evaluator.resource_attribute(id, "Arn")) {
        (Ok(name), Ok(arn)) => (name, arn),
        (Err(fault), _) | (_, Err(fault)) => return vec![fault],
    };
    let bus = properties.text("EventBusName").unwrap_or_else(|| "default".to_owned());
    let bus = last_part(&bus).trim_start_matches("event-bus/").to_owned();
    let pattern = properties.json("EventPattern");
    let schedule = properties.text("ScheduleExpression");
    let expression = schedule.as_deref().filter(|text| Schedule::parse(text).is_none());
    if let Some(text) = expression {
        let forms = "`rate(5 minutes)` or `cron(0 12 * * ? *)`";
        properties.refuse("ScheduleExpression", &format!("must be like {forms}, not `{text}`"));
    }
    if schedule.is_some() && bus != "default" {
        properties.refuse("ScheduleExpression", "is possible only on the default bus");
    }
    if let Some(Err(error)) = pattern.as_ref().map(|json| Pattern::parse(&json.to_string())) {
        properties.refuse("EventPattern", &format!("is not valid: {error}"));
    }
    if pattern.is_none() && schedule.is_none() {
        properties.refuse("EventPattern", "or `ScheduleExpression` is required");
    }
    let enabled = match properties.text("State").as_deref() {
        None | Some("ENABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS") => true,
        Some("DISABLED") => false,
        Some(_) => {
            properties.refuse("State", "must be ENABLED or DISABLED");
            true
        }
    };
    let mut targets = Vec::new();
    for mut part in properties.sections("Targets") {
        match target(&mut part) {
            Some(target) => {
                targets.push(target);
                properties.absorb(part);
            }
            // Nothing else of it makes sense then.
            None => properties.forsake(part),
        }
    }
    plan.rules.push(Rule {
        id: id.to_owned(),
        name,
        arn,
        bus,
        pattern,
        schedule,
        scheduler: None,
        enabled,
        targets,
    });
    properties.finish()
}

/// Whether the stage has the kind of a target.
pub(super) fn is_target(arn: &str) -> bool {
    let whole = ["arn:aws:sqs:", "arn:aws:lambda:", "arn:aws:sns:"];
    whole.iter().any(|kind| arn.starts_with(kind))
        || [":event-bus/", ":log-group:"].iter().any(|kind| arn.contains(kind))
}

fn target(part: &mut Properties) -> Option<RuleTarget> {
    let id = part.required_text("Id");
    let target = target_named(part, id)?;
    // A schedule may send any text to a queue, a rule may not.
    if let Some(input) = &target.input {
        if serde_json::from_str::<serde_json::Value>(input).is_err() {
            part.refuse("Input", "is not valid JSON; a text is written with its quotes");
        } else if target.arn.contains(":log-group:") {
            part.refuse("Input", "is not taken for a log group: EventBridge refuses it");
        }
    }
    Some(target)
}

/// Reads a target with an id of its own.
pub(super) fn target_named(part: &mut Properties, id: String) -> Option<RuleTarget> {
    let arn = part.required_text("Arn");
    if !arn.is_empty() && !is_target(&arn) {
        part.lacks(
            "Arn",
            "must be that of a queue, function, topic, bus or log group; other targets are not supported",
        );
        return None;
    }
    let mut target = RuleTarget {
        id,
        arn,
        dead_letter: None,
        max_retries: limits::EVENT_RULE_TRIES,
        max_age: Duration::from_secs(limits::EVENT_RULE_AGE.into()),
        input: part.text("Input"),
        input_path: part.text("InputPath"),
        input_transformer: None,
        message_group_id: None,
        event_of: None,
        has_role: part.take("RoleArn").is_some(),
    };
    if let Some(mut dead_letter) = part.section("DeadLetterConfig") {
        target.dead_letter = dead_letter.text("Arn");
        part.absorb(dead_letter);
    }
    if let Some(mut policy) = part.section("RetryPolicy") {
        target.max_retries = policy
            .integer("MaximumRetryAttempts", 0..=limits::EVENT_RULE_TRIES)
            .unwrap_or(target.max_retries);
        let max_age = policy.integer(
            "MaximumEventAgeInSeconds",
            limits::EVENT_RULE_AGE_LEAST..=limits::EVENT_RULE_AGE,
        );
        target.max_age =
            max_age.map_or(target.max_age, |seconds| Duration::from_secs(seconds.into()));
        part.absorb(policy);
    }
    if let Some(mut transformer) = part.section("InputTransformer") {
        let paths = transformer.text_map("InputPathsMap");
        let template = transformer.required_text("InputTemplate");
        target.input_transformer = Some((paths, template));
        part.absorb(transformer);
    }
    if let Some(mut sqs) = part.section("SqsParameters") {
        target.message_group_id = sqs.text("MessageGroupId");
        part.absorb(sqs);
    }
    Some(target)
}
