// @generated from the contracts in spec/; edits are overwritten.

//! `T9`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, ListRules, Maybe, Sink, Violations};

use super::{SCHEMAS, T9A, T9Ab, T9C, T9Value};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T9`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct T9 {
    pub a: Option<T9A>,
    pub ab: Maybe<T9Ab>,
    pub c: Option<T9C>,
    /// Additional properties.
    pub others: BTreeMap<String, Option<T9Value>>,
}

const PROPERTIES: &[&str] = &["a", "ab", "c"];

impl Decode for T9 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T9", at, out)?;
        let mut object = at.object(out)?;
        let a = object
            .optional_as("a", runtime::checked(&SCHEMAS, "T9A", Decode::decode));
        let ab = object
            .maybe_as(
                "ab",
                runtime::checked(
                    &SCHEMAS,
                    "T9Ab",
                    runtime::list(ListRules::new().min_items(0).unique_items()),
                ),
            );
        let c = object.optional("c");
        let others = object.others(PROPERTIES);
        object.bound(None, Some(0));
        object.end()?;
        Some(Self {
            a: a?,
            ab: ab?,
            c: c?,
            others: others?,
        })
    }
}

impl Encode for T9 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.maybe("ab", &self.ab);
        out.optional("c", &self.c);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
