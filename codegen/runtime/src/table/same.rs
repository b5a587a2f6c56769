//! Whether an item holds what was written: values as DynamoDB gives them back, which writes numbers in its own way and
//! sets in any order.

use aws_sdk_dynamodb::types::AttributeValue as Value;

use super::Attributes;
use super::field::Path;
use super::layout::to_list;
use crate::Decimal;

/// Whether two items are the same.
pub(super) fn same_items(one: &Attributes, other: &Attributes) -> bool {
    one.len() == other.len()
        && one.keys().all(|name| match (one.get(name), other.get(name)) {
            (Some(one), Some(other)) => same(one, other),
            _ => false,
        })
}

/// Whether the attribute with this path has this value, or none.
pub(super) fn holds(item: &Attributes, path: &Path, value: Option<&Value>) -> bool {
    let mut names = path.iter();
    let first = names.next().and_then(|name| item.get(name.as_ref()));
    let found = names.try_fold(first, |found, name| {
        let inner = found?.as_m().ok()?;
        Some(inner.get(name.as_ref()))
    });
    match (found.flatten(), value) {
        (Some(found), Some(value)) => same(found, value),
        (found, value) => found.is_none() && value.is_none(),
    }
}

fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::N(one), Value::N(other)) => number(one) == number(other),
        (Value::Ss(_), Value::Ss(_))
        | (Value::Ns(_), Value::Ns(_))
        | (Value::Bs(_), Value::Bs(_)) => same(&to_list(one.clone()), &to_list(other.clone())),
        (Value::L(one), Value::L(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::M(one), Value::M(other)) => same_items(one, other),
        _ => one == other,
    }
}

fn number(text: &str) -> Result<Decimal, &str> {
    Decimal::parse(text).ok_or(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::{Json, to_item};

    #[test]
    fn what_was_written_is_found_again() {
        let item = |text: &str| to_item(&Json::parse(text).unwrap()).unwrap();
        let stored = item(r#"{"a":1,"b":{"c":[1.5,"x"]}}"#);
        assert!(same_items(&stored, &item(r#"{"b":{"c":[1.50,"x"]},"a":1.0}"#)));
        assert!(!same_items(&stored, &item(r#"{"a":1}"#)));
        let path =
            |names: &[&'static str]| -> Path { names.iter().map(|name| (*name).into()).collect() };
        assert!(holds(&stored, &path(&["a"]), Some(&Value::N("1.0".into()))));
        assert!(
            holds(&stored, &path(&["b", "d"]), None) && holds(&stored, &path(&["x", "y"]), None)
        );
        assert!(
            !holds(&stored, &path(&["a"]), None)
                && !holds(&stored, &path(&["a"]), Some(&Value::N("2".into())))
        );
        let set = |values: [&str; 2]| Value::Ns(values.map(str::to_owned).to_vec());
        assert!(
            same(&set(["1", "2"]), &set(["2.0", "1"])) && !same(&set(["1", "2"]), &set(["1", "3"]))
        );
    }
}
