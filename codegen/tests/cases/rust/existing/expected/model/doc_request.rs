// @generated from the contracts in spec/; edits are overwritten.

//! `DocRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{DocId, DocNick, DocPlaceRequest};

/// - **Read-only** `ownerId`, `role`, `visits`, `rating`, `copies`, `shelf`: set by the service, and
///   ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc`
#[derive(Debug, Clone, PartialEq)]
pub struct DocRequest {
    pub id: DocId,
    /// A string.
    pub title: String,
    pub nick: Option<DocNick>,
    pub place: Option<DocPlaceRequest>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl DocRequest {
    /// Creates a value from its required fields.
    pub fn new(id: DocId, title: String) -> Self {
        Self {
            id,
            title,
            nick: Default::default(),
            place: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "id",
    "title",
    "nick",
    "place",
    "ownerId",
    "role",
    "visits",
    "rating",
    "copies",
    "shelf",
];

impl Decode for DocRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let title = object.required("title");
        let nick = object.optional("nick");
        let place = object.optional("place");
        let others = object.others(PROPERTIES);
        Some(Self {
            id: id?,
            title: title?,
            nick: nick?,
            place: place?,
            others: others?,
        })
    }
}

impl Encode for DocRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.field("title", &self.title);
        out.optional("nick", &self.nick);
        out.optional("place", &self.place);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
