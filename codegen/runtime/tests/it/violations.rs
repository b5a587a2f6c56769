//! What is reported of a value that violates its contract.

use runtime::{
    Decode, Invalid, Json, ListRules, Violation, Violations, decode_body, decode_body_as,
    decode_json,
};
use serde_json::{Value, json};

use crate::shop::{Email, Everything, ImageFile, Pin, Price, ProductName, Quantity, everything};

/// The violations of a body, as `pointer: detail`.
fn violations<T: Decode>(body: &[u8]) -> Vec<String> {
    let mut out = Violations::default();
    let value = decode_body::<T>(body, &mut out);
    assert_eq!(value.is_some(), out.is_empty(), "a value is read or a violation is reported");
    out.iter().map(|violation| format!("{}: {}", violation.pointer, violation.detail)).collect()
}

fn check<T: Decode>(body: &str, expected: &[&str]) {
    assert_eq!(violations::<T>(body.as_bytes()), expected, "{body}");
}

/// As [`check`], for [`everything`] with one property changed; `None` removes it.
fn check_property(name: &str, value: Option<Value>, expected: &[&str]) {
    let mut body = everything();
    let members = body.as_object_mut().unwrap();
    match value {
        Some(value) => members.insert(name.to_owned(), value),
        None => members.remove(name),
    };
    check::<Everything>(&body.to_string(), expected);
}

#[test]
fn a_good_value_is_read() {
    check::<Everything>(&everything().to_string(), &[]);
}

#[test]
fn every_violation_is_reported_at_once() {
    let mut body = everything();
    body["name"] = json!("");
    body["price"] = json!(-0.001);
    body["tags"] = json!(["a", 1, "a"]);
    body["labels"] = json!({"x/y": "z"});
    body["parent"] = json!({"name": null});
    body.as_object_mut().unwrap().remove("id");
    body["extra~"] = json!(1);
    let found = violations::<Everything>(body.to_string().as_bytes());
    for expected in [
        r#"/body/name: found "", expected at least 1 character"#,
        "/body/price: found -0.001, expected at least 0",
        "/body/price: found -0.001, expected a multiple of 0.01",
        "/body/id: found nothing, expected a value: the contract requires it",
        "/body/tags/1: found 1, expected a string",
        "/body/tags/2: found the item at index 0 again, expected each only once",
        r#"/body/labels/x~1y: found "z", expected an integer from -2147483648 to 2147483647"#,
        "/body/parent/name: found null, expected a string",
        "/body/parent/quantity: found nothing, expected a value: the contract requires it",
    ] {
        assert!(found.iter().any(|violation| violation == expected), "{expected} in {found:#?}");
    }
    let extra = found.iter().find(|violation| violation.starts_with("/body/extra~0: ")).unwrap();
    assert!(extra.contains("found a property that the contract does not name"), "{extra}");
}

#[test]
fn one_property_at_a_time() {
    check_property(
        "name",
        Some(json!("nine chars")),
        &[r#"/body/name: found "nine chars", expected at most 8 characters"#],
    );
    check_property("name", Some(json!("ééééééé€")), &[]);
    check_property("imageFile", None, &[]);
    check_property(
        "imageFile",
        Some(Value::Null),
        &["/body/imageFile: found null, expected a string"],
    );
    check_property(
        "imageFile",
        Some(json!("a b")),
        &[r#"/body/imageFile: found "a b", expected a match of the pattern `^[A-Za-z0-9._-]+$`"#],
    );
    check_property("quantity", Some(json!(2.0)), &[]);
    check_property(
        "quantity",
        Some(json!(2.5)),
        &["/body/quantity: found 2.5, expected an integer from -2147483648 to 2147483647"],
    );
    check_property(
        "quantity",
        Some(json!("2")),
        &[r#"/body/quantity: found "2", expected an integer from -2147483648 to 2147483647"#],
    );
    check_property(
        "count",
        Some(json!(9_223_372_036_854_775_808_u64)),
        &[
            "/body/count: found 9223372036854775808, expected an integer from -9223372036854775808 to 9223372036854775807",
        ],
    );
    check_property("share", Some(json!(1)), &["/body/share: found 1, expected less than 1"]);
    check_property("share", Some(json!(1e-300)), &[]);
    check_property(
        "active",
        Some(json!("true")),
        &[r#"/body/active: found "true", expected true or false"#],
    );
    check_property(
        "payment",
        Some(json!("gold")),
        &[r#"/body/payment: found "gold", expected one of `card`, `cash`"#],
    );
    check_property(
        "tags",
        Some(json!(["a", "b", "c", "d"])),
        &["/body/tags: found an array of 4 items, expected at most 3"],
    );
    check_property(
        "labels",
        Some(json!({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1})),
        &["/body/labels: found 5 properties, expected at most 4"],
    );
    check_property("color", None, &[]);
    check_property("size", None, &[]);
    check_property("size", Some(json!(0)), &["/body/size: found 0, expected at least 1"]);
    check_property("any", Some(Value::Null), &[]);
    check_property(
        "parent",
        Some(json!([])),
        &["/body/parent: found an array of 0 items, expected an object"],
    );
}

#[test]
fn a_default_is_filled_in() {
    let mut body = everything();
    body.as_object_mut().unwrap().remove("size");
    assert_eq!(decode_json::<Everything>("", &body).unwrap().size.get(), 1);
}

#[test]
fn what_is_no_json_is_one_violation_of_the_body() {
    for (body, expected) in [
        (&b""[..], "it ends where a value is expected"),
        (b"{\"a\": 1", "it ends before `}`"),
        (b"{} {}", "more follows the value"),
        (b"\"\xff\"", "the byte at offset 1 begins no character"),
        (b"NaN", "no value starts here"),
        (b"[Infinity]", "no value starts here"),
        (b"1e4000000000", "an exponent has more than 9 digits"),
        (b"{'a': 1}", "the name of a property is expected"),
        (b"{\"a\": 1, \"b\": {\"a\": 2, \"a\": 3}}", "the property \"a\" occurs twice"),
        (b"[01]", "\"01\" is not a number"),
        (b"\"\\ud800\"", "half of a surrogate pair"),
        (b"\"\t\"", "control character"),
        (b"\xef\xbb\xbf{}", "no value starts here"),
    ] {
        let found = violations::<Json>(body);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("/body: ") && found[0].contains(expected), "{found:?}");
    }
    let deep = [b"[".repeat(129), b"]".repeat(129)].concat();
    assert!(violations::<Json>(&deep)[0].contains("nests deeper than 128 levels"));
    let endless = b"[".repeat(6_000_000);
    assert!(violations::<Json>(&endless)[0].contains("nests deeper than 128 levels"));
    let deepest = [b"[".repeat(127), b"]".repeat(127)].concat();
    assert_eq!(violations::<Json>(&deepest), [""; 0]);
}

#[test]
fn sensitive_values_are_never_echoed() {
    let mut body = everything();
    body["email"] = json!("s3cret");
    body["note"] = json!(["s3cret"]);
    let found = violations::<Everything>(body.to_string().as_bytes());
    assert_eq!(
        found,
        [
            "/body/email: found a string, expected an email address such as ada@example.com",
            "/body/note: found an array of 1 item, expected a string",
        ]
    );
    let email = Email::new("s3cret").unwrap_err();
    assert_eq!(
        email.to_string(),
        "not a `Email`: found a string, expected an email address such as ada@example.com"
    );
    assert_eq!(
        Pin::new(12345).unwrap_err().to_string(),
        "not a `Pin`: found a string, expected at most 9999"
    );
    let value = decode_json::<Everything>("", &everything()).unwrap();
    let debug = format!("{value:?} {:?}", Pin::new(1234).unwrap());
    assert!(debug.contains("email: Email(<redacted>), note: Some(<redacted>)"), "{debug}");
    assert!(
        !debug.contains("ada@") && !debug.contains("door") && !debug.contains("1234"),
        "{debug}"
    );
}

#[test]
fn constructors_say_why_not() {
    let message = |result: Result<(), Invalid>| result.unwrap_err().to_string();
    assert_eq!(
        message(ProductName::new("").map(drop)),
        r#"not a `ProductName`: found "", expected at least 1 character"#
    );
    assert_eq!(
        message(Price::new("1000000.001".parse().unwrap()).map(drop)),
        "not a `Price`: found \"1000000.001\", expected at most 1000000; \
         found \"1000000.001\", expected a multiple of 0.01"
    );
    assert_eq!(message("a b".parse::<ImageFile>().map(drop)).matches("expected").count(), 1);
    assert_eq!(message(Quantity::try_from(0).map(drop)).matches("at least 1").count(), 1);
}

#[test]
fn reports_are_bounded() {
    let items = vec![json!("x"); 1_000];
    let mut out = Violations::default();
    let body = json!(items).to_string();
    assert_eq!(decode_body::<Vec<i32>>(body.as_bytes(), &mut out), None);
    assert_eq!((out.iter().count(), out.n_more(), out.len()), (100, 900, 1_000));
    assert!(out.to_string().ends_with("; and 900 more"));

    let long = "k".repeat(1_000_000);
    let body = format!("{{\"{long}\": \"{long}\"}}");
    let mut out = Violations::default();
    let read = runtime::map_of(None, None, <i32 as Decode>::decode);
    assert_eq!(decode_body_as(body.as_bytes(), &mut out, read), None);
    let Violation { pointer, detail } = out.into_vec().remove(0);
    assert!(pointer.len() < 2_048 && detail.len() < 1_024, "{} {}", pointer.len(), detail.len());
}

#[test]
fn items_are_unique_as_json_schema_has_it() {
    let read = |text: &str| {
        let mut out = Violations::default();
        decode_body_as(
            text.as_bytes(),
            &mut out,
            runtime::list::<Json>(ListRules::new().unique_items()),
        );
        out.len()
    };
    assert_eq!(read(r#"[1, "1", true, null, [1], {"a": 1}]"#), 0);
    assert_eq!(read("[1, 1.0, 10e-1]"), 2);
    assert_eq!(read(r#"[{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}]"#), 1);
    assert_eq!(read(r#"["a", "b", "a"]"#), 1);
}
