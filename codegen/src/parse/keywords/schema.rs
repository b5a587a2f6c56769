//! Schemas: those of OpenAPI 3.0 and those of AsyncAPI 3.0 (JSON Schema draft 07 and a little more), as one
//! table, because shared files are read by both.

use crate::parse::node::{Node, Value};
use crate::parse::shape::{Form, Shape, honoured, ignored, refused};

use super::ours;

const UNCHECKED: &str = "generated code does not check it";

/// A schema.
pub static SCHEMA: Shape = Shape {
    name: "schema",
    fields: &[
        honoured("type", Form::Choose(type_form)),
        honoured("format", Form::Text),
        honoured("title", Form::Text),
        honoured("description", Form::Text),
        honoured("enum", Form::List(&Form::Any)),
        honoured("const", Form::Any),
        honoured("default", Form::Any),
        honoured("example", Form::Any),
        honoured("examples", Form::Any),
        honoured("nullable", Form::Flag),
        honoured("readOnly", Form::Flag),
        honoured("writeOnly", Form::Flag),
        honoured("deprecated", Form::Flag),
        honoured("minimum", Form::Number),
        honoured("maximum", Form::Number),
        honoured("exclusiveMinimum", Form::Choose(exclusive_form)),
        honoured("exclusiveMaximum", Form::Choose(exclusive_form)),
        honoured("multipleOf", Form::Number),
        honoured("minLength", Form::Count),
        honoured("maxLength", Form::Count),
        honoured("pattern", Form::Text),
        honoured("minItems", Form::Count),
        honoured("maxItems", Form::Count),
        honoured("uniqueItems", Form::Flag),
        honoured("minProperties", Form::Count),
        honoured("maxProperties", Form::Count),
        honoured("required", Form::List(&Form::Text)),
        honoured("properties", Form::Map(&SCHEMA_FORM)),
        honoured("additionalProperties", SCHEMA_FORM),
        honoured("items", SCHEMA_FORM),
        honoured("allOf", Form::List(&SCHEMA_FORM)),
        honoured("oneOf", Form::List(&SCHEMA_FORM)),
        honoured("anyOf", Form::List(&SCHEMA_FORM)),
        honoured("discriminator", Form::Choose(discriminator_form)),
        honoured("definitions", Form::Map(&SCHEMA_FORM)),
        honoured("$defs", Form::Map(&SCHEMA_FORM)),
        honoured("$schema", Form::Any),
        honoured("$id", Form::Any),
        honoured("$comment", Form::Any),
        honoured("externalDocs", Form::Any),
        honoured("xml", Form::Any),
        honoured("contentMediaType", Form::Any),
        honoured("contentEncoding", Form::Any),
        honoured("x-dynamodb-table", Form::Object(&ours::TABLE)),
        honoured("x-sensitive", Form::Flag),
        honoured("x-error", Form::Map(&Form::Text)),
        honoured("x-sunset", Form::Text),
        ignored("if", UNCHECKED),
        ignored("then", UNCHECKED),
        ignored("else", UNCHECKED),
        ignored("contains", UNCHECKED),
        ignored("propertyNames", UNCHECKED),
        ignored("dependencies", UNCHECKED),
        ignored("dependentRequired", UNCHECKED),
        refused("not", "say what a value is, in place of what it is not"),
        refused(
            "patternProperties",
            "name the properties, or give all others one type with `additionalProperties`",
        ),
        refused(
            "additionalItems",
            "a list has one type of item; use an object with a property for each place",
        ),
        refused(
            "prefixItems",
            "a list has one type of item; use an object with a property for each place",
        ),
        refused("unevaluatedProperties", "write `additionalProperties`"),
        refused("dependentSchemas", "use `oneOf` with a discriminator"),
        refused("$dynamicRef", "write `$ref`"),
        refused("$recursiveRef", "write `$ref`"),
    ],
    required: &[],
    referable: true,
    beside_ref: false,
    ours: false,
};

/// A schema where a schema may stand: `true` is the one that takes anything.
pub const SCHEMA_FORM: Form = Form::Choose(schema_form);

fn schema_form(node: &Node) -> Form {
    match node.value {
        Value::Flag(_) => Form::Flag,
        _ => Form::Object(&SCHEMA),
    }
}

const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object", "null"];

fn type_form(node: &Node) -> Form {
    match node.value {
        Value::List(_) => Form::List(&Form::Choice(TYPES)),
        _ => Form::Choice(TYPES),
    }
}

/// A flag in OpenAPI 3.0, the bound itself in JSON Schema.
fn exclusive_form(node: &Node) -> Form {
    match node.value {
        Value::Number(_) => Form::Number,
        _ => Form::Flag,
    }
}

/// An object in OpenAPI, the property's name in AsyncAPI.
fn discriminator_form(node: &Node) -> Form {
    match node.value {
        Value::Text(_) => Form::Text,
        _ => Form::Object(&DISCRIMINATOR),
    }
}

static DISCRIMINATOR: Shape = Shape {
    name: "discriminator",
    fields: &[honoured("propertyName", Form::Text), honoured("mapping", Form::Map(&Form::Text))],
    required: &["propertyName"],
    referable: false,
    beside_ref: false,
    ours: false,
};
