//! Workflows that would never end: they call or wait for each other in a circle.

use super::View;
use crate::diag::catalog::workflows as fault;
use crate::model::{ActionKind, Goto, Target, Workflow};

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
