// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::TextRules;

runtime::text_rules!(SelfOperationType, TextRules::new().min_length(1));

runtime::text_rules!(SelfType, TextRules::new().min_length(1));

runtime::text_rules!(SelfKey, TextRules::new().min_length(1));

runtime::text_rules!(Mark, TextRules::new(), pattern = "^(a|b)$");

runtime::text_rules!(AbKey2, TextRules::new().min_length(1));

runtime::text_rules!(AbFieldsKey, TextRules::new().min_length(1));

runtime::text_rules!(OtherKey2, TextRules::new().min_length(1));

runtime::text_rules!(ThirdKey2, TextRules::new().min_length(1));
