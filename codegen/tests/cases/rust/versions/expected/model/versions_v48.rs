// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV48`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// `VersionsV48`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v48`
#[derive(Debug, Clone, PartialEq)]
pub struct VersionsV48 {
    /// `a`
    ///
    /// - **Shape** a string
    pub a: String,
}

impl VersionsV48 {
    /// With what the contract requires, and nothing else.
    pub fn new(a: String) -> Self {
        Self { a }
    }
}

impl Decode for VersionsV48 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.required("a");
        Some(Self { a: a? })
    }
}

impl Encode for VersionsV48 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("a", &self.a);
        out.end_map();
    }
}
