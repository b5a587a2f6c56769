//! Joins the parts that do not know each other: rules of the template with the buses, filters of mappings with the
//! patterns of buses.

use std::sync::Arc;

use serde_json::Value;

use crate::bus::path::JsonPath;
use crate::bus::{
    BusError, BusService, BusSettings, Input, NewArchive, NewRule, Pattern, RetryPolicy, Target,
    Template,
};
use crate::mapping::{Filter, RecordFilter, message_body, message_record};
use crate::queue::Received;
use crate::stage::StageError;
use crate::template::{Archive, Mapping, Plan, Rule, RuleTarget};

/// Makes every bus, archive and rule of a template.
pub(crate) fn put_all(buses: &BusService, plan: &Plan) -> Result<(), StageError> {
    let of = |name: &str, put: Result<(), BusError>| {
        put.map_err(|source| StageError::of_bus(name, source))
    };
    for declared in &plan.buses {
        of(&declared.name, put_bus(buses, &declared.name))?;
    }
    for declared in &plan.archives {
        of(&declared.name, put_archive(buses, declared))?;
    }
    plan.rules.iter().try_for_each(|declared| of(&declared.name, put_rule(buses, declared)))
}

/// Makes a bus of the template, unless it is there already.
pub(crate) fn put_bus(buses: &BusService, name: &str) -> Result<(), BusError> {
    match buses.create_bus(name, BusSettings::default()) {
        Err(BusError::ResourceAlreadyExists(_)) => Ok(()),
        made => made.map(|_| ()),
    }
}

/// Makes an archive what the template says; its events stay.
pub(crate) fn put_archive(buses: &BusService, archive: &Archive) -> Result<(), BusError> {
    let new = NewArchive {
        description: None,
        pattern: archive.pattern.as_ref().map(Value::to_string),
        retention_days: archive.retention_days,
    };
    buses.put_archive(&archive.name, &archive.bus, new)
}

/// Puts a rule of the template with its targets on its bus.
pub(crate) fn put_rule(buses: &BusService, rule: &Rule) -> Result<(), BusError> {
    buses.put_rule(NewRule {
        name: rule.name.clone(),
        bus: Some(rule.bus.clone()),
        pattern: rule.pattern.as_ref().map(Value::to_string),
        schedule: rule.schedule.clone(),
        scheduler: rule.scheduler.clone(),
        state: Some(if rule.enabled { "ENABLED" } else { "DISABLED" }.to_owned()),
        ..NewRule::default()
    })?;
    let targets: Result<Vec<Target>, BusError> = rule.targets.iter().map(target).collect();
    buses.put_targets(Some(&rule.bus), &rule.name, targets?)
}

fn target(target: &RuleTarget) -> Result<Target, BusError> {
    let max_age_s = u32::try_from(target.max_age.as_secs()).unwrap_or(u32::MAX);
    Ok(Target {
        id: target.id.clone(),
        arn: target.arn.clone(),
        input: input(target)?,
        message_group_id: target.message_group_id.clone(),
        event_of: target.event_of.clone(),
        retry: RetryPolicy { max_retries: target.max_retries, max_age_s },
        dead_letter_arn: target.dead_letter.clone(),
        role_arn: None,
    })
}

fn input(target: &RuleTarget) -> Result<Input, BusError> {
    let refused =
        |reason: String| BusError::Validation(format!("target `{}`: {reason}", target.id));
    match (&target.input, &target.input_path, &target.input_transformer) {
        (None, None, None) => Ok(Input::Whole),
        (Some(text), None, None) => Ok(Input::Constant(text.clone())),
        (None, Some(path), None) => {
            JsonPath::parse(path).map(Input::Part).map_err(|error| refused(error.to_string()))
        }
        (None, None, Some((paths, text))) => {
            Template::parse(paths, text).map(Input::Template).map_err(refused)
        }
        _ => Err(refused(
            "`Input`, `InputPath` and `InputTransformer` exclude each other".to_owned(),
        )),
    }
}

/// The filter that lets a record of a stream pass which any of the patterns matches; none without patterns.
pub(crate) fn record_filter(patterns: &[Value]) -> Result<Option<RecordFilter>, BusError> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let compiled: Result<Vec<Pattern>, _> =
        patterns.iter().map(|pattern| Pattern::parse(&pattern.to_string())).collect();
    let compiled = compiled?;
    Ok(Some(Arc::new(move |record: &Value| compiled.iter().any(|pattern| pattern.matches(record)))))
}

/// The filter that lets a message pass whose record any of the patterns matches; none without patterns. Patterns of pipes
/// see the whole record. Those of functions see its body alone, as in AWS, so with `--allow-inert` one that asks for more
/// matches nothing here either.
pub(crate) fn filter(mapping: &Mapping) -> Result<Option<Filter>, BusError> {
    let Some(matches) = record_filter(&mapping.filters)? else { return Ok(None) };
    let queue = mapping.queue.clone();
    Ok(Some(match mapping.pipe {
        Some(_) => Arc::new(move |received: &Received| matches(&message_record(received, &queue))),
        None => Arc::new(move |received: &Received| matches(&message_body(received))),
    }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;
    use crate::clock::Clock;
    use crate::fault::Calm;
    use crate::queue::{self, NewMessage, QueueService, ReceiveOptions};
    use serde_json::json;
    use std::collections::BTreeMap;
    use std::time::Duration;

    #[tokio::test]
    async fn patterns_of_functions_see_the_body_alone() {
        let settings = queue::Settings {
            region: "r".to_owned(),
            account: "1".to_owned(),
            base_url: "http://127.0.0.1:1".to_owned(),
        };
        let queues = QueueService::new(settings, Clock::system(), Arc::new(Calm));
        let work = queues.create("work", &BTreeMap::new(), BTreeMap::new()).unwrap();
        work.send(NewMessage::text(r#"{"a":"x"}"#)).unwrap();
        let received = work.receive(&ReceiveOptions::default()).await.unwrap();
        let lets = |pattern: Value| {
            let mapping = Mapping {
                id: "M".to_owned(),
                queue: "arn:aws:sqs:r:1:work".to_owned(),
                function: "f".to_owned(),
                qualifier: None,
                batch_size: 1,
                window: Duration::ZERO,
                max_concurrency: None,
                reports_item_failures: false,
                filters: vec![pattern],
                enabled: true,
                pipe: None,
            };
            filter(&mapping).unwrap().unwrap()(&received[0])
        };
        assert!(lets(json!({ "body": { "a": ["x"] } })));
        assert!(!lets(json!({ "eventSource": ["aws:sqs"] })));
        assert!(!lets(json!({ "body": { "a": ["y"] } })));
    }
}
