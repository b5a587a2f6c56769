// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{NumberRules, TextRules};

runtime::number_rules!(Limit(i128), NumberRules::new().maximum("100"));

runtime::text_rules!(Password, TextRules::new().min_length(8));

runtime::number_rules!(Few(i128), NumberRules::new().minimum("5"));

runtime::text_rules!(Word4, TextRules::new().max_length(4));

runtime::text_rules!(BuildPlaced, TextRules::new().max_length(4));

runtime::text_rules!(BuiltPlaced, TextRules::new().max_length(4));

runtime::text_rules!(Fixed4, TextRules::new().max_length(4));

runtime::text_rules!(Other, TextRules::new().max_length(4));

runtime::text_rules!(BuiltOwn, TextRules::new().max_length(4));
