// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV50`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v50`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VersionsV50 {
    /// A string.
    pub a: Option<String>,
    /// An integer of at most 38 digits.
    pub b: Option<i128>,
}

const PROPERTIES: &[&str] = &["a", "b"];

impl Decode for VersionsV50 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.optional("a");
        let b = object.optional("b");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self { a: a?, b: b? })
    }
}

impl Encode for VersionsV50 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.optional("b", &self.b);
        out.end_map();
    }
}
