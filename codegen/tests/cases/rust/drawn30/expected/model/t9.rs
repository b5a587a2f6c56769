// @generated from the contracts in spec/; edits are overwritten.

//! `T9`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

use super::{SCHEMAS, T9A, T9Ab};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T9`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct T9 {
    pub a: Maybe<T9A>,
    pub ab: Option<T9Ab>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["a", "ab"];

impl Decode for T9 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object.maybe_as("a", runtime::checked(&SCHEMAS, "T9A", Decode::decode));
        let ab = object.optional("ab");
        let others = object.others(PROPERTIES);
        object.bound(Some(0), None);
        object.end()?;
        Some(Self {
            a: a?,
            ab: ab?,
            others: others?,
        })
    }
}

impl Encode for T9 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.maybe("a", &self.a);
        out.optional("ab", &self.ab);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
