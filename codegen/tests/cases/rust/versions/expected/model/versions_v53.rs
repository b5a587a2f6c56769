// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV53`, an object in the contracts.

use runtime::{At, Decode, Encode, Maybe, Sink, Violations};

/// `VersionsV53`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v53`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VersionsV53 {
    /// `a`
    ///
    /// - **Shape** a string, or `null`
    pub a: Maybe<String>,
}

impl Decode for VersionsV53 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.maybe("a");
        Some(Self { a: a? })
    }
}

impl Encode for VersionsV53 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.maybe("a", &self.a);
        out.end_map();
    }
}
