//! Workflows that would never end: they call or wait for each other in a circle.

use super::View;
use crate::diag::catalog::workflows as fault;
use crate::model::{Action, ActionKind, Goto, Step, Target, Workflow};

/// Reports each circle of calls, and of dependencies, once.
pub(super) fn check(view: &View<'_>) {
    let list = &view.workflows.list;
    let calls: Vec<Vec<usize>> = list.iter().map(calls).collect();
    report(view, &calls, "calls between workflows");
    let waits: Vec<Vec<usize>> = list.iter().map(|workflow| workflow.depends_on.clone()).collect();
    report(view, &waits, "`dependsOn` between workflows");
}

/// The workflows that one calls by its steps, or runs before it tries again. A `goto` leaves the workflow, so it may
/// come back.
fn calls(workflow: &Workflow) -> Vec<usize> {
    let mut found = vec![];
    for step in &workflow.steps {
        if let Target::Workflow(called) = step.target {
            found.push(called);
        }
        for action in &step.on_failure {
            if let ActionKind::Retry { first: Some(Goto::Workflow(called, _)), .. } = action.kind {
                found.push(called);
            }
        }
    }
    found
}

/// Reports each retry that first runs a step which, by retries of its own, leads back to the step that is tried again.
pub(super) fn check_retries(view: &View<'_>, workflow: &Workflow) {
    for step in &workflow.steps {
        // One that names its own step is a plain retry.
        for (action, first) in first_steps(step).filter(|(_, first)| *first != step.id.wire) {
            let mut way = vec![step.id.wire.as_str()];
            let leads_back = leads_to(workflow, first, &step.id.wire, &mut way);
            if leads_back {
                view.fault(fault::retry_circle(action.span, &action.name, &way));
            }
        }
    }
}

/// The steps that retries of a step first run, each with its action.
fn first_steps(step: &Step) -> impl Iterator<Item = (&Action, &str)> {
    step.on_failure.iter().filter_map(|action| match &action.kind {
        ActionKind::Retry { first: Some(Goto::Step(first, _)), .. } => {
            Some((action, first.as_str()))
        }
        _ => None,
    })
}

/// Whether a step is another one, or leads to it by what its retries first run; `way` is how.
fn leads_to<'w>(workflow: &'w Workflow, from: &'w str, to: &str, way: &mut Vec<&'w str>) -> bool {
    let is_seen = way.iter().skip(1).any(|seen| *seen == from);
    way.push(from);
    if from == to {
        return true;
    }
    let next = workflow.step(from).filter(|_| !is_seen);
    let mut ahead = next.into_iter().flat_map(first_steps).filter(|(_, next)| *next != from);
    if ahead.any(|(_, next)| leads_to(workflow, next, to, way)) {
        return true;
    }
    way.pop();
    false
}

/// Reports steps that lead to each other in a circle that only a failure ends, and warns of those that nothing leads to.
pub(super) fn check_ways(view: &View<'_>, workflow: &Workflow) {
    let steps = &workflow.steps;
    for (start, names) in circles(workflow, only_next) {
        view.fault(fault::circle(steps[start].origin.span, "steps", &names));
    }
    // While all steps of such a circle fail, nothing ends it.
    for (start, names) in circles(workflow, failed_next) {
        view.fault(fault::failure_circle(steps[start].origin.span, &names));
    }
    let mut runs = vec![false; steps.len()];
    let mut open = vec![0];
    while let Some(at) = open.pop() {
        if at < steps.len() && !std::mem::replace(&mut runs[at], true) {
            open.extend(all_next(workflow, at));
        }
    }
    for (step, _) in steps.iter().zip(runs).filter(|(_, runs)| !runs) {
        view.warn(fault::step_never_runs(step.origin.span, &step.id.wire));
    }
}

/// The circles in which steps lead to each other, each once: its first step, and the names of all.
fn circles(
    workflow: &Workflow,
    next: fn(&Workflow, usize) -> Option<usize>,
) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let n_steps = workflow.steps.len();
    (0..n_steps).filter_map(move |start| {
        let way = std::iter::successors(Some(start), |at| next(workflow, *at));
        let way: Vec<usize> = way.skip(1).take(n_steps).collect();
        let back = way.iter().position(|at| *at == start)?;
        let is_first = way[..back].iter().all(|at| *at > start);
        let circle = std::iter::once(&start).chain(&way[..back]);
        is_first.then(|| (start, circle.map(|at| workflow.steps[*at].id.wire.as_str()).collect()))
    })
}

/// The step that runs after another has failed in any case.
fn failed_next(workflow: &Workflow, at: usize) -> Option<usize> {
    let mut actions = workflow.steps[at].on_failure.iter();
    certain_next(workflow, actions.find(|action| !is_retry(action))?)
}

/// The step that an action leads to in any case.
fn certain_next(workflow: &Workflow, action: &Action) -> Option<usize> {
    match &action.kind {
        ActionKind::Goto(Goto::Step(id, _)) if action.criteria.is_empty() => workflow.position(id),
        _ => None,
    }
}

fn is_retry(action: &Action) -> bool {
    matches!(action.kind, ActionKind::Retry { .. })
}

/// The step that runs after another in any case, unless that fails and nothing is done about it.
fn only_next(workflow: &Workflow, at: usize) -> Option<usize> {
    let step = &workflow.steps[at];
    if !step.on_failure.iter().all(is_retry) {
        return None;
    }
    match step.on_success.first() {
        None => Some(at + 1).filter(|next| *next < workflow.steps.len()),
        Some(action) => certain_next(workflow, action),
    }
}

/// Every step that may run after another.
fn all_next(workflow: &Workflow, at: usize) -> Vec<usize> {
    let step = &workflow.steps[at];
    let possible = Action::possible(&step.on_success);
    let goes_on = !possible.last().is_some_and(Action::is_certain);
    let actions = possible.iter().chain(&step.on_failure);
    let named = actions.filter_map(|action| match &action.kind {
        ActionKind::Goto(Goto::Step(id, _))
        | ActionKind::Retry { first: Some(Goto::Step(id, _)), .. } => workflow.position(id),
        _ => None,
    });
    named.chain(goes_on.then_some(at + 1)).collect()
}

fn report(view: &View<'_>, ahead: &[Vec<usize>], what: &str) {
    // 0: not seen, 1: on the way, 2: done.
    let mut state = vec![0_u8; ahead.len()];
    for start in 0..ahead.len() {
        let mut way: Vec<(usize, usize)> = vec![];
        if state[start] == 0 {
            state[start] = 1;
            way.push((start, 0));
        }
        while let Some((at, next)) = way.last_mut() {
            let Some(target) = ahead[*at].get(*next).copied() else {
                state[*at] = 2;
                way.pop();
                continue;
            };
            *next += 1;
            match state[target] {
                0 => {
                    state[target] = 1;
                    way.push((target, 0));
                }
                1 => {
                    let from = way.iter().position(|(at, _)| *at == target).unwrap_or_default();
                    let names: Vec<&str> = way[from..]
                        .iter()
                        .map(|(at, _)| view.workflows.list[*at].id.wire.as_str())
                        .collect();
                    let origin = view.workflows.list[target].origin.span;
                    view.fault(fault::circle(origin, what, &names));
                }
                _ => {}
            }
        }
    }
}
