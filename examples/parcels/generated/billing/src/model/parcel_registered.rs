// @generated from the contracts in spec/; edits are overwritten.

//! `ParcelRegistered`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{ParcelId, ParcelRegisteredVersion, Recipient, WeightGrams};

/// A depot took a parcel in.
///
/// - **Source** `spec/schemas/events.yaml#/ParcelRegistered`
#[derive(Debug, Clone, PartialEq)]
pub struct ParcelRegistered {
    /// `version`
    pub version: ParcelRegisteredVersion,
    /// Names a parcel.
    pub parcel_id: ParcelId,
    /// Who gets the parcel.
    pub recipient: Recipient,
    /// What a parcel weighs.
    pub weight_grams: WeightGrams,
}

impl ParcelRegistered {
    /// With what the contract requires, and nothing else.
    pub fn new(
        version: ParcelRegisteredVersion,
        parcel_id: ParcelId,
        recipient: Recipient,
        weight_grams: WeightGrams,
    ) -> Self {
        Self {
            version,
            parcel_id,
            recipient,
            weight_grams,
        }
    }
}

impl Decode for ParcelRegistered {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let version = object.required("version");
        let parcel_id = object.required("parcelId");
        let recipient = object.required("recipient");
        let weight_grams = object.required("weightGrams");
        Some(Self {
            version: version?,
            parcel_id: parcel_id?,
            recipient: recipient?,
            weight_grams: weight_grams?,
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
        out.end_map();
    }
}
