// @generated from the contracts in spec/; edits are overwritten.

//! `Charge`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{ChargeCents, ParcelId};

/// What a parcel costs.
///
/// - **Source** `spec/billing/asyncapi.yaml#/components/schemas/Charge`
#[derive(Debug, Clone, PartialEq)]
pub struct Charge {
    /// Names a parcel.
    pub parcel_id: ParcelId,
    /// The property `cents`.
    pub cents: ChargeCents,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Charge {
    /// Creates a value from its required fields.
    pub fn new(parcel_id: ParcelId, cents: ChargeCents) -> Self {
        Self {
            parcel_id,
            cents,
            others: Default::default(),
        }
    }
}

impl Decode for Charge {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const PROPERTIES: &[&str] = &["parcelId", "cents"];
        let mut object = at.object(out)?;
        let parcel_id = object.required("parcelId");
        let cents = object.required("cents");
        let others = object.others(PROPERTIES);
        Some(Self {
            parcel_id: parcel_id?,
            cents: cents?,
            others: others?,
        })
    }
}

impl Encode for Charge {
    fn encode(&self, out: &mut dyn Sink) {
        const PROPERTIES: &[&str] = &["parcelId", "cents"];
        out.begin_map();
        out.field("parcelId", &self.parcel_id);
        out.field("cents", &self.cents);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
