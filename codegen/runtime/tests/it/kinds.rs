//! Properties that hold for every value: what is written is read back, and what is reported is there.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use runtime::{Attribute, Bytes, Date, Decimal, Json, Maybe, Timestamp, Uuid};
use runtime::{Violations, decode_body, decode_json, from_item, to_item, to_json, to_text};

use crate::shop::{
    Email, Everything, ImageFile, Payment, Price, ProductName, Quantity, Share, everything,
};

fn timestamp() -> impl Strategy<Value = Timestamp> {
    // 0000-01-01 to 9999-12-30, in microseconds.
    (-62_167_219_200_000_000_i64..253_402_207_200_000_000)
        .prop_map(|micros| Timestamp::new(jiff(micros)).expect("in range"))
}

fn jiff(micros: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(micros).expect("in range")
}

fn date() -> impl Strategy<Value = Date> {
    (0_i16..10_000, 1_i8..13, 1_i8..29)
        .prop_map(|(year, month, day)| Date::new(year, month, day).expect("in range"))
}

/// Decimals of at most 15 digits, which a JSON number carries through any reader.
fn decimal() -> impl Strategy<Value = Decimal> {
    (-999_999_999_999_999_i64..=999_999_999_999_999, 0_u32..15)
        .prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

/// Doubles of every precision, within what DynamoDB can store.
fn double() -> impl Strategy<Value = f64> {
    (any::<i64>(), -130..100).prop_map(|(mantissa, exponent)| {
        format!("{mantissa}e{exponent}").parse().expect("a number")
    })
}

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        double().prop_map(Json::from),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::from),
            btree_map(any::<String>(), inner, 0..4)
                .prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

prop_compose! {
    fn texts()(
        name in "\\PC{1,8}",
        image_file in option::of("[A-Za-z0-9._-]{1,20}"),
        email in "[a-z]{1,10}@[a-z]{1,10}\\.example",
        note in option::of(any::<String>()),
        tags in btree_map(any::<String>(), Just(()), 0..3),
        color in prop_oneof![Just(Maybe::Absent), Just(Maybe::Null), any::<String>().prop_map(Maybe::Value)],
    ) -> (ProductName, Option<ImageFile>, Email, Option<String>, Vec<String>, Maybe<String>) {
        (
            ProductName::new(name).expect("a name"),
            image_file.map(|file| ImageFile::new(file).expect("a file")),
            Email::new(email).expect("an address"),
            note,
            tags.into_keys().collect(),
            color,
        )
    }
}

prop_compose! {
    fn numbers()(
        cents in 0_i64..=100_000_000,
        quantity in 1..=1000,
        count in any::<i64>(),
        share in (1..1_000_000).prop_map(|share| f64::from(share) / 1e6),
        ratio in double(),
        amount in decimal(),
        size in 1..=1000,
    ) -> (Price, Quantity, i64, Share, f64, Decimal, Quantity) {
        (
            Price::new(Decimal::new(cents, 2)).expect("a price"),
            Quantity::new(quantity).expect("a quantity"),
            count,
            Share::new(share).expect("a share"),
            ratio,
            amount,
            Quantity::new(size).expect("a quantity"),
        )
    }
}

prop_compose! {
    fn leaf()(
        (name, image_file, email, note, tags, color) in texts(),
        (price, quantity, count, share, ratio, amount, size) in numbers(),
        active in any::<bool>(),
        (id, time, day) in (any::<u128>().prop_map(Uuid::from_u128), timestamp(), date()),
        picture in vec(any::<u8>(), 0..40).prop_map(Bytes::from),
        payment in prop_oneof![Just(Payment::Card), Just(Payment::Cash)],
        labels in btree_map(any::<String>(), option::of(any::<i32>()), 0..4),
        any in json(),
    ) -> Everything {
        let note = note.map(Into::into);
        let labels: BTreeMap<String, Option<i32>> = labels;
        Everything {
            name, image_file, email, note, price, quantity, count, share, ratio, amount, active, id, time, day,
            picture, payment, tags, labels, parent: None, color, any, size,
        }
    }
}

fn value() -> impl Strategy<Value = Everything> {
    (leaf(), option::of(leaf()))
        .prop_map(|(value, parent)| Everything { parent: parent.map(Box::new), ..value })
}

/// Every place in a JSON value, as a pointer.
fn places(value: &serde_json::Value, pointer: String, out: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(members) => {
            for (key, member) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                places(member, format!("{pointer}/{key}"), out);
            }
        }
        serde_json::Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, format!("{pointer}/{index}"), out);
            }
        }
        _ => {}
    }
    out.push(pointer);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_is_read_back(value in value()) {
        let mut out = Violations::default();
        let read = decode_body::<Everything>(to_json(&value).as_bytes(), &mut out);
        prop_assert!(out.is_empty(), "{out}");
        prop_assert_eq!(read, Some(value));
    }

    #[test]
    fn items_are_read_back(value in value()) {
        prop_assert_eq!(from_item::<Everything>(to_item(&value).expect("storable")), Ok(value));
    }

    #[test]
    fn every_decimal_is_stored_exactly(mantissa in any::<i64>(), scale in 0_u32..=28) {
        let decimal = Decimal::new(mantissa, scale);
        prop_assert_eq!(Decimal::from_attribute(&decimal.to_attribute()), Ok(decimal));
    }

    #[test]
    fn timestamps_order_as_their_texts(a in timestamp(), b in timestamp()) {
        prop_assert_eq!(a.cmp(&b), to_text(&a).cmp(&to_text(&b)));
    }

    /// Whatever is put wherever: reading either succeeds or reports places that exist, or whose parent does.
    #[test]
    fn pointers_resolve(place in any::<prop::sample::Index>(), replacement in json()) {
        let mut body = everything();
        let mut all = Vec::new();
        places(&body, String::new(), &mut all);
        let replacement = serde_json::from_str(&replacement.to_string()).expect("JSON");
        *body.pointer_mut(&all[place.index(all.len())]).expect("a place") = replacement;
        if let Err(violations) = decode_json::<Everything>("", &body) {
            for violation in &violations {
                let parent = violation.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
                let is_missing = violation.detail.starts_with("found nothing");
                let pointer = if is_missing { parent } else { violation.pointer.as_str() };
                prop_assert!(body.pointer(pointer).is_some(), "{} in {}", violation.pointer, body);
            }
        }
    }

    #[test]
    fn any_bytes_are_an_answer(bytes in vec(any::<u8>(), 0..200)) {
        let mut out = Violations::default();
        let read = decode_body::<Everything>(&bytes, &mut out);
        prop_assert_eq!(read.is_none(), !out.is_empty());
    }
}
