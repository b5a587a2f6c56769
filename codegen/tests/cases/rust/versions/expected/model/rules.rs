// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{Decimal, DecimalString, NumberRules, TextFormat, TextRules};

runtime::text_rules!(VersionsV01, TextRules::new().max_length(3));

runtime::text_rules!(VersionsV02, TextRules::new().max_length(5));

runtime::text_rules!(VersionsV03, TextRules::new().min_length(1));

runtime::text_rules!(VersionsV04, TextRules::new().min_length(1).max_length(3));

runtime::text_rules!(VersionsV05, TextRules::new(), pattern = "^a");

runtime::text_rules!(VersionsV06, TextRules::new(), pattern = "^[a-c]*$");

runtime::text_rules!(VersionsV07, TextRules::new(), pattern = ".*");

runtime::text_rules!(VersionsV11, TextRules::new().format(TextFormat::EMAIL));

runtime::text_rules!(VersionsV16, TextRules::new().format(TextFormat::URI));

runtime::text_rules!(VersionsV18, TextRules::new().max_length(3));

runtime::number_rules!(VersionsV21(i128), NumberRules::new().minimum("1"));

runtime::number_rules!(VersionsV22(i128), NumberRules::new().minimum("0"));

runtime::number_rules!(VersionsV23(i128), NumberRules::new().maximum("10"));

runtime::number_rules!(VersionsV24(i64), NumberRules::new().minimum("1").maximum("10"));

runtime::number_rules!(VersionsV25(i128), NumberRules::new().above("1"));

runtime::number_rules!(VersionsV26(i128), NumberRules::new().multiple_of("2"));

runtime::number_rules!(VersionsV27(i128), NumberRules::new().multiple_of("4"));

runtime::number_rules!(VersionsV28(i64), NumberRules::new().one_of(&[1, 2]));

runtime::number_rules!(VersionsV29(i64), NumberRules::new().one_of(&[1, 2, 10]));

runtime::number_rules!(VersionsV33(Decimal), NumberRules::new().multiple_of("0.5"));

runtime::number_rules!(VersionsV34(Decimal), NumberRules::new().minimum("0").multiple_of("0.01"));

runtime::number_rules!(VersionsV35(f64), NumberRules::new().minimum("0.5"));

runtime::number_rules!(VersionsV36(f64), NumberRules::new().below("2.5"));

runtime::text_rules!(VersionsV43Item, TextRules::new().max_length(3));

runtime::text_rules!(VersionsV64String, TextRules::new().max_length(3));

runtime::text_rules!(VersionsV64String2, TextRules::new(), pattern = "^a");

runtime::text_rules!(VersionsV65String, TextRules::new().max_length(3));

runtime::text_rules!(VersionsV65String2, TextRules::new(), pattern = "^a");

runtime::number_rules!(VersionsV73(DecimalString), NumberRules::new().minimum("1"));

runtime::number_rules!(
    VersionsV74(DecimalString),
    NumberRules::new().minimum("0").multiple_of("0.5")
);

runtime::number_rules!(VersionsV76(i64), NumberRules::new().minimum("0").maximum("4294967295"));

runtime::text_rules!(VersionsV77, TextRules::new(), pattern = "^(?!a)");
