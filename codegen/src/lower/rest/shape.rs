//! What the texts of a parameter or form stand for, and whether a style can tell them apart.

use crate::lower::schema::Types;
use crate::model::{Additional, ScalarKind, Style, TextShape, TypeId, TypeKind, TypeRef};
use crate::parse::{Node, Value};

/// How deep types may lie in one another where each level is spelled out.
const MAX_DEPTH: usize = 12;

/// What the text of a type stands for. The error says why it cannot be told.
pub(super) fn shape_of(types: &Types<'_>, ty: &TypeRef) -> Result<TextShape, String> {
    shape(types, ty, MAX_DEPTH)
}

fn shape(types: &Types<'_>, ty: &TypeRef, depth: usize) -> Result<TextShape, String> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err("its type contains itself, or is nested too deeply".to_owned());
    };
    let below = |ty: &TypeRef| shape(types, ty, depth);
    Ok(match ty {
        TypeRef::Scalar(kind) => scalar(*kind),
        TypeRef::List(list) => TextShape::List(Box::new(below(&list.item)?)),
        TypeRef::Map(map) => TextShape::Object(vec![], Box::new(below(&map.value)?)),
        TypeRef::Json => TextShape::Text,
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => below(inner)?,
        TypeRef::Named(id) => match types.kind(*id) {
            Some(TypeKind::Struct(object)) => {
                let fields = object.fields.iter();
                let fields = fields.map(|field| Ok((field.name.wire.clone(), below(&field.ty)?)));
                let others = match &object.additional {
                    Additional::Typed(ty) => below(ty)?,
                    _ => TextShape::Text,
                };
                TextShape::Object(fields.collect::<Result<_, String>>()?, Box::new(others))
            }
            Some(TypeKind::Union(union)) => {
                let variants = union.variants.iter().map(|variant| below(&variant.ty));
                united(variants.collect::<Result<_, String>>()?)
            }
            Some(TypeKind::Newtype(newtype)) => scalar(newtype.kind),
            Some(TypeKind::Alias(TypeRef::Json)) => untyped(types, *id),
            Some(TypeKind::Alias(target)) => below(target)?,
            Some(TypeKind::Enum(_)) | None => TextShape::Text,
        },
    })
}

/// What a schema without a type speaks of: of numbers, say, by `minimum`. All else is text.
fn untyped(types: &Types<'_>, id: TypeId) -> TextShape {
    let mut shapes: Vec<TextShape> = vec![];
    for node in types.schemas_of(id) {
        spoken_of(node, MAX_DEPTH, &mut shapes);
    }
    shapes.push(TextShape::Text);
    united(shapes)
}

/// The scalars that are no text, of which the keywords of a schema speak.
fn spoken_of(node: &Node, depth: usize, found: &mut Vec<TextShape>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    for entry in node.entries() {
        let value = &entry.value;
        match entry.key.as_str() {
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
                found.push(TextShape::Number);
            }
            "type" => {
                let names = value.items().iter().chain([value]).filter_map(Node::text);
                found.extend(names.filter_map(|name| match name {
                    "number" | "integer" => Some(TextShape::Number),
                    "boolean" => Some(TextShape::Boolean),
                    _ => None,
                }));
            }
            "enum" | "const" => {
                let values = value.items().iter().chain([value]);
                found.extend(values.filter_map(|value| match value.value {
                    Value::Number(_) => Some(TextShape::Number),
                    Value::Flag(_) => Some(TextShape::Boolean),
                    _ => None,
                }));
            }
            "allOf" | "anyOf" | "oneOf" | "not" | "if" | "then" | "else" => {
                value.items().iter().chain([value]).for_each(|node| spoken_of(node, depth, found));
            }
            _ => {}
        }
    }
}

fn scalar(kind: ScalarKind) -> TextShape {
    match kind {
        ScalarKind::Boolean => TextShape::Boolean,
        kind if kind.is_number() => TextShape::Number,
        _ => TextShape::Text,
    }
}

/// The shape of what is one of several.
fn united(shapes: Vec<TextShape>) -> TextShape {
    let mut all: Vec<TextShape> = vec![];
    for shape in shapes {
        let parts = match shape {
            TextShape::Union(parts) => parts,
            one => vec![one],
        };
        for part in parts {
            if !all.contains(&part) {
                all.push(part);
            }
        }
    }
    match all.as_slice() {
        [only] => only.clone(),
        _ => TextShape::Union(all),
    }
}

/// Whether a style can tell the texts apart; the error says why not.
pub(super) fn check(style: &Style, shape: &TextShape) -> Result<(), String> {
    let parts = match shape {
        TextShape::Union(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    if parts.iter().filter(|part| matches!(part, TextShape::List(_))).count() > 1 {
        return Err("two arrays with different items cannot be distinguished".to_owned());
    }
    parts.iter().try_for_each(|part| check_one(style, part))
}

fn check_one(style: &Style, shape: &TextShape) -> Result<(), String> {
    let is_scalar = |shape: &TextShape| match shape {
        TextShape::List(_) | TextShape::Object(..) => false,
        TextShape::Union(parts) => {
            parts.iter().all(|part| !matches!(part, TextShape::List(_) | TextShape::Object(..)))
        }
        TextShape::Text | TextShape::Number | TextShape::Boolean | TextShape::Json => true,
    };
    let fits = |shape: &TextShape| match (style, shape) {
        (Style::Repeated | Style::Rest(_), TextShape::List(item)) => is_scalar(item),
        (_, shape) => is_scalar(shape),
    };
    match (style, shape) {
        (Style::Json | Style::Deep, _) => Ok(()),
        (_, TextShape::List(item)) if !is_scalar(item) => {
            Err("the items of nested arrays, or of objects in them, cannot be distinguished"
                .to_owned())
        }
        (_, TextShape::Object(fields, others))
            if !fields.iter().all(|(_, shape)| fits(shape)) || !fits(others) =>
        {
            let name = fields.iter().find(|(_, shape)| !fits(shape)).map(|(name, _)| name.as_str());
            Err(match name {
                Some(name) => format!(
                    "the content of the property `{name}` cannot be separated from its siblings"
                ),
                None => {
                    "the content of a property cannot be separated from its siblings".to_owned()
                }
            })
        }
        _ => Ok(()),
    }
}
