//! Promises that states keep, and workflows that look back: what they need is there, also after the load.

use super::expressions::Types;
use super::type_use::{Bare, TypeUse, follow};
use super::{At, Moment, View};
use crate::diag::catalog::{shape::nearest, workflows as fault};
use crate::model::{
    Expression, ExpressionKind, Promise, PromiseList, ScalarKind, Step, StepValue, Target,
    TypeKind, TypeRef, ValueKind, Workflow,
};

/// What a workflow that looks back is given besides the inputs of the visit.
const GIVEN: [&str; 2] = ["outcome", "kept"];

/// Checks the promise of a step.
pub(super) fn check<'a>(view: &View<'a>, at: At<'a>, step: &'a Step, promise: &'a Promise) {
    check_kind(view, step, promise);
    if let Some(owes) = &promise.step {
        let found = view.find_step(at.index, owes, promise.span);
        let own = at.step.map_or(0, |(number, _)| number);
        if found.is_some_and(|found| found >= own) {
            let why = format!("the step `{owes}` does not run before this one");
            view.fault(fault::bad_promise(promise.span, &why, "name an earlier step"));
        }
    } else if at.workflow.owed(step).is_none() && promise.key.is_some() {
        let why = "no step before this one changes anything";
        view.fault(fault::bad_promise(promise.span, why, "name the step that owes it: `step: …`"));
    }
    for expression in promise.values().flat_map(StepValue::expressions) {
        view.expression(at, expression);
    }
    if let Some(ValueKind::Text(text)) = promise.equals.as_ref().map(|value| &value.kind)
        && text.is_empty()
    {
        let why = "`equals` is empty, so nothing keeps the promise";
        view.fault(fault::bad_promise(promise.span, why, "name the value that the ID must have"));
    }
    if let Some(asked) = &promise.requested_at {
        check_instant(view, "requestedAt", asked.span, view.value_types(at, asked, 0));
    }
    if !matches!(step.target, Target::Operation(_)) {
        return;
    }
    check_request(view, step, promise);
    let answered = At { moment: Moment::Succeeded, ..at };
    let places = view.expression(answered, &promise.items);
    let list_key = promise.list.as_ref().map(|list| &list.key);
    let pointers = [Some(&promise.id), promise.created_at.as_ref(), list_key];
    for pointer in pointers.into_iter().flatten() {
        let Some(places) = places.clone() else { return };
        let is_list = places.iter().all(|place| place.kinds() == super::type_use::Kinds::LIST);
        let whole: Vec<String> = is_list
            .then(|| "0".to_owned())
            .into_iter()
            .chain(pointer.steps.iter().cloned())
            .collect();
        let found = follow(places, &whole);
        if promise.created_at.as_ref().is_some_and(|at| std::ptr::eq(at, pointer)) {
            let types = found.as_ref().ok().cloned().flatten();
            check_instant(view, "createdAt", pointer.span, types);
        }
        if let Err((step, known)) = found {
            let near = nearest(&step, known.iter().copied());
            let items = &promise.items.text;
            let text = match is_list {
                true => format!("an item of `{items}`"),
                false => format!("`{items}`"),
            };
            view.fault(fault::nothing_in(pointer.span, &text, &step, near, &known));
        }
    }
    if let Some(list) = &promise.list {
        check_list(view, list);
    }
}

/// A time is a text of one, or a number of seconds.
fn check_instant<'a>(view: &View<'a>, key: &str, span: crate::source::Span, types: Types<'a>) {
    let Some(places) = types.filter(|places| !places.is_empty()) else { return };
    let may_be = |bare: Bare<'_>| match bare {
        Bare::Json => true,
        Bare::Plain(TypeRef::Scalar(kind)) => is_instant(*kind),
        Bare::Kind(TypeKind::Newtype(scalar)) => is_instant(scalar.kind),
        _ => false,
    };
    if !places.into_iter().flat_map(TypeUse::bare).any(may_be) {
        let why = format!("`{key}` leads to a value that is not a time");
        let help = "name a value of `format: date-time`, or remove it";
        view.fault(fault::bad_promise(span, &why, help));
    }
}

fn is_instant(kind: ScalarKind) -> bool {
    matches!(kind, ScalarKind::DateTime | ScalarKind::String) || kind.is_number()
}

/// A message has its key already; a state needs one.
fn check_kind(view: &View<'_>, step: &Step, promise: &Promise) {
    let (why, help) = match (&step.target, &promise.key) {
        (Target::Operation(_), Some(_)) | (Target::Receive(_), None) => return,
        (Target::Operation(_), None) => {
            ("the promise of a step that reads needs a `key`", "add `key: $inputs.…`")
        }
        (Target::Receive(_), Some(_)) => {
            ("a step that receives uses its `correlationId` as the key", "remove `key`")
        }
        _ => ("only a step that receives or reads can have a promise", "remove `x-promise`"),
    };
    view.fault(fault::bad_promise(promise.span, why, help));
}

/// After the load the state is read again, when only inputs and the key are known.
fn check_request(view: &View<'_>, step: &Step, promise: &Promise) {
    let keys = promise.key.iter().filter_map(|key| match &key.kind {
        ValueKind::Expression(expression) => Some(expression.text.as_str()),
        _ => None,
    });
    let keys: Vec<&str> = keys.collect();
    let is_known = |expression: &Expression| match &expression.kind {
        ExpressionKind::Input(_) | ExpressionKind::Workflow { .. } => true,
        _ => keys.contains(&expression.text.as_str()),
    };
    if let Some(other) = step.needs().into_iter().find(|expression| !is_known(expression)) {
        let why = format!(
            "`{}` is not available after the load, when this request is repeated; only inputs and the promise's `key` are",
            other.text
        );
        view.fault(fault::bad_promise(other.span, &why, "use it as `key`"));
    }
}

fn check_list(view: &View<'_>, list: &PromiseList) {
    let operation = list.operation.of(view.services()).1;
    let needed = operation.parameters.iter().find(|one| one.required);
    if let Some(parameter) = needed {
        let (id, name) = (&operation.id.wire, &parameter.name.wire);
        let why = format!("`{id}` requires `{name}`, so it cannot list everything");
        view.fault(fault::bad_promise(
            list.span,
            &why,
            "name an operation without required parameters",
        ));
    }
}

/// Checks a workflow that looks back after another one.
pub(super) fn check_after(view: &View<'_>, workflow: &Workflow, after: usize) {
    let other = &view.workflows.list[after];
    let at = workflow.origin.span;
    if other.promises().is_empty() && !view.incomplete.contains(&after) {
        let why = format!("the workflow `{}` has no promise to check", other.id.wire);
        view.fault(fault::bad_load(at, &why));
        return;
    }
    let inputs = |workflow: &'_ Workflow| -> Vec<String> {
        let inputs = workflow.inputs.iter().flat_map(|inputs| &inputs.list);
        inputs.map(|input| input.name.wire.clone()).collect()
    };
    let known = inputs(other);
    let of = workflow.inputs.iter().flat_map(|inputs| &inputs.list);
    for input in of.filter(|input| !GIVEN.contains(&input.name.wire.as_str())) {
        if !known.contains(&input.name.wire) {
            let known: Vec<&str> = known.iter().map(String::as_str).chain(GIVEN).collect();
            let near = nearest(&input.name.wire, known.iter().copied());
            let (id, name) = (&other.id.wire, &input.name.wire);
            view.fault(fault::unknown_input(input.span, id, name, near, &known));
        }
    }
}
