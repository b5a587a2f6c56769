// @generated from the contracts in spec/; edits are overwritten.

//! `T8Ab`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Maybe, Sink, Violations};

use super::{SCHEMAS, T8AbA, T8AbB};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T8/properties/ab`
#[derive(Debug, Clone, PartialEq)]
pub struct T8Ab {
    pub a: Option<T8AbA>,
    /// Any JSON.
    pub ab: Json,
    pub b: Option<T8AbB>,
    /// A string, or `null`.
    pub c: Maybe<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T8Ab {
    /// Creates a value from its required fields.
    pub fn new(ab: Json) -> Self {
        Self {
            a: Default::default(),
            ab,
            b: Default::default(),
            c: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a", "ab", "b", "c"];

impl Decode for T8Ab {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T8Ab", at, out)?;
        let mut object = at.object(out)?;
        let a = object
            .optional_as("a", runtime::checked(&SCHEMAS, "T8AbA", Decode::decode));
        let ab = object.required("ab");
        let b = object.optional("b");
        let c = object.maybe("c");
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

impl Encode for T8Ab {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.field("ab", &self.ab);
        out.optional("b", &self.b);
        out.maybe("c", &self.c);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
