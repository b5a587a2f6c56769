//! Properties with states (`x-transitions`), wherever they are in an item: what a write may make of them.

use std::borrow::Cow;

use aws_sdk_dynamodb::types::AttributeValue;

use super::condition::Term;
use super::field::Path;
use super::{Condition, Item, Transitions};
use crate::Attribute;

/// A property with states. Generated code has them in [`Item::STATES`].
#[derive(Debug, Clone, Copy)]
pub struct StateOf {
    path: &'static [&'static str],
    transitions: Transitions,
    nullable: bool,
}

impl StateOf {
    /// Creates the property with this path of attributes.
    #[must_use]
    pub const fn new(path: &'static [&'static str], transitions: Transitions) -> Self {
        Self { path, transitions, nullable: false }
    }

    /// The same for a property that may be `null`, which is no state.
    #[must_use]
    pub const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// What a write asks of the stored state: that it may become the new one, or where there is no new one, that there is
    /// none to lose. What has no state yet may begin in any.
    fn follows(&self, next: Option<&AttributeValue>) -> Term {
        let path = || -> Path { self.path.iter().copied().map(Cow::Borrowed).collect() };
        let mut any = vec![];
        if let Some(AttributeValue::S(next)) = next {
            any.push(self.transitions.leading_to(next, path()));
        }
        any.push(Term::Absent(path()));
        if self.nullable {
            any.push(Term::Compare(path(), "=", AttributeValue::Null(true)));
        }
        Term::Any(any)
    }
}

/// What a write asks of the stored states when the attribute at `path` gets this value, or is removed.
pub(super) fn following<T: Item>(path: &Path, value: Option<&AttributeValue>) -> Vec<Term> {
    let changed = T::STATES.iter().filter_map(|state| {
        let is_within = path.len() <= state.path.len() && path.iter().eq(&state.path[..path.len()]);
        is_within.then(|| (state, &state.path[path.len()..]))
    });
    changed.map(|(state, inner)| state.follows(value.and_then(|value| at(value, inner)))).collect()
}

/// The value within documents.
fn at<'v>(value: &'v AttributeValue, path: &[&str]) -> Option<&'v AttributeValue> {
    path.iter().try_fold(value, |value, name| value.as_m().ok()?.get(*name))
}

impl<T: Item> Condition<T> {
    /// The states of the existing item, if there is one, may change to those of the item that replaces it
    /// (`x-transitions`). A state must not get lost.
    #[must_use]
    pub fn states_follow(item: &T) -> Self {
        Self::states_of(&item.to_attribute())
    }

    fn states_of(item: &AttributeValue) -> Self {
        let terms = T::STATES.iter().map(|state| {
            let (first, inner) = state.path.split_first().unwrap_or((&"", &[]));
            let property = T::LAYOUT.property(first);
            let value = item.as_m().ok().and_then(|item| item.get(property));
            state.follows(value.and_then(|value| at(value, inner)))
        });
        Self::of(Term::All(terms.collect()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::table::{KeyNames, Layout};
    use crate::{Attributes, Field, Json, Sink, Update};

    const STATES: Transitions = Transitions::new(&[("new", &["paid"]), ("paid", &["sent"])]);

    struct Order;
    impl crate::Encode for Order {
        fn encode(&self, out: &mut dyn Sink) {
            out.null();
        }
    }
    impl crate::Decode for Order {
        fn decode(_: &crate::At<'_>, _: &mut crate::Violations) -> Option<Self> {
            Some(Self)
        }
    }
    impl Item for Order {
        type Key = Order;
        const TABLE: &'static str = "ORDER_TABLE";
        const KEY: KeyNames = KeyNames { partition: "id", sort: None };
        const LAYOUT: Layout = Layout { renamed: &[("status", "st")], ..Layout::PLAIN };
        const STATES: &'static [StateOf] = &[
            StateOf::new(&["st"], STATES),
            StateOf::new(&["payment", "status"], STATES).nullable(),
        ];
        fn key(&self) -> Order {
            Order
        }
    }
    impl super::super::ItemKey for Order {
        fn to_key(&self) -> Attributes {
            Attributes::new()
        }
    }

    /// A condition with the names and values in place.
    fn written(condition: Condition<Order>) -> String {
        let rendered = condition.render();
        let names = rendered.names.unwrap_or_default();
        let text = names.iter().fold(rendered.text, |text, (mark, name)| text.replace(mark, name));
        let values = rendered.values.unwrap_or_default();
        values.iter().fold(text, |text, (mark, value)| {
            let value = value.as_s().map_or("null", String::as_str);
            text.replace(mark, value)
        })
    }

    #[test]
    fn a_state_becomes_what_it_may_and_is_never_lost() {
        let of =
            |item: &str| written(Condition::states_of(&Json::parse(item).unwrap().to_attribute()));
        assert_eq!(
            of(r#"{"status": "paid", "payment": {"status": "new"}}"#),
            "((st IN (new, paid)) OR (attribute_not_exists(st))) AND ((payment.status IN (new)) OR \
             (attribute_not_exists(payment.status)) OR (payment.status = null))"
        );
        let lost = "(attribute_not_exists(st)) AND ((attribute_not_exists(payment.status)) OR \
                    (payment.status = null))";
        for item in ["{}", r#"{"status": null, "payment": {}}"#, r#"{"payment": null}"#] {
            assert_eq!(of(item), lost, "{item}");
        }
    }

    #[test]
    fn an_update_asks_only_for_the_states_that_it_changes() {
        const STATUS: Field<Order, String> = Field::new(&["st"]);
        const PAYMENT: Field<Order, Json> = Field::new(&["payment"]);
        const NOTE: Field<Order, String> = Field::new(&["note"]);
        const INNER: Field<Json, String> = Field::new(&["status"]);
        let check = |update: Update<Order>, expected: &str| {
            let (_, condition) = update.follow_states().render();
            let text = condition
                .names
                .unwrap()
                .iter()
                .fold(condition.text, |text, (mark, name)| text.replace(mark.as_str(), name));
            assert_eq!(text, expected);
        };
        let there = "attribute_exists(id)";
        check(Update::new().set(NOTE, &"x".to_owned()), there);
        let sent = "sent".to_owned();
        check(
            Update::new().set(STATUS, &sent),
            "(attribute_exists(id)) AND ((st IN (:v0, :v1)) OR (attribute_not_exists(st)))",
        );
        check(
            Update::new().remove(STATUS),
            "(attribute_exists(id)) AND (attribute_not_exists(st))",
        );
        let inner = "(attribute_not_exists(payment.status)) OR (payment.status = :v0)";
        let lost = format!("(attribute_exists(id)) AND ({inner})");
        check(Update::new().remove(PAYMENT), &lost);
        check(Update::new().set(PAYMENT, &Json::parse("{}").unwrap()), &lost);
        check(
            Update::new().set(PAYMENT.with(INNER), &"new".to_owned()),
            "(attribute_exists(id)) AND ((payment.status IN (:v0)) OR \
             (attribute_not_exists(payment.status)) OR (payment.status = :v1))",
        );
    }
}
