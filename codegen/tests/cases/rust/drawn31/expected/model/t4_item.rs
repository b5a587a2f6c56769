// @generated from the contracts in spec/; edits are overwritten.

//! `T4Item`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::SCHEMAS;

/// - **Source** `spec/shop/openapi.json#/components/schemas/T4/items`
#[derive(Debug, Clone, PartialEq)]
pub struct T4Item {
    /// A string.
    pub c: Option<String>,
    /// Any JSON.
    pub b: Json,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T4Item {
    /// Creates a value from its required fields.
    pub fn new(b: Json) -> Self {
        Self {
            c: Default::default(),
            b,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["c", "b"];

impl Decode for T4Item {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T42", at, out)?;
        let mut object = at.object(out)?;
        let c = object.optional("c");
        let b = object.required("b");
        let others = object.others(PROPERTIES);
        object.bound(None, Some(1));
        object.end()?;
        Some(Self {
            c: c?,
            b: b?,
            others: others?,
        })
    }
}

impl Encode for T4Item {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("c", &self.c);
        out.field("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
