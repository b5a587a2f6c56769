// @generated from the contracts in spec/; edits are overwritten.

//! `NewParcel`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Recipient, WeightGrams};

/// - **Source** `spec/depot/openapi.yaml#/components/schemas/NewParcel`
#[derive(Debug, Clone, PartialEq)]
pub struct NewParcel {
    /// Who gets the parcel.
    pub recipient: Recipient,
    /// What a parcel weighs.
    pub weight_grams: WeightGrams,
}

impl NewParcel {
    /// Creates a value from its required fields.
    pub fn new(recipient: Recipient, weight_grams: WeightGrams) -> Self {
        Self { recipient, weight_grams }
    }
}

const PROPERTIES: &[&str] = &["recipient", "weightGrams"];

impl Decode for NewParcel {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let recipient = object.required("recipient");
        let weight_grams = object.required("weightGrams");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            recipient: recipient?,
            weight_grams: weight_grams?,
        })
    }
}

impl Encode for NewParcel {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("recipient", &self.recipient);
        out.field("weightGrams", &self.weight_grams);
        out.end_map();
    }
}
