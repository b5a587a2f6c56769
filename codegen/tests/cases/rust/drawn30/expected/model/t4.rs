// @generated from the contracts in spec/; edits are overwritten.

//! `T4`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{SCHEMAS, T4Ab, T4C};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T4`
#[derive(Debug, Clone, PartialEq)]
pub struct T4 {
    pub ab: T4Ab,
    pub c: Option<T4C>,
    /// Any JSON.
    pub a: Json,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T4 {
    /// Creates a value from its required fields.
    pub fn new(ab: T4Ab, a: Json) -> Self {
        Self {
            ab,
            c: Default::default(),
            a,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["ab", "c", "a"];

impl Decode for T4 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T4", at, out)?;
        let mut object = at.object(out)?;
        let ab = object
            .required_as("ab", runtime::checked(&SCHEMAS, "T4Ab", Decode::decode));
        let c = object.optional("c");
        let a = object.required("a");
        let others = object.others(PROPERTIES);
        object.bound(None, Some(1));
        object.end()?;
        Some(Self {
            ab: ab?,
            c: c?,
            a: a?,
            others: others?,
        })
    }
}

impl Encode for T4 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("ab", &self.ab);
        out.optional("c", &self.c);
        out.field("a", &self.a);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
