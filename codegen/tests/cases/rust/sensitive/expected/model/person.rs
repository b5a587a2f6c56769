// @generated from the contracts in spec/; edits are overwritten.

//! `Person`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::PersonName;

/// `Person`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Person`
#[derive(Clone, PartialEq)]
pub struct Person {
    /// `name`
    pub name: PersonName,
}

runtime::redacted_type!(Person);

impl Person {
    /// With what the contract requires, and nothing else.
    pub fn new(name: PersonName) -> Self {
        Self { name }
    }
}

impl Decode for Person {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let at = &at.secret();
        let mut object = at.object(out)?;
        let name = object.required("name");
        Some(Self { name: name? })
    }
}

impl Encode for Person {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("name", &self.name);
        out.end_map();
    }
}
