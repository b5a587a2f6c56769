//! Texts that may stand for values of several kinds: which kind each is, the contract's checks decide.
//!
//! Owns the search, which is bounded. What a text may stand for is a matter of its [`Shape`].

use super::Shape;
use super::read::narrow;
use crate::json::{Json, Members, Tree};
use crate::{At, Reader, Violations};

/// The most texts that are tried as another kind one after the other.
const MAX_TEXTS: usize = 64;

/// The most texts of which all combinations are tried.
const MAX_COMBINED: usize = 6;

/// Reads a value that was written as text. Texts that may be of another kind are tried as such where the value is refused:
/// one by one, as far as each mends something, then in all combinations of a few, then all at once.
pub(crate) fn settle<T>(
    pointer: &str,
    mut value: Json,
    shape: &Shape,
    out: &mut Violations,
    read: impl Reader<T>,
) -> Option<T> {
    let attempt = |value: &Json| {
        let mut own = Violations::default();
        let found = read(&At::json(pointer, value), &mut own);
        (found.filter(|_| own.is_empty()), own)
    };
    let (found, mut least) = attempt(&value);
    if found.is_some() {
        return found;
    }
    let n_texts = texts(&mut value, shape).len();
    if n_texts == 0 {
        out.extend(least);
        return None;
    }
    let first = value.clone();
    for at in 0..n_texts.min(MAX_TEXTS) {
        toggle(&mut value, shape, |text| text == at);
        let (found, own) = attempt(&value);
        if found.is_some() {
            return found;
        }
        match own.len() < least.len() {
            true => least = own,
            false => toggle(&mut value, shape, |text| text == at),
        }
    }
    let combined = if (2..=MAX_COMBINED).contains(&n_texts) { 1..1 << n_texts } else { 0..0 };
    let combined = combined.map(Some).chain((n_texts > MAX_COMBINED).then_some(None));
    for choice in combined {
        let mut value = first.clone();
        toggle(&mut value, shape, |text| choice.is_none_or(|bits: u32| bits >> text & 1 == 1));
        if let (Some(found), _) = attempt(&value) {
            return Some(found);
        }
    }
    out.extend(least);
    None
}

/// Makes the texts that are `chosen`, by their places, what else they may stand for.
fn toggle(value: &mut Json, shape: &Shape, chosen: impl Fn(usize) -> bool) {
    let texts = texts(value, shape).into_iter().enumerate();
    for (_, text) in texts.filter(|(at, _)| chosen(*at)) {
        let other = match &*text {
            Tree::String(text) => narrow(text),
            Tree::Number(number) => Some(Json::from(number.as_str().to_owned())),
            Tree::Bool(flag) => Some(Json::from(flag.to_string())),
            _ => None,
        };
        if let Some(other) = other {
            *text = other;
        }
    }
}

/// The texts that may stand for something else; one remains one when it is toggled.
fn texts<'v>(value: &'v mut Json, shape: &Shape) -> Vec<&'v mut Json> {
    let mut found = vec![];
    collect(value, shape, &mut found);
    found
}

fn collect<'v>(value: &'v mut Json, shape: &Shape, found: &mut Vec<&'v mut Json>) {
    match value {
        Tree::Array(items) => {
            let shape = shape.item().unwrap_or(shape);
            items.iter_mut().for_each(|item| collect(item, shape, found));
        }
        Tree::Object(members) => {
            for (name, value) in Members::iter_mut(members) {
                let below = match shape.property(name) {
                    Some(below) => below,
                    None if shape.may_be(|shape| matches!(shape, Shape::Any)) => &Shape::Any,
                    None => &Shape::Text,
                };
                collect(value, below, found);
            }
        }
        Tree::String(text) if is_open(shape) && narrow(text).is_some() => found.push(value),
        Tree::Number(_) | Tree::Bool(_) if is_open(shape) => found.push(value),
        _ => {}
    }
}

/// Whether a text of a shape may be a string, and something else too.
fn is_open(shape: &Shape) -> bool {
    let is_text = || shape.may_be(|shape| matches!(shape, Shape::Text));
    let is_narrow = || shape.may_be(|shape| matches!(shape, Shape::Number | Shape::Boolean));
    shape.may_be(|shape| matches!(shape, Shape::Any)) || (is_text() && is_narrow())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::json;

    use super::*;

    /// Takes the value that is expected and no other, and finds as many faults as places differ.
    fn only(expected: &Json) -> impl Reader<Json> + '_ {
        move |at: &At<'_>, out: &mut Violations| {
            let found = at.to_json();
            let places = |value: &Json| match value {
                Tree::Array(items) => items.clone(),
                one => vec![one.clone()],
            };
            let pairs = places(&found).into_iter().zip(places(expected));
            let n_wrong = pairs.filter(|(found, expected)| found != expected).count();
            (0..n_wrong).for_each(|_| out.add("", "another value"));
            (n_wrong == 0).then_some(found)
        }
    }

    fn settled(found: serde_json::Value, shape: &Shape, expected: serde_json::Value) -> bool {
        let (mut out, expected) = (Violations::default(), Json::from(expected));
        settle("", Json::from(found), shape, &mut out, only(&expected)).is_some()
    }

    #[test]
    fn texts_are_what_is_not_refused() {
        const ANY: Shape = Shape::List(&Shape::Any);
        const EITHER: Shape = Shape::List(&Shape::Union(&[Shape::Number, Shape::Text]));
        assert!(settled(json!(["1", "x", "true"]), &ANY, json!([1, "x", true])));
        assert!(settled(json!(["1", "2"]), &ANY, json!(["1", 2])));
        assert!(settled(json!([1, 2]), &EITHER, json!(["1", 2])));
        // What stands for one kind only stays that.
        assert!(!settled(json!([1]), &Shape::List(&Shape::Number), json!(["1"])));
        assert!(!settled(json!(["1"]), &Shape::List(&Shape::Text), json!([1])));
        let many: Vec<String> = (0..40).map(|n| n.to_string()).collect();
        let half: Vec<serde_json::Value> =
            (0..40).map(|n| if n % 2 == 0 { json!(n) } else { json!(n.to_string()) }).collect();
        assert!(settled(json!(many), &ANY, json!(half)));
    }

    /// Objects that are refused as a whole say nothing of their texts.
    #[test]
    fn a_few_texts_are_tried_in_all_combinations() {
        const OBJECT: Shape =
            Shape::Object(&[("a", Shape::Union(&[Shape::Number, Shape::Text]))], &Shape::Any);
        assert!(settled(
            json!({"a": 1, "b": "2", "c": "3"}),
            &OBJECT,
            json!({"a": "1", "b": 2, "c": "3"})
        ));
    }

    #[test]
    fn the_fewest_faults_are_told() {
        let (mut out, expected) = (Violations::default(), Json::from(json!([1, "x"])));
        let found = Json::from(json!(["1", "y"]));
        let read = settle("", found, &Shape::List(&Shape::Any), &mut out, only(&expected));
        assert_eq!((read, out.len()), (None, 1));
    }
}
