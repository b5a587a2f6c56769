// @generated from the contracts in spec/; edits are overwritten.

//! `Thing`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::ThingName;

/// `Thing`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing`
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// `name`
    pub name: ThingName,
}

impl Thing {
    /// With what the contract requires, and nothing else.
    pub fn new(name: ThingName) -> Self {
        Self { name }
    }
}

impl Decode for Thing {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let name = object.required("name");
        Some(Self { name: name? })
    }
}

impl Encode for Thing {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("name", &self.name);
        out.end_map();
    }
}
