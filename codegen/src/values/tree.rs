//! Whether a value in a contract fits a schema, by the rules that generated code checks before it reads a type.
//!
//! Owns the meaning of JSON Schema 2020-12 as [`crate::lower`] writes it, with every reference resolved to a name.
//! Shares no code with the runtime's validator; a test holds both against a third one.

use std::collections::{BTreeMap, BTreeSet};

use scalars::{Decimal, format};
use serde_json::{Map, Value as Json};

use super::text::compiled;
use crate::model::TextFormat;

/// Where a value does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ValueFault {
    /// The place in the value, as a JSON Pointer; empty for the whole.
    pub(crate) pointer: String,
    /// The keyword that the value there violates.
    pub(crate) keyword: String,
}

/// Where a value does not fit a schema of a name; nothing where it fits.
pub(crate) fn fault(
    definitions: &BTreeMap<String, Json>,
    name: &str,
    value: &Json,
) -> Option<ValueFault> {
    let mut judge = Judge { definitions, n_steps: 0, open: vec![] };
    let schema = definitions.get(name)?;
    judge.schema(schema, value, "").err()
}

/// Whether a value fits a schema that refers to others by their names.
pub(crate) fn fits(definitions: &BTreeMap<String, Json>, schema: &Json, value: &Json) -> bool {
    Judge { definitions, n_steps: 0, open: vec![] }.fits(schema, value, "")
}

/// Steps after which a value passes: unions within unions can ask for any number of them.
const MAX_STEPS: usize = 200_000;

/// Schemas within schemas after which a value passes.
const MAX_DEPTH: usize = 200;

/// What of a value a schema has looked at, for `unevaluatedProperties` and `unevaluatedItems`.
#[derive(Debug, Default)]
struct Seen {
    properties: BTreeSet<String>,
    items: BTreeSet<usize>,
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.properties.extend(other.properties);
        self.items.extend(other.items);
    }
}

type Verdict = Result<Seen, ValueFault>;

struct Judge<'s> {
    definitions: &'s BTreeMap<String, Json>,
    n_steps: usize,
    /// The schemas that are looked at, each with the value that it is held to.
    open: Vec<(*const Json, *const Json)>,
}

impl Judge<'_> {
    fn schema(&mut self, schema: &Json, value: &Json, at: &str) -> Verdict {
        self.n_steps += 1;
        // What leads back to a schema that is looked at already asks nothing more of the same value.
        let here = (std::ptr::from_ref(schema), std::ptr::from_ref(value));
        let of_value = self.open.iter().rev().take_while(|(_, held)| *held == here.1);
        let leads_back = of_value.into_iter().any(|open| *open == here);
        if leads_back || self.n_steps > MAX_STEPS || self.open.len() > MAX_DEPTH {
            return Ok(Seen::default());
        }
        self.open.push(here);
        let verdict = self.rules(schema, value, at);
        self.open.pop();
        verdict
    }

    fn rules(&mut self, schema: &Json, value: &Json, at: &str) -> Verdict {
        let rules = match schema {
            Json::Bool(false) => return Err(violated(at, "false")),
            Json::Object(rules) => rules,
            _ => return Ok(Seen::default()),
        };
        scalar(rules, value, at)?;
        let mut seen = self.applied(rules, value, at)?;
        match value {
            Json::Object(members) => self.object(rules, members, at, &mut seen)?,
            Json::Array(items) => self.list(rules, items, at, &mut seen)?,
            _ => {}
        }
        Ok(seen)
    }

    fn fits(&mut self, schema: &Json, value: &Json, at: &str) -> bool {
        self.schema(schema, value, at).is_ok()
    }

    /// What holds for the value as a whole.
    fn applied(&mut self, rules: &Map<String, Json>, value: &Json, at: &str) -> Verdict {
        let mut seen = Seen::default();
        let named = rules.get("$ref").and_then(Json::as_str).unwrap_or_default();
        let name = scalars::pointer::unescape(named.trim_start_matches("#/$defs/"));
        if let Some(target) = self.definitions.get(&name) {
            seen.add(self.schema(target, value, at)?);
        }
        for part in list_of(rules, "allOf") {
            seen.add(self.schema(part, value, at)?);
        }
        for key in ["anyOf", "oneOf"] {
            let parts = list_of(rules, key);
            let fitting: Vec<Seen> =
                parts.iter().filter_map(|part| self.schema(part, value, at).ok()).collect();
            let is_met = match key {
                "anyOf" => !fitting.is_empty(),
                _ => fitting.len() == 1,
            };
            if !parts.is_empty() && !is_met {
                return Err(violated(at, key));
            }
            fitting.into_iter().for_each(|one| seen.add(one));
        }
        if rules.get("not").is_some_and(|not| self.fits(not, value, at)) {
            return Err(violated(at, "not"));
        }
        if let Some(condition) = rules.get("if") {
            let branch = match self.schema(condition, value, at) {
                Ok(met) => {
                    seen.add(met);
                    "then"
                }
                Err(_) => "else",
            };
            if let Some(branch) = rules.get(branch) {
                seen.add(self.schema(branch, value, at)?);
            }
        }
        if let (Some(dependent), Json::Object(members)) = (map_of(rules, "dependentSchemas"), value)
        {
            for (_, schema) in dependent.iter().filter(|(name, _)| members.contains_key(*name)) {
                seen.add(self.schema(schema, value, at)?);
            }
        }
        Ok(seen)
    }

    fn object(
        &mut self,
        rules: &Map<String, Json>,
        members: &Map<String, Json>,
        at: &str,
        seen: &mut Seen,
    ) -> Result<(), ValueFault> {
        counted(rules, members.len(), at, ("minProperties", "maxProperties"))?;
        for name in list_of(rules, "required").iter().filter_map(Json::as_str) {
            if !members.contains_key(name) {
                return Err(violated(at, "required"));
            }
        }
        let pairs = map_of(rules, "dependentRequired").into_iter().flatten();
        for (_, names) in pairs.filter(|(name, _)| members.contains_key(*name)) {
            let mut names = names.as_array().into_iter().flatten().filter_map(Json::as_str);
            if names.any(|name| !members.contains_key(name)) {
                return Err(violated(at, "dependentRequired"));
            }
        }
        if let Some(names) = rules.get("propertyNames") {
            for name in members.keys() {
                self.schema(names, &Json::from(name.as_str()), at)
                    .map_err(|_| violated(at, "propertyNames"))?;
            }
        }
        for (name, value) in members {
            self.property(rules, (name, value), at, seen)?;
        }
        if let Some(rest) = rules.get("unevaluatedProperties") {
            for (name, value) in members {
                if !seen.properties.contains(name) {
                    self.schema(rest, value, &below(at, name))
                        .map_err(|fault| said(fault, rest, "unevaluatedProperties"))?;
                    seen.properties.insert(name.clone());
                }
            }
        }
        Ok(())
    }

    fn property(
        &mut self,
        rules: &Map<String, Json>,
        (name, value): (&str, &Json),
        at: &str,
        seen: &mut Seen,
    ) -> Result<(), ValueFault> {
        let place = below(at, name);
        let named = map_of(rules, "properties").and_then(|map| map.get(name));
        let patterns = map_of(rules, "patternProperties").into_iter().flatten();
        let matching = patterns.filter(|(pattern, _)| occurs(pattern, name));
        let known: Vec<&Json> = named.into_iter().chain(matching.map(|(_, one)| one)).collect();
        for schema in &known {
            self.schema(schema, value, &place)?;
        }
        let rest = rules.get("additionalProperties").filter(|_| known.is_empty());
        if let Some(rest) = rest {
            self.schema(rest, value, &place)
                .map_err(|fault| said(fault, rest, "additionalProperties"))?;
        }
        if rest.is_some() || !known.is_empty() {
            seen.properties.insert(name.to_owned());
        }
        Ok(())
    }

    fn list(
        &mut self,
        rules: &Map<String, Json>,
        items: &[Json],
        at: &str,
        seen: &mut Seen,
    ) -> Result<(), ValueFault> {
        counted(rules, items.len(), at, ("minItems", "maxItems"))?;
        let is_unique = rules.get("uniqueItems") == Some(&Json::Bool(true));
        if is_unique && (1..items.len()).any(|n| items[..n].iter().any(|one| same(one, &items[n])))
        {
            return Err(violated(at, "uniqueItems"));
        }
        let first = list_of(rules, "prefixItems");
        for (n, item) in items.iter().enumerate() {
            if let Some(schema) = first.get(n).or_else(|| rules.get("items")) {
                self.schema(schema, item, &below(at, &n.to_string()))?;
                seen.items.insert(n);
            }
        }
        if let Some(schema) = rules.get("contains") {
            let found: Vec<usize> =
                (0..items.len()).filter(|n| self.fits(schema, &items[*n], at)).collect();
            let least = rules.get("minContains").and_then(count).unwrap_or(1);
            let most = rules.get("maxContains").and_then(count).unwrap_or(usize::MAX);
            if !(least..=most).contains(&found.len()) {
                return Err(violated(at, "contains"));
            }
            seen.items.extend(found);
        }
        if let Some(rest) = rules.get("unevaluatedItems") {
            for (n, item) in items.iter().enumerate() {
                if seen.items.insert(n) {
                    self.schema(rest, item, &below(at, &n.to_string()))
                        .map_err(|fault| said(fault, rest, "unevaluatedItems"))?;
                }
            }
        }
        Ok(())
    }
}

/// What is asked of the value itself.
fn scalar(rules: &Map<String, Json>, value: &Json, at: &str) -> Result<(), ValueFault> {
    for (key, rule) in rules {
        let is_met = match (key.as_str(), value) {
            ("type", _) => match rule {
                Json::Array(types) => types.iter().any(|ty| is_of(ty, value)),
                ty => is_of(ty, value),
            },
            ("enum", _) => rule.as_array().is_none_or(|all| all.iter().any(|one| same(one, value))),
            ("const", _) => same(rule, value),
            ("minLength", Json::String(text)) => text.chars().count() >= count(rule).unwrap_or(0),
            ("maxLength", Json::String(text)) => {
                text.chars().count() <= count(rule).unwrap_or(usize::MAX)
            }
            ("pattern", Json::String(text)) => {
                rule.as_str().is_none_or(|pattern| occurs(pattern, text))
            }
            ("format", Json::String(text)) => {
                rule.as_str().is_none_or(|name| is_of_format(name, text))
            }
            (_, Json::Number(_)) => is_in_range(key, rule, value),
            _ => true,
        };
        if !is_met {
            return Err(violated(at, key));
        }
    }
    Ok(())
}

/// Whether a number keeps a bound; false for anything that is no number.
fn is_in_range(key: &str, bound: &Json, value: &Json) -> bool {
    let (Some(number), Some(bound)) = (decimal(value), decimal(bound)) else { return true };
    match key {
        "minimum" => number >= bound,
        "maximum" => number <= bound,
        "exclusiveMinimum" => number > bound,
        "exclusiveMaximum" => number < bound,
        "multipleOf" => number.is_multiple_of(bound),
        _ => true,
    }
}

/// A number, or the text of one that has more digits than JSON readers keep.
fn decimal(value: &Json) -> Option<Decimal> {
    match value {
        Json::Number(number) => Decimal::parse(&number.to_string()),
        Json::String(text) => Decimal::parse(text),
        _ => None,
    }
}

fn is_of(ty: &Json, value: &Json) -> bool {
    match (ty.as_str().unwrap_or_default(), value) {
        ("integer", Json::Number(_)) => decimal(value).is_some_and(Decimal::is_integer),
        (name, Json::Null) => name == "null",
        (name, Json::Bool(_)) => name == "boolean",
        (name, Json::Number(_)) => name == "number",
        (name, Json::String(_)) => name == "string",
        (name, Json::Array(_)) => name == "array",
        (name, Json::Object(_)) => name == "object",
    }
}

fn is_of_format(name: &str, text: &str) -> bool {
    match name {
        "uuid" => format::is_uuid(text),
        "date-time" => format::is_date_time(text),
        "date" => format::is_date(text),
        "byte" => format::is_base64(text),
        _ => TextFormat::named(name).is_none_or(|format| format.is_met_by(text)),
    }
}

/// Whether two values are one: numbers by what they are worth.
fn same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(_), Json::Number(_)) => match (decimal(one), decimal(other)) {
            (Some(one), Some(other)) => one == other,
            _ => one == other,
        },
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}

fn occurs(pattern: &str, text: &str) -> bool {
    compiled(pattern).is_some_and(|pattern| pattern.is_match(text) == Ok(true))
}

fn counted(
    rules: &Map<String, Json>,
    n: usize,
    at: &str,
    (least, most): (&str, &str),
) -> Result<(), ValueFault> {
    match () {
        () if rules.get(least).and_then(count).is_some_and(|least| n < least) => {
            Err(violated(at, least))
        }
        () if rules.get(most).and_then(count).is_some_and(|most| n > most) => {
            Err(violated(at, most))
        }
        () => Ok(()),
    }
}

/// A count; one that no machine reaches is the greatest.
fn count(value: &Json) -> Option<usize> {
    let whole = decimal(value).filter(|number| number.is_integer())?.to_integer();
    Some(whole.and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX))
}

fn list_of<'r>(rules: &'r Map<String, Json>, key: &str) -> &'r [Json] {
    rules.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn map_of<'r>(rules: &'r Map<String, Json>, key: &str) -> Option<&'r Map<String, Json>> {
    rules.get(key).and_then(Json::as_object)
}

fn below(at: &str, name: &str) -> String {
    format!("{at}/{}", scalars::pointer::escape(name))
}

fn violated(at: &str, keyword: &str) -> ValueFault {
    ValueFault { pointer: at.to_owned(), keyword: keyword.to_owned() }
}

/// A fault of what is left over, by the keyword that leaves nothing over.
fn said(fault: ValueFault, rest: &Json, keyword: &str) -> ValueFault {
    match rest {
        Json::Bool(false) => ValueFault { keyword: keyword.to_owned(), ..fault },
        _ => fault,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Schemas that lead to each other in place, as those of discriminators do, are looked at once for a value.
    #[test]
    fn circles_in_place_end() {
        let other = json!({ "$ref": "#/$defs/B" });
        let own = json!({ "$ref": "#/$defs/A" });
        let definitions = BTreeMap::from([
            ("A".to_owned(), json!({ "allOf": [other, other], "properties": { "a": own } })),
            ("B".to_owned(), json!({ "anyOf": [own, own, own], "type": "object" })),
        ]);
        let mut judge = Judge { definitions: &definitions, n_steps: 0, open: vec![] };
        let within = json!({ "a": { "a": {} } });
        assert!(judge.fits(&own, &within, ""));
        assert!(!judge.fits(&own, &json!({ "a": { "a": 1 } }), ""));
        assert!(judge.n_steps < 1000, "{}", judge.n_steps);
    }
}
