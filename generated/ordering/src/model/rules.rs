// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{Decimal, NumberRules, TextFormat, TextRules};

runtime::number_rules!(Limit(i32), NumberRules::new().minimum("1").maximum("100"));

runtime::text_rules!(Next, TextRules::new().min_length(1).max_length(2048));

runtime::text_rules!(OrderPageNext, TextRules::new().max_length(2048));

runtime::text_rules!(
    UserName,
    TextRules::new().min_length(1).max_length(64),
    pattern = "^[A-Za-z0-9][A-Za-z0-9._@-]*$"
);

runtime::number_rules!(
    Total(Decimal),
    NumberRules::new().minimum("0").maximum("1000000000000").multiple_of("0.01")
);

runtime::text_rules!(FirstName, TextRules::new().min_length(1).max_length(64));

runtime::text_rules!(LastName, TextRules::new().min_length(1).max_length(64));

runtime::text_rules!(Email, TextRules::new().max_length(254).format(TextFormat::EMAIL));

runtime::text_rules!(Address, TextRules::new().min_length(1).max_length(512));

runtime::text_rules!(CardInfo, TextRules::new().min_length(1).max_length(64));

runtime::text_rules!(ProductName, TextRules::new().min_length(1).max_length(128));

runtime::number_rules!(Quantity(i32), NumberRules::new().minimum("1").maximum("1000"));

runtime::text_rules!(Color, TextRules::new().min_length(1).max_length(32));

runtime::number_rules!(
    Price(Decimal),
    NumberRules::new().minimum("0").maximum("1000000").multiple_of("0.01")
);

runtime::number_rules!(CheckoutBasketVersion(i32), NumberRules::new().one_of(&[1]), only = 1);

runtime::number_rules!(OrderPlacedVersion(i32), NumberRules::new().one_of(&[1]), only = 1);
