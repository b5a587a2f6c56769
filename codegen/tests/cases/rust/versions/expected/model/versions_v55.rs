// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV55`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

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
    /// Properties that the contract does not name.
    pub others: BTreeMap<String, Json>,
}

impl VersionsV55 {
    /// With what the contract requires, and nothing else.
    pub fn new(a: String, b: i128) -> Self {
        Self {
            a,
            b,
            others: Default::default(),
        }
    }
}

impl Decode for VersionsV55 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const PROPERTIES: &[&str] = &["a", "b"];
        let mut object = at.object(out)?;
        let a = object.required("a");
        let b = object.required("b");
        let others = object.others(PROPERTIES);
        Some(Self {
            a: a?,
            b: b?,
            others: others?,
        })
    }
}

impl Encode for VersionsV55 {
    fn encode(&self, out: &mut dyn Sink) {
        const PROPERTIES: &[&str] = &["a", "b"];
        out.begin_map();
        out.field("a", &self.a);
        out.field("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
