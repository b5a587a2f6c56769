//! Workflows that would never end: they call or wait for each other in a circle.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::View;
use crate::diag::catalog::workflows as fault;
use crate::model::{Action, ActionKind, Goto, Step, Target, Workflow};

/// Reports each circle of calls, of dependencies, and of actions that lead to workflows, once.
pub(super) fn check(view: &View<'_>) {
    let list = &view.workflows.list;
    let calls: Vec<Vec<usize>> = list.iter().map(calls).collect();
    report(view, &calls, "calls between workflows");
    let waits: Vec<Vec<usize>> = list.iter().map(|workflow| workflow.depends_on.clone()).collect();
    report(view, &waits, "`dependsOn` between workflows");
    let has_goto = list.iter().any(|workflow| gotos(workflow).next().is_some());
    let mut reported: Vec<BTreeSet<usize>> = vec![];
    for (at, from) in calls.iter().enumerate().filter(|_| has_goto) {
        let back = from.iter().find_map(|called| led_back(list, *called, at));
        let Some(way) = back else { continue };
        let way: Vec<usize> = std::iter::once(at).chain(way).collect();
        let members: BTreeSet<usize> = way.iter().copied().collect();
        if !reported.contains(&members) {
            let what = "calls and `goto` between workflows";
            view.fault(fault::circle(list[at].origin.span, what, &names(view, &way)));
            reported.push(members);
        }
    }
    let between = |next: fn(&Workflow, usize) -> Option<Way>| {
        let ahead: Vec<_> = list.iter().map(|workflow| leads_out(workflow, next)).collect();
        circles(&ahead)
    };
    for way in between(only_next) {
        let what = "`goto` actions without `criteria`";
        view.fault(fault::circle(list[way[0]].origin.span, what, &names(view, &way)));
    }
    for way in between(failed_next) {
        let at = list[way[0]].origin.span;
        view.fault(fault::failure_circle(at, "workflows", &names(view, &way)));
    }
}

fn names<'a>(view: &View<'a>, way: &[usize]) -> Vec<&'a str> {
    way.iter().map(|at| view.workflows.list[*at].id.wire.as_str()).collect()
}

/// The workflows that one calls by its steps, or runs before it tries again. A `goto` leaves the workflow, so it may
/// come back, unless the workflow that it comes back to is still waiting for a call.
fn calls(workflow: &Workflow) -> Vec<usize> {
    let mut found = vec![];
    for step in &workflow.steps {
        if let Target::Workflow(called) = step.target {
            found.push(called);
        }
        let retries = step.on_failure.iter().filter(|action| is_retry(action));
        found.extend(retries.filter_map(Action::workflow));
    }
    found
}

/// The way by which a called workflow leads to another by at least one `goto`: the workflows before that.
fn led_back(list: &[Workflow], called: usize, to: usize) -> Option<Vec<usize>> {
    // Each workflow twice: as one that calls lead to, and as one that a `goto` is on the way to.
    let mut before: Vec<Option<(usize, bool)>> = vec![None; list.len() * 2];
    let place = |(at, has_led): (usize, bool)| at * 2 + usize::from(has_led);
    let mut open = vec![(called, false)];
    while let Some(here) = open.pop().filter(|here| *here != (to, true)) {
        let (at, has_led) = here;
        let by_call = calls(&list[at]).into_iter().map(|next| (next, has_led));
        for next in by_call.chain(gotos(&list[at]).map(|next| (next, true))) {
            if next != (called, false) && before[place(next)].is_none() {
                before[place(next)] = Some(here);
                open.push(next);
            }
        }
    }
    let way = std::iter::successors(before[place((to, true))], |here| before[place(*here)]);
    let mut way: Vec<usize> = way.map(|(at, _)| at).collect();
    way.reverse();
    (!way.is_empty()).then_some(way)
}

/// The workflows that actions of a workflow lead to.
fn gotos(workflow: &Workflow) -> impl Iterator<Item = usize> {
    let actions =
        workflow.steps.iter().flat_map(|step| step.on_success.iter().chain(&step.on_failure));
    actions.filter(|action| !is_retry(action)).filter_map(Action::workflow)
}

/// The workflow that one leads to in any case, where `next` is where a step leads.
fn leads_out(workflow: &Workflow, next: fn(&Workflow, usize) -> Option<Way>) -> Option<usize> {
    let mut step = 0;
    // No way is longer that does not come back to a step of its own, which is reported as such.
    for _ in 0..workflow.steps.len() {
        match next(workflow, step)? {
            Way::Step(next) => step = next,
            Way::Workflow(next) => return Some(next),
        }
    }
    None
}

/// The circles among things of which each leads to one other at most, each once and with its first first.
fn circles(ahead: &[Option<usize>]) -> Vec<Vec<usize>> {
    let circle = |start: usize| {
        let way = std::iter::successors(Some(start), |at| ahead[*at]).skip(1).take(ahead.len());
        let mut circle = vec![start];
        for at in way {
            match at.cmp(&start) {
                Ordering::Equal => return Some(circle),
                Ordering::Greater => circle.push(at),
                // It is found from that one.
                Ordering::Less => return None,
            }
        }
        None
    };
    (0..ahead.len()).filter_map(circle).collect()
}

/// Where a step leads.
enum Way {
    Step(usize),
    Workflow(usize),
}

impl Way {
    fn step(self) -> Option<usize> {
        match self {
            Self::Step(step) => Some(step),
            Self::Workflow(_) => None,
        }
    }
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
    let among = |next: fn(&Workflow, usize) -> Option<Way>| {
        let ahead: Vec<_> = (0..steps.len()).map(|at| next(workflow, at)?.step()).collect();
        circles(&ahead)
    };
    let names =
        |way: &[usize]| -> Vec<&str> { way.iter().map(|at| steps[*at].id.wire.as_str()).collect() };
    for way in among(only_next) {
        view.fault(fault::circle(steps[way[0]].origin.span, "steps", &names(&way)));
    }
    // While all steps of such a circle fail, nothing ends it.
    for way in among(failed_next) {
        view.fault(fault::failure_circle(steps[way[0]].origin.span, "steps", &names(&way)));
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

/// Where a failed step leads in any case.
fn failed_next(workflow: &Workflow, at: usize) -> Option<Way> {
    let mut actions = workflow.steps.get(at)?.on_failure.iter();
    certain_next(workflow, actions.find(|action| !is_retry(action))?)
}

/// Where an action leads in any case.
fn certain_next(workflow: &Workflow, action: &Action) -> Option<Way> {
    match &action.kind {
        _ if !action.criteria.is_empty() => None,
        ActionKind::Goto(Goto::Step(id, _)) => workflow.position(id).map(Way::Step),
        ActionKind::Goto(Goto::Workflow(led, _)) => Some(Way::Workflow(*led)),
        _ => None,
    }
}

fn is_retry(action: &Action) -> bool {
    matches!(action.kind, ActionKind::Retry { .. })
}

/// Where a step leads in any case, unless that fails and nothing is done about it.
fn only_next(workflow: &Workflow, at: usize) -> Option<Way> {
    let step = workflow.steps.get(at)?;
    if !step.on_failure.iter().all(is_retry) {
        return None;
    }
    match step.on_success.first() {
        None => Some(at + 1).filter(|next| *next < workflow.steps.len()).map(Way::Step),
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
                    let circle: Vec<usize> = way[from..].iter().map(|(at, _)| *at).collect();
                    let origin = view.workflows.list[target].origin.span;
                    view.fault(fault::circle(origin, what, &names(view, &circle)));
                }
                _ => {}
            }
        }
    }
}
