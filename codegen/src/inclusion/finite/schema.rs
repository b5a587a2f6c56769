//! Schemas without a type of their own that list their values, against types that do not: `null` alone, `false` alone.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::change::Kind;
use super::super::checks::Schemas;
use super::super::shape::{Resolved, Shape, resolve};
use super::super::walk::{Changes, Here};
use super::text;
use crate::model::{ScalarKind, Service, UnionTag};
use crate::values::{takes_number, takes_text, tree};

/// How deep values are looked for in schemas within others.
const MOST_DEEP: u8 = 8;

/// Compares a type with a schema that lists its values, if one side is such; the answer is whether it was.
pub(in super::super) fn compare_listed(
    (old_service, old): (&Service, &Resolved<'_>),
    (new_service, new): (&Service, &Resolved<'_>),
    here: Here,
    out: &mut Changes,
) -> bool {
    let is_typed = |one: &Resolved<'_>| !matches!(one.shape, Shape::Json);
    let (values, is_old, service, other) = match (is_typed(old), is_typed(new)) {
        (false, true) => (values(old_service, old), true, new_service, new),
        (true, false) => (values(new_service, new), false, old_service, old),
        _ => return false,
    };
    let Some(values) = values else { return false };
    let taken: Option<Vec<bool>> = values.iter().map(|one| takes(service, other, one)).collect();
    let Some(taken) = taken.filter(|taken| taken.contains(&true)) else { return false };
    let listed: Vec<String> = values.iter().map(Value::to_string).collect();
    let (listed, name) = (listed.join(", "), other.shape.name());
    match is_old {
        true => out.add(Kind::TypeGeneralized, here, listed, name),
        false => out.add(Kind::TypeSpecialized, here, name, listed),
    }
    for (value, _) in values.iter().zip(taken).filter(|(_, is_taken)| !is_taken) {
        match is_old {
            true => out.add(Kind::EnumValueRemoved, here, text(value), ""),
            false => out.add(Kind::EnumValueAdded, here, "", text(value)),
        }
    }
    true
}

/// The values that the schema of a type lists.
fn values(service: &Service, of: &Resolved<'_>) -> Option<Vec<Value>> {
    let name = service.type_def(of.named?).schema.as_deref()?;
    let mut seen = BTreeSet::new();
    let candidates = candidates(&service.schemas, service.schemas.get(name)?, MOST_DEEP)?;
    let fits = |value: &Value| tree::fault(&service.schemas, name, value).is_none();
    Some(candidates.into_iter().filter(|one| seen.insert(one.to_string()) && fits(one)).collect())
}

/// What a schema lists, among other values perhaps; none where it may take what it does not list.
fn candidates(schemas: &Schemas, schema: &Value, deep: u8) -> Option<Vec<Value>> {
    let deep = deep.checked_sub(1)?;
    if *schema == Value::Bool(false) {
        return Some(vec![]);
    }
    let map = schema.as_object()?;
    if let Some(values) = super::super::checks::listed_values(map) {
        return Some(values);
    }
    let of_all = |list: &Value| -> Option<Vec<Value>> {
        let members = list.as_array()?.iter().map(|one| candidates(schemas, one, deep));
        members.collect::<Option<Vec<_>>>().map(|lists| lists.concat())
    };
    let target = map.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix("#/$defs/"));
    let target = target.map(scalars::pointer::unescape);
    let referred = || candidates(schemas, schemas.get(&target?)?, deep);
    let chosen = || ["anyOf", "oneOf"].iter().find_map(|key| of_all(map.get(*key)?));
    let built = || {
        let parts = map.get("allOf")?.as_array()?;
        parts.iter().find_map(|part| candidates(schemas, part, deep))
    };
    referred().or_else(chosen).or_else(built)
}

/// Whether a type takes a value; none where that is not known.
fn takes(service: &Service, of: &Resolved<'_>, value: &Value) -> Option<bool> {
    if let Some(name) = of.named.and_then(|id| service.type_def(id).schema.as_deref()) {
        return Some(tree::fault(&service.schemas, name, value).is_none());
    }
    if value.is_null() {
        return Some(of.nullable);
    }
    match (&of.shape, value) {
        (Shape::Json, _) => Some(true),
        (Shape::Union(union), _) => {
            if matches!(union.tag, UnionTag::Property(_)) {
                return None;
            }
            let variants = union.variants.iter();
            let taken = variants.map(|one| takes(service, &resolve(service, &one.ty), value));
            let n_taken = taken.collect::<Option<Vec<_>>>()?.into_iter().filter(|one| *one).count();
            Some(if union.tag == UnionTag::ExactlyOne { n_taken == 1 } else { n_taken > 0 })
        }
        (Shape::List(_), Value::Array(_)) | (Shape::Object(_), Value::Object(_)) => None,
        (Shape::Enum(of), value) => {
            Some(of.variants.iter().any(|one| value.as_str() == Some(one.wire.as_str())))
        }
        (Shape::Scalar(of), Value::String(text)) => Some(takes_text(of, text)),
        (Shape::Scalar(of), Value::Number(number)) => Some(takes_number(of, &number.to_string())),
        (Shape::Scalar(of), Value::Bool(_)) => Some(of.kind == ScalarKind::Boolean),
        _ => Some(false),
    }
}
