//! What a consumer may name of an operation or an event: fields as pointers, parameters by name.

use crate::inclusion::{self, Rest, Shape};
use crate::model::{Codec, Content, Operation, ProblemField, Response, Service, System, TypeRef};
use scalars::pointer::unescape;

/// Headers that clients send whatever a contract says.
const COMMON: [&str; 7] = [
    "Accept",
    "Authorization",
    "Content-Type",
    "Cookie",
    "If-Match",
    "If-None-Match",
    "User-Agent",
];

/// Whether an operation or an event has a field that somebody reads, or a field or parameter that somebody sends.
#[must_use]
pub fn has(system: &System, subject: &str, field: &str, is_read: bool) -> bool {
    system.services.iter().any(|service| {
        let mut operations = service.operations.iter();
        operations.any(|one| {
            super::rest::subject(one) == subject && of_operation(service, one, field, is_read)
        }) || service
            .messages()
            .filter(|one| one.name.wire == subject || one.detail_type == subject)
            .any(|one| {
                let payload = TypeRef::Named(one.payload);
                is_pointer(field) && is_there(service, &payload, &steps(field))
            })
    })
}

fn of_operation(service: &Service, operation: &Operation, field: &str, is_read: bool) -> bool {
    // Other bodies are no trees of fields.
    let has = |content: &Content| {
        content.codec != Codec::Json || is_there(service, &content.ty, &steps(field))
    };
    if is_read {
        let reads = |response: &Response, content: &Content| {
            match !response.is_success() && is_of_any_problem(service, content) {
                // Any name would be one of its fields.
                true => steps(field).first().is_none_or(|step| is_member(step)),
                false => has(content),
            }
        };
        return is_pointer(field)
            && operation
                .responses
                .iter()
                .any(|one| one.contents.iter().any(|content| reads(one, content)));
    }
    if field.starts_with('/') {
        return operation.body.as_ref().is_some_and(|body| body.contents.iter().any(has));
    }
    // An exploded object has its own name in no request; who writes that name means all of it.
    let named = operation.parameters.iter().map(|one| &one.name.wire);
    let sent = super::exploded::parameters(service, operation);
    let is_parameter = named
        .chain(sent.iter().map(|one| &one.parameter.name.wire))
        .any(|name| name.eq_ignore_ascii_case(field));
    is_parameter || COMMON.iter().any(|common| common.eq_ignore_ascii_case(field))
}

/// Whether a step names a member of the runtime's problem document, or all of it.
fn is_member(step: &str) -> bool {
    step.is_empty() || ProblemField::MEMBERS.contains(&step)
}

/// Whether a body tells of an error without saying how.
fn is_of_any_problem(service: &Service, content: &Content) -> bool {
    let shape = inclusion::resolve(service, &content.ty).shape;
    content.problem || content.codec != Codec::Json || matches!(shape, Shape::Json)
}

fn is_pointer(field: &str) -> bool {
    field.is_empty() || field.starts_with('/')
}

/// The steps of a JSON pointer (RFC 6901).
fn steps(pointer: &str) -> Vec<String> {
    let steps = pointer.split('/').skip(1);
    steps.map(unescape).collect()
}

fn is_there(service: &Service, ty: &TypeRef, steps: &[String]) -> bool {
    let [step, rest @ ..] = steps else { return true };
    match inclusion::resolve(service, ty).shape {
        Shape::Json => true,
        Shape::List(list) => {
            (step == "*" || step.parse::<u32>().is_ok()) && is_there(service, &list.item, rest)
        }
        Shape::Union(union) => union.variants.iter().any(|one| is_there(service, &one.ty, steps)),
        Shape::Object(object) => match (object.field(step), object.rest) {
            (Some(field), _) => is_there(service, &field.ty, rest),
            (None, Rest::Typed(ty)) => is_there(service, ty, rest),
            (None, Rest::Ignored | Rest::Refused) => false,
        },
        Shape::Scalar(_) | Shape::Enum(_) => false,
    }
}
