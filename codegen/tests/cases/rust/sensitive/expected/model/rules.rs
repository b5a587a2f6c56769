// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{NumberRules, TextFormat, TextRules};

runtime::text_rules!(ThingsEmail, TextRules::new().format(TextFormat::EMAIL));

runtime::number_rules!(ThingsPin(i128), NumberRules::new().maximum("9999"));

runtime::text_rules!(PersonName, TextRules::new().min_length(1));

runtime::text_rules!(SendNoteBody, TextRules::new().max_length(100));

runtime::number_rules!(SendNoteOkXNumber(i128), NumberRules::new().maximum("9999"));
