// @generated from the contracts in spec/; edits are overwritten.

//! `EitherVariant1Object`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Either/oneOf/0`
#[derive(Debug, Clone, PartialEq)]
pub struct EitherVariant1Object {
    /// A string.
    pub a: String,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl EitherVariant1Object {
    /// Creates a value from its required fields.
    pub fn new(a: String) -> Self {
        Self {
            a,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a"];

impl Decode for EitherVariant1Object {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.required("a");
        let others = object.others(PROPERTIES);
        Some(Self { a: a?, others: others? })
    }
}

impl Encode for EitherVariant1Object {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("a", &self.a);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
