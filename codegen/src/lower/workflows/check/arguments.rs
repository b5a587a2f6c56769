//! Parameters and bodies of requests, against what their operation takes.

use super::parts::names_of;
use super::type_use::TypeUse;
use super::{At, View, values};
use crate::diag::catalog::{shape::nearest, workflows as fault};
use crate::lower::rest::is_json;
use crate::model::{
    Argument, ArgumentLocation, Codec, Content, Operation, Parameter, Service, Step, StepBody,
    StepValue, Target, Workflow,
};

/// Whether an operation is given what it needs, and nothing that it does not know.
pub(super) fn check_operation<'a>(
    view: &View<'a>,
    at: At<'a>,
    step: &'a Step,
    service: &'a Service,
    operation: &'a Operation,
) {
    // What was meant by arguments that are misspelt, and is not missing besides.
    let mut meant: Vec<&str> = vec![];
    for argument in &step.arguments {
        let Some(location) = argument.location else { continue };
        if let Some(parameter) = parameter(operation, argument) {
            let place = TypeUse::of(service, &parameter.ty);
            match parameter.ty.item() {
                _ if location == ArgumentLocation::Querystring => {
                    values::check_query(view, at, &argument.value, place);
                }
                Some(item) => values::check_list_parameter(view, at, argument, place, item),
                None => values::check_parameter(view, at, &argument.value, place),
            }
        } else if !argument.shared && !argument.is_credential(service, operation) {
            let location = location.as_str();
            let known = names_of(operation, location);
            let elsewhere = operation.parameters.iter().find(|one| one.name.wire == argument.name);
            let id = &operation.id.wire;
            // One that is nearly a declared header is a misspelt one.
            let near = nearest(&argument.name, known.iter().copied());
            if location == "header" && elsewhere.is_none() && near.is_none() {
                view.warn(fault::extra_header(argument.span, id, &argument.name));
                continue;
            }
            meant.extend(near);
            meant.extend(elsewhere.map(|one| one.name.wire.as_str()));
            view.fault(match elsewhere {
                Some(one) => fault::parameter_elsewhere(
                    argument.span,
                    id,
                    &argument.name,
                    one.location.as_str(),
                ),
                None => fault::unknown_parameter(
                    argument.span,
                    id,
                    location,
                    &argument.name,
                    near,
                    &known,
                ),
            });
        }
    }
    let needed = operation.parameters.iter().filter(|one| one.required);
    for parameter in needed {
        let is_given = |argument: &Argument| argument.is_for(parameter);
        let is_meant = meant.contains(&parameter.name.wire.as_str());
        if !is_meant && !step.arguments.iter().any(is_given) {
            let location = parameter.location.as_str();
            view.fault(fault::missing_parameter(
                step.target_span,
                &operation.id.wire,
                location,
                &parameter.name.wire,
                parameter.origin.span,
            ));
        }
    }
    check_body(view, at, step, service, operation);
}

fn parameter<'o>(operation: &'o Operation, argument: &Argument) -> Option<&'o Parameter> {
    operation.parameters.iter().find(|parameter| argument.is_for(parameter))
}

fn check_body<'a>(
    view: &View<'a>,
    at: At<'a>,
    step: &'a Step,
    service: &'a Service,
    operation: &'a Operation,
) {
    let id = &operation.id.wire;
    match (&operation.body, &step.body) {
        (None, None) => {}
        (None, Some(body)) => view.fault(fault::body_not_taken(body.span, id)),
        (Some(taken), None) => {
            if taken.required {
                view.fault(fault::body_missing(step.target_span, id, taken.origin.span));
            }
        }
        (Some(taken), Some(body)) => {
            let content = match &body.content_type {
                None => taken.contents.first(),
                Some((name, span)) => {
                    let plain = scalars::media::essence(name);
                    let found = taken.taking(&plain);
                    if found.is_none() {
                        let known: Vec<&str> = taken
                            .contents
                            .iter()
                            .map(|content| content.media_type.as_str())
                            .collect();
                        view.fault(fault::content_type(*span, id, name, &known));
                        return;
                    }
                    let is_one = |content: &&Content| !content.is_range();
                    if let Some(content) = found.filter(is_one).filter(|_| plain.contains('*')) {
                        view.warn(fault::other_notation(*span, name, &content.media_type));
                    }
                    found
                }
            };
            if body.payload.is_none() && taken.required {
                view.fault(fault::payload_missing(body.span, id));
            }
            let Some(content) = content else { return };
            let place = TypeUse::of(service, &content.ty);
            match content.codec {
                Codec::Json => check_payload(view, at, body, place, values::check),
                Codec::Form(_) | Codec::Multipart(_) => {
                    check_payload(view, at, body, place, values::check_form);
                }
                Codec::Text | Codec::Binary => {}
            }
        }
    }
}

/// How a value is held against the type of its place.
type Check<'a> = fn(&View<'a>, At<'a>, &'a StepValue, TypeUse<'a>);

/// A payload against a type, and each replacement against its place in it.
pub(super) fn check_payload<'a>(
    view: &View<'a>,
    at: At<'a>,
    body: &'a StepBody,
    place: TypeUse<'a>,
    check: Check<'a>,
) {
    use crate::model::ValueKind;
    // A form may be written out as text.
    let is_text = |body: &StepBody| {
        let kind = body.payload.as_ref().map(|payload| &payload.kind);
        matches!(kind, Some(ValueKind::Text(_) | ValueKind::Joined(_)))
    };
    let is_json = body.content_type.as_ref().is_none_or(|(name, _)| is_json(name));
    if let Some(payload) = body.payload.as_ref().filter(|_| is_json || !is_text(body)) {
        check(view, at, payload, place);
    }
    for replacement in &body.replacements {
        match super::type_use::follow(vec![place], &replacement.pointer) {
            Ok(None) => {}
            Ok(Some(places)) => {
                for place in places.into_iter().take(1) {
                    check(view, at, &replacement.value, place);
                }
            }
            Err((step, known)) => {
                let near = nearest(&step, known.iter().copied());
                let text =
                    replacement.pointer.iter().map(|step| format!("/{step}")).collect::<String>();
                view.fault(fault::nothing_below(replacement.span, &text, &step, near, &known));
            }
        }
    }
}

/// Reports parameters that a workflow sets for its steps, and that none of them takes.
pub(super) fn check_shared(view: &View<'_>, workflow: &Workflow) {
    let mut seen = vec![];
    for step in &workflow.steps {
        for argument in step.arguments.iter().filter(|argument| argument.shared) {
            if seen.contains(&argument.span) {
                continue;
            }
            seen.push(argument.span);
            let takes = |step: &Step| match (&step.target, argument.location) {
                (Target::Operation(reference), Some(_)) => {
                    let (service, operation) = reference.of(view.services());
                    parameter(operation, argument).is_some()
                        || argument.is_credential(service, operation)
                }
                (Target::Workflow(_), _) => {
                    step.arguments.iter().any(|one| one.span == argument.span)
                }
                _ => false,
            };
            if workflow.steps.iter().any(takes) {
                continue;
            }
            // One that is nearly a declared header is a misspelt one.
            let is_near = |step: &Step| match &step.target {
                Target::Operation(reference) => {
                    let known = names_of(reference.of(view.services()).1, "header");
                    nearest(&argument.name, known).is_some()
                }
                _ => false,
            };
            let is_header = argument.location == Some(ArgumentLocation::Header);
            if is_header && !workflow.steps.iter().any(is_near) {
                view.warn(fault::extra_shared_header(
                    argument.span,
                    &workflow.id.wire,
                    &argument.name,
                ));
            } else {
                view.fault(fault::parameter_of_no_step(
                    argument.span,
                    &workflow.id.wire,
                    &argument.name,
                ));
            }
        }
    }
}
