//! What a query asks of the sort key, in the terms of the key attribute.
//!
//! Owns the ranges of composed keys: `ORDER#{number}` up to 7 is what lies between `ORDER#` and `ORDER#7`.

use aws_sdk_dynamodb::types::AttributeValue;

use super::Condition;
use super::condition::Term;
use super::expression::Placeholders;
use super::layout::Composed;

/// What a query asks of the sort key.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sort {
    Compare(&'static str, AttributeValue),
    Between(AttributeValue, AttributeValue),
    BeginsWith(AttributeValue),
}

/// Behind every text that begins like this one.
const LAST: char = '\u{10ffff}';

/// A range of the sort key, and an end of it that does not belong to it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Range {
    pub(super) sort: Sort,
    /// A key that is in the range and was not asked for.
    pub(super) but: Option<AttributeValue>,
}

impl Range {
    /// What is asked of a composed key attribute; without a question, that it is one of these items' at all.
    pub(super) fn composed(key: &Composed, asked: Option<&Sort>) -> Option<Self> {
        let text = |text: String| AttributeValue::S(text);
        let before = || text(key.before.to_owned());
        let plain = |sort| Some(Self { sort, but: None });
        if key.of.is_none() {
            return plain(Sort::Compare("=", before()));
        }
        let first = before;
        let last = || text(format!("{}{LAST}", key.before));
        match asked {
            None if key.before.is_empty() => None,
            None => plain(Sort::BeginsWith(before())),
            Some(Sort::BeginsWith(prefix)) => {
                // What stands behind the property is behind what the prefix says of it.
                let prefix = match prefix {
                    AttributeValue::S(prefix) => text(format!("{}{prefix}", key.before)),
                    other => other.clone(),
                };
                plain(Sort::BeginsWith(prefix))
            }
            Some(Sort::Between(least, greatest)) => {
                plain(Sort::Between(key.compose(least), key.compose(greatest)))
            }
            Some(Sort::Compare(sign, value)) => {
                let value = key.compose(value);
                let but = matches!(*sign, "<" | ">").then(|| value.clone());
                let sort = match *sign {
                    "<" | "<=" => Sort::Between(first(), value),
                    ">" | ">=" => Sort::Between(value, last()),
                    sign => Sort::Compare(sign, value),
                };
                Some(Self { sort, but })
            }
        }
    }

    /// Whether no sort key can be in the range.
    pub(super) fn is_empty(&self) -> bool {
        let number = |text: &str| crate::Decimal::parse(text);
        match &self.sort {
            Sort::Between(AttributeValue::S(least), AttributeValue::S(greatest)) => {
                least > greatest
            }
            Sort::Between(AttributeValue::N(least), AttributeValue::N(greatest)) => number(least)
                .zip(number(greatest))
                .is_some_and(|(least, greatest)| least > greatest),
            _ => false,
        }
    }

    /// The same as a condition on items that no key condition chose.
    pub(super) fn filter<T>(self, name: &'static str) -> Condition<T> {
        let asked = Condition::of(Term::Key(name, self.sort));
        match self.but {
            Some(but) => asked.and(Condition::of(Term::Key(name, Sort::Compare("<>", but)))),
            None => asked,
        }
    }

    /// The part of a key condition that speaks of the sort key.
    pub(super) fn condition(&self, name: &str, out: &mut Placeholders) -> String {
        self.sort.condition(name, out)
    }
}

impl Sort {
    /// What is asked, as a condition on an attribute.
    pub(super) fn condition(&self, name: &str, out: &mut Placeholders) -> String {
        let name = out.name(name);
        match self {
            Self::Compare(sign, value) => format!("{name} {sign} {}", out.value(value.clone())),
            Self::Between(least, greatest) => {
                let (least, greatest) = (out.value(least.clone()), out.value(greatest.clone()));
                format!("{name} BETWEEN {least} AND {greatest}")
            }
            Self::BeginsWith(prefix) => {
                format!("begins_with({name}, {})", out.value(prefix.clone()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: Composed = Composed {
        attribute: "SK",
        before: "ORDER#",
        of: Some("number"),
        after: "",
        is_number: false,
    };

    fn text(text: &str) -> AttributeValue {
        AttributeValue::S(text.to_owned())
    }

    #[track_caller]
    fn check(asked: Option<Sort>, sort: Sort, but: Option<&str>) {
        let expected = Range { sort, but: but.map(text) };
        assert_eq!(Range::composed(&ORDER, asked.as_ref()), Some(expected));
    }

    #[test]
    fn a_range_of_a_property_is_a_range_of_the_key() {
        let between = |one: &str, other: &str| Sort::Between(text(one), text(other));
        let compare = |sign| Some(Sort::Compare(sign, text("7")));
        check(None, Sort::BeginsWith(text("ORDER#")), None);
        check(compare("="), Sort::Compare("=", text("ORDER#7")), None);
        check(compare("<="), between("ORDER#", "ORDER#7"), None);
        check(compare("<"), between("ORDER#", "ORDER#7"), Some("ORDER#7"));
        check(compare(">="), between("ORDER#7", "ORDER#\u{10ffff}"), None);
        check(compare(">"), between("ORDER#7", "ORDER#\u{10ffff}"), Some("ORDER#7"));
        check(Some(between("3", "5")), between("ORDER#3", "ORDER#5"), None);
        check(Some(Sort::BeginsWith(text("20"))), Sort::BeginsWith(text("ORDER#20")), None);
    }

    #[test]
    fn a_text_without_property_is_the_key() {
        let profile = Composed { before: "PROFILE", of: None, ..ORDER };
        let sort = Sort::Compare("=", text("PROFILE"));
        assert_eq!(Range::composed(&profile, None), Some(Range { sort, but: None }));
    }
}
