//! Whether a value is one of a type, as generated code reads it.
//!
//! Owns the question for examples that are made up: one that an alternative too many takes is refused when it is read.

use serde_json::Value;

use crate::model::{
    Additional, ListType, MapType, Scalar, ScalarKind, Service, StructType, TextRules, TypeDef,
    TypeKind, TypeRef, UnionTag, UnionType, UnionVariant,
};
use crate::values::{takes_number, takes_text, tree};

/// How deep types are followed; what is deeper fits.
const MAX_DEPTH: usize = 40;

/// Whether a value is one of a named type.
pub(super) fn fits(service: &Service, def: &TypeDef, value: &Value) -> bool {
    is_of(service, def, value, 0)
}

fn is_of(service: &Service, def: &TypeDef, value: &Value, depth: usize) -> bool {
    let schemas = &service.schemas;
    let by_schema = def.schema.as_ref().and_then(|name| tree::fault(schemas, name, value));
    by_schema.is_none()
        && match &def.kind {
            TypeKind::Struct(object) => is_object(service, object, value, depth),
            TypeKind::Enum(choice) => choice.variants.iter().any(|one| value == &one.wire[..]),
            TypeKind::Union(union) => is_alternative(service, union, value, depth),
            TypeKind::Newtype(scalar) => is_scalar(scalar, value),
            TypeKind::Alias(ty) => is(service, ty, value, depth),
        }
}

fn is(service: &Service, ty: &TypeRef, value: &Value, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return true;
    }
    match ty {
        TypeRef::Named(id) => is_of(service, service.type_def(*id), value, depth + 1),
        TypeRef::Scalar(kind) => is_scalar(&plain(*kind), value),
        TypeRef::List(list) => is_list(service, list, value, depth + 1),
        TypeRef::Map(map) => is_map(service, map, value, depth + 1),
        TypeRef::Json => true,
        TypeRef::Nullable(inner) => value.is_null() || is(service, inner, value, depth),
        TypeRef::Boxed(inner) => is(service, inner, value, depth),
    }
}

fn is_object(service: &Service, object: &StructType, value: &Value, depth: usize) -> bool {
    let Some(entries) = value.as_object() else { return false };
    let of_field = |name: &str| object.fields.iter().find(|field| field.name.wire == name);
    let has_all =
        object.fields.iter().all(|field| !field.required || entries.contains_key(&field.name.wire));
    let is_counted = counted(entries.len(), object.min_properties, object.max_properties);
    has_all
        && is_counted
        && entries.iter().all(|(name, value)| match (of_field(name), &object.additional) {
            (Some(field), _) => is(service, &field.ty, value, depth + 1),
            (None, Additional::Open) => true,
            (None, Additional::Refused) => object.ignored.contains(name),
            (None, Additional::Typed(ty)) => is(service, ty, value, depth + 1),
        })
}

fn is_alternative(service: &Service, union: &UnionType, value: &Value, depth: usize) -> bool {
    let fits = |one: &UnionVariant| is(service, &one.ty, value, depth + 1);
    match &union.tag {
        UnionTag::Property(name) => {
            let one = match value.get(&name.wire).and_then(Value::as_str) {
                Some(tag) => union.by_tag(tag),
                None => union.default(),
            };
            one.is_some_and(fits)
        }
        UnionTag::ExactlyOne => union.variants.iter().filter(|one| fits(one)).count() == 1,
        UnionTag::First => union.variants.iter().any(fits),
    }
}

fn is_scalar(scalar: &Scalar, value: &Value) -> bool {
    match value {
        Value::String(text) => takes_text(scalar, text),
        Value::Number(number) => takes_number(scalar, &number.to_string()),
        Value::Bool(_) => scalar.kind == ScalarKind::Boolean,
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}

fn plain(kind: ScalarKind) -> Scalar {
    let text = TextRules { min_length: None, max_length: None, pattern: None, format: None };
    Scalar { kind, text, number: crate::model::NumberRules::default() }
}

fn is_list(service: &Service, list: &ListType, value: &Value, depth: usize) -> bool {
    value.as_array().is_some_and(|items| {
        let is_unique = || (1..items.len()).all(|n| !items[..n].contains(&items[n]));
        counted(items.len(), list.min_items, list.max_items)
            && (!list.unique || is_unique())
            && items.iter().all(|item| is(service, &list.item, item, depth))
    })
}

fn is_map(service: &Service, map: &MapType, value: &Value, depth: usize) -> bool {
    value.as_object().is_some_and(|entries| {
        counted(entries.len(), map.min_properties, map.max_properties)
            && entries.values().all(|value| is(service, &map.value, value, depth))
    })
}

fn counted(n: usize, least: Option<u64>, most: Option<u64>) -> bool {
    (least.unwrap_or(0)..=most.unwrap_or(u64::MAX)).contains(&(n as u64))
}
