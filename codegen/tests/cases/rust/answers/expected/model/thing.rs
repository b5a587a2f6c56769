// @generated from the contracts in spec/; edits are overwritten.

//! `Thing`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// `Thing`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Thing`
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// `name`
    ///
    /// - **Shape** a string
    pub name: String,
}

impl Thing {
    /// With what the contract requires, and nothing else.
    pub fn new(name: String) -> Self {
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
