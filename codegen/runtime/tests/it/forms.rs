//! The stored form of values, and JSON text.

use std::collections::HashMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use runtime::{Attribute, Json, Maybe, decode_json, from_item, to_item, to_json};
use serde_json::json;

use crate::shop::{Everything, everything};

fn stored() -> HashMap<String, AttributeValue> {
    to_item(&decode_json::<Everything>("", &everything()).unwrap()).unwrap()
}

#[test]
fn an_object_is_stored_property_by_property() {
    let item = stored();
    let s = |text: &str| AttributeValue::S(text.to_owned());
    let n = |text: &str| AttributeValue::N(text.to_owned());
    for (name, expected) in [
        ("name", s("Phone")),
        ("note", s("at the door")),
        ("price", n("950.4")),
        ("quantity", n("2")),
        ("count", n("-9223372036854775808")),
        ("amount", n("0.1")),
        ("active", AttributeValue::Bool(true)),
        ("id", s("7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11")),
        ("time", s("2026-11-01T12:00:00.000123Z")),
        ("day", s("2026-11-01")),
        ("picture", AttributeValue::B(Blob::new("hi"))),
        ("payment", s("card")),
        ("tags", AttributeValue::L(vec![s("a"), s("b")])),
        ("parent", AttributeValue::Null(true)),
        ("color", AttributeValue::Null(true)),
    ] {
        assert_eq!(item.get(name), Some(&expected), "{name}");
    }
    let value = Everything { image_file: None, color: Maybe::Absent, ..from_item(item).unwrap() };
    let item = to_item(&value).unwrap();
    assert!(!item.contains_key("imageFile") && !item.contains_key("color"));
}

#[test]
fn what_is_stored_is_checked_when_it_is_read() {
    let mut item = stored();
    item.insert("price".to_owned(), AttributeValue::N("-1".to_owned()));
    item.insert("email".to_owned(), AttributeValue::S("s3cret".to_owned()));
    item.insert("quantity".to_owned(), AttributeValue::S("2".to_owned()));
    item.insert("tags".to_owned(), AttributeValue::Ss(vec!["a".to_owned()]));
    item.remove("id");
    let error = from_item::<Everything>(item).unwrap_err().to_string();
    for expected in [
        "what is stored is not a `",
        "Everything`: ",
        "/email: found a string, expected an email address",
        "/price: found -1, expected at least 0",
        "/quantity: found \"2\", expected an integer",
        "/tags: found a set, expected an array",
        "/id: found nothing",
    ] {
        assert!(error.contains(expected), "{expected} in {error}");
    }
    assert!(!error.contains("s3cret"));
}

#[test]
fn attributes_of_a_newer_version_are_left_alone() {
    let mut item = stored();
    item.insert("addedLater".to_owned(), AttributeValue::Bool(true));
    assert!(from_item::<Everything>(item).is_ok());
}

#[test]
fn numbers_are_stored_with_all_their_digits() {
    let decimal: runtime::Decimal = "1234567890123456789.123456789".parse().unwrap();
    let stored = decimal.to_attribute();
    assert_eq!(stored, AttributeValue::N("1234567890123456789.123456789".to_owned()));
    assert_eq!(runtime::Decimal::from_attribute(&stored), Ok(decimal));
    let big = AttributeValue::N("1E+2".to_owned());
    assert_eq!(i32::from_attribute(&big), Ok(100));
    assert!(i32::from_attribute(&AttributeValue::N("x".to_owned())).is_err());
}

#[test]
fn json_text_is_what_serde_json_reads_back() {
    let odd = json!({"": [1, -2.5, 1e300, true, null, {}, []], "a\"\\\n\r\t\u{1}é\u{1F600}/": "\u{7f}\u{2028}"});
    let text = to_json(&Json::from(&odd));
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), odd);
    assert_eq!(text, odd.to_string());
}

#[test]
fn a_number_that_no_table_holds_is_not_stored() {
    let store =
        |text: &str| to_item(&Json::parse(&format!(r#"{{"a":[{{"b/c":{text}}}]}}"#)).unwrap());
    for kept in ["1e125", "-1e-130", "0", "12345678901234567890123456789012345678"] {
        assert!(store(kept).is_ok(), "{kept}");
    }
    for lost in ["1e126", "1e-131", "123456789012345678901234567890123456789"] {
        let error = store(lost).unwrap_err();
        assert_eq!((error.pointer.as_str(), error.number.as_str()), ("/a/0/b~1c", lost));
    }
    assert!(to_item(&std::collections::BTreeMap::from([("a".to_owned(), 1e300_f64)])).is_err());
}

#[test]
fn any_json_keeps_every_digit() {
    let text = r#"{"a":[12345678901234567890123456789012345678,1E-100],"b":1.0}"#;
    let json = Json::parse(text).unwrap();
    assert_eq!(json.to_string(), text);
    assert_eq!(from_item::<Json>(to_item(&json).unwrap()).unwrap(), json);
}
