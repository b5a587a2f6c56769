//! Changing an item by a merge patch (RFC 7396).
//!
//! The item is read, the patch merged into it and the result judged by the contract; then the attributes that the patch
//! names are written, and no others (`UpdateItem`).

use aws_sdk_dynamodb::types::AttributeValue;

use super::condition::Term;
use super::{Condition, Item, Table, TableError, Update, Updated};
use crate::decode::push_key;
use crate::json::Tree;
use crate::{At, Encode, Json, Problem, Violations, to_item, to_json};

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
    /// properties that a patch may not name.
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
        for (name, _) in members.iter().filter(|(name, _)| fixed.contains(name)) {
            let mut pointer = "/body".to_owned();
            push_key(&mut pointer, name);
            violations.add(&pointer, "no patch may change it");
        }
        if !violations.is_empty() {
            return Ok(Patched::Invalid(Problem::bad_request(violations)));
        }
        let mut attempts = 1;
        loop {
            let Some(found) = self.get_consistent(key).await? else { return Ok(Patched::Missing) };
            let mut merged = tree(&found);
            merge(&mut merged, &patch);
            let mut violations = Violations::default();
            let item = T::decode(&At::json("/body", &merged), &mut violations);
            let item = match violations.or(item) {
                Ok(item) => item,
                Err(violations) => return Ok(Patched::Invalid(Problem::bad_request(violations))),
            };
            let before = to_item(&found).unwrap_or_default();
            let after = to_item(&item);
            let after =
                after.map_err(|source| TableError::Unstorable { table: T::TABLE, source })?;
            let mut change = update.clone();
            for (name, value) in members {
                let attribute = T::LAYOUT.attribute(name);
                // What is merged into must be what was read.
                if let (Tree::Object(_), Some(old @ AttributeValue::M(_))) =
                    (value, before.get(name))
                {
                    let path = vec![std::borrow::Cow::Owned(attribute.to_owned())];
                    let same = Term::Compare(path, "=", old.clone());
                    change = change.when(Condition::of(same));
                }
                change = change.put(attribute, after.get(name).cloned());
            }
            match self.update(key, change).await? {
                Updated::Done(item) => return Ok(Patched::Done(item)),
                Updated::Refused(None) => return Ok(Patched::Missing),
                Updated::Refused(Some(now)) => {
                    let now_has = to_item(&now).unwrap_or_default();
                    let is_same = members.iter().all(|(name, value)| {
                        !matches!(value, Tree::Object(_)) || before.get(name) == now_has.get(name)
                    });
                    if is_same || attempts == MAX_ATTEMPTS {
                        return Ok(Patched::Refused(now));
                    }
                    attempts += 1;
                }
            }
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
    for (name, value) in patch {
        if value.is_null() {
            members.remove(name);
            continue;
        }
        let mut merged = members.remove(name).unwrap_or_default();
        merge(&mut merged, value);
        members.insert(name.to_owned(), merged);
    }
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
}
