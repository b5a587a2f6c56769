// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{NumberRules, TextRules};

runtime::number_rules!(SendFormBodyAge(i32), NumberRules::new().minimum("1"));

runtime::text_rules!(UploadBodyNote, TextRules::new().max_length(9));

runtime::text_rules!(SendTextBody, TextRules::new().max_length(9));

runtime::text_rules!(ReadStylesSid, TextRules::new().max_length(9));
