//! API keys and usage plans.

use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{ApiKey, Plan, QuotaPeriod, UsagePlan};
use crate::template::properties::{InertProperties, Properties};

const INERT_OF_KEY: InertProperties = &[
    ("CustomerId", "no effect locally"),
    ("Description", "no effect locally"),
    ("GenerateDistinctId", "the stage generates IDs"),
    ("Name", "no effect locally"),
    ("StageKeys", "deprecated; usage plans apply instead"),
    ("Tags", "no effect locally"),
];

/// Reads a key. Without a value it gets one that is the same on every run.
pub(super) fn api_key(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_KEY, evaluator);
    let Ok(key_id) = evaluator.name(id) else { return properties.finish() };
    let made_up = format!("local{:x}", md5::compute(&key_id));
    let value = properties.text("Value");
    if value.as_ref().is_some_and(|value| !(20..=128).contains(&value.len())) {
        properties.refuse("Value", "must have 20 to 128 characters");
    }
    let value = value.unwrap_or(made_up);
    let enabled = properties.flag("Enabled").unwrap_or(false);
    plan.api_keys.push(ApiKey { id: id.to_owned(), key_id, value, enabled });
    properties.finish()
}

const INERT_OF_PLAN: InertProperties = &[
    ("Description", "no effect locally"),
    ("Tags", "no effect locally"),
    ("UsagePlanName", "no effect locally"),
];

/// Reads a usage plan.
pub(super) fn usage_plan(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_PLAN, evaluator);
    let Ok(plan_id) = evaluator.name(id) else { return properties.finish() };
    let mut apis = Vec::new();
    for mut stage in properties.sections("ApiStages") {
        apis.push(stage.required_text("ApiId"));
        // An API has one stage here.
        stage.skip(&["Stage"]);
        if stage.json("Throttle").is_some_and(|methods| methods != serde_json::json!({})) {
            stage.lacks(
                "Throttle",
                "is not supported by the stage: a plan throttles all methods equally",
            );
        }
        properties.absorb(stage);
    }
    let mut throttle = None;
    if let Some(mut section) = properties.section("Throttle") {
        let rate = section.text("RateLimit").and_then(|text| text.parse::<f64>().ok());
        let burst = section.integer("BurstLimit", 0..=u32::MAX);
        match (rate, burst) {
            (Some(rate), Some(burst)) => throttle = Some((rate, burst)),
            (None, None) => {}
            _ => section.refuse("RateLimit", "and `BurstLimit` are needed together"),
        }
        properties.absorb(section);
    }
    let mut quota = None;
    if let Some(mut section) = properties.section("Quota") {
        let limit = section.integer("Limit", 0..=u32::MAX);
        let period = match section.text("Period").as_deref() {
            Some("DAY") => Some(QuotaPeriod::Day),
            Some("WEEK") => Some(QuotaPeriod::Week),
            Some("MONTH") => Some(QuotaPeriod::Month),
            _ => None,
        };
        match (limit, period) {
            (Some(limit), Some(period)) => quota = Some((u64::from(limit), period)),
            _ => section.refuse("Period", "must be DAY, WEEK or MONTH, with a `Limit`"),
        }
        if section.integer("Offset", 0..=31).is_some_and(|offset| offset > 0) {
            section.refuse("Offset", "is not supported by the stage");
        }
        properties.absorb(section);
    }
    let id = id.to_owned();
    plan.usage_plans.push(UsagePlan { id, plan_id, apis, keys: Vec::new(), throttle, quota });
    properties.finish()
}

/// Reads which key belongs to which plan; plans may come later in the template, so they are looked for at the end.
pub(super) fn usage_plan_key(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, &[], evaluator);
    let (key, of) = (properties.required_text("KeyId"), properties.required_text("UsagePlanId"));
    if properties.required_text("KeyType") != "API_KEY" {
        properties.refuse("KeyType", "must be `API_KEY`");
    }
    if !plan.api_keys.iter().any(|known| known.key_id == key) {
        properties.refuse("KeyId", "does not refer to a key of the template");
    }
    plan.plan_keys.push((of, key));
    properties.finish()
}

/// Gives plans their keys.
pub(super) fn join(plan: &mut Plan) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (of, key) in std::mem::take(&mut plan.plan_keys) {
        match plan.usage_plans.iter_mut().find(|plan| plan.plan_id == of) {
            Some(found) => found.keys.push(key),
            None => faults.push(Fault::new("template", format!("`{of}` is not a usage plan"))),
        }
    }
    faults
}
