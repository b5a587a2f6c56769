//! Values made up from a schema, for types that say more than their Rust form can.
//!
//! Owns how a value is begun: from the parts of `allOf`, one alternative of `oneOf`, the elements that `prefixItems` and
//! `contains` ask for. Whether it fits is asked afterwards; other alternatives are tried then, and some schemas get none.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::values::tree;

/// How deep values are made.
const MAX_DEPTH: usize = 12;

/// How many schemas are looked at for one value.
const MAX_STEPS: usize = 2_000;

/// How many ways through the alternatives are tried.
const MAX_WAYS: usize = 8;

/// How many elements or properties are made up at most.
const MAX_MEMBERS: usize = 10;

/// How long a text is made at most.
const MAX_LENGTH: usize = 64;

/// Texts of patterns and formats that are frequent.
const TEXTS: [&str; 18] = [
    "text",
    "a",
    "A",
    "1",
    "user@example.com",
    "https://example.com/",
    "/path",
    "example.com",
    "192.0.2.1",
    "2001:db8::1",
    "5f4ad1f6-8a7e-4f26-b7c0-3c5ad36f9a01",
    "2026-11-01T12:00:00Z",
    "2026-11-01",
    "12:00:00Z",
    "P1D",
    "aGVsbG8=",
    "en",
    "",
];

/// A value of the schema of a name; nothing where none is found.
pub(super) fn made(definitions: &BTreeMap<String, Value>, name: &str) -> Option<Value> {
    let schema = definitions.get(name)?;
    (0..MAX_WAYS).find_map(|way| {
        let maker = Maker { definitions, way, left: Cell::new(MAX_STEPS) };
        let value = maker.value(schema, 0, 0)?;
        tree::fault(definitions, name, &value).is_none().then_some(value)
    })
}

struct Maker<'s> {
    definitions: &'s BTreeMap<String, Value>,
    /// Which alternatives are taken.
    way: usize,
    left: Cell<usize>,
}

impl<'s> Maker<'s> {
    /// A value of a schema; `nth` tells values apart that must differ.
    fn value(&self, schema: &'s Value, depth: usize, nth: usize) -> Option<Value> {
        let mut parts = Vec::new();
        self.parts(schema, depth, &mut parts)?;
        self.of_parts(&parts, depth, nth)
    }

    /// The objects that a value must obey all at once.
    fn parts(
        &self,
        schema: &'s Value,
        depth: usize,
        parts: &mut Vec<&'s Map<String, Value>>,
    ) -> Option<()> {
        let left = self.left.get().checked_sub(1)?;
        self.left.set(left);
        let rules = match schema {
            Value::Object(rules) if depth <= MAX_DEPTH => rules,
            Value::Bool(true) => return Some(()),
            _ => return None,
        };
        parts.push(rules);
        let reference = rules.get("$ref").and_then(Value::as_str).unwrap_or_default();
        let name = scalars::pointer::unescape(reference.trim_start_matches("#/$defs/"));
        let mut further: Vec<&Value> = self.definitions.get(&name).into_iter().collect();
        further.extend(list(rules, "allOf"));
        for key in ["oneOf", "anyOf"] {
            let all = list(rules, key);
            further.extend(all.get(self.way % all.len().max(1)));
        }
        if let Some(condition) = rules.get("if") {
            match self.way % 2 {
                0 => further.extend([Some(condition), rules.get("then")].into_iter().flatten()),
                _ => further.extend(rules.get("else")),
            }
        }
        further.into_iter().try_for_each(|part| self.parts(part, depth + 1, parts))
    }

    fn of_parts(
        &self,
        parts: &[&'s Map<String, Value>],
        depth: usize,
        nth: usize,
    ) -> Option<Value> {
        if let Some(value) = parts.iter().find_map(|rules| rules.get("const")) {
            return Some(value.clone());
        }
        if let Some(values) =
            parts.iter().map(|rules| list(rules, "enum")).find(|all| !all.is_empty())
        {
            let fitting = || values.iter().filter(|value| self.fits(parts, value));
            return fitting().nth(nth).or_else(|| fitting().next()).cloned();
        }
        match kind(parts) {
            "object" => self.object(parts, depth),
            "array" => self.array(parts, depth),
            "integer" | "number" => self.first(parts, numbers(parts), nth),
            "boolean" => self.first(parts, vec![json!(true), json!(false)], nth),
            "null" => Some(Value::Null),
            "string" => {
                let texts = texts(largest(parts, "minLength"));
                self.first(parts, texts.into_iter().map(Value::from).collect(), nth)
            }
            _ => Some(json!({})),
        }
    }

    /// The first candidate that fits, or one after it.
    fn first(
        &self,
        parts: &[&Map<String, Value>],
        candidates: Vec<Value>,
        nth: usize,
    ) -> Option<Value> {
        let mut fitting = candidates.into_iter().filter(|value| self.fits(parts, value));
        fitting.nth(nth)
    }

    /// Whether a scalar fits, but for the alternatives, of which one was taken.
    fn fits(&self, parts: &[&Map<String, Value>], value: &Value) -> bool {
        parts.iter().all(|rules| {
            let own = rules.iter().filter(|(key, _)| {
                !matches!(key.as_str(), "oneOf" | "anyOf" | "if" | "then" | "else")
            });
            let own: Map<String, Value> =
                own.map(|(key, rule)| (key.clone(), rule.clone())).collect();
            tree::fits(self.definitions, &Value::Object(own), value)
        })
    }

    fn object(&self, parts: &[&'s Map<String, Value>], depth: usize) -> Option<Value> {
        let mut names: BTreeSet<&str> = parts
            .iter()
            .flat_map(|rules| list(rules, "required"))
            .filter_map(Value::as_str)
            .collect();
        loop {
            let dependent =
                parts.iter().filter_map(|rules| rules.get("dependentRequired")?.as_object());
            let asked = dependent.flatten().filter(|(name, _)| names.contains(name.as_str()));
            let asked: Vec<&str> = asked
                .flat_map(|(_, more)| more.as_array().into_iter().flatten())
                .filter_map(Value::as_str)
                .collect();
            let n_before = names.len();
            names.extend(asked);
            if names.len() == n_before {
                break;
            }
        }
        let least = largest(parts, "minProperties").min(MAX_MEMBERS);
        let known = parts.iter().filter_map(|rules| rules.get("properties")?.as_object()).flatten();
        for (name, _) in known {
            if names.len() < least {
                names.insert(name);
            }
        }
        let mut entries = Map::new();
        for name in names {
            entries.insert(name.to_owned(), self.property(parts, name, depth)?);
        }
        for name in ["a", "b", "c", "x1", "x2", "x3"] {
            let is_allowed = || {
                parts
                    .iter()
                    .filter_map(|rules| rules.get("propertyNames"))
                    .all(|names| tree::fits(self.definitions, names, &json!(name)))
            };
            if entries.len() < least && !entries.contains_key(name) && is_allowed() {
                entries.insert(name.to_owned(), self.property(parts, name, depth)?);
            }
        }
        Some(Value::Object(entries))
    }

    fn property(
        &self,
        parts: &[&'s Map<String, Value>],
        name: &str,
        depth: usize,
    ) -> Option<Value> {
        let mut own = Vec::new();
        for rules in parts {
            let named = rules.get("properties").and_then(|all| all.get(name));
            let rest =
                || rules.get("additionalProperties").or_else(|| rules.get("unevaluatedProperties"));
            let is_known = || {
                parts
                    .iter()
                    .any(|rules| rules.get("properties").is_some_and(|all| all.get(name).is_some()))
            };
            match named {
                Some(schema) => self.parts(schema, depth + 1, &mut own)?,
                None if is_known() => {}
                None => {
                    rest().map_or(Some(()), |schema| self.parts(schema, depth + 1, &mut own))?
                }
            }
        }
        self.of_parts(&own, depth + 1, 0)
    }

    fn array(&self, parts: &[&'s Map<String, Value>], depth: usize) -> Option<Value> {
        let first = parts
            .iter()
            .map(|rules| list(rules, "prefixItems"))
            .find(|all| !all.is_empty())
            .unwrap_or_default();
        let mut items = Vec::new();
        for schema in first.iter().take(MAX_MEMBERS) {
            items.push(self.value(schema, depth + 1, 0)?);
        }
        for rules in parts {
            let Some(contains) = rules.get("contains") else { continue };
            let n_wanted = rules.get("minContains").and_then(Value::as_u64).unwrap_or(1);
            for nth in 0..(n_wanted as usize).min(MAX_MEMBERS) {
                let mut both = Vec::new();
                self.parts(contains, depth + 1, &mut both)?;
                if let Some(schema) = rules.get("items") {
                    self.parts(schema, depth + 1, &mut both)?;
                }
                items.push(self.of_parts(&both, depth + 1, nth)?);
            }
        }
        let least = largest(parts, "minItems");
        if least > MAX_MEMBERS {
            return None;
        }
        let is_unique =
            parts.iter().any(|rules| rules.get("uniqueItems") == Some(&Value::Bool(true)));
        let rest = parts.iter().find_map(|rules| rules.get("items"));
        while items.len() < least {
            let nth = if is_unique { items.len() } else { 0 };
            items.push(
                rest.map_or_else(|| Some(json!(nth)), |schema| self.value(schema, depth + 1, nth))?,
            );
        }
        Some(Value::Array(items))
    }
}

/// The JSON type of what the parts allow, by what they say or by their keywords.
fn kind<'s>(parts: &[&'s Map<String, Value>]) -> &'s str {
    let said = parts.iter().filter_map(|rules| match rules.get("type")? {
        Value::Array(types) => types.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        one => one.as_str(),
    });
    // An integer is a number, too.
    let said: Vec<&str> = said.collect();
    if let Some(name) = said.iter().find(|name| **name == "integer").or(said.first()) {
        return name;
    }
    let has =
        |keys: &[&str]| parts.iter().any(|rules| keys.iter().any(|key| rules.contains_key(*key)));
    match () {
        () if has(&["properties", "required", "minProperties"]) => "object",
        () if has(&["prefixItems", "items", "contains", "minItems"]) => "array",
        () if has(&["minLength", "pattern", "format"]) => "string",
        () if has(&["minimum", "maximum", "multipleOf"]) => "number",
        () => "any",
    }
}

/// Numbers near the bounds, and small ones.
fn numbers(parts: &[&Map<String, Value>]) -> Vec<Value> {
    let of =
        |key: &str| parts.iter().filter_map(|rules| rules.get(key)?.as_f64()).collect::<Vec<_>>();
    let mut found: Vec<f64> = (1..=10).map(f64::from).collect();
    for step in of("multipleOf") {
        let least = of("minimum").into_iter().chain(of("exclusiveMinimum")).fold(0.0, f64::max);
        let first = (least / step).ceil();
        found.extend((0..3).map(|n| (first + f64::from(n)) * step));
    }
    for key in ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"] {
        found.extend(
            of(key)
                .into_iter()
                .flat_map(|bound| [bound, bound + 1.0, bound - 1.0, bound + 0.5, bound - 0.5]),
        );
    }
    found.extend([0.0, -1.0, 0.5]);
    let whole = |number: f64| match number.fract() == 0.0 && number.abs() < 9e15 {
        true => json!(number as i64),
        false => json!(number),
    };
    found.into_iter().map(whole).collect()
}

/// Texts that are frequent, some at least as long as is asked.
pub(super) fn texts(least: usize) -> Vec<String> {
    let mut found: Vec<String> = TEXTS.iter().map(|text| (*text).to_owned()).collect();
    if (1..=MAX_LENGTH).contains(&least) {
        found.insert(0, "text".chars().cycle().take(least.max(4)).collect());
        for mark in ["a", "A", "0"] {
            found.push(mark.repeat(least));
        }
        found.push(format!("{}@example.com", "a".repeat(least.saturating_sub(12).max(1))));
        found.push(format!("https://example.com/{}", "a".repeat(least.saturating_sub(20).max(1))));
    }
    found.extend((1..=5).map(|n| format!("text{n}")));
    found
}

fn largest(parts: &[&Map<String, Value>], key: &str) -> usize {
    let counts = parts.iter().filter_map(|rules| rules.get(key)?.as_u64());
    counts.max().and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
}

fn list<'s>(rules: &'s Map<String, Value>, key: &str) -> &'s [Value] {
    rules.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(schema: Value) -> Option<Value> {
        made(&BTreeMap::from([("A".to_owned(), schema)]), "A")
    }

    #[test]
    fn values_obey_what_no_type_says() {
        let pair = json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false, "minItems": 2});
        assert_eq!(of(pair), Some(json!(["text", 1])));
        let five = json!({"type": "array", "items": {"type": "integer"}, "contains": {"const": 5}, "minContains": 2});
        assert_eq!(of(five), Some(json!([5, 5])));
        let both = json!({"type": "object", "required": ["a"], "dependentRequired": {"a": ["b"]}, "properties": {"a": {"const": 1}, "b": {"type": "boolean"}}});
        assert_eq!(of(both), Some(json!({"a": 1, "b": true})));
        assert_eq!(of(json!({"type": "string", "not": {"enum": ["text"]}})), Some(json!("a")));
        let then = json!({"type": "object", "required": ["t"], "properties": {"t": {"enum": ["a"]}, "u": {"type": "string"}},
            "if": {"properties": {"t": {"const": "a"}}}, "then": {"required": ["u"]}});
        assert_eq!(of(then), Some(json!({"t": "a", "u": "text"})));
        let unique = json!({"type": "array", "uniqueItems": true, "minItems": 3, "items": {"enum": ["a", "b", "c"]}});
        assert_eq!(of(unique), Some(json!(["a", "b", "c"])));
        assert_eq!(
            of(json!({"type": "integer", "exclusiveMinimum": 20, "multipleOf": 7})),
            Some(json!(21))
        );
    }

    #[test]
    fn a_schema_without_a_value_gets_none() {
        assert_eq!(of(json!(false)), None);
        assert_eq!(of(json!({"type": "string", "pattern": "^q{3}z$"})), None, "nothing is guessed");
        assert_eq!(
            of(
                json!({"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/A"}}})
            ),
            None
        );
    }
}
