// @generated from the contracts in spec/; edits are overwritten.

//! `PatchParcelBody`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1parcels~1{id}/patch/requestBody/content/application~1merge-patch+json/schema`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PatchParcelBody {
    /// A string, or `null`.
    pub note: Maybe<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["note"];

impl Decode for PatchParcelBody {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let note = object.maybe("note");
        let others = object.others(PROPERTIES);
        Some(Self {
            note: note?,
            others: others?,
        })
    }
}

impl Encode for PatchParcelBody {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.maybe("note", &self.note);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
