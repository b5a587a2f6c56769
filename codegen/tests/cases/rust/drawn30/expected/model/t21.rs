// @generated from the contracts in spec/; edits are overwritten.

//! `T21`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

use super::{SCHEMAS, T21A, T21Ab, T21B, T21C};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T21`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct T21 {
    pub a: Maybe<T21A>,
    pub ab: Option<T21Ab>,
    pub b: Option<T21B>,
    pub c: Maybe<T21C>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["a", "ab", "b", "c"];

impl Decode for T21 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.maybe_as("a", runtime::checked(&SCHEMAS, "T21A", Decode::decode));
        let ab = object.optional("ab");
        let b = object.optional("b");
        let c = object.maybe_as("c", runtime::checked(&SCHEMAS, "T21C", Decode::decode));
        let others = object.others(PROPERTIES);
        object.bound(None, Some(2));
        object.end()?;
        Some(Self {
            a: a?,
            ab: ab?,
            b: b?,
            c: c?,
            others: others?,
        })
    }
}

impl Encode for T21 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.maybe("a", &self.a);
        out.optional("ab", &self.ab);
        out.optional("b", &self.b);
        out.maybe("c", &self.c);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
