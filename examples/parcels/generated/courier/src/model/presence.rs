// @generated from the contracts in spec/; edits are overwritten.

//! `Presence`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{ParcelId, Place};

/// A parcel at the place where it was seen last.
///
/// - **Source** `spec/courier/asyncapi.yaml#/components/schemas/Presence`
#[derive(Debug, Clone, PartialEq)]
pub struct Presence {
    /// Where a parcel was seen.
    pub place: Place,
    /// Names a parcel.
    pub parcel_id: ParcelId,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Presence {
    /// Creates a value from its required fields.
    pub fn new(place: Place, parcel_id: ParcelId) -> Self {
        Self {
            place,
            parcel_id,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["place", "parcelId"];

impl Decode for Presence {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let place = object.required("place");
        let parcel_id = object.required("parcelId");
        let others = object.others(PROPERTIES);
        Some(Self {
            place: place?,
            parcel_id: parcel_id?,
            others: others?,
        })
    }
}

impl Encode for Presence {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("place", &self.place);
        out.field("parcelId", &self.parcel_id);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
