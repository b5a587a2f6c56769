//! The examples of bodies, held against what the bodies hold.

use super::parameters;
use crate::diag::catalog::schema as schema_fault;
use crate::lower::schema::Types;
use crate::lower::schema::values::{Direction, Misfit};
use crate::lower::{Scope, docs::docs_of_use};
use crate::model::{Codec, Example, Multipart, PartKind, ScalarKind, TypeRef};
use crate::parse::{Node, Value};

/// The examples of a media type; those that do not fit are reported and left out.
pub(super) fn of_media<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    media: &'a Node,
    (ty, codec): (&TypeRef, &Codec),
    direction: Direction,
) -> Vec<Example> {
    let fits = |value: &Node| {
        let misfits = match codec {
            Codec::Json | Codec::Form(_) => types.misfits(value, ty, direction),
            Codec::Text => types.misfits(&as_sent(types, value, ty), ty, direction),
            Codec::Multipart(form) => part_misfits(types, value, form, direction),
            Codec::Binary => vec![],
        };
        misfits.iter().for_each(|misfit| {
            scope.sink.report(schema_fault::bad_example(misfit.span, &misfit.why));
        });
        misfits.is_empty()
    };
    let fitting = parameters::examples(scope, media).filter(|(.., value)| fits(value));
    let example = |(name, about, value): (&str, Option<&Node>, &Node)| Example {
        name: name.to_owned(),
        docs: about.map(|about| docs_of_use(scope, about)).unwrap_or_default(),
        value: value.to_json(),
    };
    fitting.map(example).collect()
}

/// What does not fit of the parts that an example shows; files are any bytes.
fn part_misfits(
    types: &Types<'_>,
    value: &Node,
    form: &Multipart,
    direction: Direction,
) -> Vec<Misfit> {
    let shown = value.entries().iter().flat_map(|entry| {
        let part = form.parts.iter().find(|part| part.name.wire == entry.key)?;
        match &part.kind {
            PartKind::Value { ty, .. } => {
                Some(types.misfits(&as_sent(types, &entry.value, ty), ty, direction))
            }
            PartKind::File(_) => None,
        }
    });
    shown.flatten().collect()
}

/// A single value as its type has it: text says a number as well, and a number is a text, too.
fn as_sent(types: &Types<'_>, value: &Node, ty: &TypeRef) -> Node {
    let is_flag = |text: &str| matches!(text, "true" | "false");
    let kind = match (types.scalar_of(ty), &value.value) {
        (Some(ScalarKind::Boolean), Value::Text(text)) if is_flag(text) => {
            Value::Flag(text == "true")
        }
        (Some(kind), Value::Text(text)) if kind.is_number() => {
            match scalars::Decimal::parse(text) {
                Some(_) => Value::Number(text.clone()),
                None => value.value.clone(),
            }
        }
        (Some(kind), Value::Number(number)) if !kind.is_number() => Value::Text(number.clone()),
        _ => value.value.clone(),
    };
    Node { span: value.span, value: kind }
}
