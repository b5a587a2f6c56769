//! Models of request bodies, as far as the gateway can judge them.
//!
//! A model never refuses what the function accepts. Rules on which the gateway's validator may differ (patterns,
//! formats, lengths in its own characters, exact decimals) are left to the function, which lists every violation.

use indexmap::IndexMap;

use super::value::{Map, Value};
use crate::model::{
    Additional, NumberRules, Scalar, ScalarKind, Service, StructType, TypeId, TypeKind, TypeRef,
};

/// The models that bodies refer to, by name.
#[derive(Debug, Default)]
pub(super) struct Models(IndexMap<String, Value>);

impl Models {
    /// The models by name, in order of first use.
    pub(super) fn into_map(self) -> Map {
        self.0.into_iter().collect()
    }
}

/// The schema of a use of a type; named structs become models.
pub(super) fn reference_or_schema(service: &Service, ty: &TypeRef, models: &mut Models) -> Value {
    match ty {
        TypeRef::Named(id) => named(service, *id, models),
        TypeRef::Scalar(kind) => scalar(*kind, None).into(),
        TypeRef::List(list) => Map::new()
            .with("type", "array")
            .with_some("minItems", list.min_items.map(|n| Value::number(&n.to_string())))
            .with_some("maxItems", list.max_items.map(|n| Value::number(&n.to_string())))
            .with("items", reference_or_schema(service, &list.item, models))
            .into(),
        TypeRef::Map(_) => Map::new().with("type", "object").into(),
        TypeRef::Boxed(inner) => reference_or_schema(service, inner, models),
        // The gateway knows no `nullable`.
        TypeRef::Json | TypeRef::Nullable(_) => Map::new().into(),
    }
}

/// The JSON type of a use of a type, where it has just one.
pub(super) fn type_name<'v>(
    service: &Service,
    ty: &TypeRef,
    models: &mut Models,
) -> Option<&'v str> {
    let Value::Map(schema) = reference_or_schema(service, ty, models) else { return None };
    match schema.get("type") {
        Some(Value::Text(name)) => {
            ["string", "integer", "number", "boolean", "array"].into_iter().find(|one| one == name)
        }
        _ => None,
    }
}

fn named(service: &Service, id: TypeId, models: &mut Models) -> Value {
    match &service.type_def(id).kind {
        TypeKind::Struct(object) => model(service, id, object, models),
        TypeKind::Enum(choice) => {
            let values: Vec<_> = choice.variants.iter().map(|one| one.wire.as_str()).collect();
            Map::new().with("type", "string").with("enum", values).into()
        }
        TypeKind::Newtype(scalar) => constrained(scalar).into(),
        TypeKind::Alias(ty) => reference_or_schema(service, ty, models),
        // Which variant is meant is for the function to tell.
        TypeKind::Union(_) => Map::new().into(),
    }
}

/// A reference to the model of a struct, which is made when this is its first use.
fn model(service: &Service, id: TypeId, object: &StructType, models: &mut Models) -> Value {
    let name = format!("{}{}", service.name.pascal, service.type_def(id).name.pascal);
    if !models.0.contains_key(&name) {
        // Taken first, so that a type that contains itself ends here.
        models.0.insert(name.clone(), Map::new().into());
        let schema = struct_schema(service, object, models);
        models.0.insert(name.clone(), schema.into());
    }
    Map::new().with("$ref", format!("#/components/schemas/{name}")).into()
}

fn struct_schema(service: &Service, object: &StructType, models: &mut Models) -> Map {
    let required: Vec<_> = object
        .fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.name.wire.as_str())
        .collect();
    let mut properties: Map = object
        .fields
        .iter()
        .map(|field| (&field.name.wire, reference_or_schema(service, &field.ty, models)))
        .collect();
    for name in &object.ignored {
        if properties.get(name).is_none() {
            properties.insert(name, Map::new());
        }
    }
    let closed = (object.additional == Additional::Refused).then_some(false);
    Map::new()
        .with("type", "object")
        .with_some("required", (!required.is_empty()).then_some(required))
        .with_some("properties", (!properties.is_empty()).then_some(properties))
        .with_some("additionalProperties", closed)
}

fn constrained(rules: &Scalar) -> Map {
    // Every way to count characters finds at least one where there is one.
    let not_empty = rules.kind == ScalarKind::String && rules.text.min_length > Some(0);
    scalar(rules.kind, Some(&rules.number)).with_some("minLength", not_empty.then_some(1_u32))
}

fn scalar(kind: ScalarKind, number: Option<&NumberRules>) -> Map {
    let name = match kind {
        ScalarKind::Boolean => Some("boolean"),
        ScalarKind::Int32 | ScalarKind::Int64 | ScalarKind::Integer => Some("integer"),
        ScalarKind::Double | ScalarKind::Decimal => Some("number"),
        ScalarKind::String
        | ScalarKind::DecimalString
        | ScalarKind::Uuid
        | ScalarKind::DateTime
        | ScalarKind::Date
        | ScalarKind::Bytes => Some("string"),
    };
    let bound =
        |bound: Option<&crate::model::Bound>| bound.map(|bound| Value::number(&bound.value));
    Map::new()
        .with_some("type", name)
        .with_some("minimum", bound(number.and_then(|rules| rules.minimum.as_ref())))
        .with_some("maximum", bound(number.and_then(|rules| rules.maximum.as_ref())))
}
