// @generated from the contracts in spec/; edits are overwritten.

//! `T11`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

use super::{SCHEMAS, T11B};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T11`
#[derive(Debug, Clone, PartialEq)]
pub struct T11 {
    /// A string, or `null`.
    pub ab: Maybe<String>,
    pub b: T11B,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T11 {
    /// Creates a value from its required fields.
    pub fn new(b: T11B) -> Self {
        Self {
            ab: Default::default(),
            b,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["ab", "b"];

impl Decode for T11 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T11", at, out)?;
        let mut object = at.object(out)?;
        let ab = object.maybe("ab");
        let b = object.required("b");
        let others = object.others(PROPERTIES);
        object.bound(None, Some(0));
        object.end()?;
        Some(Self {
            ab: ab?,
            b: b?,
            others: others?,
        })
    }
}

impl Encode for T11 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.maybe("ab", &self.ab);
        out.field("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
