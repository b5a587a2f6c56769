// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{DecimalString, NumberRules, TextFormat, TextRules};

runtime::number_rules!(ExactFar(i128), NumberRules::new().minimum("9223372036854775808"));

runtime::number_rules!(
    ExactUint64(i128),
    NumberRules::new().minimum("0").maximum("18446744073709551615")
);

runtime::number_rules!(ExactUint32(i64), NumberRules::new().minimum("0").maximum("4294967295"));

runtime::number_rules!(ExactInt8(i64), NumberRules::new().minimum("-128").maximum("127"));

runtime::number_rules!(ExactBoth(i128), NumberRules::new().multiple_of("6"));

runtime::number_rules!(
    ExactFloat(f64),
    NumberRules::new().minimum("-3.4028234663852886e38").maximum("3.4028234663852886e38")
);

runtime::number_rules!(ExactStep(f64), NumberRules::new().multiple_of("0.01"));

runtime::number_rules!(
    ExactWide(f64),
    NumberRules::new().minimum("0.000000000000000000000000000001").maximum("1000000000000000000000000000000")
);

runtime::number_rules!(ExactText(DecimalString), NumberRules::new().minimum("0"));

runtime::text_rules!(ExactPassword, TextRules::new(), pattern = r"^(?=.*[A-Z])(?=.*\d).{8,}$");

runtime::text_rules!(ExactTwice, TextRules::new(), pattern = r"^(\w+) \1$");

runtime::text_rules!(ExactBlank, TextRules::new(), pattern = r"^\s+$");

runtime::text_rules!(ExactLine, TextRules::new(), pattern = "^.$");

runtime::text_rules!(ExactWord, TextRules::new(), pattern = r"\bfoo\b");

runtime::text_rules!(ExactGreek, TextRules::new(), pattern = r"^\p{Script=Greek}+$");

runtime::text_rules!(ExactEmail, TextRules::new().format(TextFormat::EMAIL));

runtime::text_rules!(ExactHost, TextRules::new().format(TextFormat::IDN_HOSTNAME));

runtime::text_rules!(ExactTemplate, TextRules::new().format(TextFormat::URI_TEMPLATE));
