// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Scalar, Text, Transitions};

use super::rules;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1shows/get/parameters/0/schema`
pub type ListShowsCity = Text<rules::ListShowsCity>;

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
pub type ListShowsLimit = Scalar<rules::ListShowsLimit>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Show/properties/city`
pub type ShowCity = Text<rules::ShowCity>;

/// A string of 1 to 80 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Title`
pub type Title = Text<rules::Title>;

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
pub type ShowSold = Scalar<rules::ShowSold>;

/// A 64-bit integer of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Show/properties/version`
pub type ShowVersion = Scalar<rules::ShowVersion>;

/// An exact decimal number of at least 0.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Price/properties/amount`
pub type PriceAmount = Scalar<rules::PriceAmount>;

/// A string that matches `^[A-Z]{3}$`.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Price/properties/currency`
pub type PriceCurrency = Text<rules::PriceCurrency>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1of/get/parameters/0/schema/items`
pub type ListShowsOfCitiesCitiesItem = Text<rules::ListShowsOfCitiesCitiesItem>;

/// A 64-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1of/get/parameters/1/schema`
pub type ListShowsOfCitiesLimit = Scalar<rules::ListShowsOfCitiesLimit>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1count/get/parameters/0/schema`
pub type CountShowsCity = Text<rules::CountShowsCity>;

/// An integer of at most 38 digits of at least 0.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1shows~1count/get/responses/200/content/application~1json/schema/properties/count`
pub type CountShowsOkBodyCount = Scalar<rules::CountShowsOkBodyCount>;

/// A 64-bit integer from 1 to 10.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1shows~1{id}~1sales/post/requestBody/content/application~1json/schema/properties/seats`
pub type SellSeatsBodySeats = Scalar<rules::SellSeatsBodySeats>;

/// An integer of at most 38 digits of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Booking/properties/seats`
pub type BookingSeats = Scalar<rules::BookingSeats>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues~1{city}~1{name}/put/parameters/0/schema`
pub type PutVenueCity = Text<rules::PutVenueCity>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues~1{city}~1{name}/put/parameters/1/schema`
pub type PutVenueName = Text<rules::PutVenueName>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Venue/properties/city`
pub type VenueCity = Text<rules::VenueCity>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Venue/properties/name`
pub type VenueName = Text<rules::VenueName>;

/// An integer of at most 38 digits of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Venue/properties/seats`
pub type VenueSeats = Scalar<rules::VenueSeats>;

/// What addresses call it.
///
/// - **Shape** a string of at least 1 characters
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Venue/properties/slug`
pub type VenueSlug = Text<rules::VenueSlug>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues~1{city}/get/parameters/0/schema`
pub type FindVenuesCity = Text<rules::FindVenuesCity>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues~1{city}/get/parameters/1/schema`
pub type FindVenuesPrefix = Text<rules::FindVenuesPrefix>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues/get/parameters/0/schema`
pub type ListVenuesCity = Text<rules::ListVenuesCity>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues/get/parameters/1/schema`
pub type ListVenuesFrom = Text<rules::ListVenuesFrom>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues/get/parameters/2/schema`
pub type ListVenuesTo = Text<rules::ListVenuesTo>;

/// An integer of at most 38 digits of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues/get/parameters/3/schema`
pub type ListVenuesLeast = Scalar<rules::ListVenuesLeast>;

/// An integer of at most 38 digits of at least 1.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues/get/parameters/4/schema`
pub type ListVenuesMost = Scalar<rules::ListVenuesMost>;

/// A 64-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1venues/get/parameters/5/schema`
pub type ListVenuesLimit = Scalar<rules::ListVenuesLimit>;

/// A 64-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1parcels/get/parameters/0/schema`
pub type ListParcelsLimit = Scalar<rules::ListParcelsLimit>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Parcel/properties/id`
pub type ParcelId = Text<rules::ParcelId>;

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
pub type PaymentAmount = Scalar<rules::PaymentAmount>;

/// A 64-bit integer from 1 to 100.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1parcels~1first/get/parameters/0/schema`
pub type FirstParcelsLimit = Scalar<rules::FirstParcelsLimit>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1parcels~1{id}/parameters/0/schema`
pub type UpsertParcelId = Text<rules::UpsertParcelId>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1parcels~1{id}~1whole/parameters/0/schema`
pub type ReplaceParcelId = Text<rules::ReplaceParcelId>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1parcels~1{id}~1payment/parameters/0/schema`
pub type PayParcelId = Text<rules::PayParcelId>;

/// A string of at least 1 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Receipt/properties/id`
pub type ReceiptId = Text<rules::ReceiptId>;
