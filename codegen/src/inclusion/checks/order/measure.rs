//! How single keywords are measured against each other.

use serde_json::{Map, Value};

use super::{Effect, both, turned};

/// A constraint that only one side has.
pub(super) fn only(is_old: bool) -> Effect {
    if is_old { Effect::Widens } else { Effect::Narrows }
}

/// By a measure of which more takes more.
pub(super) fn inclusion<T: PartialOrd>(old: T, new: T) -> Effect {
    match old.partial_cmp(&new) {
        Some(std::cmp::Ordering::Less) => Effect::Widens,
        Some(std::cmp::Ordering::Greater) => Effect::Narrows,
        Some(std::cmp::Ordering::Equal) => Effect::Neutral,
        None => Effect::Differs,
    }
}

pub(super) fn flag(value: Option<&Value>) -> bool {
    value.and_then(Value::as_bool).unwrap_or(false)
}

/// Upper bounds: none is more than any.
pub(super) fn bounds(old: Option<&Value>, new: Option<&Value>) -> Effect {
    match (old, new) {
        (Some(old), Some(new)) => match (whole(old), whole(new)) {
            (Some(old), Some(new)) => inclusion(old, new),
            _ => match (old.as_f64(), new.as_f64()) {
                // What two doubles do not tell apart, digits may.
                (Some(old), Some(new)) if old != new => inclusion(old, new),
                _ => Effect::Differs,
            },
        },
        (old, _) => only(old.is_some()),
    }
}

/// Where a range begins and ends. An end that is in it takes more than the same one that is not.
pub(super) fn ends(old: &Map<String, Value>, new: &Map<String, Value>) -> Effect {
    let end = |own: &str, exclusive: &str, is_lower: bool| {
        let of = |map: &Map<String, Value>| {
            let ends = [(own, true), (exclusive, false)];
            let said = |(key, is_in)| Some((map.get(key)?.clone(), is_in));
            ends.into_iter().filter_map(said).collect::<Vec<_>>()
        };
        let measure = |was: &Value, is: &Value| match bounds(Some(was), Some(is)) {
            _ if was == is => Effect::Neutral,
            effect if is_lower => turned(effect),
            effect => effect,
        };
        match (of(old).as_slice(), of(new).as_slice()) {
            ([], []) => Effect::Neutral,
            (was, []) | (was @ [], _) => only(!was.is_empty()),
            ([(was, was_in)], [(is, is_in)]) => match measure(was, is) {
                Effect::Neutral => inclusion(was_in, is_in),
                effect => effect,
            },
            (was, is) if was == is => Effect::Neutral,
            _ => Effect::Differs,
        }
    };
    let lower = end("minimum", "exclusiveMinimum", true);
    both(lower, end("maximum", "exclusiveMaximum", false))
}

/// A whole number, also one of so many digits that it is kept as text.
pub(in crate::inclusion::checks) fn whole(value: &Value) -> Option<i128> {
    let small = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    // `1.0` is the number `1`.
    let exact = |value: &f64| value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0;
    small
        .or_else(|| value.as_str()?.parse().ok())
        .or_else(|| value.as_f64().filter(exact).map(|value| value as i128))
}

/// Lists of values as sets: more members take more.
pub(super) fn sets(old: Option<&Value>, new: Option<&Value>) -> Effect {
    let list = |value: Option<&Value>| -> Vec<Value> {
        value.and_then(Value::as_array).cloned().unwrap_or_default()
    };
    subset(&list(old), &list(new))
}

pub(super) fn subset(old: &[Value], new: &[Value]) -> Effect {
    let is_within = |one: &[Value], other: &[Value]| one.iter().all(|each| other.contains(each));
    match (is_within(old, new), is_within(new, old)) {
        (true, true) => Effect::Neutral,
        (true, false) => Effect::Widens,
        (false, true) => Effect::Narrows,
        (false, false) => Effect::Differs,
    }
}

/// `type`: an integer is a number.
pub(super) fn types(old: Option<&Value>, new: Option<&Value>) -> Effect {
    let names = |value: Option<&Value>| -> Option<Vec<Value>> {
        let mut names = match value? {
            Value::Array(names) => names.clone(),
            one => vec![one.clone()],
        };
        if names.contains(&"number".into()) && !names.contains(&"integer".into()) {
            names.push("integer".into());
        }
        Some(names)
    };
    match (names(old), names(new)) {
        (Some(old), Some(new)) => subset(&old, &new),
        (old, _) => only(old.is_some()),
    }
}

/// Keywords that are about values of one type.
const FAMILIES: [(&str, &[&str]); 4] = [
    ("string", &["minLength", "maxLength", "pattern", "format"]),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ("array", &["minItems", "maxItems", "uniqueItems"]),
    (
        "object",
        &[
            "required",
            "minProperties",
            "maxProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
        ],
    ),
];

/// The types that two schemas have in common: of the others, no keyword of theirs decides.
pub(super) struct Shared<'a>(Option<Vec<&'a str>>);

impl<'a> Shared<'a> {
    pub(super) fn of(old: &'a Map<String, Value>, new: &'a Map<String, Value>) -> Self {
        let names = |map: &'a Map<String, Value>| {
            let named = map.get("type")?;
            let list = named.as_array().map_or(std::slice::from_ref(named), Vec::as_slice);
            let names = list.iter().filter_map(Value::as_str);
            // Whole numbers are numbers.
            let names = names.map(|name| if name == "integer" { "number" } else { name });
            Some(names.collect::<Vec<_>>())
        };
        Self(match (names(old), names(new)) {
            (Some(old), Some(new)) => {
                Some(old.into_iter().filter(|one| new.contains(one)).collect())
            }
            (one, other) => one.or(other),
        })
    }

    /// Whether values of a type are among both.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|names| names.contains(&name))
    }

    /// Whether a keyword says something of values of both.
    pub(super) fn is_about(&self, keyword: &str) -> bool {
        let family = FAMILIES.iter().find(|(_, keywords)| keywords.contains(&keyword));
        family.is_none_or(|(name, _)| self.has(name))
    }
}

/// `multipleOf`: multiples of a multiple are fewer.
pub(super) fn steps(old: Option<&Value>, new: Option<&Value>) -> Effect {
    let (Some(was), Some(is)) = (old, new) else { return only(old.is_some()) };
    match (whole(was), whole(is)) {
        (Some(was), Some(is)) if was == is => Effect::Neutral,
        (Some(was), Some(is)) if was.checked_rem(is) == Some(0) => Effect::Widens,
        (Some(was), Some(is)) if is.checked_rem(was) == Some(0) => Effect::Narrows,
        _ => Effect::Differs,
    }
}
