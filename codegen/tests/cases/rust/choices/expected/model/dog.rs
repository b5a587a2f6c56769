// @generated from the contracts in spec/; edits are overwritten.

//! `Dog`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::DogPetType;

/// A dog.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Dog`
#[derive(Debug, Clone, PartialEq)]
pub struct Dog {
    pub pet_type: DogPetType,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for Dog {
    fn default() -> Self {
        Self {
            pet_type: DogPetType::Dog,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["petType"];

impl Decode for Dog {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let pet_type = object.required("petType");
        let others = object.others(PROPERTIES);
        Some(Self {
            pet_type: pet_type?,
            others: others?,
        })
    }
}

impl Encode for Dog {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("petType", &self.pet_type);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
