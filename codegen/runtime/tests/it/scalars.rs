//! Scalars on their own: numbers to the last digit, times, and the text of parameters.

use runtime::{
    Bytes, Date, Decimal, DecimalString, Decode, Json, ListRules, Timestamp, Uuid, Violations,
    decode_body, decode_body_as, decode_text, decode_texts, list,
};
use runtime::{to_json, to_text, to_texts};

use crate::shop::{Payment, Price, Recent, Share, Version};

fn from_json<T: Decode>(text: &str) -> Option<T> {
    decode_body(text.as_bytes(), &mut Violations::default())
}

fn from_text<T: Decode>(text: &str) -> Option<T> {
    decode_text("/query/x", text, &mut Violations::default())
}

#[test]
fn integers_are_exact() {
    assert_eq!(from_json::<i64>("9223372036854775807"), Some(i64::MAX));
    assert_eq!(from_json::<i64>("-9223372036854775808"), Some(i64::MIN));
    assert_eq!(from_json::<i64>("9223372036854775808"), None);
    assert_eq!(from_json::<i64>("9.3e18"), None);
    assert_eq!(from_json::<i64>("2e3"), Some(2000));
    assert_eq!(from_json::<i64>("-0.0"), Some(0));
    assert_eq!(from_json::<i32>("2147483648"), None);
    assert_eq!(from_json::<Version>("3"), None);
    assert_eq!(from_json::<Version>("2").map(|version| version.get()), Some(2));
}

#[test]
fn decimals_are_exact() {
    let check = |json: &str, expected: &str| {
        let decimal = from_json::<Decimal>(json).unwrap();
        assert_eq!(decimal, expected.parse::<Decimal>().unwrap(), "{json}");
    };
    check("950.4", "950.4");
    check("0.1", "0.1");
    check("1e-7", "0.0000001");
    check("1E3", "1000");
    check("123456789012.25", "123456789012.25");
    check("18446744073709551615", "18446744073709551615");
    check("12345678901234567890123456789012345678", "12345678901234567890123456789012345678");
    check("0.12345678901234567890123456789012345678", "0.12345678901234567890123456789012345678");
    check("1e28", "10000000000000000000000000000");
    check("1e-999999", "1e-999999");
    assert_eq!(from_json::<Decimal>("123456789012345678901234567890123456789"), None);
    assert_eq!(from_json::<Decimal>("\"12.5\""), None);
    assert_eq!(from_json::<Decimal>("1e-9999999999"), None);
    assert_eq!(to_json(&from_json::<Decimal>("950.400").unwrap()), "950.4");
    assert_eq!(to_json(&Decimal::new(-0, 2)), "0");
}

#[test]
fn decimals_in_strings_stay_as_they_are_written() {
    let decimal = from_json::<DecimalString>("\"19.90\"").unwrap();
    assert_eq!((decimal.get(), to_json(&decimal).as_str()), (Decimal::new(199, 1), "\"19.90\""));
    assert_eq!(from_json::<DecimalString>("\"12.50\""), from_json("\"12.5\""));
    assert_eq!("19.90".parse(), Ok(decimal));
    assert!("19,90".parse::<DecimalString>().is_err());
    for bad in ["12.5", "\"1_000\"", "\"+1\"", "\"\"", "\"1 \""] {
        assert_eq!(from_json::<DecimalString>(bad), None, "{bad}");
    }
}

#[test]
fn what_a_type_cannot_hold_is_refused() {
    assert_eq!(from_json::<i64>("-9223372036854775809"), None);
    assert_eq!(from_json::<i64>("9.223372036854775807e18"), Some(i64::MAX));
    assert_eq!(from_json::<i128>("9223372036854775808"), Some(9_223_372_036_854_775_808));
    assert_eq!(from_json::<i128>("1e38"), Some(10_i128.pow(38)));
    assert_eq!(from_json::<i128>("1e39"), None);
    for changed in ["1e-999999", "1e400", "9007199254740993", "0.1234567890123456789"] {
        assert_eq!(from_json::<f64>(changed), None, "{changed}");
    }
    assert_eq!(from_json::<f64>("0.30000000000000004"), Some(0.1 + 0.2));
}

#[test]
fn items_are_told_apart_as_they_are_stored() {
    let read = |text: &str| {
        let rules = ListRules::new().unique_items();
        decode_body_as(text.as_bytes(), &mut Violations::default(), list::<Json>(rules)).is_some()
    };
    assert!(read("[12345678901234567890123456789012,12345678901234567890123456789013]"));
    assert!(!read("[1,1.0]") && !read(r#"[{"a":1,"b":2},{"b":2.0,"a":1}]"#));
    let rules = ListRules::new().unique_items();
    let twice = r#"["2026-11-01T12:00:00Z","2026-11-01T13:00:00+01:00"]"#;
    let read = list::<Timestamp>(rules);
    assert!(decode_body_as(twice.as_bytes(), &mut Violations::default(), read).is_none());
}

#[test]
fn multiples_are_decimal() {
    for good in ["0", "0.07", "0.29", "1.1", "999999.99", "1e6", "1000000"] {
        assert!(from_json::<Price>(good).is_some(), "{good}");
    }
    for bad in ["0.001", "-0.01", "1000000.01", "0.015", "1e-3"] {
        assert!(from_json::<Price>(bad).is_none(), "{bad}");
    }
}

#[test]
fn doubles_beyond_decimals_are_compared_all_the_same() {
    assert!(from_json::<Share>("1e300").is_none());
    assert!(from_json::<Share>("-1e300").is_none());
    assert!(from_json::<Share>("1e-300").is_some());
    assert!(from_json::<Share>("0.0").is_none());
    assert!(Share::new(f64::NAN).is_err());
    assert_eq!(to_json(&f64::INFINITY), "null");
}

#[test]
fn parameters_are_read_from_text() {
    assert_eq!(from_text::<i64>("25"), Some(25));
    assert_eq!(from_text::<i64>("2.50e1"), Some(25));
    for bad in ["", " 25", "+25", "025", "0x19", "25.5", "1e400", "NaN", "２"] {
        assert_eq!(from_text::<i64>(bad), None, "{bad:?}");
    }
    assert_eq!(from_text::<f64>("-1e-3"), Some(-0.001));
    assert_eq!(from_text::<f64>("1e400"), None);
    assert_eq!(from_text::<bool>("true"), Some(true));
    assert_eq!(from_text::<bool>("1"), None);
    assert_eq!(from_text::<Decimal>("0.10"), Some(Decimal::new(1, 1)));
    assert_eq!(from_text::<String>("25"), Some("25".to_owned()));
    assert_eq!(from_text::<Payment>("cash"), Some(Payment::Cash));
    assert_eq!(from_text::<Vec<i32>>("1"), None);
    let mut out = Violations::default();
    assert_eq!(decode_texts("/query/tag", &["1", "2"], &mut out), Some(vec![1, 2]));
    assert_eq!(decode_texts::<Vec<i32>>("/query/tag", &["1", "b"], &mut out), None);
    assert_eq!(out.iter().next().unwrap().pointer, "/query/tag/1");
}

#[test]
fn parameters_are_written_as_text() {
    assert_eq!(to_text(&25), "25");
    assert_eq!(to_text(&Payment::Card), "card");
    assert_eq!(to_text(&vec!["a", "b"]), "a,b");
    assert_eq!(to_texts(&vec![1, 2]), ["1", "2"]);
    assert_eq!(to_text(&Vec::<i32>::new()), "");
    assert_eq!(to_text(&None::<i32>), "");
}

#[test]
fn times_are_read_in_every_offset_and_written_in_one() {
    let check = |text: &str, expected: &str| {
        assert_eq!(Timestamp::parse(text).unwrap().to_string(), expected, "{text}")
    };
    check("2026-11-01T12:00:00Z", "2026-11-01T12:00:00.000000Z");
    check("2026-11-01t12:00:00.123456z", "2026-11-01T12:00:00.123456Z");
    check("2026-11-01T12:00:00.1234567Z", "2026-11-01T12:00:00.123456700Z");
    check("2026-11-01T12:00:00.123456789Z", "2026-11-01T12:00:00.123456789Z");
    check("2026-11-01T12:00:00.5000000000000Z", "2026-11-01T12:00:00.500000Z");
    check("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000000Z");
    check("2026-11-01T12:00:00+05:30", "2026-11-01T06:30:00.000000Z");
    check("1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.999999900Z");
    check("0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000000Z");
    check("2024-02-29T23:59:59.999999-00:00", "2024-02-29T23:59:59.999999Z");
    check("2016-12-31T23:59:60Z", "2016-12-31T23:59:60.000000Z");
    check("2016-12-31T15:59:60.25-08:00", "2016-12-31T23:59:60.250000Z");
    for bad in [
        "",
        "2026-11-01",
        "2026-11-01 12:00:00Z",
        "2026-11-01T12:00Z",
        "2026-11-01T12:00:00",
        "2023-02-29T00:00:00Z",
        "2026-11-01T24:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-11-01T12:00:00+05",
        "2026-11-01T12:00:00Z[UTC]",
        "+002026-11-01T12:00:00Z",
        "0000-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "2026-11-01T12:00:00,5Z",
        "2026-11-01T12:00:00.Z",
        "２026-11-01T12:00:00Z",
        "2026-11-01T12:00:60Z",
        "2026-1101TT12:00:00Z",
        "2026-11-01T12:00:00.1234567891Z",
    ] {
        assert_eq!(Timestamp::parse(bad), None, "{bad:?}");
    }
}

#[test]
fn texts_of_times_order_as_the_times_do() {
    let times = [
        "1969-12-31T23:59:59.9Z",
        "1970-01-01T00:00:00Z",
        "2026-11-01T12:00:00.000123Z",
        "2026-11-01T12:00:00.1Z",
    ];
    let texts: Vec<String> =
        times.iter().map(|text| Timestamp::parse(text).unwrap().to_string()).collect();
    assert!(texts.is_sorted() && texts.iter().all(|text| text.len() == 27), "{texts:?}");
    let now = Timestamp::now();
    assert_eq!(Timestamp::parse(&now.to_string()), Some(now));
}

#[test]
fn other_texts_are_read_by_their_grammar() {
    assert!(from_json::<Date>("\"2024-02-29\"").is_some());
    for bad in ["2023-02-29", "2024-2-29", "20240229", "2024-02-29T00:00:00Z", "-002024-02-29", ""]
    {
        assert!(from_text::<Date>(bad).is_none(), "{bad:?}");
    }
    assert!(from_text::<Uuid>("7E1AE3E2-6e3b-4a5c-9c7b-0d3f6f0b1a11").is_some());
    for bad in [
        "7e1ae3e26e3b4a5c9c7b0d3f6f0b1a11",
        "{7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11}",
        "7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a1g",
        "",
    ] {
        assert!(from_text::<Uuid>(bad).is_none(), "{bad:?}");
    }
    assert_eq!(from_text::<Bytes>("aGk="), Some(Bytes::from_static(b"hi")));
    for bad in ["aGk", "aGl=", "aG k=", "-_-_", "="] {
        assert!(from_text::<Bytes>(bad).is_none(), "{bad:?}");
    }
    assert!(
        from_text::<Recent>("2024-02-29").is_some() && from_text::<Recent>("1999-01-01").is_none()
    );
}
