//! Inclusion, judged by trying values.

use super::*;
use crate::model::{Bound, Name, NumberRules};

fn number(kind: ScalarKind, number: NumberRules) -> Scalar {
    Scalar { kind, text: TextRules::default(), number }
}

fn text(kind: ScalarKind, text: TextRules) -> Scalar {
    Scalar { kind, text, number: NumberRules::default() }
}

fn set(values: &[&str]) -> EnumType {
    let name = |value: &&str| Name {
        wire: (*value).to_owned(),
        snake: String::new(),
        pascal: String::new(),
        kebab: String::new(),
        screaming: String::new(),
    };
    EnumType { variants: values.iter().map(name).collect(), transitions: None }
}

fn bounds() -> Vec<Option<Bound>> {
    let mut all = vec![None];
    for value in ["-2", "0", "0.5", "1", "3"] {
        all.extend(
            [false, true].map(|exclusive| Some(Bound { value: value.to_owned(), exclusive })),
        );
    }
    all
}

/// Every scalar of a small world, with every number of it that the scalar has.
fn world() -> Vec<(Scalar, Vec<&'static str>)> {
    const NUMBERS: [&str; 17] = [
        "-3", "-2.5", "-2", "-1.5", "-1", "-0.5", "0", "0.25", "0.5", "0.75", "1", "1.5", "2",
        "2.5", "3", "3.5", "4",
    ];
    let mut all = vec![];
    for kind in [ScalarKind::Int64, ScalarKind::Decimal] {
        for minimum in bounds() {
            for maximum in bounds() {
                for step in [None, Some("0.5"), Some("2"), Some("3")] {
                    let multiple_of = step.map(str::to_owned);
                    let (minimum, maximum) = (minimum.clone(), maximum.clone());
                    let rules = NumberRules { minimum, maximum, multiple_of, one_of: vec![] };
                    let scalar = number(kind, rules);
                    let values = NUMBERS.into_iter().filter(|value| takes_number(&scalar, value));
                    all.push((scalar.clone(), values.collect()));
                }
            }
        }
    }
    all
}

/// What is said of two scalars is right for every number that is tried; where the range is within what is tried, it is
/// also said only where a number shows it.
#[test]
fn numbers_fit_as_trying_them_says() {
    let world = world();
    let mut n_found = 0;
    for (at, (from, sent)) in world.iter().enumerate() {
        for step in 0..40 {
            let (to, taken) = &world[(at * 31 + step * 97) % world.len()];
            let lost = sent.iter().find(|value| !taken.contains(value));
            let found = excess(from, to);
            assert!(lost.is_none() || !found.is_empty(), "{lost:?} is lost\n{:?}\n{:?}", from, to);
            let rules = &from.number;
            let is_tried = rules.minimum.is_some()
                && rules.maximum.is_some()
                && (from.kind == ScalarKind::Int64 || rules.multiple_of.is_some());
            assert!(
                !is_tried || lost.is_some() || found.is_empty(),
                "{found:?}\n{:?}\n{:?}",
                from,
                to
            );
            n_found += found.len();
        }
    }
    assert!(n_found > 1000, "the world is rich enough: {n_found}");
}

#[test]
fn numbers_are_compared_to_the_last_digit() {
    let most = |value: &str| {
        let maximum = Some(Bound { value: value.to_owned(), exclusive: false });
        number(ScalarKind::Int64, NumberRules { maximum, ..NumberRules::default() })
    };
    let step = |value: &str| {
        let multiple_of = Some(value.to_owned());
        number(ScalarKind::Int64, NumberRules { multiple_of, ..NumberRules::default() })
    };
    assert!(!excess(&most("9007199254740993"), &most("9007199254740992")).is_empty());
    assert!(excess(&most("9007199254740992"), &most("9007199254740993")).is_empty());
    assert!(excess(&step("10"), &step("5")).is_empty());
    assert!(!excess(&step("5"), &step("10")).is_empty());
    let double = number(ScalarKind::Double, NumberRules::default());
    assert!(loses_digits(&most("9007199254740993"), &double));
    let small = |kind| {
        let end = |value: &str| Some(Bound { value: value.to_owned(), exclusive: false });
        let (minimum, maximum) = (end("0"), end("1000000"));
        number(kind, NumberRules { minimum, maximum, ..NumberRules::default() })
    };
    assert!(excess(&small(ScalarKind::Int64), &double).is_empty());
    assert!(!loses_digits(&small(ScalarKind::Int64), &double));
    assert!(
        excess(&small(ScalarKind::Integer), &number(ScalarKind::Int32, NumberRules::default()))
            .is_empty()
    );
}

#[test]
fn texts_fit_by_length_pattern_and_format() {
    let rules = |min_length, max_length, pattern: Option<&str>| {
        let pattern = pattern.map(str::to_owned);
        text(ScalarKind::String, TextRules { min_length, max_length, pattern, format: None })
    };
    let plain = rules(None, None, None);
    let typed = |kind| text(kind, TextRules::default());
    let fits = [
        (rules(None, None, Some("^[a-z]{2}$")), rules(Some(2), Some(2), None)),
        (rules(Some(1), Some(3), Some("^a*$")), rules(None, None, Some("^(a|aa|aaa)$"))),
        (typed(ScalarKind::Uuid), rules(Some(36), Some(36), Some("^[0-9a-fA-F-]+$"))),
        (
            rules(None, None, Some("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")),
            typed(ScalarKind::Uuid),
        ),
        (typed(ScalarKind::Date), rules(Some(10), Some(10), None)),
        (typed(ScalarKind::DateTime), plain.clone()),
        (rules(None, None, Some("^(?=a)b?$")), rules(None, Some(1), None)),
    ];
    for (from, to) in fits {
        assert_eq!(excess(&from, &to), Vec::<String>::new(), "{from:?} → {to:?}");
    }
    let mail = |format| text(ScalarKind::String, TextRules { format, ..TextRules::default() });
    let email = mail(Some(TextFormat::EMAIL));
    assert!(excess(&email, &mail(Some(TextFormat::IDN_EMAIL))).is_empty());
    let differ = [
        (typed(ScalarKind::Uuid), rules(None, Some(3), None)),
        (typed(ScalarKind::Uuid), email.clone()),
        (plain.clone(), typed(ScalarKind::Uuid)),
        (plain.clone(), rules(Some(1), None, None)),
        (rules(None, None, Some("^[a-z]{2,3}$")), rules(None, Some(2), None)),
        (rules(None, Some(3), Some("^a*$")), rules(None, None, Some("^(aa|aaa)$"))),
        (mail(Some(TextFormat::IDN_EMAIL)), email),
        (plain, typed(ScalarKind::DecimalString)),
    ];
    for (from, to) in differ {
        assert_ne!(excess(&from, &to), Vec::<String>::new(), "{from:?} → {to:?}");
    }
}

#[test]
fn closed_sets_fit_value_by_value() {
    let short = text(ScalarKind::String, TextRules { max_length: Some(2), ..TextRules::default() });
    assert_eq!(["one", "ab"].map(|value| takes_text(&short, value)), [false, true]);
    let dates = text(ScalarKind::Date, TextRules::default());
    assert!(takes_text(&dates, "2024-02-29") && !takes_text(&dates, "2023-02-29"));
    let of = |pattern: &str| {
        let pattern = Some(pattern.to_owned());
        text(ScalarKind::String, TextRules { pattern, ..TextRules::default() })
    };
    assert!(is_within_set(&of("^a[.+]?$"), &set(&["a", "a.", "a+", "(x)"])));
    assert!(!is_within_set(&of("^a.?$"), &set(&["a", "a.", "a+"])));
}
