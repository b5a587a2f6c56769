// @generated from the contracts in spec/; edits are overwritten.

//! `Position`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{ParcelId, Place, WeightGrams};

/// Where a parcel is, and how it came there.
///
/// - **Source** `spec/courier/asyncapi.yaml#/components/schemas/Position`
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// Names a parcel.
    pub parcel_id: ParcelId,
    /// An array; each item is `Place`.
    pub places: Vec<Place>,
    /// What a parcel weighs.
    pub weight_grams: Option<WeightGrams>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Position {
    /// Creates a value from its required fields.
    pub fn new(parcel_id: ParcelId, places: Vec<Place>) -> Self {
        Self {
            parcel_id,
            places,
            weight_grams: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["parcelId", "places", "weightGrams"];

impl Decode for Position {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let parcel_id = object.required("parcelId");
        let places = object.required("places");
        let weight_grams = object.optional("weightGrams");
        let others = object.others(PROPERTIES);
        Some(Self {
            parcel_id: parcel_id?,
            places: places?,
            weight_grams: weight_grams?,
            others: others?,
        })
    }
}

impl Encode for Position {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("parcelId", &self.parcel_id);
        out.field("places", &self.places);
        out.optional("weightGrams", &self.weight_grams);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
