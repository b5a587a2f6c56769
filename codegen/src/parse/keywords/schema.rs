//! Schemas: those of OpenAPI 3.0, of 3.1 and 3.2 (JSON Schema 2020-12), and of AsyncAPI (draft 07), as one table,
//! because shared files are read by all.

use crate::parse::node::{Node, Value};
use crate::parse::shape::{Form, Shape, honoured, ignored, refused};

use super::ours;

/// What a string holds is an annotation (JSON Schema validation, section 8).
const CONTENT: &str = "it documents the content of the string, which is not decoded";

/// A schema.
pub static SCHEMA: Shape = Shape {
    name: crate::parse::shape::SCHEMA,
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
        honoured("items", Form::Choose(items_form)),
        honoured("allOf", Form::List(&SCHEMA_FORM)),
        honoured("oneOf", Form::List(&SCHEMA_FORM)),
        honoured("anyOf", Form::List(&SCHEMA_FORM)),
        honoured("discriminator", Form::Choose(discriminator_form)),
        honoured("definitions", Form::Map(&SCHEMA_FORM)),
        honoured("$defs", Form::Map(&SCHEMA_FORM)),
        honoured("$schema", Form::Any),
        honoured("$id", Form::Text),
        honoured("$comment", Form::Any),
        honoured("externalDocs", Form::Any),
        honoured("xml", Form::Any),
        honoured("x-dynamodb-table", Form::Object(&ours::TABLE)),
        honoured("x-generated", Form::Choice(&["uuid", "now", "updated", "version"])),
        honoured("x-sensitive", Form::Flag),
        honoured("x-attribute", Form::Text),
        honoured("x-dynamodb-set", Form::Flag),
        honoured("x-error", Form::Map(&Form::Text)),
        honoured("x-owner", Form::Choose(ours::owner_form)),
        honoured("x-sunset", Form::Text),
        honoured("x-test-data", Form::Choose(ours::data_form)),
        honoured("x-transitions", Form::Map(&Form::List(&Form::Text))),
        honoured("x-version", Form::Flag),
        honoured("not", SCHEMA_FORM),
        honoured("if", SCHEMA_FORM),
        honoured("then", SCHEMA_FORM),
        honoured("else", SCHEMA_FORM),
        honoured("contains", SCHEMA_FORM),
        honoured("minContains", Form::Count),
        honoured("maxContains", Form::Count),
        honoured("prefixItems", Form::List(&SCHEMA_FORM)),
        honoured("additionalItems", SCHEMA_FORM),
        honoured("unevaluatedItems", SCHEMA_FORM),
        honoured("patternProperties", Form::Map(&SCHEMA_FORM)),
        honoured("propertyNames", SCHEMA_FORM),
        honoured("dependencies", Form::Map(&Form::Choose(dependency_form))),
        honoured("dependentRequired", Form::Map(&Form::List(&Form::Text))),
        honoured("dependentSchemas", Form::Map(&SCHEMA_FORM)),
        honoured("unevaluatedProperties", SCHEMA_FORM),
        honoured("$anchor", Form::Text),
        ignored("contentEncoding", CONTENT),
        ignored("contentMediaType", CONTENT),
        ignored("contentSchema", CONTENT),
        ignored("$vocabulary", "all vocabularies of the dialect are used"),
        honoured("$dynamicRef", Form::Text),
        honoured("$dynamicAnchor", Form::Text),
        refused("$recursiveRef", "write `$ref: '#/…'` with the path of the schema"),
        refused("$recursiveAnchor", "refer to the schema by its path"),
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

/// A list of schemas in older drafts; 2020-12 has `prefixItems`, which is told apart by [`super::super::dialect`].
fn items_form(node: &Node) -> Form {
    match node.value {
        Value::List(_) => Form::List(&SCHEMA_FORM),
        _ => SCHEMA_FORM,
    }
}

/// Names of properties, or a schema.
fn dependency_form(node: &Node) -> Form {
    match node.value {
        Value::List(_) => Form::List(&Form::Text),
        _ => SCHEMA_FORM,
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
    fields: &[
        honoured("propertyName", Form::Text),
        honoured("mapping", Form::Map(&Form::Text)),
        honoured("defaultMapping", Form::Text),
    ],
    required: &["propertyName"],
    referable: false,
    beside_ref: false,
    ours: false,
};
