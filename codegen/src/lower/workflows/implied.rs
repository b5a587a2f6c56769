//! Outputs that a step does not declare and other steps read: those of the workflow that it calls. Other tools have them
//! there without a word.

use super::reader::Reader;
use crate::diag::catalog::workflows as fault;
use crate::lower::names;
use crate::model::{
    Expression, ExpressionKind, Output, Step, StepValue, Target, ValueKind, Workflow,
};

/// Adds them to each step of the workflows from `first` on, with a warning.
pub(super) fn add_outputs(reader: &Reader<'_>, list: &mut [Workflow], first: usize) {
    for at in first..list.len() {
        own_outputs(reader, list, at);
        for (step, output, expression) in missing(&list[at]) {
            let Target::Workflow(called) = list[at].steps[step].target else { continue };
            let has = |one: &Workflow| one.outputs.iter().any(|known| known.name.wire == output);
            if !list.get(called).is_some_and(has) {
                continue;
            }
            let steps = &mut list[at].steps;
            if steps[step].outputs.iter().any(|known| known.name.wire == output) {
                continue;
            }
            reader.warn(fault::implied_output(expression.span, &steps[step].id.wire, &output));
            steps[step].outputs.push(implied(output, &expression));
        }
    }
}

/// A step that calls a workflow and reads an output of its own in its outputs means one of that workflow.
fn own_outputs(reader: &Reader<'_>, list: &mut [Workflow], at: usize) {
    for step in 0..list[at].steps.len() {
        let Target::Workflow(called) = list[at].steps[step].target else { continue };
        let known = list.get(called).map(|one| one.outputs.iter().map(|output| &output.name.wire));
        let known: Vec<String> = known.into_iter().flatten().cloned().collect();
        let Step { id, outputs, .. } = &mut list[at].steps[step];
        for output in outputs {
            let ValueKind::Expression(expression) = &mut output.value.kind else { continue };
            let ExpressionKind::Step { step, output } = &expression.kind else { continue };
            if *step != id.wire || !known.contains(output) {
                continue;
            }
            let (_, below) = expression.text.split_once(".outputs.").unwrap_or_default();
            let proper = format!("$outputs.{below}");
            reader.warn(fault::other_notation(expression.span, &expression.text, &proper));
            expression.kind = ExpressionKind::Output(output.clone());
            expression.text = proper;
        }
    }
}

/// An output that is the called workflow's of the same name.
fn implied(output: String, read: &Expression) -> Output {
    let expression = Expression {
        text: format!("$outputs.{output}"),
        span: read.span,
        kind: ExpressionKind::Output(output.clone()),
        pointer: vec![],
    };
    let value = StepValue { span: read.span, kind: ValueKind::Expression(expression) };
    Output { name: names::name(&output), value, span: read.span }
}

/// What a workflow reads of its steps and they do not declare: the step's index and the output, each with who reads it.
fn missing(workflow: &Workflow) -> Vec<(usize, String, Expression)> {
    let of_steps = workflow.steps.iter().flat_map(read_by);
    let of_outputs = workflow.outputs.iter().flat_map(|output| output.value.expressions());
    let found = of_steps.chain(of_outputs).filter_map(|expression| {
        let ExpressionKind::Step { step, output } = &expression.kind else { return None };
        let index = workflow.position(step)?;
        let is_there = workflow.steps[index].outputs.iter().any(|one| one.name.wire == *output);
        (!is_there).then(|| (index, output.clone(), expression.clone()))
    });
    found.collect()
}

/// Every expression that a step reads.
fn read_by(step: &Step) -> Vec<&Expression> {
    let criteria = step.criteria().flat_map(|criterion| criterion.expressions());
    let outputs = step.outputs.iter().flat_map(|output| output.value.expressions());
    step.needs().into_iter().chain(criteria).chain(outputs).collect()
}

/// The names of the inputs that steps and outputs read.
pub(super) fn inputs<'a>(steps: &'a [Step], outputs: &'a [Output]) -> Vec<&'a str> {
    let outputs = outputs.iter().flat_map(|output| output.value.expressions());
    let given = steps.iter().flat_map(|step| step.on_success.iter().chain(&step.on_failure));
    let given = given.flat_map(|action| action.arguments());
    let given = given.flat_map(|argument| argument.value.expressions());
    let promised = steps.iter().filter_map(|step| step.promise.as_ref());
    let promised = promised.flat_map(|one| one.values()).flat_map(|value| value.expressions());
    let all = steps.iter().flat_map(read_by).chain(outputs).chain(given).chain(promised);
    let mut names: Vec<&str> = all
        .filter_map(|expression| match &expression.kind {
            ExpressionKind::Input(name)
            | ExpressionKind::Workflow { is_output: false, name, .. } => Some(name.as_str()),
            _ => None,
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}
