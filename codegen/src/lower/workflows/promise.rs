//! `x-promise`: what a step that reads says of the promise that it sees kept.

use super::expression;
use super::reader::Reader;
use super::target;
use super::value::value;
use crate::diag::catalog::workflows as fault;
use crate::model::{
    Expression, ExpressionKind, Pointer, Promise, PromiseList, Source, StepValue, Target,
};
use crate::parse::Node;

/// `x-promise` of a step; a part that is wrong has been reported.
pub(super) fn promise(reader: &Reader<'_>, step: &Node) -> Option<Promise> {
    let node = step.get("x-promise")?;
    let span = step.entry("x-promise").map_or(node.span, |entry| entry.key_span);
    let items = match node.get("items") {
        Some(items) => body(reader, items)?,
        None => Expression {
            text: "$response.body".to_owned(),
            span,
            kind: ExpressionKind::Response(Source::Body),
            pointer: vec![],
        },
    };
    let given = |key: &str| -> Option<StepValue> { value(reader, node.get(key)?) };
    Some(Promise {
        step: node.text_at("step").map(str::to_owned),
        key: given("key"),
        items,
        id: match node.get("id") {
            Some(id) => pointer(reader, id)?,
            None => Pointer { steps: vec![], span },
        },
        equals: given("equals"),
        requested_at: given("requestedAt"),
        created_at: match node.get("createdAt") {
            Some(at) => Some(pointer(reader, at)?),
            None => None,
        },
        list: match node.get("list") {
            Some(list) => Some(listed(reader, list)?),
            None => None,
        },
        span,
    })
}

/// `$response.body#/items`
fn body(reader: &Reader<'_>, node: &Node) -> Option<Expression> {
    let expression = reader.expression(node)?;
    if expression.kind != ExpressionKind::Response(Source::Body) {
        let why = "`items` must be in the response body";
        reader.fault(fault::bad_promise(node.span, why, "write `items: $response.body#/items`"));
        return None;
    }
    Some(expression)
}

fn pointer(reader: &Reader<'_>, node: &Node) -> Option<Pointer> {
    match expression::steps(node.text()?) {
        Ok(steps) => Some(Pointer { steps, span: node.span }),
        Err(found) => {
            let at = reader.within(node, found.at, found.length);
            reader.fault(fault::bad_promise(at, &found.why, "write a JSON pointer: `/id`"));
            None
        }
    }
}

fn listed(reader: &Reader<'_>, node: &Node) -> Option<PromiseList> {
    let (id, key) = (node.get("operationId")?, pointer(reader, node.get("key")?)?);
    match target::by_id(reader, node, id)? {
        Target::Operation(operation) => Some(PromiseList { operation, key, span: id.span }),
        _ => {
            let why = "`list` must name an operation of an OpenAPI document";
            reader.fault(fault::bad_promise(id.span, why, "name one, or remove `list`"));
            None
        }
    }
}
