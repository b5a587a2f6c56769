// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV47`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// `VersionsV47`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v47`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VersionsV47 {
    /// `a`
    ///
    /// - **Shape** a string
    pub a: Option<String>,
}

impl Decode for VersionsV47 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.optional("a");
        Some(Self { a: a? })
    }
}

impl Encode for VersionsV47 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.end_map();
    }
}
