// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{NumberRules, TextRules};

runtime::number_rules!(ChoicesWhole(i64), NumberRules::new().one_of(&[1]), only = 1);

runtime::number_rules!(ChoicesEitherInteger(i64), NumberRules::new().one_of(&[1]), only = 1);

runtime::number_rules!(ChoicesNumbers(i64), NumberRules::new().one_of(&[1, 2]));

runtime::number_rules!(ChoicesMaybe(i64), NumberRules::new().one_of(&[3]), only = 3);

runtime::number_rules!(ChoicesOpenNumber(i64), NumberRules::new().one_of(&[1]), only = 1);

runtime::text_rules!(FreeKind, TextRules::new(), pattern = "^[a-z]+$");

runtime::number_rules!(ReadChoicesSizeNumber(i64), NumberRules::new().one_of(&[1, 2]));

runtime::number_rules!(ReadChoicesSizesItemNumber(i64), NumberRules::new().one_of(&[1]), only = 1);

runtime::number_rules!(ReadChoicesXSizeNumber(i64), NumberRules::new().one_of(&[1]), only = 1);
