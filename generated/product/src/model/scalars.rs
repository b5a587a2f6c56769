// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Decimal, NumberRules, TextRules, Timestamp, Uuid};

/// The part of the catalogue in which a product stands.
///
/// - **Shape** a string of 1 to 64 characters
/// - **Source** `spec/product/openapi.yaml#/components/schemas/Category`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category(String);

runtime::text_type!(Category, TextRules::new().min_length(1).max_length(64));

/// A 32-bit integer from 1 to 100.
///
/// - **Source** `spec/product/openapi.yaml#/components/parameters/Limit/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limit(i32);

runtime::number_type!(Limit(i32), NumberRules::new().minimum("1").maximum("100"));

/// A string of 1 to 2048 characters.
///
/// - **Source** `spec/product/openapi.yaml#/components/parameters/Next/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Next(String);

runtime::text_type!(Next, TextRules::new().min_length(1).max_length(2048));

/// Ask for the page after this one with it; absent on the last page.
///
/// - **Shape** a string of at most 2048 characters
/// - **Source** `spec/product/openapi.yaml#/components/schemas/ProductPage/properties/next`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductPageNext(String);

runtime::text_type!(ProductPageNext, TextRules::new().max_length(2048));

/// The id of a product, given when it is created.
///
/// - **Shape** a UUID (RFC 9562)
/// - **Source** `spec/schemas/common.yaml#/ProductId`
pub type ProductId = Uuid;

/// What a product is called.
///
/// - **Shape** a string of 1 to 128 characters
/// - **Source** `spec/schemas/common.yaml#/ProductName`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductName(String);

runtime::text_type!(ProductName, TextRules::new().min_length(1).max_length(128));

/// A string of at most 2000 characters.
///
/// - **Source** `spec/product/openapi.yaml#/components/schemas/Product/properties/description`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductDescription(String);

runtime::text_type!(ProductDescription, TextRules::new().max_length(2000));

/// The file name of the product's picture.
///
/// - **Shape** a string of at most 256 characters that matches `^[A-Za-z0-9._-]+$`
/// - **Source** `spec/product/openapi.yaml#/components/schemas/Product/properties/imageFile`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductImageFile(String);

runtime::text_type!(
    ProductImageFile,
    TextRules::new().max_length(256),
    pattern = "^[A-Za-z0-9._-]+$"
);

/// An amount of money in the shop's currency, exact to the cent.
///
/// - **Shape** an exact decimal number from 0 to 1000000, a multiple of 0.01
/// - **Source** `spec/schemas/common.yaml#/Price`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Price(Decimal);

runtime::number_type!(
    Price(Decimal),
    NumberRules::new().minimum("0").maximum("1000000").multiple_of("0.01")
);

/// A string of at most 256 characters.
///
/// - **Source**
///   `spec/product/openapi.yaml#/paths/~1product/post/responses/201/headers/Location/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreateProductCreatedLocation(String);

runtime::text_type!(CreateProductCreatedLocation, TextRules::new().max_length(256));

/// Ask for the page after this one with it; absent on the last page.
///
/// - **Shape** a string of at most 2048 characters
/// - **Source** `spec/product/openapi.yaml#/components/schemas/SalePage/properties/next`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SalePageNext(String);

runtime::text_type!(SalePageNext, TextRules::new().max_length(2048));

/// Names the sale among those of the product; by time, then by checkout and place in the order.
///
/// - **Shape** a string of 1 to 96 characters
/// - **Source** `spec/product/openapi.yaml#/components/schemas/Sale/properties/saleId`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SaleSaleId(String);

runtime::text_type!(SaleSaleId, TextRules::new().min_length(1).max_length(96));

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(i32);

runtime::number_type!(Quantity(i32), NumberRules::new().minimum("1").maximum("1000"));

/// A string of 1 to 32 characters.
///
/// - **Source** `spec/schemas/checkout.yaml#/Color`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color(String);

runtime::text_type!(Color, TextRules::new().min_length(1).max_length(32));

/// The version of this event's contract.
///
/// - **Shape** a 32-bit integer, 1
/// - **Source** `spec/schemas/order.yaml#/OrderPlaced/properties/version`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderPlacedVersion(i32);

runtime::number_type!(OrderPlacedVersion(i32), NumberRules::new().one_of(&[1]));

impl OrderPlacedVersion {
    /// The only value.
    pub const VALUE: Self = Self(1);
}

/// A sum of money in the shop's currency, exact to the cent.
///
/// - **Shape** an exact decimal number from 0 to 1000000000000, a multiple of 0.01
/// - **Source** `spec/schemas/common.yaml#/Total`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Total(Decimal);

runtime::number_type!(
    Total(Decimal),
    NumberRules::new().minimum("0").maximum("1000000000000").multiple_of("0.01")
);
