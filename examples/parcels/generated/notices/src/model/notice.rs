// @generated from the contracts in spec/; edits are overwritten.

//! `Notice`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{NoticeKind, NoticeText, ParcelId};

/// What a recipient was told of a parcel.
///
/// - **Source** `spec/notices/asyncapi.yaml#/components/schemas/Notice`
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Names a parcel.
    pub parcel_id: ParcelId,
    pub kind: NoticeKind,
    pub text: NoticeText,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Notice {
    /// Creates a value from its required fields.
    pub fn new(parcel_id: ParcelId, kind: NoticeKind, text: NoticeText) -> Self {
        Self {
            parcel_id,
            kind,
            text,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["parcelId", "kind", "text"];

impl Decode for Notice {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let parcel_id = object.required("parcelId");
        let kind = object.required("kind");
        let text = object.required("text");
        let others = object.others(PROPERTIES);
        Some(Self {
            parcel_id: parcel_id?,
            kind: kind?,
            text: text?,
            others: others?,
        })
    }
}

impl Encode for Notice {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("parcelId", &self.parcel_id);
        out.field("kind", &self.kind);
        out.field("text", &self.text);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
