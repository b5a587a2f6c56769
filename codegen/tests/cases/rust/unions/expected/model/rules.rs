// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::TextRules;

runtime::text_rules!(CardToken, TextRules::new().min_length(1));
