// @generated from the contracts in spec/; edits are overwritten.

//! `Show`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Timestamp, Uuid, Violations};

use super::{Mood, Price, Setup, ShowCity, ShowSold, ShowVersion, Status, Title};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Show`
#[derive(Debug, Clone, PartialEq)]
pub struct Show {
    /// A UUID (RFC 9562).
    pub id: Uuid,
    pub city: ShowCity,
    /// A date and time (RFC 3339).
    pub starts_at: Timestamp,
    pub title: Title,
    /// A string.
    pub note: Option<String>,
    /// How a show is.
    ///
    /// - **Default** `"light"`
    pub mood: Mood,
    /// What a show is played with; a patch that leaves something out leaves it as it is.
    pub setup: Option<Setup>,
    pub status: Status,
    pub price: Price,
    /// - **Default** `0`
    pub sold: ShowSold,
    /// A date and time (RFC 3339).
    pub opened_at: Option<Timestamp>,
    /// A date and time (RFC 3339).
    pub created_at: Timestamp,
    /// A date and time (RFC 3339).
    pub updated_at: Timestamp,
    pub version: ShowVersion,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Show {
    /// Creates a value from its required fields.
    #[allow(clippy::too_many_arguments, reason = "the contract requires them")]
    pub fn new(
        id: Uuid,
        city: ShowCity,
        starts_at: Timestamp,
        title: Title,
        status: Status,
        price: Price,
        created_at: Timestamp,
        updated_at: Timestamp,
        version: ShowVersion,
    ) -> Self {
        Self {
            id,
            city,
            starts_at,
            title,
            note: Default::default(),
            mood: runtime::preset("\"light\""),
            setup: Default::default(),
            status,
            price,
            sold: runtime::preset("0"),
            opened_at: Default::default(),
            created_at,
            updated_at,
            version,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "id",
    "city",
    "startsAt",
    "title",
    "note",
    "mood",
    "setup",
    "status",
    "price",
    "sold",
    "openedAt",
    "createdAt",
    "updatedAt",
    "version",
];

impl Decode for Show {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let city = object.required("city");
        let starts_at = object.required("startsAt");
        let title = object.required("title");
        let note = object.optional("note");
        let mood = object.or("mood", "\"light\"");
        let setup = object.optional("setup");
        let status = object.required("status");
        let price = object.required("price");
        let sold = object.required("sold");
        let opened_at = object.optional("openedAt");
        let created_at = object.required("createdAt");
        let updated_at = object.required("updatedAt");
        let version = object.required("version");
        let others = object.others(PROPERTIES);
        Some(Self {
            id: id?,
            city: city?,
            starts_at: starts_at?,
            title: title?,
            note: note?,
            mood: mood?,
            setup: setup?,
            status: status?,
            price: price?,
            sold: sold?,
            opened_at: opened_at?,
            created_at: created_at?,
            updated_at: updated_at?,
            version: version?,
            others: others?,
        })
    }
}

impl Encode for Show {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.field("city", &self.city);
        out.field("startsAt", &self.starts_at);
        out.field("title", &self.title);
        out.optional("note", &self.note);
        out.field("mood", &self.mood);
        out.optional("setup", &self.setup);
        out.field("status", &self.status);
        out.field("price", &self.price);
        out.field("sold", &self.sold);
        out.optional("openedAt", &self.opened_at);
        out.field("createdAt", &self.created_at);
        out.field("updatedAt", &self.updated_at);
        out.field("version", &self.version);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
