//! Event patterns over the events that there can be: case by case, where finitely many cases matter.
//!
//! Owns what payloads say of the values that a pattern looks at. Where they leave it open (arrays, values of any type), or a
//! condition divides endless values otherwise than one by one (prefixes, ranges), the answer is none.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::Change;
use super::matcher::Matcher;
use crate::inclusion::{self, Shape};
use crate::model::{ScalarKind, Service, TypeId, TypeRef};

/// A payload that a receive operation takes.
pub(in crate::compat) type Payload<'a> = (&'a Service, TypeId);

/// The most cases that are looked at.
const MOST_CASES: usize = 10_000;

/// The values that matter at each path; none of a case is the absence of a value.
type Cases = BTreeMap<String, Vec<Option<Value>>>;

/// How the events changed that a pattern lets through, if it can be told case by case. Fields that are the same on both
/// sides are left out before.
pub(super) fn compare(
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    payloads: &[Payload<'_>],
) -> Option<Change> {
    let mut conditions = BTreeMap::new();
    collect(old, "", &mut conditions)?;
    collect(new, "", &mut conditions)?;
    let mut cases = Cases::new();
    for (path, matchers) in &conditions {
        cases.insert(path.clone(), values(path, matchers, payloads)?);
    }
    let n_cases = cases.values().try_fold(1_usize, |n, values| n.checked_mul(values.len()))?;
    if n_cases > MOST_CASES {
        return None;
    }
    let (mut gone, mut came) = (false, false);
    for number in 0..n_cases {
        let mut rest = number;
        let mut event = BTreeMap::new();
        for (path, values) in &cases {
            event.insert(path.as_str(), values[rest % values.len()].as_ref());
            rest /= values.len();
        }
        let (was, is) = (matches(old, "", &event), matches(new, "", &event));
        gone |= was && !is;
        came |= is && !was;
    }
    Some(match (gone, came) {
        (false, false) => Change::Same,
        (true, false) => Change::Narrowed,
        (false, true) => Change::Widened,
        (true, true) => Change::Different,
    })
}

/// The conditions of a pattern by the path that they look at.
fn collect<'a>(
    pattern: &'a Map<String, Value>,
    at: &str,
    found: &mut BTreeMap<String, Vec<Matcher<'a>>>,
) -> Option<()> {
    for (name, below) in pattern {
        match below {
            Value::Array(alternatives) if name == "$or" => {
                for alternative in alternatives {
                    collect(alternative.as_object()?, at, found)?;
                }
            }
            Value::Object(below) => collect(below, &step(at, name), found)?,
            Value::Array(conditions) => {
                let matchers = conditions.iter().map(Matcher::of).collect::<Option<Vec<_>>>()?;
                found.entry(step(at, name)).or_default().extend(matchers);
            }
            _ => return None,
        }
    }
    Some(())
}

fn step(at: &str, name: &str) -> String {
    format!("{at}/{name}")
}

/// Whether a pattern lets an event through, of which nothing but these paths matters.
fn matches(pattern: &Map<String, Value>, at: &str, event: &BTreeMap<&str, Option<&Value>>) -> bool {
    pattern.iter().all(|(name, below)| match below {
        Value::Array(alternatives) if name == "$or" => {
            alternatives.iter().filter_map(Value::as_object).any(|one| matches(one, at, event))
        }
        Value::Object(below) => matches(below, &step(at, name), event),
        Value::Array(conditions) => {
            let value = event.get(step(at, name).as_str()).copied().flatten();
            conditions.iter().filter_map(Matcher::of).any(|one| match value {
                Some(value) => one.matches(value),
                None => matches!(one, Matcher::Absent),
            })
        }
        _ => false,
    })
}

/// The values of a path that matter for its conditions.
fn values(
    path: &str,
    matchers: &[Matcher<'_>],
    payloads: &[Payload<'_>],
) -> Option<Vec<Option<Value>>> {
    let mut found = BTreeMap::new();
    let steps: Vec<&str> = path.split('/').skip(1).collect();
    let ["detail", steps @ ..] = steps.as_slice() else { return None };
    for (service, payload) in payloads {
        let known = Known::at(service, &TypeRef::Named(*payload), steps)?;
        if known.is_optional {
            found.insert(String::new(), None);
        }
        let mut values = known.values;
        if known.is_endless {
            values.extend(of_endless(matchers, known.is_text)?);
        }
        found.extend(values.into_iter().map(|value| (value.to_string(), Some(value))));
    }
    (!found.is_empty()).then(|| found.into_values().collect())
}

/// Of endless values, those that conditions name, and one that none of them does.
fn of_endless(matchers: &[Matcher<'_>], is_text: bool) -> Option<Vec<Value>> {
    let mut named = Vec::new();
    for matcher in matchers {
        match matcher {
            Matcher::Value(value) => named.push((*value).clone()),
            Matcher::AnythingBut(values) => named.extend(values.iter().cloned()),
            Matcher::Present | Matcher::Absent => {}
            // Every text begins and ends with nothing.
            Matcher::Prefix("") | Matcher::Suffix("") if is_text => {}
            _ => return None,
        }
    }
    named.retain(|value| value.is_string() == is_text);
    let other = match is_text {
        true => Value::from(named.iter().filter_map(Value::as_str).collect::<String>() + "…"),
        false => Value::from(named.iter().filter_map(Value::as_f64).fold(0.5, f64::max) + 1.25),
    };
    let unique: BTreeSet<String> = named.iter().map(ToString::to_string).collect();
    named.retain({
        let mut left = unique;
        move |value| left.remove(&value.to_string())
    });
    named.push(other);
    Some(named)
}

/// What a payload says of a value.
struct Known {
    /// The values that it lists.
    values: Vec<Value>,
    /// Whether there are endless others.
    is_endless: bool,
    /// Whether those are texts, else they are numbers.
    is_text: bool,
    is_optional: bool,
}

impl Known {
    /// What a type says at a path; none where it does not say what kind of value is there.
    fn at(service: &Service, ty: &TypeRef, steps: &[&str]) -> Option<Self> {
        let resolved = inclusion::resolve(service, ty);
        let [step, rest @ ..] = steps else { return Self::of(service, &resolved) };
        let Shape::Object(object) = &resolved.shape else { return None };
        let field = object.field(step)?;
        let below = Self::at(service, &field.ty, rest)?;
        let is_optional = below.is_optional || !field.required || resolved.nullable;
        Some(Self { is_optional, ..below })
    }

    fn of(service: &Service, resolved: &inclusion::Resolved<'_>) -> Option<Self> {
        let mut known = match &resolved.shape {
            Shape::Scalar(of) if of.kind == ScalarKind::Boolean => {
                Self::listed(vec![true.into(), false.into()])
            }
            // It travels as a number or as text.
            Shape::Scalar(of) if of.kind == ScalarKind::Decimal => return None,
            shape => match (inclusion::listed_values(service, shape), shape) {
                (Some(values), _) => Self::listed(values),
                (None, Shape::Scalar(of)) => {
                    Self { is_endless: true, is_text: !of.kind.is_number(), ..Self::listed(vec![]) }
                }
                (None, _) => return None,
            },
        };
        known.values.extend(resolved.nullable.then_some(Value::Null));
        Some(known)
    }

    fn listed(values: Vec<Value>) -> Self {
        Self { values, is_endless: false, is_text: false, is_optional: false }
    }
}
