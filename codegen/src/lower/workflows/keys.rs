//! Keys of promises: what tells the runs of a load test apart has a value of its own in each of them.

use serde_json::Value as Json;

use crate::diag::Sink;
use crate::diag::catalog::workflows as fault;
use crate::model::{ExpressionKind, Input, StepValue, Workflow};
use crate::values::{Drawn, is_given};

/// Of so few different values, two runs of an ordinary load test have the same.
const FEW: u64 = 1_000_000;

/// How many values are drawn where a schema leaves a number open at an end, or has dates.
const USUAL: u64 = 1_000;

/// Warns of keys that several runs have.
pub(super) fn check(list: &[Workflow], sink: &Sink) {
    // One that looks back runs for what others owe, and one that only others start has its inputs from them.
    let is_drawn = |one: &&Workflow| one.load.after.is_none() && one.load.weight != "0";
    for workflow in list.iter().filter(is_drawn) {
        let mut told = vec![];
        for owed in workflow.promises() {
            if !told.contains(&owed.key.span) {
                told.push(owed.key.span);
                check_key(workflow, owed.key, sink);
            }
        }
    }
}

fn check_key(workflow: &Workflow, key: &StepValue, sink: &Sink) {
    let expressions = key.expressions();
    let values = expressions.iter().try_fold(1_u64, |all, expression| match &expression.kind {
        ExpressionKind::Input(name) if expression.pointer.is_empty() => {
            Some(all.saturating_mul(values_of(input(workflow, name)?)?))
        }
        _ => None,
    });
    let Some(n_values) = values.filter(|values| *values <= FEW) else { return };
    let Some(first) = expressions.first() else {
        return sink.report(fault::key_repeats(key.span, "", None, false));
    };
    let is_text = expressions.iter().any(|expression| match &expression.kind {
        ExpressionKind::Input(name) => input(workflow, name).is_some_and(may_be_unique),
        _ => false,
    });
    sink.report(fault::key_repeats(key.span, &first.text, Some(n_values), is_text));
}

fn input<'w>(workflow: &'w Workflow, name: &str) -> Option<&'w Input> {
    workflow.inputs.as_ref()?.list.iter().find(|input| input.name.wire == name)
}

/// Whether an input can have a text that no other run has.
fn may_be_unique(input: &Input) -> bool {
    let keys = ["enum", "const", "format", "pattern"];
    input.schema["type"] == "string" && keys.iter().all(|key| input.schema.get(*key).is_none())
}

/// How many different values of an input there are; none where there are many, or nobody can say.
fn values_of(input: &Input) -> Option<u64> {
    let (data, schema) = (&input.data, &input.schema);
    if data.unique || data.file.is_some() {
        return None;
    }
    match (data.values, drawn(schema, Drawn::of(input))) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// How many different values are drawn from a schema.
fn drawn(schema: &Json, what: Drawn) -> Option<u64> {
    if schema.get("const").is_some() {
        return Some(1);
    }
    let examples = schema["examples"].as_array().filter(|_| is_given(schema, what));
    let listed = schema["enum"].as_array().or(examples);
    if let Some(all) = listed.filter(|all| !all.is_empty()) {
        return u64::try_from(all.len()).ok();
    }
    if schema.get("example").is_some() && is_given(schema, what) {
        return Some(1);
    }
    match (schema["type"].as_str()?, schema["format"].as_str()) {
        ("boolean", _) => Some(2),
        ("integer", _) => {
            let bound = |keys: [&str; 2]| keys.iter().find_map(|key| schema[*key].as_f64());
            let low = bound(["minimum", "exclusiveMinimum"]);
            let high = bound(["maximum", "exclusiveMaximum"]);
            let width = |(low, high): (f64, f64)| ((high - low).max(0.0) as u64).saturating_add(1);
            Some(low.zip(high).map_or(USUAL, width))
        }
        ("string", Some("date")) => Some(USUAL),
        ("string", None) => {
            let most = u32::try_from(schema["maxLength"].as_u64()?).ok()?;
            Some(26_u64.checked_pow(most)?.max(1))
        }
        _ => None,
    }
}
