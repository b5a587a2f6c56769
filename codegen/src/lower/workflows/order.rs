//! The order in which steps run: as they stand, unless `dependsOn` says otherwise.

use super::reader::Reader;
use crate::diag::catalog::workflows as fault;
use crate::model::{ExpressionKind, Step};

/// The steps so that each comes after those that it depends on, and else as they stand. Steps that depend on each other
/// in a circle are reported.
pub(super) fn in_order(reader: &Reader<'_>, workflow: &str, steps: Vec<Step>) -> Vec<Step> {
    if steps.iter().all(|step| step.depends_on.is_empty()) {
        return steps;
    }
    let needs: Vec<Vec<usize>> = steps.iter().map(|step| before(&steps, step, workflow)).collect();
    let mut done = vec![false; steps.len()];
    let mut order = vec![];
    while order.len() < steps.len() {
        let ready = |at: &usize| !done[*at] && needs[*at].iter().all(|need| done[*need]);
        let Some(next) = (0..steps.len()).find(ready) else {
            report_circle(reader, &steps, &needs, &done);
            return steps;
        };
        done[next] = true;
        order.push(next);
    }
    let mut steps: Vec<Option<Step>> = steps.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| steps[at].take()).collect()
}

/// The steps that one needs: those that it depends on, and those whose outputs it reads.
fn before(steps: &[Step], step: &Step, workflow: &str) -> Vec<usize> {
    let position = |id: &str| steps.iter().position(|other| other.id.wire == id);
    let named = step.depends_on.iter().filter(|on| on.workflow.is_none());
    let named = named.filter_map(|on| position(&on.step));
    let read = step.needs().into_iter().filter_map(|expression| match &expression.kind {
        ExpressionKind::Step { step, .. } => position(step),
        ExpressionKind::Workflow { workflow: of, .. } if of == workflow => None,
        _ => None,
    });
    named.chain(read).collect()
}

fn report_circle(reader: &Reader<'_>, steps: &[Step], needs: &[Vec<usize>], done: &[bool]) {
    // Every step that is left waits for another that is left, so the way through them comes back.
    let Some(first) = done.iter().position(|done| !done) else { return };
    let mut way = vec![first];
    while let Some(next) = way.last().and_then(|at| needs[*at].iter().find(|need| !done[**need])) {
        if let Some(start) = way.iter().position(|seen| seen == next) {
            way.drain(..start);
            break;
        }
        way.push(*next);
    }
    let names: Vec<&str> = way.iter().map(|at| steps[*at].id.wire.as_str()).collect();
    let Some(step) = way.first().map(|at| &steps[*at]) else { return };
    let at = step.depends_on.first().map_or(step.origin.span, |on| on.span);
    reader.fault(fault::circle(at, "steps", &names));
}
