// @generated from the contracts in spec/; edits are overwritten.

//! `T3`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Sink, Violations};

use super::{SCHEMAS, T3C};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T3`
#[derive(Debug, Clone, PartialEq)]
pub struct T3 {
    pub c: T3C,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl T3 {
    /// Creates a value from its required fields.
    pub fn new(c: T3C) -> Self {
        Self {
            c,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["c"];

impl Decode for T3 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T3", at, out)?;
        let mut object = at.object(out)?;
        let c = object
            .required_as(
                "c",
                runtime::checked(
                    &SCHEMAS,
                    "T3C",
                    runtime::list(ListRules::new().unique_items()),
                ),
            );
        let others = object.others(PROPERTIES);
        Some(Self { c: c?, others: others? })
    }
}

impl Encode for T3 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("c", &self.c);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
