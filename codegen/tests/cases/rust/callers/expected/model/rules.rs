// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::TextRules;

runtime::text_rules!(GetOrderId, TextRules::new().max_length(20));
