// @generated from the contracts in spec/; edits are overwritten.

//! `Trip`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{ParcelId, TripCourier};

/// Who brings a parcel.
///
/// - **Source** `spec/courier/asyncapi.yaml#/components/schemas/Trip`
#[derive(Debug, Clone, PartialEq)]
pub struct Trip {
    /// Names a parcel.
    pub parcel_id: ParcelId,
    pub courier: TripCourier,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Trip {
    /// Creates a value from its required fields.
    pub fn new(parcel_id: ParcelId, courier: TripCourier) -> Self {
        Self {
            parcel_id,
            courier,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["parcelId", "courier"];

impl Decode for Trip {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let parcel_id = object.required("parcelId");
        let courier = object.required("courier");
        let others = object.others(PROPERTIES);
        Some(Self {
            parcel_id: parcel_id?,
            courier: courier?,
            others: others?,
        })
    }
}

impl Encode for Trip {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("parcelId", &self.parcel_id);
        out.field("courier", &self.courier);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
