// @generated from the contracts in spec/; edits are overwritten.

//! `T2`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::T2C;

/// - **Source** `spec/shop/openapi.json#/components/schemas/T2`
#[derive(Debug, Clone, PartialEq)]
pub struct T2 {
    /// Any JSON.
    pub b: Option<Json>,
    pub c: Option<T2C>,
    /// Any JSON.
    pub a: Json,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T2 {
    /// Creates a value from its required fields.
    pub fn new(a: Json) -> Self {
        Self {
            b: Default::default(),
            c: Default::default(),
            a,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["b", "c", "a"];

impl Decode for T2 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let b = object.optional("b");
        let c = object.optional("c");
        let a = object.required("a");
        let others = object.others(PROPERTIES);
        object.bound(None, Some(3));
        object.end()?;
        Some(Self {
            b: b?,
            c: c?,
            a: a?,
            others: others?,
        })
    }
}

impl Encode for T2 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("b", &self.b);
        out.optional("c", &self.c);
        out.field("a", &self.a);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
