//! Keys at a wrong depth: one level of indentation makes a name of a keyword, and a keyword of a name.
//!
//! Owns the test whether a key with its value would be at home elsewhere, which looks at the tables of keywords only.

use super::Dialect;
use super::keywords::{ours, schema};
use super::node::{Entry, Node, Value};
use super::shape::{Form, SCHEMA, Shape};

/// A keyword of schemas that stands where the name of a schema is expected.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stray {
    /// Whether it is one of our extensions.
    pub(super) is_ours: bool,
    /// The boolean that it holds, where the dialect takes booleans for schemas (since draft 6). Anything else is an error.
    pub(super) flag: Option<bool>,
    /// Whether it holds the parts of a schema, so that it does not describe a file either.
    pub(super) is_structural: bool,
}

/// Whether a value has the kind that a form asks for; looks at nothing below it.
pub(super) fn fits(form: Form, node: &Node) -> bool {
    match (form, &node.value) {
        (Form::Any, _)
        | (Form::Text, Value::Text(_))
        | (Form::Flag, Value::Flag(_))
        | (Form::Number, Value::Number(_))
        | (Form::List(_), Value::List(_))
        | (Form::Map(_) | Form::Patterned(_) | Form::Object(_), Value::Map(_)) => true,
        (Form::Count, _) => node.count().is_some(),
        (Form::Choice(choices), Value::Text(text)) => choices.contains(&text.as_str()),
        (Form::Choose(choose), _) => fits(choose(node), node),
        _ => false,
    }
}

/// Whether a node looks like a schema: it has a keyword that holds what the keyword holds, and does not give names to
/// schemas, some of which may be called like keywords.
pub(super) fn is_schema(node: &Node) -> bool {
    let is_name = |entry: &Entry| {
        let is_keyword = knows(&schema::SCHEMA, &entry.key) || entry.key.starts_with("x-");
        !is_keyword && own(&entry.value).next().is_some() && has_keyword(&entry.value)
    };
    has_keyword(node) && !node.entries().iter().any(is_name)
}

/// The entries of a node that are not extensions.
fn own(node: &Node) -> impl Iterator<Item = &Entry> {
    node.entries().iter().filter(|entry| !entry.key.starts_with("x-"))
}

/// Whether a node has a keyword that holds what the keyword holds, or is a mapping without keys but extensions.
fn has_keyword(node: &Node) -> bool {
    let is_keyword = |entry: &Entry| {
        let field = schema::SCHEMA.fields.iter().find(|field| field.key == entry.key);
        field.is_some_and(|field| match field.form {
            Form::Any => !matches!(entry.value.value, Value::Map(_)),
            form => fits(form, &entry.value),
        })
    };
    let is_empty = matches!(node.value, Value::Map(_)) && own(node).next().is_none();
    is_empty || node.entries().iter().any(|entry| entry.key == "$ref" || is_keyword(entry))
}

/// Whether a node is not a schema, but gives names to schemas.
#[must_use]
pub fn names_schemas(node: &Node) -> bool {
    let names = || own(node).filter(|entry| !entry.key.starts_with(['$', '#']));
    !is_schema(node) && names().next().is_some() && names().all(|entry| is_schema(&entry.value))
}

/// Whether an entry among the names of schemas is a keyword that belongs to the schema above it.
pub(super) fn stray(entry: &Entry, dialect: Dialect) -> Option<Stray> {
    let field = schema::SCHEMA.fields.iter().find(|field| field.key == entry.key)?;
    let holds_schema =
        matches!(resolved(field.form, &entry.value), Form::Object(shape) if shape.name == SCHEMA);
    let is_any = matches!(field.form, Form::Any);
    let is_schema = if is_any { has_keyword } else { is_schema };
    if holds_schema || !fits(field.form, &entry.value) || is_schema(&entry.value) {
        return None;
    }
    let is_ours = ours::place_of(&entry.key).is_some();
    let flag = match entry.value.value {
        Value::Flag(flag) if !is_ours && dialect != Dialect::OpenApi30 => Some(flag),
        _ => None,
    };
    let is_container = matches!(entry.value.value, Value::List(_) | Value::Map(_));
    Some(Stray {
        is_ours,
        flag,
        is_structural: is_container && !is_any && !["$defs", "definitions"].contains(&field.key),
    })
}

/// A form that does not depend on the value any more.
pub(super) fn resolved(form: Form, node: &Node) -> Form {
    match form {
        Form::Choose(choose) => resolved(choose(node), node),
        form => form,
    }
}

/// A key of an object that stands among the patterned names (paths, statuses) below another of its keys.
pub(super) fn below<'n>(
    entry: &'n Entry,
    node: &Node,
    shape: &Shape,
    form: Form,
) -> Option<&'n Entry> {
    if !matches!(form, Form::Patterned(_)) || entry.value.reference().is_some() {
        return None;
    }
    let is_known = |key: &str| shape.fields.iter().any(|field| field.key == key);
    entry.value.entries().iter().find(|inner| {
        !inner.key.starts_with("x-") && is_known(&inner.key) && node.get(&inner.key).is_none()
    })
}

/// The key of an object below which an unknown one belongs, and whether the object has that key.
pub(super) fn place_of<'n>(
    entry: &Entry,
    node: &'n Node,
    shape: &Shape,
) -> Option<(&'n str, bool)> {
    let has = |form: Form, value: &Node| matches!(resolved(form, value), Form::Object(inner) if knows(inner, &entry.key));
    let beside = node.entries().iter().find(|other| {
        let field = shape.fields.iter().find(|field| field.key == other.key);
        field.is_some_and(|field| has(field.form, &other.value))
    });
    if let Some(other) = beside {
        return Some((&other.key, true));
    }
    // A word of one part, such as `name`, is a key of too many things.
    let is_telling = entry.key.contains(|char: char| char.is_ascii_uppercase());
    let absent = shape.fields.iter().find(|field| {
        node.get(field.key).is_none()
            && (is_telling || !field.key.starts_with("x-"))
            && has(field.form, node)
    });
    absent.map(|field| (field.key, false))
}

fn knows(shape: &Shape, key: &str) -> bool {
    shape.fields.iter().any(|field| field.key == key)
}
