// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{NumberRules, TextRules};

runtime::text_rules!(PlaceCity, TextRules::new().min_length(1));

runtime::number_rules!(OpenValue(i32), NumberRules::new().minimum("0"));
