//! Values without what a contract marks as sensitive, so that they may stand in a report.

use codegen::model::{Additional, Service, TypeKind, TypeRef, UnionTag};
use serde_json::Value;

/// What stands in a sensitive value's place.
const HIDDEN: &str = "(hidden)";

/// A value with everything replaced that its type says is sensitive (`x-sensitive`), and everything that its type
/// does not name.
#[must_use]
pub fn redacted(service: &Service, ty: &TypeRef, value: &Value) -> Value {
    match ty {
        TypeRef::Scalar(_) | TypeRef::Json => value.clone(),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => redacted(service, inner, value),
        TypeRef::List(list) => match value {
            Value::Array(items) => {
                items.iter().map(|item| redacted(service, &list.item, item)).collect()
            }
            other => other.clone(),
        },
        TypeRef::Map(map) => of_entries(value, |_, value| redacted(service, &map.value, value)),
        TypeRef::Named(id) => {
            let def = service.type_def(*id);
            if def.sensitive && !value.is_null() {
                return Value::from(HIDDEN);
            }
            match &def.kind {
                TypeKind::Enum(_) | TypeKind::Newtype(_) => value.clone(),
                TypeKind::Alias(ty) => redacted(service, ty, value),
                TypeKind::Struct(object) => of_entries(value, |key, value| {
                    let field = object.fields.iter().find(|field| field.name.wire == key);
                    match (field, &object.additional) {
                        (Some(field), _) if field.sensitive => Value::from(HIDDEN),
                        (Some(field), _) => redacted(service, &field.ty, value),
                        (None, Additional::Typed(ty)) => redacted(service, ty, value),
                        (None, _) => Value::from(HIDDEN),
                    }
                }),
                TypeKind::Union(union) => {
                    let told = match &union.tag {
                        UnionTag::Property(tag) => value.get(&tag.wire).and_then(Value::as_str),
                        UnionTag::ExactlyOne | UnionTag::First => None,
                    };
                    match told.and_then(|told| union.by_tag(told)) {
                        Some(variant) => redacted(service, &variant.ty, value),
                        // Which of them it is cannot be told, so what any of them hides is hidden.
                        None => Value::from(HIDDEN),
                    }
                }
            }
        }
    }
}

fn of_entries(value: &Value, of: impl Fn(&str, &Value) -> Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| (key.clone(), of(key, value));
            Value::Object(entries.iter().map(entry).collect())
        }
        other => other.clone(),
    }
}
