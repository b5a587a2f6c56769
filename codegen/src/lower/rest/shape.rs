//! What the texts of a parameter or form stand for, and whether a style can tell them apart.

use crate::lower::schema::Types;
use crate::model::{Additional, ScalarKind, Style, TextShape, TypeId, TypeKind, TypeRef};
use crate::parse::{Node, Value};

/// How deep types may lie in one another where each level is spelled out.
const MAX_DEPTH: usize = 12;

/// What the text of a type stands for. The error says why it cannot be told.
pub(super) fn shape_of(types: &Types<'_>, ty: &TypeRef) -> Result<TextShape, String> {
    shape(types, ty, MAX_DEPTH, false)
}

/// As [`shape_of`], of what is part of a value that a schema checks.
pub(super) fn shape_within(
    types: &Types<'_>,
    ty: &TypeRef,
    judged: bool,
) -> Result<TextShape, String> {
    shape(types, ty, MAX_DEPTH, judged)
}

/// `judged`: a schema that says more than the types is checked, so that it decides what a text without a type is.
fn shape(types: &Types<'_>, ty: &TypeRef, depth: usize, judged: bool) -> Result<TextShape, String> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err("its type contains itself, or is nested too deeply".to_owned());
    };
    let judged = judged || matches!(ty, TypeRef::Named(id) if types.is_judged(*id));
    let below = |ty: &TypeRef| shape(types, ty, depth, judged);
    let open = || if judged { TextShape::Any } else { TextShape::Text };
    Ok(match ty {
        TypeRef::Scalar(kind) => scalar(*kind),
        TypeRef::List(list) => TextShape::List(Box::new(below(&list.item)?)),
        TypeRef::Map(map) => TextShape::Object(vec![], Box::new(below(&map.value)?)),
        TypeRef::Json => open(),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => below(inner)?,
        TypeRef::Named(id) => match types.kind(*id) {
            Some(TypeKind::Struct(object)) => {
                let fields = object.fields.iter();
                let fields = fields.map(|field| Ok((field.name.wire.clone(), below(&field.ty)?)));
                let others = match &object.additional {
                    Additional::Typed(ty) => below(ty)?,
                    Additional::Open => open(),
                    Additional::Refused => TextShape::Text,
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

/// What a schema without a type speaks of: of numbers, say, by `minimum`. Of what it does not speak, its check decides.
fn untyped(types: &Types<'_>, id: TypeId) -> TextShape {
    let mut shapes: Vec<TextShape> = vec![];
    for node in types.schemas_of(id) {
        spoken_of(node, MAX_DEPTH, &mut shapes);
    }
    if !shapes.iter().any(|shape| matches!(shape, TextShape::Number | TextShape::Boolean)) {
        shapes.push(TextShape::Any);
    }
    united(shapes)
}

/// The kinds of value of which the keywords of a schema speak.
fn spoken_of(node: &Node, depth: usize, found: &mut Vec<TextShape>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    for entry in node.entries() {
        let value = &entry.value;
        match entry.key.as_str() {
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
                found.push(TextShape::Number);
            }
            "pattern" | "minLength" | "maxLength" | "format" => found.push(TextShape::Text),
            "items" | "prefixItems" | "contains" => {
                found.push(TextShape::List(Box::new(TextShape::Any)));
            }
            "type" => {
                let names = value.items().iter().chain([value]).filter_map(Node::text);
                found.extend(names.filter_map(|name| match name {
                    "number" | "integer" => Some(TextShape::Number),
                    "boolean" => Some(TextShape::Boolean),
                    "string" => Some(TextShape::Text),
                    _ => None,
                }));
            }
            "const" => found.extend(shape_of_value(value)),
            "enum" => found.extend(value.items().iter().filter_map(shape_of_value)),
            "allOf" | "anyOf" | "oneOf" | "if" | "then" | "else" => {
                value.items().iter().chain([value]).for_each(|node| spoken_of(node, depth, found));
            }
            _ => {}
        }
    }
}

fn shape_of_value(value: &Node) -> Option<TextShape> {
    Some(match value.value {
        Value::Number(_) => TextShape::Number,
        Value::Flag(_) => TextShape::Boolean,
        Value::Text(_) => TextShape::Text,
        Value::List(_) => TextShape::List(Box::new(TextShape::Any)),
        _ => return None,
    })
}

fn scalar(kind: ScalarKind) -> TextShape {
    match kind {
        ScalarKind::Boolean => TextShape::Boolean,
        kind if kind.is_number() => TextShape::Number,
        _ => TextShape::Text,
    }
}

/// The shape of what is one of several. Several objects are one with the properties of all: which one it is, its values say.
pub(super) fn united(shapes: Vec<TextShape>) -> TextShape {
    let mut all: Vec<TextShape> = vec![];
    for shape in shapes {
        let parts = match shape {
            TextShape::Union(parts) => parts,
            one => vec![one],
        };
        for part in parts {
            let object = all.iter().position(|one| matches!(one, TextShape::Object(..)));
            match (object, part) {
                (Some(at), TextShape::Object(fields, others)) => {
                    let first = std::mem::replace(&mut all[at], TextShape::Text);
                    all[at] = joined(first, (fields, *others));
                }
                (_, part) if !all.contains(&part) => all.push(part),
                _ => {}
            }
        }
    }
    match all.as_slice() {
        [only] => only.clone(),
        _ => TextShape::Union(all),
    }
}

/// Two objects as one.
fn joined(one: TextShape, (fields, others): (Vec<(String, TextShape)>, TextShape)) -> TextShape {
    let TextShape::Object(mut known, known_others) = one else { return one };
    for (name, shape) in fields {
        match known.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = united(vec![known.clone(), shape]),
            None => known.push((name, shape)),
        }
    }
    TextShape::Object(known, Box::new(united(vec![*known_others, others])))
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
        TextShape::Text
        | TextShape::Number
        | TextShape::Boolean
        | TextShape::Any
        | TextShape::Json => true,
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
