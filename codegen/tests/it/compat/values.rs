//! Random values that probably fit a type, and sometimes do not.

use super::worlds::{Dice, FIELDS, STRANGERS, WORDS};
use codegen::model::{Additional, ScalarKind, Service, TypeKind, TypeRef, UnionTag};
use serde_json::{Map, Value, json};

/// Draws a value that probably fits a type.
pub(super) fn draw_value(
    dice: &mut Dice<'_>,
    service: &Service,
    ty: &TypeRef,
    depth: usize,
) -> Value {
    if dice.chance(12) {
        return draw_any(dice);
    }
    match ty {
        TypeRef::Boxed(inner) => draw_value(dice, service, inner, depth),
        TypeRef::Nullable(_) if dice.chance(3) => Value::Null,
        TypeRef::Nullable(inner) => draw_value(dice, service, inner, depth),
        TypeRef::Json => draw_any(dice),
        TypeRef::Scalar(kind) => draw_bare(dice, *kind),
        TypeRef::List(list) => {
            let n_items = if depth == 0 { 0 } else { dice.below(4) };
            let item = |dice: &mut Dice<'_>| draw_value(dice, service, &list.item, depth - 1);
            (0..n_items).map(|_| item(dice)).collect()
        }
        TypeRef::Map(map) => {
            let n_items = if depth == 0 { 0 } else { dice.below(3) };
            let mut object = Map::new();
            for key in FIELDS.iter().take(n_items) {
                object.insert((*key).to_owned(), draw_value(dice, service, &map.value, depth - 1));
            }
            Value::Object(object)
        }
        TypeRef::Named(id) => draw_named(dice, service, &service.type_def(*id).kind, depth),
    }
}

fn draw_named(dice: &mut Dice<'_>, service: &Service, kind: &TypeKind, depth: usize) -> Value {
    match kind {
        TypeKind::Alias(ty) => draw_value(dice, service, ty, depth),
        TypeKind::Enum(of) => json!(of.variants[dice.below(of.variants.len())].wire),
        TypeKind::Newtype(scalar) if !scalar.number.one_of.is_empty() => {
            json!(scalar.number.one_of[dice.below(scalar.number.one_of.len())])
        }
        TypeKind::Newtype(scalar) => draw_bare(dice, scalar.kind),
        TypeKind::Union(of) => {
            let variant = &of.variants[dice.below(of.variants.len())];
            let mut value = draw_value(dice, service, &variant.ty, depth);
            if let (UnionTag::Property(tag), Value::Object(object)) = (&of.tag, &mut value) {
                object.insert(tag.wire.clone(), json!(variant.name.wire));
            }
            value
        }
        TypeKind::Struct(of) => {
            let mut object = Map::new();
            for field in &of.fields {
                if field.required || (depth > 0 && dice.chance(2)) {
                    let value = draw_value(dice, service, &field.ty, depth.saturating_sub(1));
                    object.insert(field.name.wire.clone(), value);
                }
            }
            for ignored in &of.ignored {
                if dice.chance(2) {
                    object.insert(ignored.clone(), draw_any(dice));
                }
            }
            if dice.chance(4) {
                let value = match &of.additional {
                    Additional::Typed(ty) if depth > 0 => draw_value(dice, service, ty, depth - 1),
                    _ => draw_any(dice),
                };
                object.insert(dice.pick(&STRANGERS).to_owned(), value);
            }
            Value::Object(object)
        }
    }
}

fn draw_bare(dice: &mut Dice<'_>, kind: ScalarKind) -> Value {
    match kind {
        ScalarKind::Boolean => json!(dice.chance(2)),
        ScalarKind::Int32 => json!([0, 1, 2, 3, 5, 10, -3][dice.below(7)]),
        ScalarKind::Int64 => json!([0, 1, 2, 3, 5, 10, -3, 3_000_000_000_i64][dice.below(8)]),
        ScalarKind::Double | ScalarKind::Decimal => {
            let values =
                [json!(0), json!(0.5), json!(2.5), json!(2), json!(-3), json!(10), json!(0.25)];
            values[dice.below(values.len())].clone()
        }
        ScalarKind::Uuid => json!("7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11"),
        ScalarKind::Date => json!("2027-01-31"),
        _ => match dice.below(WORDS.len() + 1) {
            place if place < WORDS.len() => json!(WORDS[place]),
            _ => json!("a@b.example"),
        },
    }
}

fn draw_any(dice: &mut Dice<'_>) -> Value {
    let values = [
        json!(null),
        json!("a"),
        json!(1),
        json!(0.5),
        json!(true),
        json!([]),
        json!({}),
        json!({"a": "a", "x0": 1}),
        json!([1, 1]),
    ];
    values[dice.below(values.len())].clone()
}
