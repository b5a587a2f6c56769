// @generated from the contracts in spec/; edits are overwritten.

//! `T19Object`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T19ObjectB, T19ObjectValue};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T19`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct T19Object {
    pub b: Option<T19ObjectB>,
    /// Additional properties.
    pub others: BTreeMap<String, T19ObjectValue>,
}

const PROPERTIES: &[&str] = &["b"];

impl Decode for T19Object {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let b = object.optional("b");
        let others = object
            .others_as(PROPERTIES, runtime::checked(&SCHEMAS, "T192", Decode::decode));
        Some(Self { b: b?, others: others? })
    }
}

impl Encode for T19Object {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
