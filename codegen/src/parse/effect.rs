//! What a schema says without effect: constraints of other types than its own, and formats that nothing checks.
//!
//! Owns which keywords and formats are about which types. Looks at one schema alone; what the parts of an `allOf` come to
//! together is not seen here.

use scalars::format::TextFormat;

use super::node::{Entry, Node, Value};
use crate::diag::Sink;
use crate::diag::catalog::{schema as fault, shape::nearest};

/// The keywords that say something of the values of some types only, with those types.
const KEYWORDS: [(&[&str], &[&str]); 4] = [
    (&["minLength", "maxLength", "pattern"], &["string"]),
    (
        &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
        &["number", "integer"],
    ),
    (
        &[
            "items",
            "prefixItems",
            "contains",
            "minContains",
            "maxContains",
            "minItems",
            "maxItems",
            "uniqueItems",
            "unevaluatedItems",
        ],
        &["array"],
    ),
    (
        &[
            "properties",
            "required",
            "patternProperties",
            "propertyNames",
            "minProperties",
            "maxProperties",
            "dependentRequired",
            "dependentSchemas",
            "additionalProperties",
            "unevaluatedProperties",
        ],
        &["object"],
    ),
];

/// The keywords that say something beside one of others only, with those.
const BESIDE: [(&str, &[&str], &str); 5] = [
    ("if", &["then", "else"], "`then` or `else`"),
    ("then", &["if"], "`if`"),
    ("else", &["if"], "`if`"),
    ("minContains", &["contains"], "`contains`"),
    ("maxContains", &["contains"], "`contains`"),
];

/// The formats of numbers, with the types that have them.
const NUMBERS: [(&[&str], &[&str]); 2] = [
    (
        &["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float"],
        &["number", "integer"],
    ),
    (&["double", "decimal"], &["number"]),
];

/// The formats of strings that are types of their own.
const TYPED: [&str; 6] = ["uuid", "date-time", "date", "byte", "decimal", "url"];

/// The formats that tell what a string is for, and ask nothing of it.
const WORDS: [&str; 4] = ["password", "binary", "html", "commonmark"];

/// Reports what has no effect.
pub(super) fn check(schema: &Node, sink: &Sink) {
    let types: Vec<&str> = match schema.get("type").map(|node| &node.value) {
        Some(Value::Text(one)) => vec![one],
        Some(Value::List(all)) => all.iter().filter_map(Node::text).collect(),
        _ => vec![],
    };
    if !types.is_empty() && types.iter().all(|name| is_type(name)) {
        check_keywords(schema, &types, sink);
    }
    for (key, beside, named) in BESIDE {
        // An `if` alone still looks at properties.
        let is_asked = key == "if"
            && ["unevaluatedProperties", "unevaluatedItems"]
                .iter()
                .any(|key| schema.get(key).is_some());
        let is_alone = !is_asked && beside.iter().all(|key| schema.get(key).is_none());
        if let Some(entry) = schema.entry(key).filter(|_| is_alone) {
            sink.report(fault::constraint_alone(entry.named(), named));
        }
    }
    let is_listed = schema.get("enum").or(schema.get("const")).is_some();
    if let Some(format) = schema.get("format").filter(|_| !is_listed) {
        check_format(format, &types, sink);
    }
}

fn check_keywords(schema: &Node, types: &[&str], sink: &Sink) {
    let is_decimal = schema.text_at("format") == Some("decimal");
    for (keys, concerned) in KEYWORDS {
        let is_number = concerned.contains(&"number");
        if types.iter().any(|name| concerned.contains(name)) || (is_number && is_decimal) {
            continue;
        }
        let entries = keys.iter().filter_map(|key| schema.entry(key));
        for entry in entries.filter(|entry| says_something(entry)) {
            sink.report(fault::constraint_of_other_type(entry.named(), &types.join(" or ")));
        }
    }
}

/// Whether a keyword is more than a flag that is not set, or one of another version.
fn says_something(entry: &Entry) -> bool {
    match entry.value.value {
        Value::Flag(flag) => match entry.key.as_str() {
            "uniqueItems" => flag,
            // Flags of older drafts, which are told as such.
            "exclusiveMinimum" | "exclusiveMaximum" | "required" => false,
            _ => !flag,
        },
        _ => true,
    }
}

fn check_format(format: &Node, types: &[&str], sink: &Sink) {
    let Some(name) = format.text().filter(|name| !name.is_empty()) else { return };
    let of_string =
        TextFormat::named(name).is_some() || TYPED.contains(&name) || WORDS.contains(&name);
    let mut having: Vec<&str> = if of_string { vec!["string"] } else { vec![] };
    for (_, types) in NUMBERS.iter().filter(|(formats, _)| formats.contains(&name)) {
        having.extend(*types);
    }
    if having.is_empty() {
        let checked = TextFormat::ALL.iter().map(|format| format.name());
        let numbers = NUMBERS.iter().flat_map(|(formats, _)| *formats).copied();
        // The encoding is called otherwise, although another name is nearer.
        let near = match name {
            "base64" => Some("byte"),
            _ => nearest(name, checked.chain(TYPED).chain(WORDS).chain(numbers)),
        };
        sink.report(fault::unknown_format(format.span, name, near));
    } else if !types.is_empty()
        && types.iter().all(|name| is_type(name) && !having.contains(name))
        && !WORDS.contains(&name)
    {
        sink.report(fault::format_of_other_type(format.span, name, &types.join(" or ")));
    }
}

/// Whether a name is a type of JSON Schema.
pub(super) fn is_type(name: &str) -> bool {
    ["array", "boolean", "integer", "null", "number", "object", "string"].contains(&name)
}
