// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the shop service.

use std::collections::BTreeMap;

use runtime::{
    Attributes, Aws, Field, Index, Item, ItemKey, KeyNames, Layout, StateOf, Table,
    Timestamp, Uuid,
};

use crate::model::{
    Mood, Parcel, ParcelCheck, ParcelId, ParcelLast, Payment, PaymentAmount, Price,
    PriceAmount, PriceCurrency, Receipt, ReceiptId, Row, Setup, Show, ShowCity, ShowSold,
    ShowVersion, Stage, Status, Title, Venue, VenueCity, VenueName, VenueSeats, VenueSlug,
};

/// The tables of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// show
    ///
    /// - **Variable** `SHOW_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Show/x-dynamodb-table`
    pub show: Table<Show>,
    /// venue
    ///
    /// - **Variable** `VENUE_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Venue/x-dynamodb-table`
    pub venue: Table<Venue>,
    /// The answer to a request that may come again.
    ///
    /// - **Variable** `RECEIPT_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Receipt/x-dynamodb-table`
    pub receipt: Table<Receipt>,
    /// Has states everywhere that a condition reaches.
    ///
    /// - **Variable** `PARCEL_TABLE`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Parcel/x-dynamodb-table`
    pub parcel: Table<Parcel>,
}

impl Tables {
    /// Creates the tables with the names in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            show: Table::new(aws),
            venue: Table::new(aws),
            receipt: Table::new(aws),
            parcel: Table::new(aws),
        }
    }
}

/// The primary key of [`Show`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Show/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct ShowKey {
    pub id: Uuid,
}

impl ItemKey for ShowKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("id", &self.id)
    }
}

impl Item for Show {
    type Key = ShowKey;
    const TABLE: &'static str = "SHOW_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "id",
        sort: None,
    };
    const VERSION: Option<&'static str> = Some("version");
    const STATES: &'static [StateOf] = &[StateOf::new(&["status"], Status::TRANSITIONS)];

    fn key(&self) -> ShowKey {
        ShowKey { id: self.id }
    }
}

/// The primary key of [`Venue`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Venue/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct VenueKey {
    pub city: VenueCity,
    pub name: VenueName,
}

impl ItemKey for VenueKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(("city", &self.city), ("name", &self.name))
    }
}

impl Item for Venue {
    type Key = VenueKey;
    const TABLE: &'static str = "VENUE_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "city",
        sort: Some("name"),
    };

    fn key(&self) -> VenueKey {
        VenueKey {
            city: self.city.clone(),
            name: self.name.clone(),
        }
    }
}

/// The primary key of [`Receipt`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Receipt/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct ReceiptKey {
    pub id: ReceiptId,
}

impl ItemKey for ReceiptKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("id", &self.id)
    }
}

impl Item for Receipt {
    type Key = ReceiptKey;
    const TABLE: &'static str = "RECEIPT_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "id",
        sort: None,
    };
    const LAYOUT: Layout = Layout {
        renamed: &[],
        sets: &[],
        composed: &[],
        known: None,
        reserved: &[
            "attempt",
            "body",
            "busyUntil",
            "fingerprint",
            "headers",
            "isBase64",
            "status",
        ],
    };

    fn key(&self) -> ReceiptKey {
        ReceiptKey { id: self.id.clone() }
    }
}

/// The primary key of [`Parcel`].
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Parcel/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct ParcelKey {
    pub id: ParcelId,
}

impl ItemKey for ParcelKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("id", &self.id)
    }
}

impl Item for Parcel {
    type Key = ParcelKey;
    const TABLE: &'static str = "PARCEL_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "id",
        sort: None,
    };
    const LAYOUT: Layout = Layout {
        renamed: &[("stage", "st")],
        sets: &[],
        composed: &[],
        known: None,
        reserved: &["st"],
    };
    const STATES: &'static [StateOf] = &[
        StateOf::new(&["st"], Stage::TRANSITIONS),
        StateOf::new(&["last"], ParcelLast::TRANSITIONS).nullable(),
        StateOf::new(&["payment", "stage"], Stage::TRANSITIONS),
    ];

    fn key(&self) -> ParcelKey {
        ParcelKey { id: self.id.clone() }
    }
}

/// The indexes of [`Show`], for queries.
#[derive(Debug, Clone, Copy)]
pub struct ShowIndexes;

impl ShowIndexes {
    /// `byCity`
    pub const BY_CITY: Index<Show> = Index::new(
        "byCity",
        KeyNames {
            partition: "city",
            sort: Some("startsAt"),
        },
    );
}

/// The attributes of [`Show`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct ShowFields;

impl ShowFields {
    pub const ID: Field<Show, Uuid> = Field::new(&["id"]);

    pub const CITY: Field<Show, ShowCity> = Field::new(&["city"]);

    pub const STARTS_AT: Field<Show, Timestamp> = Field::new(&["startsAt"]);

    pub const TITLE: Field<Show, Title> = Field::new(&["title"]);

    pub const NOTE: Field<Show, String> = Field::new(&["note"]);

    /// How a show is.
    pub const MOOD: Field<Show, Mood> = Field::new(&["mood"]);

    /// What a show is played with; a patch that leaves something out leaves it as it is.
    pub const SETUP: Field<Show, Setup> = Field::new(&["setup"]);

    pub const STATUS: Field<Show, Status> = Field::new(&["status"]);

    pub const PRICE: Field<Show, Price> = Field::new(&["price"]);

    pub const SOLD: Field<Show, ShowSold> = Field::new(&["sold"]);

    pub const OPENED_AT: Field<Show, Timestamp> = Field::new(&["openedAt"]);

    pub const CREATED_AT: Field<Show, Timestamp> = Field::new(&["createdAt"]);

    pub const UPDATED_AT: Field<Show, Timestamp> = Field::new(&["updatedAt"]);

    pub const VERSION: Field<Show, ShowVersion> = Field::new(&["version"]);
}

/// The attributes of [`Venue`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct VenueFields;

impl VenueFields {
    pub const CITY: Field<Venue, VenueCity> = Field::new(&["city"]);

    pub const NAME: Field<Venue, VenueName> = Field::new(&["name"]);

    pub const SEATS: Field<Venue, VenueSeats> = Field::new(&["seats"]);

    /// What addresses call it.
    pub const SLUG: Field<Venue, VenueSlug> = Field::new(&["slug"]);
}

/// The attributes of [`Receipt`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct ReceiptFields;

impl ReceiptFields {
    pub const ID: Field<Receipt, ReceiptId> = Field::new(&["id"]);

    pub const EXPIRES_AT: Field<Receipt, i64> = Field::new(&["expiresAt"]);
}

/// The attributes of [`Parcel`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct ParcelFields;

impl ParcelFields {
    pub const ID: Field<Parcel, ParcelId> = Field::new(&["id"]);

    pub const STAGE: Field<Parcel, Stage> = Field::new(&["st"]);

    pub const LAST: Field<Parcel, ParcelLast> = Field::new(&["last"]);

    pub const PAYMENT: Field<Parcel, Payment> = Field::new(&["payment"]);

    pub const NOTE: Field<Parcel, String> = Field::new(&["note"]);

    pub const WEIGHT: Field<Parcel, f64> = Field::new(&["weight"]);

    pub const CHECK: Field<Parcel, ParcelCheck> = Field::new(&["check"]);
}

/// The attributes of [`Setup`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct SetupFields;

impl SetupFields {
    pub const LIGHTS: Field<Setup, i128> = Field::new(&["lights"]);

    pub const SOUND: Field<Setup, String> = Field::new(&["sound"]);

    pub const ROWS: Field<Setup, Vec<Row>> = Field::new(&["rows"]);
}

/// The attributes of [`Price`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct PriceFields;

impl PriceFields {
    pub const AMOUNT: Field<Price, PriceAmount> = Field::new(&["amount"]);

    pub const CURRENCY: Field<Price, PriceCurrency> = Field::new(&["currency"]);

    pub const NOTE: Field<Price, String> = Field::new(&["note"]);
}

/// The attributes of [`Payment`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct PaymentFields;

impl PaymentFields {
    pub const AMOUNT: Field<Payment, PaymentAmount> = Field::new(&["amount"]);

    pub const STAGE: Field<Payment, Stage> = Field::new(&["stage"]);

    pub const TAGS: Field<Payment, BTreeMap<String, String>> = Field::new(&["tags"]);
}
