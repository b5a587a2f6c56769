//! What each property must be: by its name, by the patterns that the name matches, or as all others.
//!
//! Names are told apart by the patterns of both sides, each set of patterns that some name matches: what holds for its
//! names is all that the matching patterns say.

use std::collections::BTreeSet;

use scalars::Pattern;
use serde_json::{Map, Value};

use super::{ANYTHING, EMPTY, Effect, Order, both};
use crate::values::pattern::combinations;

/// How many patterns are told apart at once.
const MOST_PATTERNS: usize = 12;

/// The schemas under names or patterns of a keyword.
fn members<'a>(map: &'a Map<String, Value>, key: &str) -> &'a Map<String, Value> {
    map.get(key).and_then(Value::as_object).unwrap_or(&EMPTY)
}

fn rest(map: &Map<String, Value>) -> &Value {
    map.get("additionalProperties").unwrap_or(&ANYTHING)
}

impl<'a> Order<'a> {
    pub(super) fn properties(
        &mut self,
        old: &'a Map<String, Value>,
        new: &'a Map<String, Value>,
    ) -> Effect {
        let same = |key| members(old, key).keys().eq(members(new, key).keys());
        let is_open = |map| *rest(map) == ANYTHING;
        let effect = if same("patternProperties")
            && (same("properties") || (is_open(old) && is_open(new)))
        {
            let others = self.schemas(rest(old), rest(new));
            let by_name = self.named(old.get("properties"), new.get("properties"));
            let (was, is) = (old.get("patternProperties"), new.get("patternProperties"));
            both(both(others, by_name), self.named(was, is))
        } else {
            self.by_names(old, new).unwrap_or(Effect::Differs)
        };
        both(effect, self.unevaluated("unevaluatedProperties", old, new))
    }

    /// The same for every name that is told from others; none where nobody can tell which there are.
    fn by_names(
        &mut self,
        old: &'a Map<String, Value>,
        new: &'a Map<String, Value>,
    ) -> Option<Effect> {
        let patterns = |map| members(map, "patternProperties").keys().map(String::as_str);
        let all: BTreeSet<&str> = patterns(old).chain(patterns(new)).collect();
        if all.len() > MOST_PATTERNS {
            return None;
        }
        let all: Vec<&str> = all.into_iter().collect();
        let mut effect = Effect::Neutral;
        for matched in combinations(&all)? {
            let matched: Vec<&str> =
                all.iter().zip(matched).filter(|(_, fits)| *fits).map(|(one, _)| *one).collect();
            effect = both(effect, self.of_name(None, &matched, old, new));
        }
        let compiled: Vec<Pattern> =
            all.iter().map(|one| Pattern::new(one).ok()).collect::<Option<_>>()?;
        let names = |map| members(map, "properties").keys().map(String::as_str);
        for name in names(old).chain(names(new)).collect::<BTreeSet<_>>() {
            let mut matched = vec![];
            for (one, pattern) in all.iter().zip(&compiled) {
                if pattern.is_match(name).ok()? {
                    matched.push(*one);
                }
            }
            effect = both(effect, self.of_name(Some(name), &matched, old, new));
        }
        Some(effect)
    }

    /// What becomes of the values of a property, by what its name matches.
    fn of_name(
        &mut self,
        name: Option<&str>,
        matched: &[&str],
        old: &'a Map<String, Value>,
        new: &'a Map<String, Value>,
    ) -> Effect {
        let schemas = |map: &'a Map<String, Value>| -> Vec<&'a Value> {
            let named = name.and_then(|name| members(map, "properties").get(name));
            let by_pattern = members(map, "patternProperties");
            let found: Vec<_> = named
                .into_iter()
                .chain(matched.iter().filter_map(|one| by_pattern.get(*one)))
                .collect();
            if found.is_empty() { vec![rest(map)] } else { found }
        };
        self.lists(schemas(old), schemas(new))
    }
}
