// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{NumberRules, TextRules};

/// A 32-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order/get/parameters/0/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListOrdersLimit(i32);

runtime::number_type!(ListOrdersLimit(i32), NumberRules::new().minimum("1").maximum("100"));

/// A string of at most 2000 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order/get/parameters/1/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListOrdersNext(String);

runtime::text_type!(ListOrdersNext, TextRules::new().max_length(2000));

/// A string of at most 2000 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Page/properties/next`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageNext(String);

runtime::text_type!(PageNext, TextRules::new().max_length(2000));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Customer`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Customer(String);

runtime::text_type!(Customer, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order/properties/id`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId(String);

runtime::text_type!(OrderId, TextRules::new().min_length(1).max_length(40));

/// A 32-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{customer}/get/parameters/0/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListOrdersOfCustomerLimit(i32);

runtime::number_type!(
    ListOrdersOfCustomerLimit(i32),
    NumberRules::new().minimum("1").maximum("100")
);

/// A string of at most 2000 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{customer}/get/parameters/1/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListOrdersOfCustomerNext(String);

runtime::text_type!(ListOrdersOfCustomerNext, TextRules::new().max_length(2000));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{customer}~1{id}/parameters/1/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeleteOrderId(String);

runtime::text_type!(DeleteOrderId, TextRules::new().min_length(1).max_length(40));

/// A string of 1 to 80 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Address/properties/street`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressStreet(String);

runtime::text_type!(AddressStreet, TextRules::new().min_length(1).max_length(80));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1visit~1{place}/get/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListVisitsPlace(String);

runtime::text_type!(ListVisitsPlace, TextRules::new().min_length(1));

/// A string that matches `^\d{4}-\d{2}$`.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1visit~1{place}/get/parameters/1/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListVisitsMonth(String);

runtime::text_type!(ListVisitsMonth, TextRules::new(), pattern = r"^\d{4}-\d{2}$");

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Visit/properties/place`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VisitPlace(String);

runtime::text_type!(VisitPlace, TextRules::new().min_length(1));

/// A string of 1 to 40 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Wish/properties/customer`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WishCustomer(String);

runtime::text_type!(WishCustomer, TextRules::new().min_length(1).max_length(40));

/// A string of at most 400 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Wish/properties/text`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WishText(String);

runtime::text_type!(WishText, TextRules::new().max_length(400));

/// A string of at most 4000 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/LongWish/allOf/1/properties/story`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LongWishStory(String);

runtime::text_type!(LongWishStory, TextRules::new().max_length(4000));
