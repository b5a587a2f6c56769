//! Values against types that are checked by their schemas before they are read.

use runtime::{Violations, decode_json, from_item, to_item, to_json};
use serde_json::{Value, json};

use crate::checks::Thing;

/// Whether a value of a property is taken, and survives being stored and read.
fn check(property: &str, value: Value, expected: bool) {
    let value = json!({ property: value });
    let read = decode_json::<Thing>("", &value);
    assert_eq!(read.is_ok(), expected, "{value}: {read:?}");
    if let Ok(read) = read {
        let again: Value = serde_json::from_str(&to_json(&read)).unwrap();
        assert_eq!(again, value);
        assert_eq!(from_item::<Thing>(to_item(&read).unwrap()).unwrap(), read, "{value}");
    }
}

/// Values that fit a property, and values that do not.
fn cases(property: &str, good: &[Value], bad: &[Value]) {
    good.iter().for_each(|value| check(property, value.clone(), true));
    bad.iter().for_each(|value| check(property, value.clone(), false));
}

#[test]
fn scalars_are_judged_by_their_schemas() {
    cases("name", &[json!("ada")], &[json!("root"), json!("longer than"), json!(1), json!(null)]);
    cases("code", &[json!("ab"), json!(9)], &[json!("a"), json!(10), json!(1.5), json!(true)]);
    cases("nothing", &[json!(null)], &[json!(0), json!("")]);
    // What fits both alternatives is refused, also where the type would take it.
    cases("something", &[json!(0), json!({})], &[json!(null)]);
    cases("apart", &[json!(0), json!([])], &[json!(null), json!("")]);
    cases("fixed", &[json!({"a": [1]})], &[json!({"a": [2]}), json!({})]);
    cases("mixed", &[json!("a"), json!(1), json!(null), json!([1])], &[json!("b"), json!([])]);
    cases("amount", &[json!(1.5), json!(2.5)], &[json!(0), json!(0.01), json!(-1)]);
    cases("loose", &[json!(3), json!("a"), json!([]), json!(null)], &[json!(2)]);
    cases("stamp", &[], &[json!("2026-11-01T12:00:00+01:00"), json!("Z")]);
    cases("never", &[], &[json!(1), json!(null)]);
}

#[test]
fn numbers_that_no_double_holds_are_compared_exactly() {
    let read = |text: &str| {
        runtime::decode_body::<Thing>(text.as_bytes(), &mut Violations::default()).is_some()
    };
    let (listed, near) = ("123456789012345678901234567890", "123456789012345680000000000000");
    for (text, expected) in
        [(listed, true), ("7", true), ("7.0", true), (near, false), ("8", false)]
    {
        assert_eq!(read(&format!(r#"{{"exact":{text}}}"#)), expected, "{text}");
    }
    assert!(!read(&format!(r#"{{"unlike":{listed}}}"#)));
    assert!(read(&format!(r#"{{"unlike":{near}}}"#)));
}

#[test]
fn lists_are_judged_by_their_schemas() {
    cases("pair", &[json!(["a", 1]), json!([]), json!(["a"])], &[json!([1]), json!(["a", 1, 2])]);
    cases("some", &[json!(["x"]), json!([1, "x", "x"])], &[json!([]), json!(["x", "x", "x"])]);
    let (low, high) =
        ("123e4567-e89b-42d3-a456-426614174000", "123E4567-E89B-42D3-A456-426614174000");
    cases("numbers", &[json!([low])], &[json!([low, low]), json!([low, high])]);
    cases("nest", &[json!([]), json!([[], [[]]])], &[json!([[], [], []]), json!([1]), json!({})]);
}

#[test]
fn objects_are_judged_by_their_schemas() {
    cases("labels", &[json!({"n1": 1, "a": "b"})], &[json!({"n1": "b"}), json!({"a": 1})]);
    cases("short", &[json!({"abc": [1]})], &[json!({"abcd": 1})]);
    cases(
        "card",
        &[json!({"number": "123", "owner": "a"}), json!({"extra": {"kept": [1]}})],
        &[json!({"number": "123"}), json!({"owner": "a"}), json!({"country": "NL"})],
    );
    cases(
        "pet",
        &[json!({"kind": "Cat", "lives": 9, "more": null}), json!({"kind": "Pet", "lives": "x"})],
        &[json!({"kind": "Cat"}), json!({"kind": "Cat", "lives": "x"}), json!({"kind": "Dog"})],
    );
    cases(
        "parcel",
        &[json!({"a": 1, "b": "x"}), json!({"b": "x", "c": "y"})],
        &[json!({"a": 1}), json!({"b": "x", "d": 1}), json!({"b": "x", "c": 1})],
    );
    cases(
        "open",
        &[json!({"a": 1, "z": 2}), json!(7), json!(null)],
        &[json!({"a": "x"}), json!({})],
    );
    cases("both", &[json!({"a": 1, "b": 2})], &[json!({"a": 1, "c": 2}), json!({"b": "x"})]);
}

#[test]
fn alternatives_within_alternatives_are_judged_however_deep() {
    let nested = |leaf: Value| (0..100).fold(leaf, |below, _| json!({ "left": below }));
    cases("tree", &[json!(1), nested(json!(1))], &[nested(json!("x")), json!({"middle": 1})]);
}

#[test]
fn a_sensitive_value_is_not_shown() {
    let violations = decode_json::<Thing>("", &json!({"secret": "hidden"})).unwrap_err();
    assert!(!violations.to_string().contains("hidden"), "{violations}");
}

#[test]
fn a_secret_that_may_be_null_is_not_shown() {
    cases("due", &[json!("2026-11-30"), json!(null)], &[json!("today"), json!(1)]);
    let read = decode_json::<Thing>("", &json!({"due": "2026-11-30"})).unwrap();
    let shown = format!("{read:?}");
    assert!(!shown.contains("2026"), "{shown}");
}
