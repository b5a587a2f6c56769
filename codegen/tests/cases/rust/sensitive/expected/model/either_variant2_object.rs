// @generated from the contracts in spec/; edits are overwritten.

//! `EitherVariant2Object`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Either/oneOf/1`
#[derive(Debug, Clone, PartialEq)]
pub struct EitherVariant2Object {
    /// A string.
    pub b: String,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl EitherVariant2Object {
    /// Creates a value from its required fields.
    pub fn new(b: String) -> Self {
        Self {
            b,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["b"];

impl Decode for EitherVariant2Object {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let b = object.required("b");
        let others = object.others(PROPERTIES);
        Some(Self { b: b?, others: others? })
    }
}

impl Encode for EitherVariant2Object {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
