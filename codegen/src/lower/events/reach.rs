//! Whether the messages of an operation can get through the pattern that its contract adds.
//!
//! Refuses a pattern that keeps one of its own messages out for good: a field that the payload does not have, a value
//! that the field never holds. Where the contract leaves it open whether a value can come, it can.

use super::comparison::{Bounds, affix_fits, is_within, misfit, wildcard_fits};
use crate::diag::catalog::patterns as fault;
use crate::diag::catalog::shape::nearest;
use crate::lower::Scope;
use crate::lower::schema::Types;
use crate::model::{
    EnumType, Field, Message, Scalar, ScalarKind, StructType, TypeKind, TypeRef, UnionType,
};
use crate::parse::{Node, Value};
use crate::source::Span;

/// Reports every message that the pattern never lets through. True if it reported nothing.
pub(super) fn check_reach(
    scope: Scope<'_>,
    types: &Types<'_>,
    pattern: &Node,
    messages: &[Message],
) -> bool {
    let mut sound = true;
    for message in messages {
        let payload = TypeRef::Named(message.payload);
        let field = |key: &str| match key {
            "detail" => Member::Surely(&payload),
            "resources" => Member::Maybe(&TEXT),
            _ => Member::Surely(&TEXT),
        };
        if let Err(Barred { span, why }) = level(types, pattern, field) {
            let (name, place) = (&message.name.wire, message.origin.span);
            scope.sink.report(fault::pattern_unreachable(span, name, &why, place));
            sound = false;
        }
    }
    sound
}

/// What an event holds beside its payload.
static TEXT: TypeRef = TypeRef::Scalar(ScalarKind::String);

/// Where a pattern keeps a message out, and why.
struct Barred {
    span: Span,
    why: String,
}

fn barred(span: Span, why: String) -> Result<(), Barred> {
    Err(Barred { span, why })
}

/// How deep unions may stand in each other before nothing more is asked.
const MAX_DEPTH: usize = 20;

/// A type without the names, boxes and lists around it: EventBridge looks through lists.
enum Bare<'t> {
    Anything,
    Text(Scalar),
    Choice(&'t EnumType),
    Number(Scalar),
    Boolean,
    Map(&'t TypeRef),
    Object(&'t StructType),
    Union(&'t UnionType),
}

/// The type behind names; the flag tells whether `null` is among its values.
fn bare<'t>(types: &'t Types<'_>, ty: &'t TypeRef) -> (Bare<'t>, bool) {
    let (mut ty, mut null) = (ty, false);
    // More names than any contract has: a list of itself holds nothing that could be asked for.
    for _ in 0..10_000 {
        let found = match ty {
            TypeRef::Nullable(inner) => {
                null = true;
                ty = inner;
                continue;
            }
            TypeRef::Boxed(inner) => {
                ty = inner;
                continue;
            }
            TypeRef::List(list) => {
                ty = &list.item;
                continue;
            }
            TypeRef::Json => Bare::Anything,
            TypeRef::Map(map) => Bare::Map(&map.value),
            TypeRef::Scalar(kind) => {
                scalar(Scalar { kind: *kind, text: Default::default(), number: Default::default() })
            }
            TypeRef::Named(id) => match types.kind(*id) {
                None => Bare::Anything,
                Some(TypeKind::Alias(inner)) => {
                    ty = inner;
                    continue;
                }
                Some(TypeKind::Newtype(of)) => scalar(of.clone()),
                Some(TypeKind::Enum(of)) => Bare::Choice(of),
                Some(TypeKind::Struct(of)) => Bare::Object(of),
                Some(TypeKind::Union(of)) => Bare::Union(of),
            },
        };
        return (found, null);
    }
    (Bare::Anything, true)
}

fn scalar<'t>(scalar: Scalar) -> Bare<'t> {
    match scalar.kind {
        ScalarKind::Boolean => Bare::Boolean,
        ScalarKind::Int32
        | ScalarKind::Int64
        | ScalarKind::Integer
        | ScalarKind::Double
        | ScalarKind::Decimal => Bare::Number(scalar),
        ScalarKind::String
        | ScalarKind::DecimalString
        | ScalarKind::Uuid
        | ScalarKind::DateTime
        | ScalarKind::Date
        | ScalarKind::Bytes => Bare::Text(scalar),
    }
}

/// What stands for a type in a sentence.
fn in_words(bare: &Bare<'_>) -> &'static str {
    match bare {
        Bare::Anything => "anything",
        Bare::Text(_) | Bare::Choice(_) => "a string",
        Bare::Number(_) => "a number",
        Bare::Boolean => "`true` or `false`",
        Bare::Map(_) | Bare::Object(_) | Bare::Union(_) => "an object",
    }
}

/// One level of a pattern against a type, which must be an object.
fn object(
    types: &Types<'_>,
    ty: &TypeRef,
    node: &Node,
    (name, depth): (&str, usize),
) -> Result<(), Barred> {
    let (found, _) = bare(types, ty);
    match found {
        _ if depth > MAX_DEPTH => Ok(()),
        Bare::Anything => Ok(()),
        Bare::Object(of) => level(types, node, |key| member(of, key)),
        Bare::Map(value) => level(types, node, |_| Member::Maybe(value)),
        Bare::Union(of) => {
            one_of(&of.variants, |variant| object(types, &variant.ty, node, (name, depth + 1)))
        }
        other => {
            let why = format!("`{name}` is {} there, not an object", in_words(&other));
            barred(node.span, why)
        }
    }
}

/// A property, as far as the contract knows it.
enum Member<'t> {
    Surely(&'t TypeRef),
    Maybe(&'t TypeRef),
    Nowhere(String),
}

fn member<'t>(of: &'t StructType, key: &str) -> Member<'t> {
    let known = || of.fields.iter().map(|field: &Field| field.name.wire.as_str());
    match of.fields.iter().find(|field| field.name.wire == key) {
        Some(field) if field.required => Member::Surely(&field.ty),
        Some(field) => Member::Maybe(&field.ty),
        None => {
            let near = nearest(key, known());
            let hint = near.map_or_else(String::new, |near| format!(", but `{near}`"));
            Member::Nowhere(format!("its payload has no `{key}`{hint}"))
        }
    }
}

fn level<'t>(
    types: &Types<'_>,
    node: &Node,
    member: impl Fn(&str) -> Member<'t> + Copy,
) -> Result<(), Barred> {
    for entry in node.entries() {
        if entry.key == "$or" {
            one_of(entry.value.items(), |way| level(types, way, member))?;
            continue;
        }
        let (ty, must_be) = match member(&entry.key) {
            Member::Surely(ty) => (ty, true),
            Member::Maybe(ty) => (ty, false),
            Member::Nowhere(_) if entry.value.items().iter().any(asks_absence) => continue,
            Member::Nowhere(why) => return barred(entry.key_span, why),
        };
        match &entry.value.value {
            Value::List(items) => {
                let fits =
                    |item: &Node| (asks_absence(item) && !must_be) || may_be(types, ty, item);
                if !items.iter().any(fits) {
                    let why = match items.iter().all(asks_absence) {
                        true => format!("`{}` is required, so it is always there", entry.key),
                        false => never(types, ty, &entry.key, items),
                    };
                    return barred(entry.value.span, why);
                }
            }
            _ => object(types, ty, &entry.value, (&entry.key, 0))?,
        }
    }
    Ok(())
}

/// Whether one of several ways leads on; the first reason where none does.
fn one_of<T>(ways: &[T], mut leads_on: impl FnMut(&T) -> Result<(), Barred>) -> Result<(), Barred> {
    let mut first = None;
    for way in ways {
        match leads_on(way) {
            Ok(()) => return Ok(()),
            Err(why) => first = first.or(Some(why)),
        }
    }
    first.map_or(Ok(()), Err)
}

/// Why a field is nothing of what a pattern lists.
fn never(types: &Types<'_>, ty: &TypeRef, key: &str, items: &[Node]) -> String {
    let found = bare(types, ty).0;
    match &found {
        Bare::Choice(of) => {
            let values: Vec<_> = of.variants.iter().map(|one| format!("`{}`", one.wire)).collect();
            format!("`{key}` is one of {}", values.join(", "))
        }
        Bare::Number(of) if !of.number.one_of.is_empty() => {
            let values: Vec<_> = of.number.one_of.iter().map(|one| format!("`{one}`")).collect();
            format!("`{key}` is one of {}", values.join(", "))
        }
        Bare::Number(of) if items.iter().any(|item| item.number().is_some()) => {
            out_of(key, of, items)
        }
        Bare::Number(_) if items.iter().any(|item| item.get("numeric").is_some()) => {
            format!("no value of `{key}` is in this range")
        }
        Bare::Text(of) if items.iter().any(|item| item.text().is_some()) => out_of(key, of, items),
        Bare::Text(of) if items.iter().any(|item| !item.entries().is_empty()) => {
            format!("`{key}` is {} there, and none is like this", of_form(of.kind))
        }
        other => format!("`{key}` is {} there", in_words(other)),
    }
}

/// What texts of one form are called.
fn of_form(kind: ScalarKind) -> &'static str {
    match kind {
        ScalarKind::Uuid => "a UUID",
        ScalarKind::Date => "a date",
        ScalarKind::DateTime => "a date-time",
        _ => "a string within its limits",
    }
}

fn out_of(key: &str, of: &Scalar, items: &[Node]) -> String {
    let why = items.iter().find_map(|item| misfit(of, item)).unwrap_or_default();
    format!("it is not a value of `{key}`: {why}")
}

/// `{exists: false}`
fn asks_absence(item: &Node) -> bool {
    item.flag_at("exists") == Some(false)
}

/// Whether a value of the type can be what one item of a pattern asks for.
fn may_be(types: &Types<'_>, ty: &TypeRef, item: &Node) -> bool {
    let (found, null) = bare(types, ty);
    if null && matches!(item.value, Value::Null) {
        return true;
    }
    if let [entry] = item.entries() {
        return compares(&found, &entry.key, &entry.value);
    }
    match found {
        Bare::Anything => true,
        Bare::Text(of) => item.text().is_some() && misfit(&of, item).is_none(),
        Bare::Choice(of) => {
            item.text().is_some_and(|text| of.variants.iter().any(|one| one.wire == text))
        }
        Bare::Number(of) => item.number().is_some() && misfit(&of, item).is_none(),
        Bare::Boolean => matches!(item.value, Value::Flag(_)),
        Bare::Map(_) | Bare::Object(_) | Bare::Union(_) => false,
    }
}

/// Whether a value of the type can be something else than what is named: `anything-but`.
fn is_none_of(found: &Bare<'_>, value: &Node) -> bool {
    let (key, of) = match value.entries() {
        [entry] => (entry.key.as_str(), &entry.value),
        _ => ("", value),
    };
    let named = match of.items() {
        [] => std::slice::from_ref(of),
        list => list,
    };
    match found {
        Bare::Choice(of) => of.variants.iter().any(|one| {
            !named.iter().filter_map(Node::text).any(|text| is_like(&one.wire, key, text))
        }),
        Bare::Number(of) if !of.number.one_of.is_empty() => {
            let numbers: Vec<_> =
                named.iter().filter_map(|one| scalars::Decimal::parse(one.number()?)).collect();
            of.number.one_of.iter().any(|one| !numbers.contains(&scalars::Decimal::from(*one)))
        }
        // Every text begins and ends with nothing, and a `*` is any.
        Bare::Text(_) => !named.iter().filter_map(Node::text).any(|text| {
            key == "wildcard" && !text.is_empty() && text.bytes().all(|one| one == b'*')
        }),
        Bare::Map(_) | Bare::Object(_) | Bare::Union(_) => false,
        _ => true,
    }
}

/// Whether a text is what a comparison asks for; no key asks for the same text.
fn is_like(text: &str, key: &str, asked: &str) -> bool {
    match key {
        "" => text == asked,
        "prefix" => text.starts_with(asked),
        "suffix" => text.ends_with(asked),
        "equals-ignore-case" => text.to_lowercase() == asked.to_lowercase(),
        "wildcard" => wildcard_fits(text, asked),
        "cidr" => is_within(text, asked),
        _ => true,
    }
}

/// Whether a value of the type can satisfy a comparison.
fn compares(found: &Bare<'_>, key: &str, value: &Node) -> bool {
    match key {
        // Only what is no object can be asked whether it exists.
        "exists" => {
            value.value == Value::Flag(true)
                && !matches!(found, Bare::Map(_) | Bare::Object(_) | Bare::Union(_))
        }
        "numeric" => match (found, Bounds::parse(value)) {
            (Bare::Number(of), Ok(bounds)) => bounds.meet(of),
            (Bare::Anything, _) => true,
            _ => false,
        },
        "anything-but" => is_none_of(found, value),
        _ => match (found, value.text()) {
            (Bare::Choice(of), Some(text)) => {
                of.variants.iter().any(|one| is_like(&one.wire, key, text))
            }
            (Bare::Choice(of), None) => {
                let folded = value.text_at("equals-ignore-case").unwrap_or_default();
                let (lower, text) = (|text: &str| text.to_lowercase(), folded.to_lowercase());
                of.variants.iter().any(|one| is_like(&lower(&one.wire), key, &text))
            }
            (Bare::Text(of), Some(text)) => affix_fits(of, key, text),
            (Bare::Text(_) | Bare::Anything, _) => true,
            _ => false,
        },
    }
}
