// @generated from the contracts in spec/; edits are overwritten.

//! `T31`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::T31B;

/// - **Source** `spec/shop/openapi.json#/components/schemas/T31`
#[derive(Debug, Clone, PartialEq)]
pub struct T31 {
    pub b: T31B,
}

impl T31 {
    /// Creates a value from its required fields.
    pub fn new(b: T31B) -> Self {
        Self { b }
    }
}

const PROPERTIES: &[&str] = &["b"];

impl Decode for T31 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let b = object.required("b");
        object.refuse_others(PROPERTIES);
        object.bound(None, Some(2));
        object.end()?;
        Some(Self { b: b? })
    }
}

impl Encode for T31 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("b", &self.b);
        out.end_map();
    }
}
