// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Scalar, Text};

use super::rules;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{id}/parameters/0/schema`
pub type GetCustomerId = Text<rules::GetCustomerId>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Customer/properties/id`
pub type CustomerId = Text<rules::CustomerId>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Customer/properties/fullName`
pub type CustomerFullName = Text<rules::CustomerFullName>;

/// An array of at most 10 items; each item is `TagsItem`, without duplicates.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Tags`
pub type Tags = Vec<TagsItem>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Tags/items`
pub type TagsItem = Text<rules::TagsItem>;

/// A string of at least 1 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{id}/patch/requestBody/content/application~1merge-patch+json/schema/properties/fullName`
pub type PatchCustomerBodyFullName = Text<rules::PatchCustomerBodyFullName>;

/// An array; each item is a 32-bit integer, without duplicates.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{id}/patch/requestBody/content/application~1merge-patch+json/schema/properties/sizes`
pub type PatchCustomerBodySizes = Vec<i32>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders/parameters/0/schema`
pub type ListOrdersCustomerId = Text<rules::ListOrdersCustomerId>;

/// A 64-bit integer from 1 to 100.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders/get/parameters/2/schema`
pub type ListOrdersLimit = Scalar<rules::ListOrdersLimit>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order/properties/customerId`
pub type OrderCustomerId = Text<rules::OrderCustomerId>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order/properties/number`
pub type OrderNumber = Text<rules::OrderNumber>;

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
pub type CountOrdersCustomerId = Text<rules::CountOrdersCustomerId>;

/// An integer of at most 38 digits of at least 0.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1count/get/responses/200/content/application~1json/schema`
pub type CountOrdersOkBody = Scalar<rules::CountOrdersOkBody>;

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1by-total/get/parameters/0/schema`
pub type ListOrdersByTotalCustomerId = Text<rules::ListOrdersByTotalCustomerId>;

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1of-status/parameters/0/schema`
pub type ListOrdersByStatusCustomerId = Text<rules::ListOrdersByStatusCustomerId>;

/// A 64-bit integer from 1 to 100.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1of-status/get/parameters/2/schema`
pub type ListOrdersByStatusLimit = Scalar<rules::ListOrdersByStatusLimit>;

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1of-total/get/parameters/0/schema`
pub type CountOrdersOfTotalCustomerId = Text<rules::CountOrdersOfTotalCustomerId>;

/// A string of at least 1 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1of-total/get/parameters/3/schema`
pub type CountOrdersOfTotalNumber = Text<rules::CountOrdersOfTotalNumber>;

/// An integer of at most 38 digits of at least 0.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1of-total/get/responses/200/content/application~1json/schema`
pub type CountOrdersOfTotalOkBody = Scalar<rules::CountOrdersOfTotalOkBody>;

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1{number}/parameters/0/schema`
pub type GetOrderCustomerId = Text<rules::GetOrderCustomerId>;

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1{number}/parameters/1/schema`
pub type GetOrderNumber = Text<rules::GetOrderNumber>;

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1{number}~1status/put/parameters/0/schema`
pub type SetStatusCustomerId = Text<rules::SetStatusCustomerId>;

/// A string of 1 to 40 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1{number}~1status/put/parameters/1/schema`
pub type SetStatusNumber = Text<rules::SetStatusNumber>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/id`
pub type DocId = Text<rules::DocId>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/ownerId`
pub type DocOwnerId = Text<rules::DocOwnerId>;

/// A string of at most 5 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/nick`
pub type DocNick = Text<rules::DocNick>;

/// An exact decimal number above 0 and below 5.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/rating`
pub type DocRating = Scalar<rules::DocRating>;

/// A 32-bit integer of at least 10.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/copies`
pub type DocCopies = Scalar<rules::DocCopies>;

/// A 32-bit integer of at least 10.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/shelf`
pub type DocShelf = Scalar<rules::DocShelf>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}/parameters/0/schema`
pub type GetDocId = Text<rules::GetDocId>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1whole/put/parameters/0/schema`
pub type ReplaceDocId = Text<rules::ReplaceDocId>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1visits/post/parameters/0/schema`
pub type AddVisitsId = Text<rules::AddVisitsId>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1rating/post/parameters/0/schema`
pub type AddRatingId = Text<rules::AddRatingId>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1copies/post/parameters/0/schema`
pub type AddCopiesId = Text<rules::AddCopiesId>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}~1shelf/post/parameters/0/schema`
pub type AddShelfId = Text<rules::AddShelfId>;
