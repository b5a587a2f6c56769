// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{NumberRules, TextRules};

runtime::number_rules!(T19(i128), NumberRules::new().minimum("3"));

runtime::number_rules!(T23(f64), NumberRules::new().maximum("0.1").multiple_of("0.5"));

runtime::number_rules!(T25(i64), NumberRules::new().minimum("0").maximum("-1"));

runtime::text_rules!(T26, TextRules::new().max_length(2), pattern = r"\u00e9");

runtime::number_rules!(T6(i64), NumberRules::new().minimum("1").maximum("3"));

runtime::text_rules!(T7, TextRules::new().min_length(2), pattern = "^(?!a)");

runtime::text_rules!(T17ArrayItem, TextRules::new().max_length(3));

runtime::number_rules!(T2C(f64), NumberRules::new().maximum("0"));

runtime::number_rules!(T21Ab(f64), NumberRules::new().multiple_of("0.5"));

runtime::text_rules!(T27Variant2Ab, TextRules::new(), pattern = r"[^\x00-\x7F]");

runtime::number_rules!(
    T3ArrayItem(i64),
    NumberRules::new().minimum("1000").multiple_of("0.1").one_of(&[1]),
    only = 1
);

runtime::number_rules!(T3Variant2Variant2C(f64), NumberRules::new().multiple_of("0.5"));

runtime::number_rules!(T3Number(i32), NumberRules::new().minimum("1").maximum("3"));

runtime::text_rules!(T4C, TextRules::new().max_length(0), pattern = r"\u00e9");

runtime::number_rules!(T9Ab(f64), NumberRules::new().above("1").maximum("2.5").multiple_of("2"));
