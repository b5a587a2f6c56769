// @generated from the contracts in spec/; edits are overwritten.

//! `DocPlaceRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Read-only** `level`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Doc/properties/place`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DocPlaceRequest {
    /// A string.
    pub room: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["room", "level"];

impl Decode for DocPlaceRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let room = object.optional("room");
        let others = object.others(PROPERTIES);
        Some(Self {
            room: room?,
            others: others?,
        })
    }
}

impl Encode for DocPlaceRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("room", &self.room);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
