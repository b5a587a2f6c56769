//! EventBridge Scheduler: schedules of functions and queues, which are rules of the default bus here.
//!
//! Refuses what rules cannot do: times of a zone, a first and last day, single times, and targets that are calls to AWS.

use super::events;
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Plan, Rule};
use crate::template::properties::{InertProperties, Properties};

const INERT: InertProperties = &[
    ("Description", "no effect locally"),
    ("FlexibleTimeWindow", "the stage always runs on time"),
    ("GroupName", "a group only holds tags"),
    ("KmsKeyArn", "encryption is not emulated"),
    ("Name", "read with the resource's name"),
];

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
    let schedule = plural(properties.required_text("ScheduleExpression"));
    if schedule.starts_with("at(") {
        properties.lacks(
            "ScheduleExpression",
            "is a one-time schedule; only rate and cron are supported",
        );
        return properties.abandon();
    }
    let zone = properties.text("ScheduleExpressionTimezone");
    if zone.is_some_and(|zone| !matches!(zone.as_str(), "UTC" | "Etc/UTC")) {
        properties
            .lacks("ScheduleExpressionTimezone", "must be UTC: other time zones are not supported");
    }
    for name in ["StartDate", "EndDate"] {
        if properties.take(name).is_some() {
            properties.lacks(name, "is not supported by the stage: a schedule has no start or end");
        }
    }
    let enabled = properties.text("State").is_none_or(|state| state == "ENABLED");
    let mut targets = Vec::new();
    match properties.section("Target") {
        None => properties.refuse("Target", "is missing"),
        Some(mut part) => match events::target_named(&mut part, "target".to_owned()) {
            Some(target) => {
                targets.push(target);
                properties.absorb(part);
            }
            None => properties.forsake(part),
        },
    }
    let (id, bus) = (id.to_owned(), "default".to_owned());
    let (pattern, schedule) = (None, Some(schedule));
    plan.rules.push(Rule { id, name, arn, bus, pattern, schedule, enabled, targets });
    properties.finish()
}

/// A rate as rules write it. EventBridge Scheduler takes `5 minute` and `1 minutes` too.
fn plural(schedule: String) -> String {
    let rate = schedule.strip_prefix("rate(").and_then(|rest| rest.strip_suffix(')'));
    let Some((number, unit)) = rate.and_then(|rate| rate.trim().split_once(' ')) else {
        return schedule;
    };
    let unit = unit.trim().trim_end_matches('s');
    if number == "1" { format!("rate(1 {unit})") } else { format!("rate({number} {unit}s)") }
}

#[cfg(test)]
mod tests {
    use super::plural;

    #[test]
    fn a_rate_may_have_either_number() {
        for (written, read) in [
            ("rate(5 minute)", "rate(5 minutes)"),
            ("rate(1 hours)", "rate(1 hour)"),
            ("rate(2 days)", "rate(2 days)"),
            ("cron(0 12 * * ? *)", "cron(0 12 * * ? *)"),
        ] {
            assert_eq!(plural(written.to_owned()), read);
        }
    }
}
