// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV49`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v49`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VersionsV49 {
    /// A string.
    pub a: Option<String>,
}

const PROPERTIES: &[&str] = &["a"];

impl Decode for VersionsV49 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.optional("a");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self { a: a? })
    }
}

impl Encode for VersionsV49 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.end_map();
    }
}
