//! Types as JSON Schemas (2020-12), so that they can be compared with schemas that no type expresses.
//!
//! Owns the translation of the model's types. A type whose values no schema says exactly has none.

use serde_json::{Map, Value, json};

use super::checks::Schemas;
use super::shape::{Shape, resolve};
use crate::model::{
    Additional, Bound, Scalar, ScalarKind, Service, StructType, TypeId, TypeKind, TypeRef,
    UnionTag, UnionType,
};
use crate::values::{exact_number, tree};

/// The schema of a type, with those of the types that it leads to, by name.
pub(super) fn written(service: &Service, ty: &TypeRef) -> Option<(Schemas, Value)> {
    let mut writer = Writer { service, schemas: Schemas::new() };
    let root = writer.of(ty, false)?;
    Some((writer.schemas, root))
}

struct Writer<'a> {
    service: &'a Service,
    schemas: Schemas,
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

impl Writer<'_> {
    /// A type; `null` is among its values where it is wrapped so.
    fn of(&mut self, ty: &TypeRef, is_nullable: bool) -> Option<Value> {
        Some(match ty {
            TypeRef::Json => Value::Bool(true),
            TypeRef::Boxed(inner) => return self.of(inner, is_nullable),
            TypeRef::Nullable(inner) => or_null(self.of(inner, true)?),
            TypeRef::Scalar(kind) => return scalar(&super::shape::bare(*kind)),
            TypeRef::List(list) => {
                let mut map = typed("array");
                map.insert("items".to_owned(), self.of(&list.item, false)?);
                set(&mut map, "minItems", list.min_items);
                set(&mut map, "maxItems", list.max_items);
                set(&mut map, "uniqueItems", list.unique.then_some(true));
                Value::Object(map)
            }
            TypeRef::Map(of) => {
                let mut map = typed("object");
                map.insert("additionalProperties".to_owned(), self.of(&of.value, false)?);
                set(&mut map, "minProperties", of.min_properties);
                set(&mut map, "maxProperties", of.max_properties);
                Value::Object(map)
            }
            TypeRef::Named(id) => return self.named(*id, is_nullable),
        })
    }

    fn named(&mut self, id: TypeId, is_nullable: bool) -> Option<Value> {
        let def = self.service.type_def(id);
        if let Some(name) = &def.schema {
            return self.checked(id, name, is_nullable);
        }
        // Names of schemas have no space in them.
        let name = format!("type {}", id.0);
        if self.schemas.contains_key(&name) {
            return Some(reference(&name));
        }
        let schema = match &def.kind {
            TypeKind::Alias(ty) => return self.of(ty, is_nullable),
            TypeKind::Newtype(of) => return scalar(of),
            TypeKind::Enum(of) => {
                let values: Vec<&str> = of.variants.iter().map(|each| each.wire.as_str()).collect();
                return Some(json!({ "type": "string", "enum": values }));
            }
            TypeKind::Struct(of) => {
                self.schemas.insert(name.clone(), Value::Bool(true));
                self.object(of)?
            }
            TypeKind::Union(of) => {
                self.schemas.insert(name.clone(), Value::Bool(true));
                self.union(of)?
            }
        };
        self.schemas.insert(name.clone(), schema);
        Some(reference(&name))
    }

    /// A type whose values are checked against a schema, which may take `null` where the type does not.
    fn checked(&self, id: TypeId, name: &str, is_nullable: bool) -> Option<Value> {
        let Some(schema) = self.service.schemas.get(name) else { return Some(reference(name)) };
        let is_any = || matches!(resolve(self.service, &TypeRef::Named(id)).shape, Shape::Json);
        let takes_null =
            !is_nullable && tree::fits(&self.service.schemas, schema, &Value::Null) && !is_any();
        if takes_null {
            let mut schema = schema.clone();
            schema.get_mut("enum")?.as_array_mut()?.retain(|value| !value.is_null());
            return Some(schema);
        }
        // Values that are listed are shown where they are used.
        Some(if is_listed(schema) { schema.clone() } else { reference(name) })
    }

    fn object(&mut self, of: &StructType) -> Option<Value> {
        let mut map = typed("object");
        let mut properties = Map::new();
        for name in &of.ignored {
            properties.insert(name.clone(), Value::Bool(true));
        }
        for field in &of.fields {
            properties.insert(field.name.wire.clone(), self.of(&field.ty, false)?);
        }
        let required = of.fields.iter().filter(|field| field.required);
        let required: Vec<&str> = required.map(|field| field.name.wire.as_str()).collect();
        map.insert("properties".to_owned(), Value::Object(properties));
        map.insert("required".to_owned(), json!(required));
        match &of.additional {
            Additional::Open => {}
            Additional::Refused => set(&mut map, "additionalProperties", Some(false)),
            Additional::Typed(ty) => {
                map.insert("additionalProperties".to_owned(), self.of(ty, false)?);
            }
        }
        set(&mut map, "minProperties", of.min_properties);
        set(&mut map, "maxProperties", of.max_properties);
        Some(Value::Object(map))
    }

    fn union(&mut self, of: &UnionType) -> Option<Value> {
        let key = match of.tag {
            UnionTag::Property(_) => return None,
            UnionTag::First => "anyOf",
            UnionTag::ExactlyOne => "oneOf",
        };
        let members: Option<Vec<Value>> =
            of.variants.iter().map(|one| self.of(&one.ty, false)).collect();
        Some(json!({ key: members? }))
    }
}

fn typed(name: &str) -> Map<String, Value> {
    Map::from_iter([("type".to_owned(), Value::from(name))])
}

fn set(map: &mut Map<String, Value>, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        map.insert(key.to_owned(), value.into());
    }
}

fn is_listed(schema: &Value) -> bool {
    ["enum", "const"].iter().any(|key| schema.get(key).is_some())
}

/// A schema with `null` among its values.
fn or_null(mut schema: Value) -> Value {
    if schema == Value::Bool(true) {
        return schema;
    }
    let is_listed = is_listed(&schema);
    match schema.get_mut("type") {
        Some(name) if name.is_string() && !is_listed => {
            *name = json!([name.clone(), "null"]);
            schema
        }
        _ => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

fn scalar(of: &Scalar) -> Option<Value> {
    let (name, format) = match of.kind {
        ScalarKind::Boolean => ("boolean", None),
        ScalarKind::Int32 | ScalarKind::Int64 | ScalarKind::Integer => ("integer", None),
        ScalarKind::Double => ("number", None),
        // A text may stand for it as well.
        ScalarKind::Decimal | ScalarKind::DecimalString => return None,
        ScalarKind::String => ("string", of.text.format.map(|format| format.name())),
        ScalarKind::Uuid => ("string", Some("uuid")),
        ScalarKind::DateTime => ("string", Some("date-time")),
        ScalarKind::Date => ("string", Some("date")),
        ScalarKind::Bytes => ("string", Some("byte")),
    };
    let mut map = typed(name);
    set(&mut map, "format", format);
    set(&mut map, "minLength", of.text.min_length);
    set(&mut map, "maxLength", of.text.max_length);
    set(&mut map, "pattern", of.text.pattern.as_deref());
    if !of.number.one_of.is_empty() {
        map.insert("enum".to_owned(), json!(of.number.one_of));
    }
    let range = of.kind.range().filter(|_| of.number.one_of.is_empty());
    let rules = &of.number;
    for (bound, keys, limit) in [
        (&rules.minimum, ["minimum", "exclusiveMinimum"], range.map(|(least, _)| least)),
        (&rules.maximum, ["maximum", "exclusiveMaximum"], range.map(|(_, greatest)| greatest)),
    ] {
        match bound {
            Some(Bound { value, exclusive }) => {
                map.insert(keys[usize::from(*exclusive)].to_owned(), exact_number(value));
            }
            None => set(&mut map, keys[0], limit),
        }
    }
    set(&mut map, "multipleOf", rules.multiple_of.as_deref().map(exact_number));
    Some(Value::Object(map))
}
