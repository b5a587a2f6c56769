// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Redacted, Scalar, Text, Timestamp, Uuid};

use super::rules;

/// A 32-bit integer from 1 to 100.
///
/// - **Source** `spec/ordering/openapi.yaml#/components/parameters/Limit/schema`
pub type Limit = Scalar<rules::Limit>;

/// A string of 1 to 2048 characters.
///
/// - **Source** `spec/ordering/openapi.yaml#/components/parameters/Next/schema`
pub type Next = Text<rules::Next>;

/// Ask for the page after this one with it; absent on the last page.
///
/// - **Shape** a string of at most 2048 characters
/// - **Source** `spec/ordering/openapi.yaml#/components/schemas/OrderPage/properties/next`
pub type OrderPageNext = Text<rules::OrderPageNext>;

/// The name under which a customer is known.
///
/// - **Shape** a string of 1 to 64 characters that matches `^[A-Za-z0-9][A-Za-z0-9._@-]*$`
/// - **Source** `spec/schemas/common.yaml#/UserName`
pub type UserName = Text<rules::UserName>;

/// When the checkout happened that became the order; two orders of one customer never have the
/// same.
///
/// - **Shape** a date and time (RFC 3339)
/// - **Source** `spec/schemas/order.yaml#/OrderDate`
pub type OrderDate = Timestamp;

/// A sum of money in the shop's currency, exact to the cent.
///
/// - **Shape** an exact decimal number from 0 to 1000000000000, a multiple of 0.01
/// - **Source** `spec/schemas/common.yaml#/Total`
pub type Total = Scalar<rules::Total>;

/// A string of 1 to 64 characters.
///
/// - **Source** `spec/schemas/checkout.yaml#/FirstName`
pub type FirstName = Text<rules::FirstName>;

/// A string of 1 to 64 characters.
///
/// - **Source** `spec/schemas/checkout.yaml#/LastName`
pub type LastName = Text<rules::LastName>;

/// A string of at most 254 characters, an email address (RFC 5321).
///
/// - **Source** `spec/schemas/checkout.yaml#/Email`
pub type Email = Redacted<Text<rules::Email>>;

/// A string of 1 to 512 characters.
///
/// - **Source** `spec/schemas/checkout.yaml#/Address`
pub type Address = Redacted<Text<rules::Address>>;

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
pub type CardInfo = Redacted<Text<rules::CardInfo>>;

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

/// How many pieces.
///
/// - **Shape** a 32-bit integer from 1 to 1000
/// - **Source** `spec/schemas/checkout.yaml#/Quantity`
pub type Quantity = Scalar<rules::Quantity>;

/// A string of 1 to 32 characters.
///
/// - **Source** `spec/schemas/checkout.yaml#/Color`
pub type Color = Text<rules::Color>;

/// An amount of money in the shop's currency, exact to the cent.
///
/// - **Shape** an exact decimal number from 0 to 1000000, a multiple of 0.01
/// - **Source** `spec/schemas/common.yaml#/Price`
pub type Price = Scalar<rules::Price>;

/// The version of this event's contract.
///
/// - **Shape** a 32-bit integer, 1
/// - **Source** `spec/schemas/checkout.yaml#/CheckoutBasket/properties/version`
pub type CheckoutBasketVersion = Scalar<rules::CheckoutBasketVersion>;

/// The version of this event's contract.
///
/// - **Shape** a 32-bit integer, 1
/// - **Source** `spec/schemas/order.yaml#/OrderPlaced/properties/version`
pub type OrderPlacedVersion = Scalar<rules::OrderPlacedVersion>;
