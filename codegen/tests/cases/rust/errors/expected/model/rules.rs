// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{NumberRules, TextFormat, TextRules};

runtime::text_rules!(ThingName, TextRules::new().max_length(3));

runtime::number_rules!(ListThingsLimit(i128), NumberRules::new().minimum("1"));

runtime::text_rules!(CodedCode, TextRules::new(), pattern = "^E[0-9]+$");

runtime::text_rules!(ClosedInstance, TextRules::new().format(TextFormat::URI_REFERENCE));

runtime::text_rules!(MappedTitle, TextRules::new().max_length(5));
