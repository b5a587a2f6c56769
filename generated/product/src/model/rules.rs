// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{Decimal, NumberRules, TextRules};

runtime::text_rules!(Category, TextRules::new().min_length(1).max_length(64));

runtime::number_rules!(Limit(i32), NumberRules::new().minimum("1").maximum("100"));

runtime::text_rules!(Next, TextRules::new().min_length(1).max_length(2048));

runtime::text_rules!(ProductPageNext, TextRules::new().max_length(2048));

runtime::text_rules!(ProductName, TextRules::new().min_length(1).max_length(128));

runtime::text_rules!(ProductDescription, TextRules::new().max_length(2000));

runtime::text_rules!(
    ProductImageFile,
    TextRules::new().max_length(256),
    pattern = "^[A-Za-z0-9._-]+$"
);

runtime::number_rules!(
    Price(Decimal),
    NumberRules::new().minimum("0").maximum("1000000").multiple_of("0.01")
);

runtime::text_rules!(CreateProductCreatedLocation, TextRules::new().max_length(256));

runtime::text_rules!(SalePageNext, TextRules::new().max_length(2048));

runtime::text_rules!(SaleSaleId, TextRules::new().min_length(1).max_length(96));

runtime::number_rules!(Quantity(i32), NumberRules::new().minimum("1").maximum("1000"));

runtime::text_rules!(Color, TextRules::new().min_length(1).max_length(32));

runtime::number_rules!(OrderPlacedVersion(i32), NumberRules::new().one_of(&[1]), only = 1);

runtime::number_rules!(
    Total(Decimal),
    NumberRules::new().minimum("0").maximum("1000000000000").multiple_of("0.01")
);
