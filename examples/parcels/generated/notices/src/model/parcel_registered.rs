// @generated from the contracts in spec/; edits are overwritten.

//! `ParcelRegistered`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{ParcelId, ParcelRegisteredVersion, Recipient, WeightGrams};

/// A depot took a parcel in.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelRegistered`
#[derive(Debug, Clone, PartialEq)]
pub struct ParcelRegistered {
    pub version: ParcelRegisteredVersion,
    /// Names a parcel.
    pub parcel_id: ParcelId,
    /// Who gets the parcel.
    pub recipient: Recipient,
    /// What a parcel weighs.
    pub weight_grams: WeightGrams,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl ParcelRegistered {
    /// Creates a value from its required fields.
    pub fn new(
        parcel_id: ParcelId,
        recipient: Recipient,
        weight_grams: WeightGrams,
    ) -> Self {
        Self {
            version: ParcelRegisteredVersion::VALUE,
            parcel_id,
            recipient,
            weight_grams,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["version", "parcelId", "recipient", "weightGrams"];

impl Decode for ParcelRegistered {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let version = object.required("version");
        let parcel_id = object.required("parcelId");
        let recipient = object.required("recipient");
        let weight_grams = object.required("weightGrams");
        let others = object.others(PROPERTIES);
        Some(Self {
            version: version?,
            parcel_id: parcel_id?,
            recipient: recipient?,
            weight_grams: weight_grams?,
            others: others?,
        })
    }
}

impl Encode for ParcelRegistered {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("version", &self.version);
        out.field("parcelId", &self.parcel_id);
        out.field("recipient", &self.recipient);
        out.field("weightGrams", &self.weight_grams);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
