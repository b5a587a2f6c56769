// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV52`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// `VersionsV52`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v52`
#[derive(Debug, Clone, PartialEq)]
pub struct VersionsV52 {
    /// `a`
    ///
    /// - **Shape** a string
    /// - **Default** `"x"`
    pub a: String,
}

impl Default for VersionsV52 {
    fn default() -> Self {
        Self {
            a: runtime::preset("\"x\""),
        }
    }
}

impl Decode for VersionsV52 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.or("a", "\"x\"");
        Some(Self { a: a? })
    }
}

impl Encode for VersionsV52 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("a", &self.a);
        out.end_map();
    }
}
