// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::NumberRules;

runtime::number_rules!(SoldVersion(i64), NumberRules::new().one_of(&[1]), only = 1);

runtime::number_rules!(SoldNewVersion(i64), NumberRules::new().one_of(&[2]), only = 2);
