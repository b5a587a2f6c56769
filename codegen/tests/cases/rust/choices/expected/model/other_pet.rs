// @generated from the contracts in spec/; edits are overwritten.

//! `OtherPet`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

use super::{OtherPetPetType, SCHEMAS};

/// Any other animal.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/OtherPet`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OtherPet {
    pub pet_type: Maybe<OtherPetPetType>,
    /// An integer of at most 38 digits.
    pub size: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["petType", "size"];

impl Decode for OtherPet {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let pet_type = object
            .maybe_as(
                "petType",
                runtime::checked(&SCHEMAS, "OtherPetPetType", Decode::decode),
            );
        let size = object.optional("size");
        let others = object.others(PROPERTIES);
        Some(Self {
            pet_type: pet_type?,
            size: size?,
            others: others?,
        })
    }
}

impl Encode for OtherPet {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.maybe("petType", &self.pet_type);
        out.optional("size", &self.size);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
