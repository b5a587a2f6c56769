// @generated from the contracts in spec/; edits are overwritten.

//! `Doc`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{DocCopies, DocId, DocNick, DocOwnerId, DocPlace, DocRating, DocShelf};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc`
#[derive(Debug, Clone, PartialEq)]
pub struct Doc {
    pub id: DocId,
    /// - **Default** `"nobody"`
    pub owner_id: DocOwnerId,
    /// A string.
    pub title: String,
    pub nick: Option<DocNick>,
    /// A string.
    pub role: Option<String>,
    /// A 32-bit integer.
    pub visits: Option<i32>,
    pub rating: Option<DocRating>,
    /// - **Default** `10`
    pub copies: DocCopies,
    pub place: Option<DocPlace>,
    pub shelf: Option<DocShelf>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Doc {
    /// Creates a value from its required fields.
    pub fn new(id: DocId, title: String) -> Self {
        Self {
            id,
            owner_id: runtime::preset("\"nobody\""),
            title,
            nick: Default::default(),
            role: Default::default(),
            visits: Default::default(),
            rating: Default::default(),
            copies: runtime::preset("10"),
            place: Default::default(),
            shelf: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "id",
    "ownerId",
    "title",
    "nick",
    "role",
    "visits",
    "rating",
    "copies",
    "place",
    "shelf",
];

impl Decode for Doc {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let owner_id = object.required("ownerId");
        let title = object.required("title");
        let nick = object.optional("nick");
        let role = object.optional("role");
        let visits = object.optional("visits");
        let rating = object.optional("rating");
        let copies = object.or("copies", "10");
        let place = object.optional("place");
        let shelf = object.optional("shelf");
        let others = object.others(PROPERTIES);
        Some(Self {
            id: id?,
            owner_id: owner_id?,
            title: title?,
            nick: nick?,
            role: role?,
            visits: visits?,
            rating: rating?,
            copies: copies?,
            place: place?,
            shelf: shelf?,
            others: others?,
        })
    }
}

impl Encode for Doc {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.field("ownerId", &self.owner_id);
        out.field("title", &self.title);
        out.optional("nick", &self.nick);
        out.optional("role", &self.role);
        out.optional("visits", &self.visits);
        out.optional("rating", &self.rating);
        out.field("copies", &self.copies);
        out.optional("place", &self.place);
        out.optional("shelf", &self.shelf);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
