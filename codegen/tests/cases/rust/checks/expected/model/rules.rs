// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{NumberRules, TextRules};

runtime::text_rules!(ThingName, TextRules::new().max_length(6));

runtime::text_rules!(ThingCodeString, TextRules::new().min_length(2));

runtime::number_rules!(ThingCodeInteger(i128), NumberRules::new().maximum("9"));

runtime::number_rules!(ThingAmount(f64), NumberRules::new().above("0").multiple_of("0.5"));
