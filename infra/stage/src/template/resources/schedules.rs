//! EventBridge Scheduler: schedules of functions, queues, topics and buses, which are rules of the default bus here.
//!
//! Refuses targets that are calls to AWS.

use jiff::Timestamp;

use super::events;
use crate::bus::Scheduler;
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Plan, Rule};
use crate::template::properties::{InertProperties, Properties};

const INERT: InertProperties = &[
    ("ActionAfterCompletion", "a schedule that is over invokes nothing"),
    ("Description", "no effect locally"),
    ("FlexibleTimeWindow", "the stage always runs on time"),
    ("GroupName", "a group only holds tags"),
    ("KmsKeyArn", "encryption is not emulated"),
    ("Name", "read with the resource's name"),
];

/// What the event is that a schedule puts on a bus. A bus takes nothing else, and nothing else takes one.
fn event_of(target: &mut Properties, arn: &str) -> Option<(String, String)> {
    let name = "EventBridgeParameters";
    let is_bus = arn.contains(":event-bus/");
    let Some(mut part) = target.section(name) else {
        if is_bus {
            target
                .refuse(name, "is missing: the event on a bus needs a `DetailType` and a `Source`");
        }
        return None;
    };
    if !is_bus {
        target.refuse(name, "is only for targets that are event buses");
    }
    let event = (part.required_text("DetailType"), part.required_text("Source"));
    if event.1.starts_with("aws.") {
        part.refuse("Source", "must not begin with `aws.`, which only AWS may use");
    }
    target.absorb(part);
    Some(event)
}

/// Reads a schedule.
pub(super) fn schedule(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT, evaluator);
    let (name, arn) = match (evaluator.name(id), evaluator.resource_attribute(id, "Arn")) {
        (Ok(name), Ok(arn)) => (name, arn),
        (Err(fault), _) | (_, Err(fault)) => return vec![fault],
    };
    let schedule = properties.required_text("ScheduleExpression");
    let scheduler = Scheduler {
        arn: arn.clone(),
        zone: properties.text("ScheduleExpressionTimezone"),
        start: properties.text("StartDate"),
        end: properties.text("EndDate"),
    };
    match scheduler.read(&schedule) {
        Ok(times) if times.are_over(Timestamp::now()) => {
            let message = format!("`{schedule}` is over: it invokes nothing");
            plan.left_out.push(format!("resource `{id}` (AWS::Scheduler::Schedule): {message}"));
        }
        Ok(_) => {}
        Err((name, why)) => properties.refuse(name, &why),
    }
    let enabled = properties.text("State").is_none_or(|state| state == "ENABLED");
    let mut targets = Vec::new();
    match properties.section("Target") {
        None => properties.refuse("Target", "is missing"),
        Some(mut part) => match events::target_named(&mut part, "target".to_owned()) {
            Some(mut target) => {
                target.event_of = event_of(&mut part, &target.arn);
                targets.push(target);
                properties.absorb(part);
            }
            None => properties.forsake(part),
        },
    }
    let (id, bus) = (id.to_owned(), "default".to_owned());
    let (pattern, schedule) = (None, Some(schedule));
    let scheduler = Some(scheduler);
    plan.rules.push(Rule { id, name, arn, bus, pattern, schedule, scheduler, enabled, targets });
    properties.finish()
}
