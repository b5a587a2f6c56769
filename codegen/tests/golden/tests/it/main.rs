//! What the types in the generator's test cases do.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::unwrap_used,
    reason = "a test may stop where it fails, and uses what it needs of a case"
)]

mod checks_that_judge;
mod exact;
mod follow;
mod mutations;

#[path = "../../../cases/rust/checks/expected/model/mod.rs"]
#[rustfmt::skip]
mod checks;

#[path = "../../../cases/rust/collections/expected/model/mod.rs"]
#[rustfmt::skip]
mod collections;
#[path = "../../../cases/rust/objects/expected/model/mod.rs"]
#[rustfmt::skip]
mod objects;
#[path = "../../../cases/rust/scalars/expected/model/mod.rs"]
#[rustfmt::skip]
mod every_scalar;
#[path = "../../../cases/rust/sensitive/expected/model/mod.rs"]
#[rustfmt::skip]
mod sensitive;
#[path = "../../../cases/rust/unions/expected/model/mod.rs"]
#[rustfmt::skip]
mod unions;

use std::fmt::Debug;

use runtime::{Decode, Encode, Maybe, Violations, decode_json, from_item, to_item, to_json};
use serde_json::{Value as Json, json};

/// Reads a good value, and sees that both forms of it are read back.
fn good<T: Decode + Encode + PartialEq + Debug>(value: &Json) -> T {
    let read: T = decode_json("", value).unwrap_or_else(|violations| panic!("{violations}"));
    let again: Json = serde_json::from_str(&to_json(&read)).unwrap();
    assert_eq!(decode_json::<T>("", &again).as_ref(), Ok(&read), "{again}");
    assert_eq!(from_item::<T>(to_item(&read).unwrap()).as_ref(), Ok(&read), "{again}");
    read
}

/// The pointers of what is wrong with a value.
fn bad<T: Decode + Debug>(value: &Json) -> Vec<String> {
    let violations: Violations = decode_json::<T>("", value).unwrap_err();
    violations.iter().map(|violation| violation.pointer.clone()).collect()
}

#[test]
fn scalars_keep_their_rules() {
    use every_scalar::{Payment, Things};
    let things: Things = good(&json!({"name": "a", "quantity": 2, "price": 1.25}));
    assert!(things.active);
    let things: Things = good(&json!({
        "name": "a", "quantity": 2, "price": 0, "share": 0.5, "version": 2, "file": "a.png", "payment": "2nd",
        "time": "2026-11-01T12:00:00Z", "day": "2026-11-01", "picture": "aGk=",
        "id": "7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11", "email": "a@b.example", "home": "https://a.example",
    }));
    assert_eq!(things.payment, Some(Payment::N2nd));
    let pointers = bad::<Things>(&json!({
        "name": "", "quantity": 0, "price": 0.001, "share": 1, "version": 3, "file": "é.png", "payment": "gold",
        "time": "2026-11-01", "day": "2026-11-31", "picture": "aGk", "id": "x", "email": "a",
        "home": "/a", "ratio": "1", "active": 1,
    }));
    assert_eq!(
        pointers,
        [
            "/name",
            "/file",
            "/email",
            "/home",
            "/quantity",
            "/price",
            "/share",
            "/version",
            "/ratio",
            "/active",
            "/id",
            "/time",
            "/day",
            "/picture",
            "/payment",
        ]
    );
}

#[test]
fn properties_are_there_or_not() {
    use objects::ThingsRequest;
    let things: ThingsRequest = good(
        &json!({"always": "a", "alwaysOrNull": null, "sometimesOrNull": null, "made": "whatever"}),
    );
    assert_eq!((things.otherwise, things.sometimes_or_null), (25, Maybe::Null));
    let things: ThingsRequest = good(&json!({
        "always": "a", "alwaysOrNull": "b", "sometimesOrNull": 3, "otherwise": 4, "otherwiseNull": "c",
        "place": {"city": "d", "street": "e"}, "open": {"others": "f", "g": 5}, "nothing": {"h": 6},
    }));
    assert_eq!(things.open.unwrap().others_.get("g").map(|value| value.get()), Some(5));
    let pointers = bad::<ThingsRequest>(&json!({
        "always": null, "sometimes": null, "otherwise": null, "place": {}, "open": {"a": -1}, "nothing": [], "other": 1,
    }));
    assert_eq!(
        pointers,
        [
            "/always",
            "/alwaysOrNull",
            "/sometimes",
            "/otherwise",
            "/place/city",
            "/open/a",
            "/nothing",
            "/other"
        ]
    );
}

/// What a constructor leaves out is what is read where nothing was sent.
#[test]
fn constructors_take_what_is_required() {
    use every_scalar::Things;
    use objects::{Open, ThingsRequest};
    let read: ThingsRequest = good(&json!({"always": "a", "alwaysOrNull": null}));
    assert_eq!(ThingsRequest::new("a".to_owned(), None), read);
    assert_eq!((read.otherwise, read.tags), (25, vec!["a".to_owned()]));
    assert_eq!(Open::default(), good(&json!({})));
    let things: Things = good(&json!({"name": "a", "price": 1.25, "quantity": 1}));
    let Things { name, price, .. } = things.clone();
    assert_eq!(
        Things::new(name, price),
        things,
        "the default of what is required fills constructors alone"
    );
}

#[test]
fn unions_tell_their_variants_apart() {
    use unions::{Any, Either, Payment, Things};
    let things: Things = good(&json!({
        "payment": {"kind": "transfer", "after": {"kind": "card", "token": "t"}}, "either": ["a"], "any": {"kind": "x"},
    }));
    let Payment::Transfer(transfer) = &things.payment else { panic!("{things:?}") };
    assert!(matches!(transfer.after.as_ref(), Some(Payment::Card(_))), "{transfer:?}");
    assert!(matches!(things.either, Either::Array(_)) && matches!(things.any, Any::Transfer(_)));
    let pointers = bad::<Things>(&json!({
        "payment": {"kind": "gold"}, "either": ["a", "b", "c"], "any": {"token": "t"},
    }));
    assert_eq!(pointers, ["/payment/kind", "/either", "/any"]);
}

#[test]
fn collections_keep_their_rules() {
    use collections::Things;
    let tree = json!({"value": 1, "left": {"value": 2}, "more": [{"value": 3, "more": []}]});
    good::<Things>(&json!({
        "tags": ["a"], "matrix": [[1, 2.5]], "labels": {"a": "b"}, "tree": tree, "holes": ["a", null],
        "grid": {"a": [true]}, "names": ["n"], "anything": {"a": [null]},
    }));
    let pointers = bad::<Things>(&json!({
        "tags": [], "matrix": [[1], [1, "2"]], "labels": {"a": "b", "c": 1}, "tree": {"value": 1, "right": {}},
        "holes": [1], "grid": {"a": [true, false, true]}, "names": ["1", "2", "3", "4", "5", "6"],
    }));
    assert_eq!(
        pointers,
        [
            "/tags",
            "/matrix/0",
            "/matrix/1/1",
            "/holes/0",
            "/labels/c",
            "/grid/a",
            "/names",
            "/tree/right/value"
        ]
    );
}

#[test]
fn sensitive_values_stay_where_they_are() {
    use sensitive::Things;
    let secrets = json!({
        "email": "s3cret@a.example", "pin": 1234, "note": "s3cret", "secrets": ["s3cret"], "mood": "good",
        "born": "2001-02-03", "person": {"name": "s3cret"}, "contact": "s3cret",
    });
    let things: Things = good(&secrets);
    let debug = format!("{things:?}");
    for secret in ["s3cret", "1234", "Good", "2001"] {
        assert!(!debug.contains(secret), "{debug}");
    }
    assert_eq!(things.note.expose(), "s3cret");
    let violations = decode_json::<Things>(
        "",
        &json!({
            "email": "s3cret", "pin": 12345, "note": ["s3cret"], "secrets": ["s3cret", 12345, 1], "mood": "s3cret",
            "born": "s3cret", "person": {"name": 12345}, "contact": 12345,
        }),
    );
    let report = violations.unwrap_err().to_string();
    assert!(!report.contains("s3cret") && !report.contains("12345"), "{report}");
    assert_eq!(report.matches("expected").count(), 10, "{report}");
}

#[test]
fn values_that_alternatives_list_select_them_and_are_kept() {
    use unions::{Things, Tool};
    let with = |kind: &str| {
        json!({"payment": {"kind": "card", "token": "t"}, "either": 1, "any": {"kind": "x"},
            "tool": {"type": kind}})
    };
    for kind in ["function", "web_search", "web_search_2025", "read", "write", "append"] {
        let things: Things = good(&with(kind));
        let written: Json = serde_json::from_str(&to_json(&things)).unwrap();
        assert_eq!(written["tool"], json!({"type": kind}));
        let is_search = matches!(things.tool, Some(Tool::SearchTool(_)));
        assert_eq!(is_search, kind.starts_with("web"), "{kind}");
    }
    for kind in ["SearchTool", "FileTool", "FunctionTool", ""] {
        assert_eq!(bad::<Things>(&with(kind)), ["/tool/type"], "{kind}");
    }
}
