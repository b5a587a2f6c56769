// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Decimal, NumberRules, TextFormat, TextRules, Uuid};

/// A 32-bit integer from 1 to 100.
///
/// - **Source** `spec/basket/openapi.yaml#/components/parameters/Limit/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limit(i32);

runtime::number_type!(Limit(i32), NumberRules::new().minimum("1").maximum("100"));

/// A string of 1 to 2048 characters.
///
/// - **Source** `spec/basket/openapi.yaml#/components/parameters/Next/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Next(String);

runtime::text_type!(Next, TextRules::new().min_length(1).max_length(2048));

/// Ask for the page after this one with it; absent on the last page.
///
/// - **Shape** a string of at most 2048 characters
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/BasketPage/properties/next`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasketPageNext(String);

runtime::text_type!(BasketPageNext, TextRules::new().max_length(2048));

/// The name under which a customer is known.
///
/// - **Shape** a string of 1 to 64 characters that matches `^[A-Za-z0-9][A-Za-z0-9._@-]*$`
/// - **Source** `spec/schemas/common.yaml#/UserName`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserName(String);

runtime::text_type!(
    UserName,
    TextRules::new().min_length(1).max_length(64),
    pattern = "^[A-Za-z0-9][A-Za-z0-9._@-]*$"
);

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

/// A string of 1 to 128 characters that matches `^[A-Za-z0-9._:-]+$`.
///
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/IdempotencyKey`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey(String);

runtime::text_type!(
    IdempotencyKey,
    TextRules::new().min_length(1).max_length(128),
    pattern = "^[A-Za-z0-9._:-]+$"
);

/// A string of 1 to 64 characters.
///
/// - **Source** `spec/schemas/checkout.yaml#/FirstName`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FirstName(String);

runtime::text_type!(FirstName, TextRules::new().min_length(1).max_length(64));

/// A string of 1 to 64 characters.
///
/// - **Source** `spec/schemas/checkout.yaml#/LastName`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LastName(String);

runtime::text_type!(LastName, TextRules::new().min_length(1).max_length(64));

/// A string of at most 254 characters, an email address (RFC 5321).
///
/// - **Source** `spec/schemas/checkout.yaml#/Email`
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

runtime::text_type!(sensitive Email, TextRules::new().max_length(254).format(TextFormat::EMAIL));

/// A string of 1 to 512 characters.
///
/// - **Source** `spec/schemas/checkout.yaml#/Address`
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

runtime::text_type!(sensitive Address, TextRules::new().min_length(1).max_length(512));

/// How the customer pays.
///
/// - **Source** `spec/schemas/checkout.yaml#/PaymentMethod`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaymentMethod {
    /// `card`
    Card,
    /// `transfer`
    Transfer,
    /// `cash`
    Cash,
}

runtime::enum_type!(PaymentMethod { Card = "card", Transfer = "transfer", Cash = "cash" });

/// A token of the card, never its number.
///
/// - **Shape** a string of 1 to 64 characters
/// - **Source** `spec/schemas/checkout.yaml#/CardInfo`
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardInfo(String);

runtime::text_type!(sensitive CardInfo, TextRules::new().min_length(1).max_length(64));

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

/// The version of this event's contract.
///
/// - **Shape** a 32-bit integer, 1
/// - **Source** `spec/schemas/checkout.yaml#/CheckoutBasket/properties/version`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckoutBasketVersion(i32);

runtime::number_type!(CheckoutBasketVersion(i32), NumberRules::new().one_of(&[1]));

impl CheckoutBasketVersion {
    /// The only value.
    pub const VALUE: Self = Self(1);
}

/// The customer and the `Idempotency-Key`, with `#` between them.
///
/// - **Shape** a string of 3 to 256 characters
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/CheckoutRecord/properties/checkoutKey`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckoutRecordCheckoutKey(String);

runtime::text_type!(CheckoutRecordCheckoutKey, TextRules::new().min_length(3).max_length(256));

/// The request's digest; another request with the same key is refused.
///
/// - **Shape** a string of 1 to 64 characters
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/CheckoutRecord/properties/fingerprint`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckoutRecordFingerprint(String);

runtime::text_type!(CheckoutRecordFingerprint, TextRules::new().min_length(1).max_length(64));

/// When the record may be forgotten, in seconds since 1970.
///
/// - **Shape** a 64-bit integer of at least 0
/// - **Source** `spec/basket/openapi.yaml#/components/schemas/CheckoutRecord/properties/expiresAt`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckoutRecordExpiresAt(i64);

runtime::number_type!(CheckoutRecordExpiresAt(i64), NumberRules::new().minimum("0"));
