//! Correlation ids: where a message holds the value that it shares with those that belong to it.
//!
//! **Source** AsyncAPI 3.1, "Correlation ID Object" and "Runtime Expression".

use super::data::DATA;
use crate::diag::catalog::events as fault;
use crate::lower::Scope;
use crate::lower::schema::Types;
use crate::model::{Additional, Correlation, MessagePart, TypeId, TypeKind};
use crate::parse::Node;

/// The place that a `correlationId` names. What no event has is said; what is no expression is refused.
pub(super) fn lower_correlation<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    node: &'a Node,
    payload: TypeId,
    (message, is_wrapped): (&str, bool),
) -> Option<Correlation> {
    let location = scope.docs.target(node)?.get("location")?;
    let Some(mut correlation) = parse(location.text()?) else {
        scope.sink.report(fault::bad_expression(location.span, location.text()?));
        return None;
    };
    if is_wrapped && correlation.part == MessagePart::Payload {
        correlation.pointer.insert_str(0, &format!("/{DATA}"));
    }
    match correlation.part {
        MessagePart::Header => scope.sink.report(fault::correlation_in_header(location.span)),
        MessagePart::Payload => {
            if let Some(step) = missing(types, payload, &correlation.pointer) {
                scope.sink.report(fault::correlation_nowhere(location.span, message, &step));
            }
        }
    }
    Some(correlation)
}

/// `$message.payload#/order/id`
fn parse(expression: &str) -> Option<Correlation> {
    let rest = expression.strip_prefix("$message.")?;
    let (part, pointer) = rest.split_once('#').unwrap_or((rest, ""));
    let part = match part {
        "header" => MessagePart::Header,
        "payload" => MessagePart::Payload,
        _ => return None,
    };
    let is_pointer = pointer.is_empty() || pointer.starts_with('/');
    is_pointer.then(|| Correlation { part, pointer: pointer.to_owned() })
}

/// The first step of a pointer that a payload surely does not have.
pub(super) fn missing(types: &Types<'_>, payload: TypeId, pointer: &str) -> Option<String> {
    let mut at = payload;
    for step in pointer.split('/').skip(1) {
        let step = scalars::pointer::unescape(step);
        let Some(TypeKind::Struct(object)) = types.kind(at) else { return None };
        let Some(field) = object.fields.iter().find(|field| field.name.wire == step) else {
            return (!matches!(object.additional, Additional::Typed(_))).then_some(step);
        };
        at = types.id_of(&field.ty)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_name_a_part_and_a_pointer() {
        let found = |text| parse(text).map(|found| (found.part, found.pointer));
        assert_eq!(
            found("$message.payload#/order/id"),
            Some((MessagePart::Payload, "/order/id".to_owned()))
        );
        assert_eq!(found("$message.header"), Some((MessagePart::Header, String::new())));
        for bad in
            ["", "$message", "$message.body#/id", "message.payload#/id", "$message.payload#id"]
        {
            assert_eq!(found(bad), None, "{bad}");
        }
    }
}
