// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::TextRules;

runtime::text_rules!(OrderId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(CustomerId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(CustomerFullName, TextRules::new().max_length(80));
