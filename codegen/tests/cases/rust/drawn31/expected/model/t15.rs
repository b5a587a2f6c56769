// @generated from the contracts in spec/; edits are overwritten.

//! `T15`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

use super::{SCHEMAS, T15A, T15B, T15C};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T15`
#[derive(Debug, Clone, PartialEq)]
pub struct T15 {
    pub a: Option<T15A>,
    pub b: Maybe<T15B>,
    pub c: Option<T15C>,
    /// Any JSON.
    pub ab: Json,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T15 {
    /// Creates a value from its required fields.
    pub fn new(ab: Json) -> Self {
        Self {
            a: Default::default(),
            b: Default::default(),
            c: Default::default(),
            ab,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a", "b", "c", "ab"];

impl Decode for T15 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T15", at, out)?;
        let mut object = at.object(out)?;
        let a = object.optional("a");
        let b = object.maybe("b");
        let c = object
            .optional_as("c", runtime::checked(&SCHEMAS, "T15C", Decode::decode));
        let ab = object.required("ab");
        let others = object.others(PROPERTIES);
        object.bound(None, Some(3));
        object.end()?;
        Some(Self {
            a: a?,
            b: b?,
            c: c?,
            ab: ab?,
            others: others?,
        })
    }
}

impl Encode for T15 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.maybe("b", &self.b);
        out.optional("c", &self.c);
        out.field("ab", &self.ab);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
