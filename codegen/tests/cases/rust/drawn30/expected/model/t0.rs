// @generated from the contracts in spec/; edits are overwritten.

//! `T0`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

use super::{SCHEMAS, T0A, T0C};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T0`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct T0 {
    pub a: Option<T0A>,
    pub c: Maybe<T0C>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["a", "c"];

impl Decode for T0 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T0", at, out)?;
        let mut object = at.object(out)?;
        let a = object
            .optional_as("a", runtime::checked(&SCHEMAS, "T0A", Decode::decode));
        let c = object.maybe_as("c", runtime::checked(&SCHEMAS, "T0C", Decode::decode));
        let others = object.others(PROPERTIES);
        object.bound(Some(2), None);
        object.end()?;
        Some(Self {
            a: a?,
            c: c?,
            others: others?,
        })
    }
}

impl Encode for T0 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.maybe("c", &self.c);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
