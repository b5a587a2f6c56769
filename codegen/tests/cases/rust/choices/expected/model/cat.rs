// @generated from the contracts in spec/; edits are overwritten.

//! `Cat`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::CatPetType;

/// A cat.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Cat`
#[derive(Debug, Clone, PartialEq)]
pub struct Cat {
    pub pet_type: CatPetType,
    /// An integer of at most 38 digits.
    pub lives: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for Cat {
    fn default() -> Self {
        Self {
            pet_type: CatPetType::Cat,
            lives: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["petType", "lives"];

impl Decode for Cat {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let pet_type = object.required("petType");
        let lives = object.optional("lives");
        let others = object.others(PROPERTIES);
        Some(Self {
            pet_type: pet_type?,
            lives: lives?,
            others: others?,
        })
    }
}

impl Encode for Cat {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("petType", &self.pet_type);
        out.optional("lives", &self.lives);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
