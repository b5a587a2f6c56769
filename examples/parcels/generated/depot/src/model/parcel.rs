// @generated from the contracts in spec/; edits are overwritten.

//! `Parcel`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Timestamp, Violations};

use super::{ParcelId, Recipient, WeightGrams};

/// A parcel that a depot took in.
///
/// - **Source** `spec/depot/openapi.yaml#/components/schemas/Parcel`
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    /// Names a parcel.
    pub id: ParcelId,
    /// Who gets the parcel.
    pub recipient: Recipient,
    /// What a parcel weighs.
    pub weight_grams: WeightGrams,
    /// A date and time (RFC 3339).
    pub registered_at: Timestamp,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Parcel {
    /// Creates a value from its required fields.
    pub fn new(
        id: ParcelId,
        recipient: Recipient,
        weight_grams: WeightGrams,
        registered_at: Timestamp,
    ) -> Self {
        Self {
            id,
            recipient,
            weight_grams,
            registered_at,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["id", "recipient", "weightGrams", "registeredAt"];

impl Decode for Parcel {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let recipient = object.required("recipient");
        let weight_grams = object.required("weightGrams");
        let registered_at = object.required("registeredAt");
        let others = object.others(PROPERTIES);
        Some(Self {
            id: id?,
            recipient: recipient?,
            weight_grams: weight_grams?,
            registered_at: registered_at?,
            others: others?,
        })
    }
}

impl Encode for Parcel {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.field("recipient", &self.recipient);
        out.field("weightGrams", &self.weight_grams);
        out.field("registeredAt", &self.registered_at);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
