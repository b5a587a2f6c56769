//! Scalars of generated types: kept as they were sent, from the wire to an item and back, or refused.

use runtime::{Json, Violations, decode_body, from_item, to_item, to_json};

#[path = "../../../cases/rust/exact/expected/model/mod.rs"]
#[rustfmt::skip]
mod compiled;

use compiled::Exact;

/// Sends one property; answers how it comes back after it was stored, or nothing where it is refused.
fn sent(name: &str, value: &str) -> Option<String> {
    let body = format!(r#"{{"{name}":{value}}}"#);
    let read: Exact = decode_body(body.as_bytes(), &mut Violations::default())?;
    let stored: Exact = from_item(to_item(&read).unwrap()).unwrap();
    assert_eq!(stored, read, "{body}");
    let written = Json::parse(&to_json(&stored)).unwrap();
    written.get(name).map(Json::to_string)
}

/// Which values come back as they are, and which are refused.
#[track_caller]
fn check(name: &str, kept: &[&str], refused: &[&str]) {
    for value in kept {
        let back = sent(name, value).unwrap_or_else(|| panic!("{name}: {value} is refused"));
        assert_eq!(Json::parse(&back), Json::parse(value), "{name}");
    }
    for value in refused {
        assert_eq!(sent(name, value), None, "{name}: {value}");
    }
}

#[test]
fn numbers_are_kept_or_refused() {
    let digits38 = "12345678901234567890123456789012345678";
    check(
        "integer",
        &["9223372036854775808", digits38, "-1", "1.0", "2e3"],
        &["1.5", "1e39", "1e-999999"],
    );
    check("far", &["9223372036854775808"], &["1", "9223372036854775807"]);
    let (int64, beyond) = ("-9223372036854775808", "-9223372036854775809");
    check("int64", &[int64, "9.223372036854775807e18"], &[beyond, "9223372036854775808"]);
    check("uint64", &["18446744073709551615", "0"], &["18446744073709551616", "-1"]);
    check("uint32", &["4294967295", "0"], &["-3", "4294967296"]);
    check("int8", &["-128", "127"], &["128", "-129"]);
    check("both", &["6", "0", "-12"], &["2", "3"]);
    check("float", &["0.1", "3.4028234663852886e38"], &["1e39", "-1e39"]);
    let changed = ["9007199254740993", "3.14159265358979323846", "1e400", "1e-999999", "\"1\""];
    check("double", &["0.1", "1e100", "9007199254740992", "-0.0"], &changed);
    check("step", &["19.99", "1e100", "0.07"], &["19.995", "1e-3"]);
    check("wide", &["1e-30", "1e30"], &["1e31", "1e-31"]);
    check(
        "decimal",
        &[digits38, "0.1", "1e100"],
        &["123456789012345678901234567890123456789", "\"12.5\""],
    );
    check("text", &["\"19.90\"", "\"0\""], &["12.5", "\"-1\"", "\"1e\"", "\"\""]);
    check("any", &[digits38, "[1.10,{\"a\":1e-100}]", "null"], &[]);
}

#[test]
fn what_no_table_holds_is_not_written() {
    let far: Exact = decode_body(br#"{"double":1e300}"#, &mut Violations::default()).unwrap();
    assert_eq!(to_item(&far).unwrap_err().pointer, "/double");
    assert_eq!(to_json(&far), r#"{"double":1e300}"#.replace("1e300", "1e+300"));
}

#[test]
fn instants_are_kept_or_refused() {
    for (text, written) in [
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000000Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60.000000Z"),
        ("2026-11-01T12:00:00.123456789Z", "2026-11-01T12:00:00.123456789Z"),
        ("2026-11-01T12:00:00.5+01:00", "2026-11-01T11:00:00.500000Z"),
    ] {
        assert_eq!(sent("time", &format!("{text:?}")), Some(format!("{written:?}")));
    }
    check("time", &[], &["\"2026-11-01T12:00:00.1234567891Z\"", "\"2026-11-01 12:00:00Z\""]);
}

#[test]
fn texts_are_judged_by_their_own_grammar() {
    check("password", &["\"Passw0rd\""], &["\"password\"", "\"\"", "\"Passw0r\""]);
    check("twice", &["\"ab ab\""], &["\"ab ac\""]);
    check("blank", &["\"\\ufeff\""], &["\"\\u0085\"", "\"\""]);
    check("line", &["\"\\u0085\""], &["\"\\r\"", "\"\\u2028\""]);
    check("word", &["\"éfoo\""], &["\"food\""]);
    check("greek", &["\"λόγος\""], &["\"logos\""]);
    check("email", &["\"\\\"a b\\\"@c.d\""], &["\"a b@c.d\""]);
    check("host", &["\"例え.jp\""], &["\"〮실례.테스트\"", "\"-é\""]);
    check("template", &["\"/a/{b}\""], &["\"/a/{b\""]);
}
