// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV54`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// `VersionsV54`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v54`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VersionsV54 {
    /// `a`
    ///
    /// - **Shape** an integer of at most 38 digits
    pub a: Option<i128>,
}

impl Decode for VersionsV54 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.optional("a");
        Some(Self { a: a? })
    }
}

impl Encode for VersionsV54 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.end_map();
    }
}
