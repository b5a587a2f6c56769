// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Scalar, Text, Timestamp, Uuid};

use super::rules;

/// The part of the catalogue in which a product stands.
///
/// - **Shape** a string of 1 to 64 characters
/// - **Source** `spec/product/openapi.yaml#/components/schemas/Category`
pub type Category = Text<rules::Category>;

/// A 32-bit integer from 1 to 100.
///
/// - **Source** `spec/product/openapi.yaml#/components/parameters/Limit/schema`
pub type Limit = Scalar<rules::Limit>;

/// A string of 1 to 2048 characters.
///
/// - **Source** `spec/product/openapi.yaml#/components/parameters/Next/schema`
pub type Next = Text<rules::Next>;

/// Ask for the page after this one with it; absent on the last page.
///
/// - **Shape** a string of at most 2048 characters
/// - **Source** `spec/product/openapi.yaml#/components/schemas/ProductPage/properties/next`
pub type ProductPageNext = Text<rules::ProductPageNext>;

/// The id of a product, given when it is created.
///
/// - **Shape** a UUID (RFC 9562)
/// - **Source** `spec/schemas/common.yaml#/ProductId`
pub type ProductId = Uuid;

/// What a product is called.
///
/// - **Shape** a string of 1 to 128 characters
/// - **Source** `spec/schemas/common.yaml#/ProductName`
pub type ProductName = Text<rules::ProductName>;

/// A string of at most 2000 characters.
///
/// - **Source** `spec/product/openapi.yaml#/components/schemas/Product/properties/description`
pub type ProductDescription = Text<rules::ProductDescription>;

/// The file name of the product's picture.
///
/// - **Shape** a string of at most 256 characters that matches `^[A-Za-z0-9._-]+$`
/// - **Source** `spec/product/openapi.yaml#/components/schemas/Product/properties/imageFile`
pub type ProductImageFile = Text<rules::ProductImageFile>;

/// An amount of money in the shop's currency, exact to the cent.
///
/// - **Shape** an exact decimal number from 0 to 1000000, a multiple of 0.01
/// - **Source** `spec/schemas/common.yaml#/Price`
pub type Price = Scalar<rules::Price>;

/// A string of at most 256 characters.
///
/// - **Source**
///   `spec/product/openapi.yaml#/paths/~1product/post/responses/201/headers/Location/schema`
pub type CreateProductCreatedLocation = Text<rules::CreateProductCreatedLocation>;

/// Ask for the page after this one with it; absent on the last page.
///
/// - **Shape** a string of at most 2048 characters
/// - **Source** `spec/product/openapi.yaml#/components/schemas/SalePage/properties/next`
pub type SalePageNext = Text<rules::SalePageNext>;

/// Names the sale among those of the product; by time, then by checkout and place in the order.
///
/// - **Shape** a string of 1 to 96 characters
/// - **Source** `spec/product/openapi.yaml#/components/schemas/Sale/properties/saleId`
pub type SaleSaleId = Text<rules::SaleSaleId>;

/// When the checkout happened that became the order; two orders of one customer never have the
/// same.
///
/// - **Shape** a date and time (RFC 3339)
/// - **Source** `spec/schemas/order.yaml#/OrderDate`
pub type OrderDate = Timestamp;

/// How many pieces.
///
/// - **Shape** a 32-bit integer from 1 to 1000
/// - **Source** `spec/schemas/checkout.yaml#/Quantity`
pub type Quantity = Scalar<rules::Quantity>;

/// A string of 1 to 32 characters.
///
/// - **Source** `spec/schemas/checkout.yaml#/Color`
pub type Color = Text<rules::Color>;

/// The version of this event's contract.
///
/// - **Shape** a 32-bit integer, 1
/// - **Source** `spec/schemas/order.yaml#/OrderPlaced/properties/version`
pub type OrderPlacedVersion = Scalar<rules::OrderPlacedVersion>;

/// A sum of money in the shop's currency, exact to the cent.
///
/// - **Shape** an exact decimal number from 0 to 1000000000000, a multiple of 0.01
/// - **Source** `spec/schemas/common.yaml#/Total`
pub type Total = Scalar<rules::Total>;
