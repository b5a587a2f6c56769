// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{Decimal, NumberRules, TextRules};

runtime::text_rules!(GetCustomerId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(CustomerId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(CustomerFullName, TextRules::new().min_length(1));

runtime::text_rules!(TagsItem, TextRules::new().min_length(1));

runtime::text_rules!(PatchCustomerBodyFullName, TextRules::new().min_length(1));

runtime::text_rules!(ListOrdersCustomerId, TextRules::new().min_length(1).max_length(40));

runtime::number_rules!(ListOrdersLimit(i64), NumberRules::new().minimum("1").maximum("100"));

runtime::text_rules!(OrderCustomerId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(OrderNumber, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(CountOrdersCustomerId, TextRules::new().min_length(1).max_length(40));

runtime::number_rules!(CountOrdersOkBody(i128), NumberRules::new().minimum("0"));

runtime::text_rules!(ListOrdersByTotalCustomerId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(ListOrdersByStatusCustomerId, TextRules::new().min_length(1).max_length(40));

runtime::number_rules!(
    ListOrdersByStatusLimit(i64),
    NumberRules::new().minimum("1").maximum("100")
);

runtime::text_rules!(CountOrdersOfTotalCustomerId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(CountOrdersOfTotalNumber, TextRules::new().min_length(1));

runtime::number_rules!(CountOrdersOfTotalOkBody(i128), NumberRules::new().minimum("0"));

runtime::text_rules!(GetOrderCustomerId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(GetOrderNumber, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(SetStatusCustomerId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(SetStatusNumber, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(DocId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(DocOwnerId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(DocNick, TextRules::new().max_length(5));

runtime::number_rules!(DocRating(Decimal), NumberRules::new().above("0").below("5"));

runtime::number_rules!(DocCopies(i32), NumberRules::new().minimum("10"));

runtime::number_rules!(DocShelf(i32), NumberRules::new().minimum("10"));

runtime::text_rules!(GetDocId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(ReplaceDocId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(AddVisitsId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(AddRatingId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(AddCopiesId, TextRules::new().min_length(1).max_length(40));

runtime::text_rules!(AddShelfId, TextRules::new().min_length(1).max_length(40));
