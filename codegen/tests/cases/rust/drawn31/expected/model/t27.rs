// @generated from the contracts in spec/; edits are overwritten.

//! `T27`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{SCHEMAS, T27A, T27B};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T27`
#[derive(Debug, Clone, PartialEq)]
pub struct T27 {
    pub a: T27A,
    pub b: Option<T27B>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T27 {
    /// Creates a value from its required fields.
    pub fn new(a: T27A, b: Option<T27B>) -> Self {
        Self {
            a,
            b,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a", "b"];

impl Decode for T27 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T27", at, out)?;
        let mut object = at.object(out)?;
        let a = object.required("a");
        let b = object.required("b");
        let others = object.others(PROPERTIES);
        object.bound(None, Some(1));
        object.end()?;
        Some(Self {
            a: a?,
            b: b?,
            others: others?,
        })
    }
}

impl Encode for T27 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("a", &self.a);
        out.field("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
