// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{Decimal, NumberRules, TextFormat, TextRules};

runtime::text_rules!(Name, TextRules::new().min_length(1).max_length(64));

runtime::text_rules!(File, TextRules::new(), pattern = r"^[\w.-]+\.png$");

runtime::text_rules!(ThingsEmail, TextRules::new().max_length(254).format(TextFormat::EMAIL));

runtime::text_rules!(ThingsHome, TextRules::new().format(TextFormat::URI));

runtime::number_rules!(ThingsQuantity(i32), NumberRules::new().minimum("1").maximum("1000"));

runtime::number_rules!(ThingsPrice(Decimal), NumberRules::new().minimum("0").multiple_of("0.01"));

runtime::number_rules!(ThingsShare(f64), NumberRules::new().above("0").below("1"));

runtime::number_rules!(ThingsVersion(i64), NumberRules::new().one_of(&[1, 2]));
