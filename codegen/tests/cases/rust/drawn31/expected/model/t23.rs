// @generated from the contracts in spec/; edits are overwritten.

//! `T23`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

use super::{SCHEMAS, T23A, T23B};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T23`
#[derive(Debug, Clone, PartialEq)]
pub struct T23 {
    pub a: T23A,
    /// A string, or `null`.
    pub ab: Maybe<String>,
    pub b: Option<T23B>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T23 {
    /// Creates a value from its required fields.
    pub fn new(a: T23A) -> Self {
        Self {
            a,
            ab: Default::default(),
            b: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a", "ab", "b"];

impl Decode for T23 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T23", at, out)?;
        let mut object = at.object(out)?;
        let a = object.required("a");
        let ab = object.maybe("ab");
        let b = object.optional("b");
        let others = object.others(PROPERTIES);
        object.bound(Some(0), None);
        object.end()?;
        Some(Self {
            a: a?,
            ab: ab?,
            b: b?,
            others: others?,
        })
    }
}

impl Encode for T23 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("a", &self.a);
        out.maybe("ab", &self.ab);
        out.optional("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
