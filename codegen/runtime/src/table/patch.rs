//! Changing an item by a merge patch (RFC 7396).
//!
//! The item is read, the patch merged into it and the result judged by the contract; then the attributes that the patch
//! names are written, and no others (`UpdateItem`).

use std::borrow::Cow;
use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;

use super::condition::Term;
use super::error::{STORED_ELSE, in_body};
use super::{Condition, Item, Table, TableError, Update, Updated, decode};
use crate::json::{Members, Tree};
use crate::{At, Attributes, Encode, Json, Problem, Violations, to_item, to_json};

/// Attempts at most when somebody else changes what is merged into.
const MAX_ATTEMPTS: usize = 4;

/// What became of a patch.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub enum Patched<T> {
    /// It is done; with the item as it is now.
    Done(T),
    /// A condition did not hold, and nothing changed; with the item that is there.
    Refused(T),
    /// There is no item.
    Missing,
    /// The patched item would violate the contract, or the patch changes what no client may.
    Invalid(Problem),
}

impl<T: Item> Table<T> {
    /// Merges a patch into the item with this key, and makes the other changes of `update` with it. `fixed` are the
    /// properties that a patch may not name, each with the objects that lead to it: `owner`, `profile/level`.
    ///
    /// # Errors
    /// When the table does not answer, what is stored violates the contract, or the item grows too large.
    pub async fn patch(
        &self,
        key: &T::Key,
        patch: &impl Encode,
        fixed: &[&str],
        update: Update<T>,
    ) -> Result<Patched<T>, TableError> {
        let patch = tree(patch);
        let Tree::Object(members) = &patch else {
            return Ok(Patched::Invalid(Problem::violation("/body", "expected an object")));
        };
        let mut violations = Violations::default();
        for path in fixed.iter().filter(|path| names(&patch, path)) {
            violations.add(format!("/body/{path}"), "no patch may change it");
        }
        for (name, _) in members.iter().filter(|(name, _)| T::LAYOUT.reserves(name)) {
            violations.add(in_body(name), STORED_ELSE);
        }
        if !violations.is_empty() {
            return Ok(Patched::Invalid(Problem::bad_request(violations)));
        }
        let mut attempts = 1;
        let mut before: Option<Attributes> = None;
        loop {
            let stored = self.read_stored(key, true).await?;
            let Some(stored) = stored else { return Ok(Patched::Missing) };
            let found: T = decode(stored.clone())?;
            // What is merged into was the same when the update was refused: another condition did not hold.
            let is_same = |before: &Attributes| {
                merged_into::<T>(members).all(|name| before.get(name) == stored.get(name))
            };
            if attempts > MAX_ATTEMPTS || before.as_ref().is_some_and(is_same) {
                return Ok(Patched::Refused(found));
            }
            let mut merged = tree(&found);
            merge(&mut merged, &patch);
            let mut violations = Violations::default();
            let item = T::decode(&At::json("/body", &merged), &mut violations);
            let item = match violations.or(item) {
                Ok(item) => item,
                Err(violations) => return Ok(Patched::Invalid(Problem::bad_request(violations))),
            };
            let known = to_item(&found).unwrap_or_default();
            let after = to_item(&item);
            let mut after =
                after.map_err(|source| TableError::Unstorable { table: T::TABLE, source })?;
            // What is merged into must be what was read, as it is stored and not as the type would write it.
            let mut same = vec![];
            for attribute in merged_into::<T>(members) {
                let path = vec![Cow::Owned(attribute.to_owned())];
                same.push(match stored.get(attribute) {
                    Some(old) => Term::Compare(path, "=", old.clone()),
                    None => Term::Absent(path),
                });
            }
            let mut change = update.clone();
            if !same.is_empty() {
                change = change.when(Condition::of(Term::All(same)));
            }
            for (name, _) in members {
                let attribute = T::LAYOUT.attribute(name);
                let mut value = after.remove(name);
                // What the type does not know is not there to be removed.
                if value.is_none() && !known.contains_key(name) {
                    continue;
                }
                if let (Some(stored), Some(known), Some(value)) =
                    (stored.get(attribute), known.get(name), &mut value)
                {
                    keep_unknown(stored, known, value);
                }
                change = change.put(attribute, value);
            }
            match self.update(key, change).await? {
                Updated::Done(item) => return Ok(Patched::Done(item)),
                Updated::Refused(None) => return Ok(Patched::Missing),
                Updated::Refused(Some(now)) if merged_into::<T>(members).next().is_none() => {
                    return Ok(Patched::Refused(now));
                }
                Updated::Refused(Some(_)) => attempts += 1,
            }
            before = Some(stored);
        }
    }
}

/// Whether a patch has a property at this path.
fn names(patch: &Json, path: &str) -> bool {
    let mut steps = path.split('/').map(scalars::pointer::unescape);
    steps.try_fold(patch, |object, name| object.get(&name)).is_some()
}

/// The attributes that objects of a patch are merged into.
fn merged_into<'p, T: Item>(members: &'p Members<'_>) -> impl Iterator<Item = &'p str> {
    let objects = members.iter().filter(|(_, value)| matches!(value, Tree::Object(_)));
    objects.map(|(name, _)| T::LAYOUT.attribute(name))
}

/// Puts back the properties within an attribute that its type does not know, as those of a later version of the contract.
#[allow(clippy::iter_over_hash_type, reason = "each property stands for itself")]
fn keep_unknown(stored: &AttributeValue, known: &AttributeValue, value: &mut AttributeValue) {
    let (AttributeValue::M(stored), AttributeValue::M(known), AttributeValue::M(value)) =
        (stored, known, value)
    else {
        return;
    };
    for (name, stored) in stored {
        match (known.get(name), value.get_mut(name)) {
            (None, None) => _ = value.insert(name.clone(), stored.clone()),
            (Some(known), Some(value)) => keep_unknown(stored, known, value),
            _ => {}
        }
    }
}

/// A value as a tree of its own.
fn tree(value: &impl Encode) -> Json {
    Json::parse(&to_json(value)).unwrap_or_default()
}

/// `MergePatch` of RFC 7396, section 2.
fn merge(target: &mut Json, patch: &Json) {
    let Tree::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !matches!(target, Tree::Object(_)) {
        *target = Tree::Object(Default::default());
    }
    let Tree::Object(members) = target else { return };
    // A map, because members are sorted: to insert many would move all behind each.
    let mut merged: BTreeMap<Cow<'_, str>, Json> = std::mem::take(members).into_iter().collect();
    for (name, value) in patch {
        if value.is_null() {
            merged.remove(name);
        } else {
            merge(merged.entry(Cow::Owned(name.to_owned())).or_default(), value);
        }
    }
    *members = merged.into_iter().collect();
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    /// The examples of RFC 7396, appendix A.
    #[test]
    fn merges_as_the_standard_says() {
        let cases = [
            (r#"{"a":"b"}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"b":"c"}"#, r#"{"a":"b","b":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"a":null}"#, r"{}"),
            (r#"{"a":"b","b":"c"}"#, r#"{"a":null}"#, r#"{"b":"c"}"#),
            (r#"{"a":["b"]}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"c"}"#, r#"{"a":["b"]}"#, r#"{"a":["b"]}"#),
            (r#"{"a":{"b":"c"}}"#, r#"{"a":{"b":"d","c":null}}"#, r#"{"a":{"b":"d"}}"#),
            (r#"{"a":[{"b":"c"}]}"#, r#"{"a":[1]}"#, r#"{"a":[1]}"#),
            (r#"["a","b"]"#, r#"["c","d"]"#, r#"["c","d"]"#),
            (r#"{"a":"b"}"#, r#"["c"]"#, r#"["c"]"#),
            (r#"{"a":"foo"}"#, "null", "null"),
            (r#"{"a":"foo"}"#, r#""bar""#, r#""bar""#),
            (r#"{"e":null}"#, r#"{"a":1}"#, r#"{"a":1,"e":null}"#),
            ("[1,2]", r#"{"a":"b","c":null}"#, r#"{"a":"b"}"#),
            ("{}", r#"{"a":{"bb":{"ccc":null}}}"#, r#"{"a":{"bb":{}}}"#),
        ];
        for (target, patch, expected) in cases {
            let mut target = Json::parse(target).unwrap();
            merge(&mut target, &Json::parse(patch).unwrap());
            assert_eq!(target.to_string(), expected, "{patch}");
        }
    }

    #[test]
    fn properties_within_objects_are_found() {
        let patch = Json::parse(r#"{"a":{"b":null,"c/d":1},"e":2}"#).unwrap();
        for (path, expected) in [
            ("a", true),
            ("a/b", true),
            ("a/c~1d", true),
            ("a/c/d", false),
            ("e/b", false),
            ("f", false),
        ] {
            assert_eq!(names(&patch, path), expected, "{path}");
        }
    }

    /// What a type does not know, as it was added by a later version, stays; what it knows is written.
    #[test]
    fn what_a_type_does_not_know_is_kept() {
        let map = |text: &str| to_item(&Json::parse(text).unwrap()).map(AttributeValue::M).unwrap();
        let stored = map(r#"{"size":1,"later":true,"in":{"a":1,"b":2},"gone":1}"#);
        let known = map(r#"{"size":1,"theme":"light","in":{"a":1},"gone":1}"#);
        let mut value = map(r#"{"size":2,"theme":"light","in":{"a":3}}"#);
        keep_unknown(&stored, &known, &mut value);
        let expected = r#"{"size":2,"theme":"light","later":true,"in":{"a":3,"b":2}}"#;
        assert_eq!(value, map(expected));
    }
}
