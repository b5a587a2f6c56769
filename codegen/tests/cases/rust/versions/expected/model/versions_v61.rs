// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV61`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// `VersionsV61`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v61`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VersionsV61 {
    /// `a`
    ///
    /// - **Shape** a string
    pub a: Option<String>,
    /// `b`
    ///
    /// - **Shape** an integer of at most 38 digits
    pub b: Option<i128>,
}

impl Decode for VersionsV61 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.optional("a");
        let b = object.optional("b");
        object.bound(Some(1), None);
        object.end()?;
        Some(Self { a: a?, b: b? })
    }
}

impl Encode for VersionsV61 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.optional("b", &self.b);
        out.end_map();
    }
}
