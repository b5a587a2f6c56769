//! Decimals, judged by integers that hold both numbers on one scale.

use proptest::prelude::*;
use scalars::{Decimal, is_json_number};

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn texts_are_read_exactly_or_not_at_all() {
    for (text, written) in [
        ("0", "0"),
        ("-0.00e5", "0"),
        ("19.990", "19.99"),
        ("1e-7", "0.0000001"),
        ("1E3", "1000"),
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("-0.00000000000000000000000000000000000001", "-0.00000000000000000000000000000000000001"),
        ("1000000000000000000000000000000000000000", "1000000000000000000000000000000000000000"),
        ("1e400", "1e400"),
        ("1.5e-999999", "15e-1000000"),
        ("100000000000000000000000000000000000000000000e-44", "1"),
    ] {
        assert_eq!(number(text).to_string(), written, "{text}");
        assert_eq!(number(written), number(text));
    }
    for bad in [
        "",
        "-",
        "+1",
        "01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x1",
        "1_000",
        " 1",
        "NaN",
        "1e9999999999",
        "123456789012345678901234567890123456789",
    ] {
        assert_eq!(Decimal::parse(bad), None, "{bad:?}");
    }
}

#[test]
fn multiples_need_no_rounding() {
    let check = |value: &str, step: &str, expected: bool| {
        assert_eq!(number(value).is_multiple_of(number(step)), expected, "{value} / {step}");
    };
    check("19.99", "0.01", true);
    check("1e300", "0.01", true);
    check("1e308", "0.123456789", false);
    check("1e308", "0.5", true);
    check("4.5", "1.5", true);
    check("35", "1.5", false);
    check("0.0075", "0.0001", true);
    check("0.00751", "0.0001", false);
    check("0", "7", true);
    check("-6e40", "3e2", true);
    check("1e300", "3", false);
    check("12345678901234567890123456789012345678", "12345678901234567890123456789012345678", true);
    check("1e99", "64e1", true);
}

#[test]
fn common_multiples() {
    let check = |left: &str, right: &str, expected: &str| {
        assert_eq!(
            number(left).common_multiple(number(right)),
            Some(number(expected)),
            "{left}, {right}"
        );
    };
    check("2", "3", "6");
    check("0.1", "0.25", "0.5");
    check("100", "0.3", "300");
    check("4", "6", "12");
}

#[test]
fn doubles_stand_for_their_shortest_text() {
    for text in ["0.1", "1e300", "5e-324", "0.30000000000000004", "-123456789.125"] {
        let double: f64 = text.parse().unwrap();
        assert_eq!(Decimal::of_double(double), Some(number(text)));
        assert_eq!(number(text).to_f64().to_bits(), double.to_bits());
    }
    assert_eq!(Decimal::of_double(f64::NAN), None);
    assert_eq!(Decimal::of_double(f64::INFINITY), None);
}

#[test]
fn rounding_is_asked_for() {
    assert_eq!(number("2.5").round(0), number("2"));
    assert_eq!(number("-3.5").round(0), number("-4"));
    assert_eq!(number("1.005").round(2), number("1"));
    assert_eq!(number("1.0050000001").round(2), number("1.01"));
    assert_eq!(number("1e-30").round(2), Decimal::ZERO);
    assert_eq!(Decimal::ONE.checked_div(number("3"), 4), Some(number("0.3333")));
    assert_eq!(number("-2").checked_div(number("3"), 2), Some(number("-0.67")));
    assert_eq!(Decimal::ONE.checked_div(Decimal::ZERO, 2), None);
    assert_eq!((number("-0.5").floor(), number("-0.5").ceil()), (number("-1"), Decimal::ZERO));
    assert_eq!((number("7.01").floor(), number("7.01").ceil()), (number("7"), number("8")));
    assert_eq!(
        number("99999999999999999999999999999999999999").checked_add(Decimal::ONE),
        Some(number("1e38"))
    );
    assert_eq!(number("99999999999999999999999999999999999998").checked_mul(number("1.1")), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arithmetic_is_that_of_integers(a in -1_000_000_000_i64..1_000_000_000, b in -1_000_000_000_i64..1_000_000_000, p in 0_u32..6, q in 0_u32..6) {
        let (left, right) = (Decimal::new(a, p), Decimal::new(b, q));
        // Both as multiples of 10^-6.
        let (x, y) = (i128::from(a) * 10_i128.pow(6 - p), i128::from(b) * 10_i128.pow(6 - q));
        let millionths = |n: i128| Decimal::of_integer(n).unwrap().checked_mul(Decimal::new(1, 6)).unwrap();
        prop_assert_eq!(left.cmp(&right), x.cmp(&y));
        prop_assert_eq!(left.checked_add(right), Some(millionths(x + y)));
        prop_assert_eq!(left.checked_sub(right), Some(millionths(x - y)));
        prop_assert_eq!(left.checked_mul(right), Some(millionths(x * y).checked_mul(Decimal::new(1, 6)).unwrap()));
        prop_assert_eq!(left.is_multiple_of(right), if y == 0 { x == 0 } else { x % y == 0 });
        prop_assert_eq!(left.floor(), Decimal::of_integer(x.div_euclid(1_000_000)).unwrap());
        prop_assert_eq!(left.to_string().parse::<Decimal>().unwrap(), left);
    }

    #[test]
    fn order_is_that_of_doubles(a in any::<f64>(), b in any::<f64>()) {
        let (x, y) = (Decimal::of_double(a).unwrap(), Decimal::of_double(b).unwrap());
        prop_assert_eq!(Some(x.cmp(&y)), a.partial_cmp(&b));
    }

    #[test]
    fn grammar_is_that_of_a_regular_expression(text in r"-?[0-9.eE+-]{0,6}") {
        let pattern = scalars::Pattern::new(r"^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$").unwrap();
        prop_assert_eq!(is_json_number(&text), pattern.is_match(&text).unwrap());
    }
}
