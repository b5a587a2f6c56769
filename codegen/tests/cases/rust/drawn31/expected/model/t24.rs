// @generated from the contracts in spec/; edits are overwritten.

//! `T24`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{SCHEMAS, T24A, T24Ab, T24C};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T24`
#[derive(Debug, Clone, PartialEq)]
pub struct T24 {
    pub a: Option<T24A>,
    pub ab: Option<T24Ab>,
    pub c: T24C,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T24 {
    /// Creates a value from its required fields.
    pub fn new(a: Option<T24A>, c: T24C) -> Self {
        Self {
            a,
            ab: Default::default(),
            c,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a", "ab", "c"];

impl Decode for T24 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T24", at, out)?;
        let mut object = at.object(out)?;
        let a = object.required("a");
        let ab = object.optional("ab");
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

impl Encode for T24 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("a", &self.a);
        out.optional("ab", &self.ab);
        out.field("c", &self.c);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
