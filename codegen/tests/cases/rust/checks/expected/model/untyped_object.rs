// @generated from the contracts in spec/; edits are overwritten.

//! `UntypedObject`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// No type.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Untyped`
#[derive(Debug, Clone, PartialEq)]
pub struct UntypedObject {
    /// An integer of at most 38 digits.
    pub a: i128,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl UntypedObject {
    /// Creates a value from its required fields.
    pub fn new(a: i128) -> Self {
        Self {
            a,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a"];

impl Decode for UntypedObject {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.required("a");
        let others = object.others(PROPERTIES);
        Some(Self { a: a?, others: others? })
    }
}

impl Encode for UntypedObject {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("a", &self.a);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
