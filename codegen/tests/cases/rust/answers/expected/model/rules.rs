// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::NumberRules;

runtime::number_rules!(GetThingLimit(i32), NumberRules::new().minimum("1"));
