// @generated from the contracts in spec/; edits are overwritten.

//! `T19ObjectB`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

use super::{SCHEMAS, T19ObjectBAb, T19ObjectBa, T19ObjectBb};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T19/properties/b`
#[derive(Debug, Clone, PartialEq)]
pub struct T19ObjectB {
    pub a: Maybe<T19ObjectBa>,
    pub ab: Option<T19ObjectBAb>,
    pub b: Option<T19ObjectBb>,
    /// Any JSON.
    pub c: Json,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T19ObjectB {
    /// Creates a value from its required fields.
    pub fn new(c: Json) -> Self {
        Self {
            a: Default::default(),
            ab: Default::default(),
            b: Default::default(),
            c,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a", "ab", "b", "c"];

impl Decode for T19ObjectB {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T19B", at, out)?;
        let mut object = at.object(out)?;
        let a = object
            .maybe_as("a", runtime::checked(&SCHEMAS, "T19Ba", Decode::decode));
        let ab = object
            .optional_as("ab", runtime::checked(&SCHEMAS, "T19BAb", Decode::decode));
        let b = object
            .optional_as("b", runtime::checked(&SCHEMAS, "T19Bb", Decode::decode));
        let c = object.required("c");
        let others = object.others(PROPERTIES);
        Some(Self {
            a: a?,
            ab: ab?,
            b: b?,
            c: c?,
            others: others?,
        })
    }
}

impl Encode for T19ObjectB {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.maybe("a", &self.a);
        out.optional("ab", &self.ab);
        out.optional("b", &self.b);
        out.field("c", &self.c);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
