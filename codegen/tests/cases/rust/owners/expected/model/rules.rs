// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{NumberRules, TextRules};

runtime::number_rules!(ListOrdersLimit(i32), NumberRules::new().minimum("1").maximum("100"));

runtime::text_rules!(ListOrdersNext, TextRules::new().max_length(2000));

runtime::text_rules!(PageNext, TextRules::new().max_length(2000));

runtime::text_rules!(Customer, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(OrderId, TextRules::new().min_length(1).max_length(40));

runtime::number_rules!(
    ListOrdersOfCustomerLimit(i32),
    NumberRules::new().minimum("1").maximum("100")
);

runtime::text_rules!(ListOrdersOfCustomerNext, TextRules::new().max_length(2000));

runtime::text_rules!(DeleteOrderId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(AddressStreet, TextRules::new().min_length(1).max_length(80));

runtime::text_rules!(ListVisitsPlace, TextRules::new().min_length(1));

runtime::text_rules!(ListVisitsMonth, TextRules::new(), pattern = r"^\d{4}-\d{2}$");

runtime::text_rules!(VisitPlace, TextRules::new().min_length(1));

runtime::text_rules!(WishCustomer, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(WishText, TextRules::new().max_length(400));

runtime::text_rules!(LongWishStory, TextRules::new().max_length(4000));
