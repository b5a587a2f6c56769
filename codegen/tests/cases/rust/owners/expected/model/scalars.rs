// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Scalar, Text};

use super::rules;

/// A 32-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order/get/parameters/0/schema`
pub type ListOrdersLimit = Scalar<rules::ListOrdersLimit>;

/// A string of at most 2000 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order/get/parameters/1/schema`
pub type ListOrdersNext = Text<rules::ListOrdersNext>;

/// A string of at most 2000 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Page/properties/next`
pub type PageNext = Text<rules::PageNext>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Customer`
pub type Customer = Text<rules::Customer>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order/properties/id`
pub type OrderId = Text<rules::OrderId>;

/// A 32-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{customer}/get/parameters/0/schema`
pub type ListOrdersOfCustomerLimit = Scalar<rules::ListOrdersOfCustomerLimit>;

/// A string of at most 2000 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{customer}/get/parameters/1/schema`
pub type ListOrdersOfCustomerNext = Text<rules::ListOrdersOfCustomerNext>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{customer}~1{id}/parameters/1/schema`
pub type DeleteOrderId = Text<rules::DeleteOrderId>;

/// A string of 1 to 80 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Address/properties/street`
pub type AddressStreet = Text<rules::AddressStreet>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1visit~1{place}/get/parameters/0/schema`
pub type ListVisitsPlace = Text<rules::ListVisitsPlace>;

/// A string that matches `^\d{4}-\d{2}$`.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1visit~1{place}/get/parameters/1/schema`
pub type ListVisitsMonth = Text<rules::ListVisitsMonth>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Visit/properties/place`
pub type VisitPlace = Text<rules::VisitPlace>;

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Wish/properties/customer`
pub type WishCustomer = Text<rules::WishCustomer>;

/// A string of at most 400 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Wish/properties/text`
pub type WishText = Text<rules::WishText>;

/// A string of at most 4000 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/LongWish/allOf/1/properties/story`
pub type LongWishStory = Text<rules::LongWishStory>;
