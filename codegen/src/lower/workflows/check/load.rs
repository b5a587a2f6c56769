//! What a load test makes of workflows: whether something starts each of them.

use super::View;
use crate::diag::catalog::workflows as fault;
use crate::model::{ActionKind, Goto, Step, Target, Workflow};

/// Warns of what `x-workload` says of a workflow and comes to nothing.
pub(super) fn check(view: &View<'_>, index: usize, workflow: &Workflow) {
    let list = &view.workflows.list;
    let (load, at) = (&workflow.load, workflow.origin.span);
    if let Some(other) = list.iter().find(|other| other.depends_on.contains(&index)) {
        if load.before == Some(0) {
            let why = format!(
                "`before: 0` has no effect: `{}` depends on this workflow, so it runs once before the load",
                other.id.wire
            );
            view.warn(fault::load_without_effect(at, &why, "remove `before`"));
        }
        return;
    }
    let is_idle = load.weight.parse() == Ok(0.0)
        && load.before.unwrap_or_default() == 0
        && load.after.is_none();
    let is_called =
        || list.iter().flat_map(|workflow| &workflow.steps).any(|step| calls(step, index));
    if is_idle && !view.ground.scope.sink.has_errors() && !is_called() {
        view.warn(fault::never_started(at, &workflow.id.wire));
    }
}

/// Whether a step, or an action of it, runs a workflow.
fn calls(step: &Step, index: usize) -> bool {
    let leads = |goto: &Goto| matches!(goto, Goto::Workflow(called, _) if *called == index);
    let mut actions = step.on_success.iter().chain(&step.on_failure);
    step.target == Target::Workflow(index)
        || actions.any(|action| match &action.kind {
            ActionKind::Goto(goto) | ActionKind::Retry { first: Some(goto), .. } => leads(goto),
            ActionKind::End | ActionKind::Retry { first: None, .. } => false,
        })
}
