// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{NumberRules, TextRules};

runtime::text_rules!(ThingsType, TextRules::new().max_length(8));

runtime::text_rules!(StringValue, TextRules::new().max_length(8));

runtime::number_rules!(Decimal(runtime::Decimal), NumberRules::new().minimum("0"));
