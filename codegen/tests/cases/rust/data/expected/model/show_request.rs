// @generated from the contracts in spec/; edits are overwritten.

//! `ShowRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Timestamp, Violations};

use super::{Mood, Price, Setup, ShowCity, Status, Title};

/// - **Read-only** `id`, `sold`, `openedAt`, `createdAt`, `updatedAt`, `version`: set by the service,
///   and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Show`
#[derive(Debug, Clone, PartialEq)]
pub struct ShowRequest {
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
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl ShowRequest {
    /// Creates a value from its required fields.
    pub fn new(
        city: ShowCity,
        starts_at: Timestamp,
        title: Title,
        status: Status,
        price: Price,
    ) -> Self {
        Self {
            city,
            starts_at,
            title,
            note: Default::default(),
            mood: runtime::preset("\"light\""),
            setup: Default::default(),
            status,
            price,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "city",
    "startsAt",
    "title",
    "note",
    "mood",
    "setup",
    "status",
    "price",
    "id",
    "sold",
    "openedAt",
    "createdAt",
    "updatedAt",
    "version",
];

impl Decode for ShowRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let city = object.required("city");
        let starts_at = object.required("startsAt");
        let title = object.required("title");
        let note = object.optional("note");
        let mood = object.or("mood", "\"light\"");
        let setup = object.optional("setup");
        let status = object.required("status");
        let price = object.required("price");
        let others = object.others(PROPERTIES);
        Some(Self {
            city: city?,
            starts_at: starts_at?,
            title: title?,
            note: note?,
            mood: mood?,
            setup: setup?,
            status: status?,
            price: price?,
            others: others?,
        })
    }
}

impl Encode for ShowRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("city", &self.city);
        out.field("startsAt", &self.starts_at);
        out.field("title", &self.title);
        out.optional("note", &self.note);
        out.field("mood", &self.mood);
        out.optional("setup", &self.setup);
        out.field("status", &self.status);
        out.field("price", &self.price);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
