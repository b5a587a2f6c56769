// @generated from the contracts in spec/; edits are overwritten.

//! `T3Variant2Variant2`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

use super::{SCHEMAS, T3Variant2Variant2A, T3Variant2Variant2Ab, T3Variant2Variant2C};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T3/oneOf/1`
#[derive(Debug, Clone, PartialEq)]
pub struct T3Variant2Variant2 {
    pub a: Option<T3Variant2Variant2A>,
    pub ab: Maybe<T3Variant2Variant2Ab>,
    pub c: T3Variant2Variant2C,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T3Variant2Variant2 {
    /// Creates a value from its required fields.
    pub fn new(c: T3Variant2Variant2C) -> Self {
        Self {
            a: Default::default(),
            ab: Default::default(),
            c,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a", "ab", "c"];

impl Decode for T3Variant2Variant2 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T3Variant2Variant2", at, out)?;
        let mut object = at.object(out)?;
        let a = object
            .optional_as("a", runtime::checked(&SCHEMAS, "T3N1A", Decode::decode));
        let ab = object
            .maybe_as("ab", runtime::checked(&SCHEMAS, "T3N1Ab", Decode::decode));
        let c = object.required("c");
        let others = object.others(PROPERTIES);
        Some(Self {
            a: a?,
            ab: ab?,
            c: c?,
            others: others?,
        })
    }
}

impl Encode for T3Variant2Variant2 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.maybe("ab", &self.ab);
        out.field("c", &self.c);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
