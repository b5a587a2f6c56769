//! Schemas in one form, so that what is said in two ways is one thing to compare.
//!
//! Owns rewritings that keep every value: what a schema takes is the same before and after.

use std::collections::BTreeSet;

use scalars::Decimal;
use serde_json::{Map, Value, json};

use super::order::{measure::whole, target};
use super::{Schemas, listed, references};

/// A schema in its one form, with all that it leads to, by name.
pub(super) fn normal<'a>(
    root: &Value,
    find: impl Fn(&str) -> Option<&'a Value>,
) -> (Schemas, Value) {
    let mut root = root.clone();
    let (mut found, mut open) = (Schemas::new(), vec![]);
    references(&root, &mut open);
    while let Some(name) = open.pop() {
        if found.contains_key(name) {
            continue;
        }
        let Some(schema) = find(name) else { continue };
        references(schema, &mut open);
        found.insert(name.to_owned(), schema.clone());
    }
    rewrite(found.values_mut().chain(std::iter::once(&mut root)).collect(), &find);
    (found, root)
}

fn rewrite<'a>(mut all: Vec<&mut Value>, find: &impl Fn(&str) -> Option<&'a Value>) {
    all.iter_mut().for_each(|one| each(one, &looked_at));
    // What a keyword looked at counts where another one asks for what nothing looked at.
    let is_asked = all.iter().any(|one| asks(one));
    for one in all {
        each(one, &|schema| {
            idle(schema, is_asked);
            if !is_asked {
                tuple(schema);
            }
            constants(schema);
            exclusive(schema, find);
            numbers(schema);
            if !is_asked {
                names(schema);
            }
            literal_patterns(schema);
            alone(schema);
        });
    }
}

/// Applies a rewriting to each schema within a schema, the innermost first.
fn each(schema: &mut Value, rewrite: &impl Fn(&mut Value)) {
    const NAMED: [&str; 3] = ["properties", "patternProperties", "dependentSchemas"];
    const LISTS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
    const ALONE: [&str; 10] = [
        "items",
        "contains",
        "additionalProperties",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
        "not",
        "if",
        "then",
        "else",
    ];
    for (key, value) in schema.as_object_mut().into_iter().flatten() {
        match value {
            Value::Object(named) if NAMED.contains(&key.as_str()) => {
                named.values_mut().for_each(|one| each(one, rewrite));
            }
            Value::Array(list) if LISTS.contains(&key.as_str()) => {
                list.iter_mut().for_each(|one| each(one, rewrite));
            }
            value if ALONE.contains(&key.as_str()) => each(value, rewrite),
            _ => {}
        }
    }
    rewrite(schema);
}

/// Whether a schema asks for what nothing looked at.
fn asks(schema: &Value) -> bool {
    match schema {
        Value::Object(map) => {
            map.iter().any(|(key, one)| key.starts_with("unevaluated") || asks(one))
        }
        Value::Array(list) => list.iter().any(asks),
        _ => false,
    }
}

/// What nothing looked at is all others, where no keyword chooses what is looked at.
fn looked_at(schema: &mut Value) {
    const CHOOSING: [&str; 9] = [
        "$ref",
        "$dynamicRef",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "dependentSchemas",
        "contains",
    ];
    let Some(map) = schema.as_object_mut() else { return };
    if CHOOSING.iter().any(|key| map.contains_key(*key)) {
        return;
    }
    for (key, others) in
        [("unevaluatedProperties", "additionalProperties"), ("unevaluatedItems", "items")]
    {
        if let Some(said) = map.remove(key) {
            map.entry(others).or_insert(said);
        }
    }
}

/// Takes away what says nothing, and says of dependent properties what dependent schemas say.
fn idle(schema: &mut Value, is_asked: bool) {
    let Some(map) = schema.as_object_mut() else { return };
    if map.get("not") == Some(&Value::Bool(false)) {
        map.remove("not");
    }
    let has = |map: &Map<String, Value>, key: &str| map.contains_key(key);
    if !has(map, "if") || (!has(map, "then") && !has(map, "else")) {
        map.remove("then");
        map.remove("else");
        if !is_asked {
            map.remove("if");
        }
    }
    let Some(Value::Object(required)) = map.remove("dependentRequired") else { return };
    let schemas = map.entry("dependentSchemas").or_insert_with(|| json!({}));
    for (name, list) in required {
        let needed = json!({ "required": list });
        match schemas.get_mut(&name) {
            None => schemas[name] = needed,
            Some(known) => *known = json!({ "allOf": [known.take(), needed] }),
        }
    }
}

/// Of listed elements, the first that is refused ends the list, and one that is like all others says nothing.
fn tuple(schema: &mut Value) {
    let Some(map) = schema.as_object_mut() else { return };
    let Some(Value::Array(mut listed)) = map.remove("prefixItems") else { return };
    if let Some(refused) = listed.iter().position(|one| *one == Value::Bool(false)) {
        listed.truncate(refused);
        map.insert("items".to_owned(), Value::Bool(false));
    }
    let others = map.get("items").cloned().unwrap_or(Value::Bool(true));
    // How many there are, a list that is refused from its end on says by its length.
    while others != Value::Bool(false) && listed.last() == Some(&others) {
        listed.pop();
    }
    if !listed.is_empty() {
        map.insert("prefixItems".to_owned(), Value::Array(listed));
    }
}

/// The values that a schema lists and says nothing else of.
fn listed_alone(schema: &Value) -> Option<Vec<Value>> {
    let map = schema.as_object()?;
    let is_listing = |key: &String| ["enum", "const", "type"].contains(&key.as_str());
    let is_alone =
        map.keys().all(is_listing) && (map.contains_key("enum") || map.contains_key("const"));
    listed::values(map).filter(|_| is_alone)
}

/// Alternatives that each list values are one list.
fn constants(schema: &mut Value) {
    let Some(map) = schema.as_object_mut() else { return };
    if map.contains_key("enum") || map.contains_key("const") {
        return;
    }
    for key in ["oneOf", "anyOf"] {
        let members = map.get(key).and_then(Value::as_array).into_iter().flatten();
        let lists: Option<Vec<Vec<Value>>> = members.map(listed_alone).collect();
        let Some(lists) = lists.filter(|lists| !lists.is_empty()) else { continue };
        let n_holding = |value: &Value| lists.iter().filter(|list| list.contains(value)).count();
        let mut values: Vec<Value> = vec![];
        for value in lists.iter().flatten() {
            if !values.contains(value) && (key == "anyOf" || n_holding(value) == 1) {
                values.push(value.clone());
            }
        }
        map.remove(key);
        map.insert("enum".to_owned(), Value::Array(values));
        return;
    }
}

/// Of alternatives that each take other types, one fits and any of them fits say the same.
fn exclusive<'a>(schema: &mut Value, find: &impl Fn(&str) -> Option<&'a Value>) {
    let Some(map) = schema.as_object_mut().filter(|map| !map.contains_key("anyOf")) else { return };
    let Some(members) = map.get("oneOf").and_then(Value::as_array) else { return };
    let mut seen = BTreeSet::new();
    let is_apart = members.iter().all(|one| {
        let types = types_of(one, find, MOST_REFERENCES);
        types.is_some_and(|types| types.into_iter().all(|name| seen.insert(name)))
    });
    if is_apart && let Some(members) = map.remove("oneOf") {
        map.insert("anyOf".to_owned(), members);
    }
}

/// How many references are followed to the type of a schema.
const MOST_REFERENCES: usize = 8;

/// The types of the values that a schema takes; none where it does not say so itself.
fn types_of<'a>(
    schema: &Value,
    find: &impl Fn(&str) -> Option<&'a Value>,
    depth: usize,
) -> Option<BTreeSet<&'static str>> {
    let map = schema.as_object()?;
    let named = |name: &Value| {
        let kinds = ["null", "boolean", "number", "string", "array", "object"];
        let name = name.as_str().map(|name| if name == "integer" { "number" } else { name })?;
        kinds.into_iter().find(|kind| *kind == name)
    };
    match map.get("type") {
        Some(Value::Array(names)) => return names.iter().map(named).collect(),
        Some(name) => return named(name).map(|name| BTreeSet::from([name])),
        None => {}
    }
    if let Some(values) = listed::values(map) {
        return Some(values.iter().map(type_of).collect());
    }
    types_of(find(target(map)?)?, find, depth.checked_sub(1)?)
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// What two numbers of one keyword come to; nothing where it is too large.
type Join = fn(i128, i128) -> Option<i128>;

/// Keywords on numbers of parts, and how two of a kind are one: by the greater, the less, or the least common multiple.
const OF_NUMBERS: [(&str, Join); 5] = [
    ("minimum", |one, other| Some(one.max(other))),
    ("exclusiveMinimum", |one, other| Some(one.max(other))),
    ("maximum", |one, other| Some(one.min(other))),
    ("exclusiveMaximum", |one, other| Some(one.min(other))),
    ("multipleOf", common_multiple),
];

fn common_multiple(one: i128, other: i128) -> Option<i128> {
    Decimal::of_integer(one)?.common_multiple(Decimal::of_integer(other)?)?.to_integer()
}

/// The range and the step of whole numbers that parts add.
fn numbers(schema: &mut Value) {
    let Some(map) = schema.as_object_mut() else { return };
    if let Some(Value::Array(parts)) = map.get("allOf").cloned() {
        let rest: Vec<Value> = parts.into_iter().filter(|part| !is_added(map, part)).collect();
        match rest.is_empty() {
            true => drop(map.remove("allOf")),
            false => drop(map.insert("allOf".to_owned(), Value::Array(rest))),
        }
    }
    for (own, exclusive, is_lower) in
        [("minimum", "exclusiveMinimum", true), ("maximum", "exclusiveMaximum", false)]
    {
        let ends = map.get(own).and_then(whole).zip(map.get(exclusive).and_then(whole));
        // Of two ends of one kind, the one that is nearer says it all.
        if let Some((end, outside)) = ends {
            let is_nearer = if is_lower { outside >= end } else { outside <= end };
            map.remove(if is_nearer { own } else { exclusive });
        }
    }
    let is_whole = map.get("type").is_some_and(|name| *name == "integer");
    if is_whole && map.get("multipleOf").and_then(whole) == Some(1) {
        map.remove("multipleOf");
    }
}

/// Whether a part says nothing but a range or a step, which the whole says then.
fn is_added(map: &mut Map<String, Value>, part: &Value) -> bool {
    let mut new = vec![];
    for (key, value) in part.as_object().into_iter().flatten() {
        let Some((_, join)) = OF_NUMBERS.iter().find(|(known, _)| known == key) else {
            return false;
        };
        let joined = match (whole(value), map.get(key)) {
            (None, _) => None,
            (one, None) => one,
            (Some(one), Some(other)) => whole(other).and_then(|other| join(one, other)),
        };
        let Some(joined) = joined else { return false };
        let small = i64::try_from(joined).map(Value::from);
        new.push((key.clone(), small.unwrap_or_else(|_| joined.to_string().into())));
    }
    let is_said = !new.is_empty();
    map.extend(new);
    is_said
}

/// Where the names of properties are listed, no other ones are left.
fn names(schema: &mut Value) {
    let Some(map) = schema.as_object_mut() else { return };
    let Some(listed) = map.get("propertyNames").and_then(listed_alone) else { return };
    if map.contains_key("patternProperties") {
        return;
    }
    map.remove("propertyNames");
    let others = map.insert("additionalProperties".to_owned(), false.into());
    let properties = map.entry("properties").or_insert_with(|| json!({}));
    let Some(properties) = properties.as_object_mut() else { return };
    for (name, schema) in properties.iter_mut() {
        if !listed.iter().any(|one| one == name) {
            *schema = Value::Bool(false);
        }
    }
    for name in listed.iter().filter_map(Value::as_str) {
        let other = others.clone().unwrap_or(Value::Bool(true));
        properties.entry(name).or_insert(other);
    }
}

/// A pattern that one name alone matches is a name.
fn literal_patterns(schema: &mut Value) {
    let Some(map) = schema.as_object_mut() else { return };
    let Some(Value::Object(patterns)) = map.remove("patternProperties") else { return };
    let (named, kept): (Vec<_>, Vec<_>) =
        patterns.into_iter().partition(|(pattern, _)| literal(pattern).is_some());
    if !kept.is_empty() {
        map.insert("patternProperties".to_owned(), Value::Object(kept.into_iter().collect()));
    }
    if named.is_empty() {
        return;
    }
    let properties = map.entry("properties").or_insert_with(|| json!({}));
    for (pattern, schema) in named {
        let name = literal(&pattern).unwrap_or_default();
        match properties.get_mut(name) {
            None => properties[name] = schema,
            Some(known) => *known = json!({ "allOf": [known.take(), schema] }),
        }
    }
}

fn literal(pattern: &str) -> Option<&str> {
    let name = pattern.strip_prefix('^')?.strip_suffix('$')?;
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "_-".contains(sign);
    (!name.is_empty() && name.chars().all(is_plain)).then_some(name)
}

/// A schema that is nothing but one part or one alternative is that one.
fn alone(schema: &mut Value) {
    let Some(map) = schema.as_object_mut().filter(|map| map.len() == 1) else { return };
    for key in ["allOf", "anyOf", "oneOf"] {
        if let Some([only]) = map.get(key).and_then(Value::as_array).map(Vec::as_slice) {
            *schema = only.clone();
            return;
        }
    }
}
