// @generated from the contracts in spec/; edits are overwritten.

//! `VersionsV51`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// `VersionsV51`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions/properties/v51`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VersionsV51 {
    /// `a`
    ///
    /// - **Shape** a string
    pub a: Option<String>,
    /// `b`
    ///
    /// - **Shape** an integer of at most 38 digits
    pub b: Option<i128>,
    /// Properties that the contract does not name.
    pub others: BTreeMap<String, Json>,
}

impl Decode for VersionsV51 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const PROPERTIES: &[&str] = &["a", "b"];
        let mut object = at.object(out)?;
        let a = object.optional("a");
        let b = object.optional("b");
        let others = object.others(PROPERTIES);
        Some(Self {
            a: a?,
            b: b?,
            others: others?,
        })
    }
}

impl Encode for VersionsV51 {
    fn encode(&self, out: &mut dyn Sink) {
        const PROPERTIES: &[&str] = &["a", "b"];
        out.begin_map();
        out.optional("a", &self.a);
        out.optional("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
