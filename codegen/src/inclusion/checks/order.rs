//! Which of two JSON Schemas takes more, where that can be told keyword by keyword.
//!
//! Owns the order of the keywords of 2020-12 as the generator writes them. A schema is the conjunction of its keywords,
//! so it takes less when each does; what depends on several keywords at once (conditions, counted elements, properties
//! that no other keyword names) is looked at together. The answer is exact or [`Effect::Differs`], never a guess.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::super::change::Effect;
use super::listed;
use super::normal::normal;
use crate::values::pattern::{self, Inclusion};

pub(super) mod measure;
mod names;

use measure::{Shared, bounds, ends, flag, inclusion, only, sets, steps, subset, types};

/// Schemas by the names that they refer to each other by.
pub(crate) type Schemas = BTreeMap<String, Value>;

/// Keywords that say nothing of values.
const SILENT: [&str; 13] = [
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "$comment",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "externalDocs",
];

/// Keywords that are compared together with others.
const TOGETHER: [&str; 21] = [
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "prefixItems",
    "items",
    "maxItems",
    "unevaluatedItems",
    "properties",
    "patternProperties",
    "additionalProperties",
    "unevaluatedProperties",
    "enum",
    "const",
    "$ref",
];

/// What becomes of the values of one schema in another.
pub(crate) fn order(old: (&Schemas, &Value), new: (&Schemas, &Value)) -> Effect {
    order_by(|name| old.0.get(name), old.1, |name| new.0.get(name), new.1)
}

/// The same of schemas that are found by name.
pub(crate) fn order_by<'a>(
    find_old: impl Fn(&str) -> Option<&'a Value>,
    old: &Value,
    find_new: impl Fn(&str) -> Option<&'a Value>,
    new: &Value,
) -> Effect {
    let (old, new) = (normal(old, find_old), normal(new, find_new));
    let (open, toward, budget) = (BTreeMap::new(), Toward::Same, MOST_COMPARISONS);
    Order { old: &old.0, new: &new.0, open, toward, budget }.schemas(&old.1, &new.1)
}

/// How many schemas are compared with each other before it counts as unknown.
const MOST_COMPARISONS: u32 = 20_000;

/// How the values of a schema that is looked at count for those of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Toward {
    /// More there is more in all.
    Same,
    /// More there is less in all.
    Opposite,
    /// It depends.
    Either,
}

/// Both at once: of a conjunction, and of all values of a place.
fn both(one: Effect, other: Effect) -> Effect {
    match (one, other) {
        (Effect::Neutral, other) | (other, Effect::Neutral) => other,
        (one, other) if one == other => one,
        _ => Effect::Differs,
    }
}

/// What is the case of what is forbidden.
fn turned(effect: Effect) -> Effect {
    match effect {
        Effect::Narrows => Effect::Widens,
        Effect::Widens => Effect::Narrows,
        other => other,
    }
}

/// What takes everything.
const ANYTHING: Value = Value::Bool(true);

fn takes_anything(schema: &Value) -> bool {
    *schema == ANYTHING || schema.as_object().is_some_and(Map::is_empty)
}

/// The alternatives of a schema that is nothing but an `anyOf`.
fn alternatives(schema: &Value) -> Option<&[Value]> {
    let is_alone =
        |map: &&Map<String, Value>| map.keys().filter(|key| !is_silent(key)).count() == 1;
    let any = schema.as_object().filter(is_alone).and_then(|map| map.get("anyOf"));
    any.and_then(Value::as_array).map(Vec::as_slice)
}

/// What a schema is that is nothing but a reference, and else itself; none where that leads nowhere.
fn followed<'a>(schemas: &'a Schemas, schema: &'a Value) -> Option<&'a Value> {
    let mut at = schema;
    for _ in 0..=schemas.len() {
        let Some(map) = at.as_object().filter(|map| map.contains_key("$ref")) else {
            return Some(at);
        };
        if map.keys().any(|key| key != "$ref" && !is_silent(key)) {
            return Some(at);
        }
        at = schemas.get(target(map)?)?;
    }
    None
}

/// The name that a reference leads to.
pub(super) fn target(map: &Map<String, Value>) -> Option<&str> {
    map.get("$ref")?.as_str()?.strip_prefix("#/$defs/")
}

fn is_silent(key: &str) -> bool {
    SILENT.contains(&key) || key.starts_with("x-")
}

struct Order<'a> {
    old: &'a Schemas,
    new: &'a Schemas,
    /// References that are being compared, and how they counted: within them they count as equal.
    open: BTreeMap<(*const Value, *const Value), Toward>,
    toward: Toward,
    /// How many schemas may still be compared.
    budget: u32,
}

impl<'a> Order<'a> {
    fn schemas(&mut self, old: &'a Value, new: &'a Value) -> Effect {
        let Some(budget) = self.budget.checked_sub(1) else { return Effect::Differs };
        self.budget = budget;
        let (Some(was), Some(is)) = (followed(self.old, old), followed(self.new, new)) else {
            return Effect::Differs;
        };
        if std::ptr::eq(was, old) && std::ptr::eq(is, new) {
            return self.targets(old, new);
        }
        self.below(was, is)
    }

    /// Schemas that references lead to, which may lead to themselves.
    fn below(&mut self, was: &'a Value, is: &'a Value) -> Effect {
        if *was == ANYTHING && *is == ANYTHING {
            return Effect::Neutral;
        }
        let key = (std::ptr::from_ref(was), std::ptr::from_ref(is));
        if let Some(toward) = self.open.get(&key) {
            let is_alike = *toward == self.toward && self.toward != Toward::Either;
            return if is_alike { Effect::Neutral } else { Effect::Differs };
        }
        self.open.insert(key, self.toward);
        let effect = self.targets(was, is);
        self.open.remove(&key);
        effect
    }

    /// The same of schemas that are no mere references.
    fn targets(&mut self, old: &'a Value, new: &'a Value) -> Effect {
        let empty = &*EMPTY;
        match (old, new) {
            (Value::Bool(old), Value::Bool(new)) => inclusion(*old as u8, *new as u8),
            (Value::Bool(false), _) => Effect::Widens,
            (_, Value::Bool(false)) => Effect::Narrows,
            (old, new) => {
                let (before, after) = (alternatives(old), alternatives(new));
                let was = before.unwrap_or(std::slice::from_ref(old));
                let is = after.unwrap_or(std::slice::from_ref(new));
                if was.len().max(is.len()) > 1 {
                    let found = self.any_of(was, is);
                    if found != Effect::Differs {
                        return found;
                    }
                    if before.is_some() && after.is_some() {
                        // Nothing else stands beside the alternatives.
                        return if self.is_same(old, new) { Effect::Neutral } else { found };
                    }
                }
                let keywords = |value: &'a Value| value.as_object().unwrap_or(empty);
                self.keywords(keywords(old), keywords(new))
            }
        }
    }

    /// Alternatives of which one must fit: each that is within one of the others takes nothing more.
    fn any_of(&mut self, old: &'a [Value], new: &'a [Value]) -> Effect {
        // Each pair is looked at from both sides.
        let mut found = vec![None; old.len() * new.len()];
        let mut effect = |was: usize, is: usize| {
            *found[was * new.len() + is].get_or_insert_with(|| self.schemas(&old[was], &new[is]))
        };
        let keeps_all = (0..old.len()).all(|was| {
            (0..new.len()).any(|is| matches!(effect(was, is), Effect::Neutral | Effect::Widens))
        });
        let adds_none = (0..new.len()).all(|is| {
            (0..old.len()).any(|was| matches!(effect(was, is), Effect::Neutral | Effect::Narrows))
        });
        match (keeps_all, adds_none) {
            (true, true) => Effect::Neutral,
            (true, false) => Effect::Widens,
            (false, true) => Effect::Narrows,
            (false, false) => Effect::Differs,
        }
    }

    /// Alternatives of which exactly one must fit: they are the same in any order.
    fn one_of(&mut self, old: &'a [Value], new: &'a [Value]) -> Effect {
        let mut free: Vec<&'a Value> = new.iter().collect();
        let is_paired = old.len() == new.len()
            && old.iter().all(|one| {
                let at = free
                    .iter()
                    .position(|other| self.toward(Toward::Either, one, other) == Effect::Neutral);
                at.map(|at| free.remove(at)).is_some()
            });
        if is_paired { Effect::Neutral } else { Effect::Differs }
    }

    fn keywords(&mut self, old: &'a Map<String, Value>, new: &'a Map<String, Value>) -> Effect {
        let mut effect = Effect::Neutral;
        let names: BTreeSet<&str> = old.keys().chain(new.keys()).map(String::as_str).collect();
        let shared = Shared::of(old, new);
        for name in names {
            let is_other = is_silent(name)
                || TOGETHER.contains(&name)
                || !shared.is_about(name)
                || (listed::is_settled(name) && listed::lists(old, new));
            let is_same = || match (old.get(name), new.get(name)) {
                (Some(old), Some(new)) => self.is_same(old, new),
                _ => false,
            };
            if !is_other && !is_same() {
                effect = both(effect, self.keyword(name, old.get(name), new.get(name)));
            }
        }
        for compare in [Self::reference, Self::listed, Self::conditions] {
            effect = both(effect, compare(self, old, new));
        }
        if shared.has("number") && !listed::lists(old, new) {
            effect = both(effect, ends(old, new));
        }
        if shared.has("array") {
            effect = both(effect, self.contained(old, new));
            effect = both(effect, self.elements(old, new));
        }
        if shared.has("object") {
            effect = both(effect, self.properties(old, new));
        }
        effect
    }

    /// The same of schemas that count otherwise for the whole.
    fn toward(&mut self, toward: Toward, old: &'a Value, new: &'a Value) -> Effect {
        let before = std::mem::replace(&mut self.toward, toward);
        let effect = self.schemas(old, new);
        self.toward = before;
        effect
    }

    /// Whether two schemas are written alike, and all that they refer to.
    fn is_same(&self, old: &Value, new: &Value) -> bool {
        if old != new {
            return false;
        }
        let (mut open, mut seen) = (Vec::new(), BTreeSet::new());
        super::references(old, &mut open);
        while let Some(name) = open.pop() {
            let (was, is) = (self.old.get(name), self.new.get(name));
            if was != is {
                return false;
            }
            if let Some(schema) = was.filter(|_| seen.insert(name)) {
                super::references(schema, &mut open);
            }
        }
        true
    }

    /// A keyword that stands for itself.
    fn keyword(&mut self, name: &str, old: Option<&'a Value>, new: Option<&'a Value>) -> Effect {
        match name {
            "not" => match (old, new) {
                (Some(old), Some(new)) => {
                    let toward = match self.toward {
                        Toward::Same => Toward::Opposite,
                        Toward::Opposite => Toward::Same,
                        Toward::Either => Toward::Either,
                    };
                    turned(self.toward(toward, old, new))
                }
                (old, _) => only(old.is_some()),
            },
            "propertyNames" => self.schemas(old.unwrap_or(&ANYTHING), new.unwrap_or(&ANYTHING)),
            "allOf" => self.lists(members(old).iter().collect(), members(new).iter().collect()),
            "anyOf" if old.is_some() && new.is_some() => self.any_of(members(old), members(new)),
            "oneOf" if old.is_some() && new.is_some() => self.one_of(members(old), members(new)),
            "anyOf" => only(old.is_some()),
            "dependentSchemas" => self.named(old, new),
            "dependentRequired" => {
                let empty = &*EMPTY;
                let map =
                    |value: Option<&'a Value>| value.and_then(Value::as_object).unwrap_or(empty);
                let (old, new) = (map(old), map(new));
                let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
                let effects = keys.into_iter().map(|key| turned(sets(old.get(key), new.get(key))));
                effects.fold(Effect::Neutral, both)
            }
            "required" => turned(sets(old, new)),
            "type" => types(old, new),
            "uniqueItems" => match (flag(old), flag(new)) {
                (false, true) => Effect::Narrows,
                (true, false) => Effect::Widens,
                _ => Effect::Neutral,
            },
            "minLength" | "minItems" | "minProperties" => {
                let least = |value: Option<&Value>| value.and_then(Value::as_u64).unwrap_or(0);
                inclusion(least(new), least(old))
            }
            "maxLength" | "maxProperties" => bounds(old, new),
            "pattern" => match (old.and_then(Value::as_str), new.and_then(Value::as_str)) {
                (Some(old), Some(new)) => match pattern::compare(old, new) {
                    Inclusion::Same => Effect::Neutral,
                    Inclusion::Narrowed => Effect::Narrows,
                    Inclusion::Widened => Effect::Widens,
                    Inclusion::Different | Inclusion::Unknown => Effect::Differs,
                },
                _ => only(old.is_some()),
            },
            "multipleOf" => steps(old, new),
            // Of any other, only that it is there or not can be judged.
            _ => match (old, new) {
                (Some(_), Some(_)) => Effect::Differs,
                (old, _) if KNOWN_ALONE.contains(&name) => only(old.is_some()),
                _ => Effect::Differs,
            },
        }
    }

    /// Schemas under names of which each counts for itself.
    fn named(&mut self, old: Option<&'a Value>, new: Option<&'a Value>) -> Effect {
        let empty = &*EMPTY;
        let map = |value: Option<&'a Value>| value.and_then(Value::as_object).unwrap_or(empty);
        let (old, new) = (map(old), map(new));
        let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
        keys.into_iter().fold(Effect::Neutral, |effect, key| {
            let at = |map: &'a Map<String, Value>| map.get(key).unwrap_or(&ANYTHING);
            both(effect, self.schemas(at(old), at(new)))
        })
    }

    /// Schemas of which all hold.
    fn lists(&mut self, mut old: Vec<&'a Value>, mut new: Vec<&'a Value>) -> Effect {
        old.retain(|one| match new.iter().position(|other| self.is_same(one, other)) {
            Some(at) => {
                new.remove(at);
                false
            }
            None => true,
        });
        match (old.as_slice(), new.as_slice()) {
            ([], []) => Effect::Neutral,
            // A member that takes anything says nothing.
            ([], more) | (more, []) if more.iter().all(|one| takes_anything(one)) => {
                Effect::Neutral
            }
            ([], _) => Effect::Narrows,
            (_, []) => Effect::Widens,
            (old, new) if old.len() == new.len() => old
                .iter()
                .zip(new)
                .fold(Effect::Neutral, |effect, (old, new)| both(effect, self.schemas(old, new))),
            _ => Effect::Differs,
        }
    }

    /// A reference with other keywords beside it.
    fn reference(&mut self, old: &'a Map<String, Value>, new: &'a Map<String, Value>) -> Effect {
        let at = |map: &'a Map<String, Value>, schemas: &'a Schemas| match map.get("$ref") {
            None => Some(&ANYTHING),
            Some(_) => schemas.get(target(map)?),
        };
        match (at(old, self.old), at(new, self.new)) {
            (Some(was), Some(is)) => self.below(was, is),
            _ => Effect::Differs,
        }
    }

    /// `enum` and `const`, of which both must hold.
    fn listed(&mut self, old: &'a Map<String, Value>, new: &'a Map<String, Value>) -> Effect {
        match (listed::values(old), listed::values(new)) {
            (None, None) => Effect::Neutral,
            (Some(values), None) if values.iter().all(|one| listed::takes(new, one)) => only(true),
            (None, Some(values)) if values.iter().all(|one| listed::takes(old, one)) => only(false),
            (Some(_), None) | (None, Some(_)) => Effect::Differs,
            (Some(old), Some(new)) => subset(&old, &new),
        }
    }

    /// `if`, `then` and `else`.
    fn conditions(&mut self, old: &'a Map<String, Value>, new: &'a Map<String, Value>) -> Effect {
        match (old.get("if"), new.get("if")) {
            (None, None) => Effect::Neutral,
            (Some(_), None) => only(true),
            (None, Some(_)) => only(false),
            (Some(was), Some(is)) => {
                let at = |map: &'a Map<String, Value>, key| map.get(key).unwrap_or(&ANYTHING);
                let then = self.schemas(at(old, "then"), at(new, "then"));
                let otherwise = self.schemas(at(old, "else"), at(new, "else"));
                let same = self.toward(Toward::Either, was, is) == Effect::Neutral;
                if same { both(then, otherwise) } else { Effect::Differs }
            }
        }
    }

    /// `contains` with the counts that belong to it.
    fn contained(&mut self, old: &'a Map<String, Value>, new: &'a Map<String, Value>) -> Effect {
        let count = |map: &Map<String, Value>, key| map.get(key).and_then(Value::as_u64);
        let least = |map: &Map<String, Value>| count(map, "minContains").unwrap_or(1);
        let most = |map: &Map<String, Value>| count(map, "maxContains").unwrap_or(u64::MAX);
        let says = |map: &Map<String, Value>| least(map) > 0 || most(map) < u64::MAX;
        let of = |map: &'a Map<String, Value>| map.get("contains").filter(|_| says(map));
        match (of(old), of(new)) {
            (None, None) => Effect::Neutral,
            (was, None) | (was @ None, Some(_)) => only(was.is_some()),
            (Some(was), Some(is)) => {
                let counts =
                    both(inclusion(least(new), least(old)), inclusion(most(old), most(new)));
                match self.toward(Toward::Either, was, is) {
                    Effect::Neutral => counts,
                    // More elements count: the least is reached sooner, and so is the most.
                    effect if most(old) == u64::MAX && most(new) == u64::MAX => {
                        both(effect, counts)
                    }
                    effect if least(old) == 0 && least(new) == 0 => both(turned(effect), counts),
                    _ => Effect::Differs,
                }
            }
        }
    }

    /// How many elements there may be, and what each must be: by position, and of all others.
    fn elements(&mut self, old: &'a Map<String, Value>, new: &'a Map<String, Value>) -> Effect {
        let listed = |map: &'a Map<String, Value>| {
            map.get("prefixItems").and_then(Value::as_array).map_or(&[][..], Vec::as_slice)
        };
        let rest = |map: &'a Map<String, Value>| map.get("items").unwrap_or(&ANYTHING);
        let at = |map: &'a Map<String, Value>, at: usize| listed(map).get(at).unwrap_or(rest(map));
        // Where all others are refused, there are none.
        let most = |map: &'a Map<String, Value>| {
            let told = map.get("maxItems").and_then(Value::as_u64).unwrap_or(u64::MAX);
            match *rest(map) == Value::Bool(false) {
                true => told.min(listed(map).len() as u64),
                false => told,
            }
        };
        let mut effect = inclusion(most(old), most(new));
        // What only one of the two may have is counted already.
        let shared = most(old).min(most(new));
        let n_listed = listed(old).len().max(listed(new).len()) as u64;
        if shared > n_listed {
            effect = both(effect, self.schemas(rest(old), rest(new)));
        }
        for place in 0..usize::try_from(n_listed.min(shared)).unwrap_or(usize::MAX) {
            effect = both(effect, self.schemas(at(old, place), at(new, place)));
        }
        both(effect, self.unevaluated("unevaluatedItems", old, new))
    }

    /// What nothing else looked at. It depends on all that stands beside it, so that must be the same on both sides;
    /// where only one side has it, it takes values away.
    fn unevaluated(
        &mut self,
        key: &str,
        old: &'a Map<String, Value>,
        new: &'a Map<String, Value>,
    ) -> Effect {
        let at = |map: &'a Map<String, Value>| map.get(key).filter(|value| **value != ANYTHING);
        match (at(old), at(new)) {
            (None, None) => Effect::Neutral,
            (was, None) | (was @ None, Some(_)) => only(was.is_some()),
            (Some(was), Some(is)) => {
                let beside = |map: &Map<String, Value>| {
                    let mut map = map.clone();
                    map.retain(|name, _| name != key && !SILENT.contains(&name.as_str()));
                    map
                };
                let is_same = beside(old) == beside(new) && !refers(old) && !refers(new);
                if is_same { self.schemas(was, is) } else { Effect::Differs }
            }
        }
    }
}

/// Keywords that take values away wherever they stand.
const KNOWN_ALONE: [&str; 2] = ["format", "oneOf"];

fn members(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);

/// Whether a schema leads elsewhere, where something else may stand now.
fn refers(map: &Map<String, Value>) -> bool {
    fn inside(value: &Value) -> bool {
        match value {
            Value::Object(map) => refers(map),
            Value::Array(items) => items.iter().any(inside),
            _ => false,
        }
    }
    map.contains_key("$ref") || map.values().any(inside)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Alternatives within alternatives, each level twice as many as the one around it.
    fn nested(depth: u32, end: &Value) -> Value {
        match depth {
            0 => end.clone(),
            depth => {
                let inner = nested(depth - 1, end);
                let list = json!({ "type": "array", "items": inner });
                json!({ "anyOf": [list, { "type": "object", "minProperties": depth }] })
            }
        }
    }

    #[test]
    fn alternatives_are_compared_once_however_deep_they_are() {
        let none = Schemas::new();
        let (short, long) = (json!({ "maxLength": 2 }), json!({ "maxLength": 3 }));
        let compare = |old: &Value, new: &Value| order((&none, old), (&none, new));
        for depth in [1, 4, 16] {
            let (old, new) = (nested(depth, &short), nested(depth, &long));
            assert_eq!(compare(&old, &new), Effect::Widens, "{depth}");
            assert_eq!(compare(&new, &old), Effect::Narrows, "{depth}");
            assert_eq!(compare(&new, &new), Effect::Neutral, "{depth}");
        }
    }
}
