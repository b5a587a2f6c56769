// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{NumberRules, TextRules};

runtime::number_rules!(Limit(i32), NumberRules::new().minimum("1").maximum("100"));

runtime::number_rules!(TicketVersion(i64), NumberRules::new().minimum("1"));

runtime::text_rules!(PartId, TextRules::new().min_length(1));
