// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Decimal, NumberRules, TextRules};

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{id}/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GetCustomerId(String);

runtime::text_type!(GetCustomerId, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Customer/properties/id`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomerId(String);

runtime::text_type!(CustomerId, TextRules::new().min_length(1).max_length(40));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Customer/properties/fullName`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomerFullName(String);

runtime::text_type!(CustomerFullName, TextRules::new().min_length(1));

/// An array of at most 10 items; each item is `TagsItem`, without duplicates.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Tags`
pub type Tags = Vec<TagsItem>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Tags/items`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagsItem(String);

runtime::text_type!(TagsItem, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{id}/patch/requestBody/content/application~1merge-patch+json/schema/properties/fullName`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatchCustomerBodyFullName(String);

runtime::text_type!(PatchCustomerBodyFullName, TextRules::new().min_length(1));

/// An array; each item is a 32-bit integer, without duplicates.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{id}/patch/requestBody/content/application~1merge-patch+json/schema/properties/sizes`
pub type PatchCustomerBodySizes = Vec<i32>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListOrdersCustomerId(String);

runtime::text_type!(ListOrdersCustomerId, TextRules::new().min_length(1).max_length(40));

/// A 64-bit integer from 1 to 100.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders/get/parameters/2/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListOrdersLimit(i64);

runtime::number_type!(ListOrdersLimit(i64), NumberRules::new().minimum("1").maximum("100"));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order/properties/customerId`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderCustomerId(String);

runtime::text_type!(OrderCustomerId, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order/properties/number`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderNumber(String);

runtime::text_type!(OrderNumber, TextRules::new().min_length(1).max_length(40));

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Status`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// `open`
    Open,
    /// `sent`
    Sent,
}

runtime::enum_type!(Status { Open = "open", Sent = "sent" });

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1count/get/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountOrdersCustomerId(String);

runtime::text_type!(CountOrdersCustomerId, TextRules::new().min_length(1).max_length(40));

/// An integer of at most 38 digits of at least 0.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1count/get/responses/200/content/application~1json/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountOrdersOkBody(i128);

runtime::number_type!(CountOrdersOkBody(i128), NumberRules::new().minimum("0"));

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1by-total/get/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListOrdersByTotalCustomerId(String);

runtime::text_type!(ListOrdersByTotalCustomerId, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1of-status/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListOrdersByStatusCustomerId(String);

runtime::text_type!(ListOrdersByStatusCustomerId, TextRules::new().min_length(1).max_length(40));

/// A 64-bit integer from 1 to 100.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1of-status/get/parameters/2/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListOrdersByStatusLimit(i64);

runtime::number_type!(ListOrdersByStatusLimit(i64), NumberRules::new().minimum("1").maximum("100"));

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1of-total/get/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountOrdersOfTotalCustomerId(String);

runtime::text_type!(CountOrdersOfTotalCustomerId, TextRules::new().min_length(1).max_length(40));

/// A string of at least 1 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1of-total/get/parameters/3/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountOrdersOfTotalNumber(String);

runtime::text_type!(CountOrdersOfTotalNumber, TextRules::new().min_length(1));

/// An integer of at most 38 digits of at least 0.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1of-total/get/responses/200/content/application~1json/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountOrdersOfTotalOkBody(i128);

runtime::number_type!(CountOrdersOfTotalOkBody(i128), NumberRules::new().minimum("0"));

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1{number}/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GetOrderCustomerId(String);

runtime::text_type!(GetOrderCustomerId, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1{number}/parameters/1/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GetOrderNumber(String);

runtime::text_type!(GetOrderNumber, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1{number}~1status/put/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetStatusCustomerId(String);

runtime::text_type!(SetStatusCustomerId, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1{number}~1status/put/parameters/1/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetStatusNumber(String);

runtime::text_type!(SetStatusNumber, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/id`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(String);

runtime::text_type!(DocId, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/ownerId`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocOwnerId(String);

runtime::text_type!(DocOwnerId, TextRules::new().min_length(1).max_length(40));

/// A string of at most 5 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/nick`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocNick(String);

runtime::text_type!(DocNick, TextRules::new().max_length(5));

/// An exact decimal number above 0 and below 5.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/rating`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocRating(Decimal);

runtime::number_type!(DocRating(Decimal), NumberRules::new().above("0").below("5"));

/// A 32-bit integer of at least 10.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/copies`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocCopies(i32);

runtime::number_type!(DocCopies(i32), NumberRules::new().minimum("10"));

/// A 32-bit integer of at least 10.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/shelf`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocShelf(i32);

runtime::number_type!(DocShelf(i32), NumberRules::new().minimum("10"));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GetDocId(String);

runtime::text_type!(GetDocId, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1whole/put/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplaceDocId(String);

runtime::text_type!(ReplaceDocId, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1visits/post/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddVisitsId(String);

runtime::text_type!(AddVisitsId, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1rating/post/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddRatingId(String);

runtime::text_type!(AddRatingId, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1copies/post/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddCopiesId(String);

runtime::text_type!(AddCopiesId, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1shelf/post/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddShelfId(String);

runtime::text_type!(AddShelfId, TextRules::new().min_length(1).max_length(40));
