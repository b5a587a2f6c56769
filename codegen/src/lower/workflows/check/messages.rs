//! Steps that send and receive messages.

use super::arguments::check_payload;
use super::type_use::TypeUse;
use super::{At, View, convert, values};
use crate::diag::catalog::workflows as fault;
use crate::model::{Action, Counted, MessageReference, Step, StepValue, ValueKind};

/// A step that sends has a payload that the message's schema allows.
pub(super) fn check_send<'a>(
    view: &View<'a>,
    at: At<'a>,
    step: &'a Step,
    messages: &'a [MessageReference],
) {
    let Some(body) = step.body.as_ref().filter(|body| body.payload.is_some()) else {
        view.fault(fault::message_without_payload(step.target_span));
        return;
    };
    if let [reference, _, ..] = messages {
        let first = reference.of(view.services()).1;
        let names: Vec<&str> =
            messages.iter().map(|one| one.of(view.services()).1.name.wire.as_str()).collect();
        view.fault(fault::several_messages(step.target_span, &names, &first.name.wire));
        return;
    }
    for reference in messages {
        let (service, message) = reference.of(view.services());
        if message.source.is_none() {
            let name = &message.name.wire;
            view.fault(fault::sent_without_source(step.target_span, name, message.origin.span));
        }
        check_payload(view, at, body, TypeUse::of_id(service, message.payload), values::check);
    }
    for argument in &step.arguments {
        if !argument.shared {
            view.fault(fault::parameter_of_message(argument.span));
        }
    }
}

/// Warns where nothing tells whether a message is owed.
fn check_counted(view: &View<'_>, at: At<'_>, step: &Step) {
    let Some(owed) = at.workflow.owed(step) else { return };
    let why = match at.workflow.counted(&owed) {
        Counted::Always | Counted::ByAction => return,
        Counted::NotOnWay => "a way from there may not lead here",
        Counted::NotIfFailed => "the step says what to do without one",
    };
    view.warn(fault::not_counted(step.target_span, &owed.by.id.wire, why));
}

/// Reports a correlation by a value of another form than the message's, which no message ever has.
fn check_same<'a>(view: &View<'a>, at: At<'a>, value: &'a StepValue, place: TypeUse<'a>) {
    let ValueKind::Expression(expression) = &value.kind else { return };
    let types = view.types_of(at, expression).unwrap_or_default();
    if let Some((given, wanted)) = convert::never_same(at, expression, &types, place) {
        let text = format!("`{}`", expression.text);
        view.fault(fault::kind_differs(value.span, &text, given, wanted));
    }
}

/// A step that receives knows its message by the place that the contract correlates by.
pub(super) fn check_receive<'a>(
    view: &View<'a>,
    at: At<'a>,
    step: &'a Step,
    messages: &'a [MessageReference],
) {
    for argument in step.arguments.iter().filter(|argument| !argument.shared) {
        view.fault(fault::parameter_of_message(argument.span));
    }
    let Some(value) = &step.correlation else {
        let mut without_effect = vec![];
        let criteria = |actions: &[Action]| actions.iter().any(|one| !one.criteria.is_empty());
        for (key, has) in [
            ("successCriteria", !step.success.is_empty()),
            ("outputs", !step.outputs.is_empty()),
            ("onSuccess", criteria(&step.on_success)),
            ("onFailure", !step.on_failure.is_empty()),
            ("timeout", step.timeout_ms.is_some()),
        ] {
            without_effect.extend(has.then_some(key));
        }
        view.warn(fault::uncorrelated(step.target_span, &step.id.wire, &without_effect));
        return;
    };
    check_counted(view, at, step);
    for reference in messages {
        let (service, message) = reference.of(view.services());
        let Some(correlation) = &message.correlation else {
            let name = &message.name.wire;
            let payload = TypeUse::of_id(service, message.payload);
            // A property that has the name of what it is correlated by.
            let named = value.expressions().into_iter().find_map(|expression| {
                let name = expression.text.rsplit(['.', '/']).next()?;
                (!payload.named(name).is_empty()).then_some(name)
            });
            let field = named.or(payload.usual_key());
            view.fault(fault::no_correlation(value.span, name, message.origin.span, field));
            continue;
        };
        let steps = correlation.pointer.split('/').skip(1);
        let pointer: Vec<String> = steps.map(scalars::pointer::unescape).collect();
        let payload = TypeUse::of_id(service, message.payload);
        if let Ok(Some(places)) = super::type_use::follow(vec![payload], &pointer) {
            for place in places.into_iter().take(1) {
                values::check_parameter(view, at, value, place);
                check_same(view, at, value, place);
            }
        }
    }
}
