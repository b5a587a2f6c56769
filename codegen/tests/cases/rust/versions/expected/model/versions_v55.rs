// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV55`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// `VersionsV55`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v55`
#[derive(Debug, Clone, PartialEq)]
pub struct VersionsV55 {
    /// `a`
    ///
    /// - **Shape** a string
    pub a: String,
    /// `b`
    ///
    /// - **Shape** an integer of at most 38 digits
    pub b: i128,
}

impl VersionsV55 {
    /// With what the contract requires, and nothing else.
    pub fn new(a: String, b: i128) -> Self {
        Self { a, b }
    }
}

impl Decode for VersionsV55 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.required("a");
        let b = object.required("b");
        Some(Self { a: a?, b: b? })
    }
}

impl Encode for VersionsV55 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("a", &self.a);
        out.field("b", &self.b);
        out.end_map();
    }
}
