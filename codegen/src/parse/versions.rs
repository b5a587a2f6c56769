//! Keywords of later versions in schemas of OpenAPI 3.0, and of 3.0 in files that documents of both share.
//!
//! Owns which keywords 3.0 does not have, and what it has instead. They are applied all the same; other tools ignore or
//! reject them. Keywords that say nothing about values (`$id`, `$defs`, `$comment`) are left alone.

use super::node::{Entry, Node, Value};
use crate::diag::Sink;
use crate::diag::catalog::dialect as fault;

/// The keywords that 3.0 does not have.
const LATER: [&str; 17] = [
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
    "then",
    "else",
];

/// Reports what a schema of OpenAPI 3.0 takes from later versions.
pub(super) fn check(schema: &Node, sink: &Sink) {
    for entry in schema.entries() {
        let Some(help) = instead(entry) else { continue };
        sink.report(fault::later_keyword(entry.named(), help));
    }
}

/// What to write instead of something that 3.0 does not have; nothing for what it has.
fn instead(entry: &Entry) -> Option<String> {
    let Entry { key, value, .. } = entry;
    let help = match (key.as_str(), &value.value) {
        ("type", Value::List(types)) => {
            let named: Vec<&str> = types.iter().filter_map(Node::text).collect();
            match named[..] {
                [one, "null"] | ["null", one] => format!("write:\ntype: {one}\nnullable: true"),
                [one] => format!("write `type: {one}`"),
                _ => format!("use `anyOf` with a schema for each type, or {DECLARE}"),
            }
        }
        ("type", Value::Text(name)) if name == "null" => {
            "write `nullable: true` next to the type of the other values".to_owned()
        }
        (bound @ ("exclusiveMinimum" | "exclusiveMaximum"), Value::Number(_)) => {
            let plain = if bound == "exclusiveMinimum" { "minimum" } else { "maximum" };
            format!("write:\n{plain}: {}\n{bound}: true", value.number().unwrap_or_default())
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
