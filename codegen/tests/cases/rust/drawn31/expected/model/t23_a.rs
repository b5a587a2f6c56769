// @generated from the contracts in spec/; edits are overwritten.

//! `T23A`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{SCHEMAS, T23AAb, T23Ac};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T23/properties/a`
#[derive(Debug, Clone, PartialEq)]
pub struct T23A {
    pub ab: Option<T23AAb>,
    pub c: T23Ac,
    /// Any JSON.
    pub b: Json,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T23A {
    /// Creates a value from its required fields.
    pub fn new(c: T23Ac, b: Json) -> Self {
        Self {
            ab: Default::default(),
            c,
            b,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["ab", "c", "b"];

impl Decode for T23A {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T23A", at, out)?;
        let mut object = at.object(out)?;
        let ab = object.optional("ab");
        let c = object
            .required_as("c", runtime::checked(&SCHEMAS, "T23Ac", Decode::decode));
        let b = object.required("b");
        let others = object.others(PROPERTIES);
        object.bound(Some(1), None);
        object.end()?;
        Some(Self {
            ab: ab?,
            c: c?,
            b: b?,
            others: others?,
        })
    }
}

impl Encode for T23A {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("ab", &self.ab);
        out.field("c", &self.c);
        out.field("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
