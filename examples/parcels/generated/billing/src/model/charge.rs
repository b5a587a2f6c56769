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

const PROPERTIES: &[&str] = &["parcelId", "cents"];

impl Decode for Charge {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
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
        out.begin_map();
        out.field("parcelId", &self.parcel_id);
        out.field("cents", &self.cents);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
