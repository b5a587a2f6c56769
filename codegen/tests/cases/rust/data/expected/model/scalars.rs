// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Decimal, NumberRules, TextRules, Transitions};

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1shows/get/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListShowsCity(String);

runtime::text_type!(ListShowsCity, TextRules::new().min_length(1));

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Status`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// `draft`
    Draft,
    /// `open`
    Open,
    /// `sold`
    Sold,
    /// `closed`
    Closed,
}

runtime::enum_type!(Status { Draft = "draft", Open = "open", Sold = "sold", Closed = "closed" });

impl Status {
    /// The allowed transitions of each value.
    pub const TRANSITIONS: Transitions = Transitions::new(
        &[
            ("draft", &["open", "closed"]),
            ("open", &["sold", "closed"]),
            ("sold", &["closed"]),
        ],
    );
}

/// A 64-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1shows/get/parameters/5/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListShowsLimit(i64);

runtime::number_type!(ListShowsLimit(i64), NumberRules::new().minimum("1").maximum("100"));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Show/properties/city`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShowCity(String);

runtime::text_type!(ShowCity, TextRules::new().min_length(1));

/// A string of 1 to 80 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Title`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Title(String);

runtime::text_type!(Title, TextRules::new().min_length(1).max_length(80));

/// How a show is.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Mood`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mood {
    /// `light`
    Light,
    /// `dark`
    Dark,
}

runtime::enum_type!(Mood { Light = "light", Dark = "dark" });

/// A 64-bit integer from 0 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Show/properties/sold`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShowSold(i64);

runtime::number_type!(ShowSold(i64), NumberRules::new().minimum("0").maximum("100"));

/// A 64-bit integer of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Show/properties/version`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShowVersion(i64);

runtime::number_type!(ShowVersion(i64), NumberRules::new().minimum("1"));

/// An exact decimal number of at least 0.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Price/properties/amount`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PriceAmount(Decimal);

runtime::number_type!(PriceAmount(Decimal), NumberRules::new().minimum("0"));

/// A string that matches `^[A-Z]{3}$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Price/properties/currency`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PriceCurrency(String);

runtime::text_type!(PriceCurrency, TextRules::new(), pattern = "^[A-Z]{3}$");

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1of/get/parameters/0/schema/items`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListShowsOfCitiesCitiesItem(String);

runtime::text_type!(ListShowsOfCitiesCitiesItem, TextRules::new().min_length(1));

/// A 64-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1of/get/parameters/1/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListShowsOfCitiesLimit(i64);

runtime::number_type!(ListShowsOfCitiesLimit(i64), NumberRules::new().minimum("1").maximum("100"));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1count/get/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountShowsCity(String);

runtime::text_type!(CountShowsCity, TextRules::new().min_length(1));

/// An integer of at most 38 digits of at least 0.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1shows~1count/get/responses/200/content/application~1json/schema/properties/count`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountShowsOkBodyCount(i128);

runtime::number_type!(CountShowsOkBodyCount(i128), NumberRules::new().minimum("0"));

/// A 64-bit integer from 1 to 10.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1shows~1{id}~1sales/post/requestBody/content/application~1json/schema/properties/seats`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SellSeatsBodySeats(i64);

runtime::number_type!(SellSeatsBodySeats(i64), NumberRules::new().minimum("1").maximum("10"));

/// An integer of at most 38 digits of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Booking/properties/seats`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookingSeats(i128);

runtime::number_type!(BookingSeats(i128), NumberRules::new().minimum("1"));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues~1{city}~1{name}/put/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PutVenueCity(String);

runtime::text_type!(PutVenueCity, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues~1{city}~1{name}/put/parameters/1/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PutVenueName(String);

runtime::text_type!(PutVenueName, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Venue/properties/city`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VenueCity(String);

runtime::text_type!(VenueCity, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Venue/properties/name`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VenueName(String);

runtime::text_type!(VenueName, TextRules::new().min_length(1));

/// An integer of at most 38 digits of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Venue/properties/seats`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VenueSeats(i128);

runtime::number_type!(VenueSeats(i128), NumberRules::new().minimum("1"));

/// What addresses call it.
///
/// - **Shape** a string of at least 1 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Venue/properties/slug`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VenueSlug(String);

runtime::text_type!(VenueSlug, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues~1{city}/get/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindVenuesCity(String);

runtime::text_type!(FindVenuesCity, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues~1{city}/get/parameters/1/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindVenuesPrefix(String);

runtime::text_type!(FindVenuesPrefix, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues/get/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListVenuesCity(String);

runtime::text_type!(ListVenuesCity, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues/get/parameters/1/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListVenuesFrom(String);

runtime::text_type!(ListVenuesFrom, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues/get/parameters/2/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListVenuesTo(String);

runtime::text_type!(ListVenuesTo, TextRules::new().min_length(1));

/// An integer of at most 38 digits of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues/get/parameters/3/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListVenuesLeast(i128);

runtime::number_type!(ListVenuesLeast(i128), NumberRules::new().minimum("1"));

/// An integer of at most 38 digits of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues/get/parameters/4/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListVenuesMost(i128);

runtime::number_type!(ListVenuesMost(i128), NumberRules::new().minimum("1"));

/// A 64-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues/get/parameters/5/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListVenuesLimit(i64);

runtime::number_type!(ListVenuesLimit(i64), NumberRules::new().minimum("1").maximum("100"));

/// A 64-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1parcels/get/parameters/0/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListParcelsLimit(i64);

runtime::number_type!(ListParcelsLimit(i64), NumberRules::new().minimum("1").maximum("100"));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Parcel/properties/id`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParcelId(String);

runtime::text_type!(ParcelId, TextRules::new().min_length(1));

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Stage`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// `packed`
    Packed,
    /// `sent`
    Sent,
    /// `lost`
    Lost,
}

runtime::enum_type!(Stage { Packed = "packed", Sent = "sent", Lost = "lost" });

impl Stage {
    /// The allowed transitions of each value.
    pub const TRANSITIONS: Transitions = Transitions::new(
        &[("packed", &["sent"]), ("sent", &["lost"])],
    );
}

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Parcel/properties/last`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParcelLast {
    /// `seen`
    Seen,
    /// `gone`
    Gone,
}

runtime::enum_type!(ParcelLast { Seen = "seen", Gone = "gone" });

impl ParcelLast {
    /// The allowed transitions of each value.
    pub const TRANSITIONS: Transitions = Transitions::new(&[("seen", &["gone"])]);
}

/// An integer of at most 38 digits of at least 0.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Payment/properties/amount`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaymentAmount(i128);

runtime::number_type!(PaymentAmount(i128), NumberRules::new().minimum("0"));

/// A 64-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1parcels~1first/get/parameters/0/schema`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FirstParcelsLimit(i64);

runtime::number_type!(FirstParcelsLimit(i64), NumberRules::new().minimum("1").maximum("100"));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1parcels~1{id}/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UpsertParcelId(String);

runtime::text_type!(UpsertParcelId, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1parcels~1{id}~1whole/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplaceParcelId(String);

runtime::text_type!(ReplaceParcelId, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1parcels~1{id}~1payment/parameters/0/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PayParcelId(String);

runtime::text_type!(PayParcelId, TextRules::new().min_length(1));

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Receipt/properties/id`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReceiptId(String);

runtime::text_type!(ReceiptId, TextRules::new().min_length(1));
