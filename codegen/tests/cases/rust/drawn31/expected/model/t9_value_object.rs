// @generated from the contracts in spec/; edits are overwritten.

//! `T9ValueObject`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T9ValueObjectA, T9ValueObjectAb, T9ValueObjectValue};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T9/additionalProperties`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct T9ValueObject {
    pub a: Option<T9ValueObjectA>,
    pub ab: Option<T9ValueObjectAb>,
    /// Additional properties.
    pub others: BTreeMap<String, T9ValueObjectValue>,
}

const PROPERTIES: &[&str] = &["a", "ab"];

impl Decode for T9ValueObject {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object
            .optional_as("a", runtime::checked(&SCHEMAS, "T9A2", Decode::decode));
        let ab = object.optional("ab");
        let others = object.others(PROPERTIES);
        Some(Self {
            a: a?,
            ab: ab?,
            others: others?,
        })
    }
}

impl Encode for T9ValueObject {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.optional("ab", &self.ab);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
