//! What updates come to as expressions.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use super::*;
use crate::table::seat::Seat;
use crate::table::{Composed, KeyNames, Layout};
use crate::{Json, Sink};

/// The same with a version, which is stored under another name.
struct Show;
impl crate::Encode for Show {
    fn encode(&self, out: &mut dyn Sink) {
        out.null();
    }
}
impl crate::Decode for Show {
    fn decode(_: &crate::At<'_>, _: &mut crate::Violations) -> Option<Self> {
        Some(Self)
    }
}
impl Item for Show {
    type Key = Seat;
    const TABLE: &'static str = "SHOW_TABLE";
    const KEY: KeyNames = KeyNames { partition: "id", sort: None };
    const LAYOUT: Layout = Layout { renamed: &[("version", "v")], ..Layout::PLAIN };
    const VERSION: Option<&'static str> = Some("version");
    fn key(&self) -> Seat {
        Seat
    }
}

#[test]
fn every_update_counts() {
    const STATUS: Field<Show, String> = Field::new(&["status"]);
    const VERSION: Field<Show, i64> = Field::new(&["v"]);
    let check = |update: Update<Show>, expected: Option<&str>| {
        let (text, condition) = update.render();
        let names = condition.names.unwrap_or_default();
        let named = |text: String| {
            names.iter().fold(text, |text, (mark, name)| text.replace(mark.as_str(), name))
        };
        assert_eq!(text.map(named).as_deref(), expected);
    };
    let open = || Update::new().set(STATUS, &"open".to_owned());
    check(open(), Some("SET status = :v0 ADD v :v1"));
    check(open().add(VERSION, &2), Some("SET status = :v0 ADD v :v1"));
    check(open().set(VERSION, &7), Some("SET status = :v0, v = :v1"));
    check(Update::new(), None);
}

/// Its items are in an index by what their key composes of the status.
struct Stand;
impl crate::Encode for Stand {
    fn encode(&self, out: &mut dyn Sink) {
        out.null();
    }
}
impl crate::Decode for Stand {
    fn decode(_: &crate::At<'_>, _: &mut crate::Violations) -> Option<Self> {
        Some(Self)
    }
}
impl Item for Stand {
    type Key = Seat;
    const TABLE: &'static str = "STAND_TABLE";
    const KEY: KeyNames = KeyNames { partition: "id", sort: None };
    const LAYOUT: Layout = Layout {
        composed: &[Composed {
            attribute: "GSI1PK",
            before: "STATUS#",
            of: Some("status"),
            after: "",
            is_number: false,
        }],
        ..Layout::PLAIN
    };
    fn key(&self) -> Seat {
        Seat
    }
}

#[test]
fn composed_keys_follow_their_property() {
    const STATUS: Field<Stand, String> = Field::new(&["status"]);
    let open = || "open".to_owned();
    let check = |update: Update<Stand>, expected: &str| {
        let (text, condition) = update.render();
        assert_eq!(text.as_deref(), Some(expected));
        let values = condition.values.unwrap_or_default();
        let composed = AttributeValue::S("STATUS#open".to_owned());
        assert_eq!(values.get(":v0"), Some(&composed));
    };
    check(Update::new().set(STATUS, &open()), "SET #n1 = :v0, #n2 = :v1");
    // The key may be absent where the property is not, and the other way round.
    let refused = Update::new().set_if_absent(STATUS, &open()).check().unwrap_err();
    assert!(refused.to_string().contains("`status` if it is absent"), "{refused}");
    let note = Field::<Stand, String>::new(&["note"]);
    assert!(Update::new().set_if_absent(note, &open()).set(STATUS, &open()).check().is_ok());
    let (text, _) = Update::<Stand>::new().remove(STATUS).render();
    assert_eq!(text.as_deref(), Some("REMOVE #n1, #n2"));
}

const STATUS: Field<Seat, String> = Field::new(&["status"]);
const SOLD: Field<Seat, i64> = Field::new(&["sold"]);
const TAGS: Field<Seat, Vec<String>> = Field::new(&["tags"]);
const HOLD: Field<Seat, Json> = Field::new(&["hold"]);

#[test]
fn all_changes_stand_in_one_expression() {
    let update = Update::new()
        .set(STATUS, &"sold".to_owned())
        .append(TAGS, &["a".to_owned()])
        .remove(HOLD)
        .add(SOLD, &-2)
        .when(STATUS.equals(&"held".to_owned()));
    let (text, condition) = update.render();
    assert_eq!(
        text.unwrap(),
        "SET #n1 = :v1, #n2 = list_append(if_not_exists(#n2, :v3), :v2) REMOVE #n3 ADD #n4 :v4"
    );
    assert_eq!(condition.text, "(attribute_exists(#n0)) AND (#n1 = :v0)");
    assert_eq!(condition.values.unwrap()[":v4"], AttributeValue::N("-2".to_owned()));
}

#[test]
fn a_sum_stays_within_its_bounds() {
    let bounded = |amount: i64, rules: NumberRules| {
        let (_, condition) = Update::new().add_within(SOLD, &amount, rules, None).render();
        let there = "(attribute_exists(#n0)) AND ";
        let text = condition.text.strip_prefix(there).unwrap_or_default().to_owned();
        let value = condition.values.and_then(|values| values.get(":v0").cloned());
        (text, value.map(|value| value.as_n().cloned().unwrap()).unwrap_or_default())
    };
    const TEN: NumberRules = NumberRules::new().minimum("0").maximum("10");
    const FEW: NumberRules = NumberRules::new().above("0").below("5");
    const MANY: NumberRules = NumberRules::new().minimum("10");
    for (amount, rules, text, value) in [
        (3, TEN, "((#n1 <= :v0) OR (attribute_not_exists(#n1)))", "7"),
        (-3, TEN, "(#n1 >= :v0)", "3"),
        (3, NumberRules::new().minimum("0"), "", "3"),
        (1, FEW, "((#n1 < :v0) OR (attribute_not_exists(#n1)))", "4"),
        (5, FEW, "(#n1 < :v0)", "0"),
        (-1, FEW, "(#n1 > :v0)", "1"),
        (1, MANY, "(attribute_exists(#n1))", "1"),
        (0, TEN, "", ""),
    ] {
        assert_eq!(bounded(amount, rules), (text.to_owned(), value.to_owned()), "{amount}");
    }
    let update = Update::new().add_within(SOLD, &1, TEN, Some("10"));
    let (text, condition) = update.render();
    assert_eq!(text.as_deref(), Some("SET #n1 = if_not_exists(#n1, :v1) + :v2"));
    assert_eq!(condition.text, "(attribute_exists(#n0)) AND (#n1 <= :v0)");
}

#[test]
fn what_a_body_does_not_have_is_removed() {
    let body = serde_json::json!({"id": "1", "price": 5});
    let update = Update::<Seat>::new().replace(&body, &["price", "note"], &["id"]).unwrap();
    assert_eq!(update.render().0.unwrap(), "SET #n1 = :v0 REMOVE #n2");
}

#[test]
fn no_change_is_no_expression() {
    let (text, condition) = Update::<Seat>::new().render();
    assert_eq!((text, condition.text.as_str()), (None, "attribute_exists(#n0)"));
}
