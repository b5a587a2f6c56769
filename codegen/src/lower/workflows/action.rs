//! What steps do after they succeeded or failed.

use super::criterion::criteria;
use super::reader::Reader;
use super::step::{Located, arguments, component};
use super::target;
use crate::diag::catalog::{shape::nearest, slips, workflows as fault};
use crate::model::{Action, ActionKind, Goto};
use crate::parse::Node;

/// The actions of a list, as far as they could be read. `key` is what the list is called.
pub(super) fn actions(reader: &Reader<'_>, list: Option<&Node>, key: &str) -> Vec<Action> {
    let kind = if key.contains("uccess") { "successActions" } else { "failureActions" };
    let mut found: Vec<Action> = vec![];
    for node in list.into_iter().flat_map(Node::items) {
        let target = match node.get("reference") {
            None => Some(node),
            Some(reference) => component(reader, reference, kind),
        };
        let Some(target) = target.filter(|node| !reader.ground.scope.docs.failed(node)) else {
            continue;
        };
        let Some(action) = action(reader, target) else { continue };
        if let Some(first) = found.iter().find(|known| known.name == action.name) {
            reader.fault(fault::twice(action.span, "action", &action.name, first.span));
            continue;
        }
        // One without criteria is always taken, so nothing after it is.
        if let Some(first) = found.iter().find(|known| known.is_certain()) {
            reader.fault(fault::never_taken(action.span, &action.name, first.span));
        }
        found.push(action);
    }
    found
}

fn action(reader: &Reader<'_>, node: &Node) -> Option<Action> {
    let before = reader.n_faults();
    let name = node.get("name")?;
    let kind = node.text_at("type")?;
    let goto = goto(reader, node);
    let criteria = criteria(reader, node, "criteria");
    let refuse = |keys: &[&str]| {
        for entry in keys.iter().filter_map(|key| node.entry(key)) {
            reader.fault(fault::not_for_this_action(entry.key_span, &entry.key, kind));
        }
    };
    let kind = match kind {
        "end" => {
            refuse(&["stepId", "workflowId", "parameters", "retryAfter", "retryLimit"]);
            ActionKind::End
        }
        "goto" => {
            refuse(&["retryAfter", "retryLimit"]);
            match goto {
                Some(goto) => ActionKind::Goto(goto),
                None => {
                    if node.get("stepId").is_none() && node.get("workflowId").is_none() {
                        reader.fault(fault::goto_nowhere(name.span));
                    }
                    return None;
                }
            }
        }
        _ => ActionKind::Retry {
            after_ms: node.get("retryAfter").map_or(Some(0), |node| milliseconds(reader, node))?,
            limit: node.count_at("retryLimit").unwrap_or(1),
            first: goto,
        },
    };
    let (name, span) = (name.text()?.to_owned(), name.span);
    let action = Action { name, span, criteria, kind, shared: false };
    (reader.n_faults() == before).then_some(action)
}

/// Reports steps that components name and no workflow of the document has: nothing need refer to these components.
pub(super) fn check_components(reader: &Reader<'_>) {
    let tree = reader.document().tree;
    let workflows = tree.get("workflows").into_iter().flat_map(Node::items);
    let steps = workflows.filter_map(|one| one.get("steps")).flat_map(Node::items);
    let known: Vec<&str> = steps.filter_map(|step| step.text_at("stepId")).collect();
    for kind in ["successActions", "failureActions"] {
        let all = tree.at(&["components", kind]).into_iter().flat_map(Node::entries);
        for step in all.filter_map(|entry| entry.value.get("stepId")) {
            let id = step.text().unwrap_or_default();
            if !known.contains(&id) && !id.starts_with('$') {
                let near = nearest(id, known.iter().copied());
                reader.fault(fault::unknown(step.span, "step", id, near, &known));
            }
        }
    }
}

/// Where an action leads, if it says so.
fn goto(reader: &Reader<'_>, node: &Node) -> Option<Goto> {
    let (step, workflow) = (node.get("stepId"), node.get("workflowId"));
    if let (Some(step), Some(workflow)) = (step, workflow) {
        reader.fault(fault::two_targets(workflow.span, &["stepId", "workflowId"], step.span));
        return None;
    }
    if let (Some(entry), None) = (node.entry("parameters"), workflow) {
        reader.warn(fault::parameters_for_nobody(entry.key_span));
    }
    if let Some(step) = step {
        return Some(Goto::Step(step.text()?.to_owned(), step.span));
    }
    let index = target::workflow(reader, workflow?)?;
    Some(Goto::Workflow(index, arguments(reader, node.get("parameters"), Located::No)))
}

/// Seconds with a fraction, as milliseconds.
fn milliseconds(reader: &Reader<'_>, node: &Node) -> Option<u64> {
    const MOST: f64 = 86_400.0;
    /// More than a load test waits for an answer.
    const LONG: f64 = 60.0;
    let seconds: f64 = node.number()?.parse().ok()?;
    if !(0.0..=MOST).contains(&seconds) {
        reader.fault(fault::bad_retry(node.span));
        return None;
    }
    if seconds > LONG {
        reader.warn(slips::long_retry(node.span, node.number().unwrap_or_default()));
    }
    // In range, so nothing is cut off.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
    Some((seconds * 1000.0).round() as u64)
}
