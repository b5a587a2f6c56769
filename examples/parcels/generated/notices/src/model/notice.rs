// @generated from the contracts in spec/; edits are overwritten.

//! `Notice`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{NoticeKind, NoticeText, ParcelId};

/// What a recipient was told of a parcel.
///
/// - **Source** `spec/notices/asyncapi.yaml#/components/schemas/Notice`
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Names a parcel.
    pub parcel_id: ParcelId,
    /// `kind`
    pub kind: NoticeKind,
    /// `text`
    pub text: NoticeText,
}

impl Notice {
    /// With what the contract requires, and nothing else.
    pub fn new(parcel_id: ParcelId, kind: NoticeKind, text: NoticeText) -> Self {
        Self { parcel_id, kind, text }
    }
}

impl Decode for Notice {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let parcel_id = object.required("parcelId");
        let kind = object.required("kind");
        let text = object.required("text");
        Some(Self {
            parcel_id: parcel_id?,
            kind: kind?,
            text: text?,
        })
    }
}

impl Encode for Notice {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("parcelId", &self.parcel_id);
        out.field("kind", &self.kind);
        out.field("text", &self.text);
        out.end_map();
    }
}
