// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{NumberRules, TextFormat, TextRules};

runtime::number_rules!(
    T14(f64),
    NumberRules::new().minimum("0.3").maximum("1000").multiple_of("0.5")
);

runtime::number_rules!(T18(i128), NumberRules::new().above("1"));

runtime::number_rules!(T20(i128), NumberRules::new().maximum("0").multiple_of("0.1"));

runtime::number_rules!(T28(i64), NumberRules::new().one_of(&[3]), only = 3);

runtime::number_rules!(T31(f64), NumberRules::new().above("-1").maximum("2"));

runtime::number_rules!(T6(i64), NumberRules::new().minimum("0").one_of(&[1]), only = 1);

runtime::number_rules!(T10Integer(i32), NumberRules::new().minimum("1"));

runtime::text_rules!(T11B, TextRules::new().format(TextFormat::IPV4));

runtime::number_rules!(T13Integer(i32), NumberRules::new().maximum("0"));

runtime::number_rules!(T13Variant3Item(f64), NumberRules::new().below("10").multiple_of("0.01"));

runtime::number_rules!(T15AInteger(i32), NumberRules::new().minimum("1").maximum("2"));

runtime::text_rules!(T15B, TextRules::new().max_length(2).format(TextFormat::URI));

runtime::number_rules!(T15C(i128), NumberRules::new().above("10"));

runtime::number_rules!(T17ANumber(f64), NumberRules::new().maximum("0.3").multiple_of("0.01"));

runtime::number_rules!(T17AInteger(i128), NumberRules::new().maximum("10").multiple_of("0.1"));

runtime::number_rules!(T23AAb(f64), NumberRules::new().above("10").multiple_of("0.5"));

runtime::text_rules!(T23B, TextRules::new().max_length(0), pattern = "^.{2}$");

runtime::number_rules!(T24AInteger(i64), NumberRules::new().minimum("0").below("10"));

runtime::number_rules!(T24AbAb(i128), NumberRules::new().minimum("1000"));

runtime::text_rules!(T27A, TextRules::new(), pattern = "^[a-z]+$");

runtime::number_rules!(T27BVariant2(f64), NumberRules::new().minimum("1000").multiple_of("0.5"));

runtime::number_rules!(T30ArrayItem(i128), NumberRules::new().below("1000").multiple_of("0.01"));

runtime::number_rules!(T8AbB(i128), NumberRules::new().maximum("0"));

runtime::number_rules!(T8BNumber(f64), NumberRules::new().maximum("-0.01").multiple_of("1"));

runtime::number_rules!(T9C(f64), NumberRules::new().below("2"));

runtime::number_rules!(T9ValueObjectAb(f64), NumberRules::new().below("-0.01"));

runtime::number_rules!(T9ValueObjectValue(f64), NumberRules::new().below("0").multiple_of("0.5"));
