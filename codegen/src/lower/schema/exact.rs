//! Whether a Rust type expresses all that schemas say, so that reading it is check enough.
//!
//! Owns the decision for each kind of type. Whoever adds a rule to a kind of type adds its keyword here; what is not
//! listed is checked on the tree before the type is read.

use super::parts::{Kind, Parts, ScalarType, takes_nothing};
use super::scalar::{lists_nothing, whole};
use crate::lower::Scope;
use crate::parse::{Entry, Node, Value};

/// Whether the type of a kind expresses what the parts say. Of a union only what stands beside it is asked.
pub(super) fn expresses<'a>(scope: Scope<'a>, parts: &Parts<'a>, kind: &Kind<'a>) -> bool {
    if parts.never || parts.unions().len() > usize::from(matches!(kind, Kind::Union(_))) {
        return false;
    }
    let named = parts.types().is_some();
    let listed = parts.values("enum").chain(parts.values("const")).count();
    let known: &[&str] = match kind {
        // What stands beside a union is its own maker's business.
        Kind::Union(_) => return true,
        Kind::Untyped => return false,
        Kind::Anything if named || listed > 0 => return false,
        Kind::Anything => &[],
        Kind::Several(_) => &["type"],
        Kind::Scalar(ScalarType::Boolean) => &["type"],
        Kind::Scalar(scalar) if listed > 0 => {
            let whole = matches!(scalar, ScalarType::String) || are_whole(parts);
            if !whole || lists_nothing(parts, *scalar) {
                return false;
            }
            &["type", "enum", "const", "x-transitions"]
        }
        Kind::Scalar(ScalarType::String) => return named && is_text(scope, parts),
        Kind::Scalar(ScalarType::Number | ScalarType::Integer) => {
            return named && is_number(scope, parts);
        }
        Kind::List => &["type", "items", "minItems", "maxItems", "uniqueItems"],
        Kind::Map => &["type", "additionalProperties", "minProperties", "maxProperties"],
        Kind::Struct => {
            if !is_one_object(parts) {
                return false;
            }
            &[
                "type",
                "properties",
                "required",
                "additionalProperties",
                "minProperties",
                "maxProperties",
            ]
        }
    };
    let is_listed = matches!(kind, Kind::Scalar(_)) && listed > 0;
    (named || is_listed || matches!(kind, Kind::Anything) || parts.is_object_by_use())
        && only(scope, parts, kind, known)
}

/// Whether the parts have no other constraint that says anything of the kind.
fn only<'a>(scope: Scope<'a>, parts: &Parts<'a>, kind: &Kind<'a>, known: &[&str]) -> bool {
    let says = |(node, entry): (&Node, &Entry)| {
        let key = entry.key.as_str();
        known.contains(&key)
            || (key == "unevaluatedProperties"
                && matches!(kind, Kind::Map | Kind::Struct)
                && remaining(scope, parts).is_some())
            || is_flag(node, key)
            || is_of_other(key, kind)
            || is_part_discriminator(scope, parts, node, key)
    };
    parts.constraints(scope).all(says)
        && (!matches!(kind, Kind::List)
            || parts.values("items").all(|node| !matches!(node.value, Value::List(_))))
}

/// `nullable` and the flags of OpenAPI 3.0, which the reading of types and bounds takes into account.
fn is_flag(node: &Node, key: &str) -> bool {
    key == "nullable"
        || (key.starts_with("exclusive")
            && matches!(node.get(key).map(|node| &node.value), Some(Value::Flag(_))))
        || (matches!(key, "minContains" | "maxContains") && node.get("contains").is_none())
        || (key == "additionalItems"
            && !matches!(node.get("items"), Some(items) if !items.items().is_empty()))
}

/// The discriminator of a schema that the value only builds on.
fn is_part_discriminator(scope: Scope<'_>, parts: &Parts<'_>, node: &Node, key: &str) -> bool {
    key == "discriminator" && !parts.is_root(scope, node)
}

/// The families of keywords that say nothing of values of other types.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Family {
    Text,
    Number,
    List,
    Object,
}

/// Whether a keyword says nothing of values of this kind.
fn is_of_other(key: &str, kind: &Kind<'_>) -> bool {
    let family = match key {
        "minLength" | "maxLength" | "pattern" | "format" => Family::Text,
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            Family::Number
        }
        "items" | "prefixItems" | "additionalItems" | "contains" | "minContains"
        | "maxContains" | "minItems" | "maxItems" | "uniqueItems" | "unevaluatedItems" => {
            Family::List
        }
        "properties"
        | "required"
        | "additionalProperties"
        | "patternProperties"
        | "propertyNames"
        | "minProperties"
        | "maxProperties"
        | "dependencies"
        | "dependentRequired"
        | "dependentSchemas"
        | "unevaluatedProperties" => Family::Object,
        _ => return false,
    };
    match kind {
        Kind::Scalar(ScalarType::String) => family != Family::Text,
        Kind::Scalar(ScalarType::Number | ScalarType::Integer) => family != Family::Number,
        Kind::Scalar(ScalarType::Boolean) => true,
        Kind::List => family != Family::List,
        Kind::Map | Kind::Struct => family != Family::Object,
        _ => false,
    }
}

/// The `unevaluatedProperties` that says what `additionalProperties` would: no keyword chooses which properties are looked
/// at, and it stands in the schema that all parts belong to.
pub(super) fn remaining<'a>(scope: Scope<'a>, parts: &Parts<'a>) -> Option<&'a Node> {
    const CHOOSING: [&str; 9] = [
        "oneOf",
        "anyOf",
        "not",
        "if",
        "dependentSchemas",
        "dependencies",
        "patternProperties",
        "additionalProperties",
        "$dynamicRef",
    ];
    let holds = |node: &&Node| node.get("unevaluatedProperties").is_some();
    let mut holders = parts.nodes().filter(holds);
    let (Some(holder), None, [_]) = (holders.next(), holders.next(), parts.roots.as_slice()) else {
        return None;
    };
    let is_plain = |node: &Node| CHOOSING.iter().all(|key| node.get(key).is_none());
    let stands = parts.nodes().all(is_plain) && parts.is_root(scope, holder);
    holder.get("unevaluatedProperties").filter(|_| stands)
}

/// Whether the values that parts list are whole numbers, which a type lists.
fn are_whole(parts: &Parts<'_>) -> bool {
    let listed = parts.values("enum").flat_map(Node::items).chain(parts.values("const"));
    listed
        .filter(|node| node.value != Value::Null)
        .all(|node| node.number().and_then(whole).is_some())
}

/// Texts: one pattern, and neither length nor pattern beside a format that has a type of its own.
fn is_text<'a>(scope: Scope<'a>, parts: &Parts<'a>) -> bool {
    let own = |name: &str| matches!(name, "uuid" | "date-time" | "date" | "decimal");
    let typed = parts.values("format").any(|node| node.text().is_some_and(own));
    let known: &[&str] = match typed {
        true => &["type", "format"],
        false => &["type", "format", "minLength", "maxLength", "pattern"],
    };
    only(scope, parts, &Kind::Scalar(ScalarType::String), known)
        && is_said_once(parts, "pattern")
        && is_said_once(parts, "format")
}

/// Numbers: one step.
fn is_number<'a>(scope: Scope<'a>, parts: &Parts<'a>) -> bool {
    const KNOWN: &[&str] = &[
        "type",
        "format",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    ];
    only(scope, parts, &Kind::Scalar(ScalarType::Number), KNOWN)
        && is_said_once(parts, "multipleOf")
        && is_said_once(parts, "format")
}

/// Whether all parts that have a keyword say the same by it.
fn is_said_once(parts: &Parts<'_>, key: &str) -> bool {
    let mut values = parts.values(key);
    let first = values.next();
    values.all(|node| first.is_some_and(|first| first.value == node.value))
}

/// Whether the parts close no object that another part adds properties to: each judges other properties for itself.
pub(super) fn is_one_object(parts: &Parts<'_>) -> bool {
    let closing = parts.nodes().filter(|node| {
        node.get("additionalProperties").is_some_and(|node| node.value != Value::Flag(true))
    });
    let closing: Vec<&Node> = closing.collect();
    let names_all = |node: &&Node| {
        let named = |name: &&&str| node.at(&["properties", name]).is_none();
        // What is required and named nowhere is one of the others.
        parts.properties.keys().find(named).is_none()
    };
    closing.iter().all(names_all)
        && (closing.len() <= 1 || closing.iter().all(|node| is_closed(node)))
}

fn is_closed(node: &Node) -> bool {
    node.get("additionalProperties").is_some_and(takes_nothing)
}
