//! Keywords of later versions in schemas of OpenAPI 3.0, and of 3.0 in files that documents of both share.
//!
//! Owns which keywords 3.0 does not have, and what it has instead. They are applied all the same; other tools ignore or
//! reject them. Keywords that say nothing about values (`$id`, `$defs`, `$comment`) are left alone.

use super::node::{Entry, Node, Value};
use crate::diag::Sink;
use crate::diag::catalog::dialect as fault;

/// The keywords that 3.0 does not have.
const LATER: [&str; 15] = [
    "const",
    "examples",
    "prefixItems",
    "additionalItems",
    "contains",
    "minContains",
    "maxContains",
    "unevaluatedItems",
    "unevaluatedProperties",
    "patternProperties",
    "propertyNames",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "if",
];

/// The keys of other objects that 3.0 does not have, each with the object.
const LATER_KEYS: [(&str, &str); 4] = [
    ("OpenAPI document", "jsonSchemaDialect"),
    ("components", "pathItems"),
    ("info", "summary"),
    ("license", "identifier"),
];

/// Reports a key of an object of OpenAPI 3.0, or its value, that only later versions have.
pub(super) fn check_key(entry: &Entry, shape: &str, sink: &Sink) {
    if LATER_KEYS.contains(&(shape, entry.key.as_str())) {
        sink.report(fault::later_key(entry.key_span, &entry.key, shape, DECLARE));
    }
    if (shape, entry.key.as_str()) == ("security scheme", "type")
        && let Some(word @ "mutualTLS") = entry.value.text()
    {
        sink.report(fault::later_key(entry.value.span, word, shape, DECLARE));
    }
}

/// Reports what a schema of OpenAPI 3.0 takes from later versions. In a file that documents of both share, no other way to
/// say it is one of both.
pub(super) fn check(schema: &Node, is_shared: bool, sink: &Sink) {
    for entry in schema.entries() {
        let Some(help) = instead(entry) else { continue };
        let is_of_both = !is_shared || matches!(entry.key.as_str(), "const" | "examples");
        let help = if is_of_both { help } else { fault::ONE_VERSION.to_owned() };
        sink.report(fault::later_keyword(entry.named(), help));
    }
}

/// What to write instead of something that 3.0 does not have; nothing for what it has.
fn instead(entry: &Entry) -> Option<String> {
    let Entry { key, value, .. } = entry;
    let help = match (key.as_str(), &value.value) {
        ("type", Value::List(types)) => {
            let named = types.iter().filter_map(Node::text);
            let (nulls, others): (Vec<&str>, Vec<&str>) = named.partition(|one| *one == "null");
            match (others[..].as_ref(), nulls.is_empty()) {
                ([], _) => DECLARE.to_owned(),
                ([one], true) => format!("write `type: {one}`"),
                ([one], false) => format!("write:\ntype: {one}\nnullable: true"),
                (_, true) => format!("use `anyOf` with a schema for each type, or {DECLARE}"),
                (_, false) => format!(
                    "use `anyOf` with a schema for each other type, one of them with `nullable: true`, or {DECLARE}"
                ),
            }
        }
        ("type", Value::Text(name)) if name == "null" => {
            "write `nullable: true` next to the type of the other values".to_owned()
        }
        (bound @ ("exclusiveMinimum" | "exclusiveMaximum"), Value::Number(_)) => {
            let plain = if bound == "exclusiveMinimum" { "minimum" } else { "maximum" };
            let number = value.number().unwrap_or_default();
            format!("write, in place of another `{plain}`:\n{plain}: {number}\n{bound}: true")
        }
        ("const", _) => "write `enum` with this one value".to_owned(),
        ("examples", _) => "write `example` with one of them".to_owned(),
        (key, _) if LATER.contains(&key) => DECLARE.to_owned(),
        _ => return None,
    };
    Some(help)
}

const DECLARE: &str = "declare `openapi: 3.1.0`, if the tools that read the document support it";

/// Reports what a schema that documents of 3.0 and of later versions share says differently in each.
pub(super) fn check_shared(schema: &Node, sink: &Sink) {
    for key in ["nullable", "exclusiveMinimum", "exclusiveMaximum"] {
        if let Some(entry) = schema.entry(key).filter(|_| schema.is_set(key)) {
            sink.report(fault::earlier_keyword(entry.named()));
        }
    }
}
