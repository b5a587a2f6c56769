// @generated from the contracts in spec/; edits are overwritten.

//! `T4Item`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T4ItemValue};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T4/items`
#[derive(Debug, Clone, PartialEq)]
pub struct T4Item {
    /// A string.
    pub c: Option<String>,
    pub b: T4ItemValue,
    /// Additional properties.
    pub others: BTreeMap<String, T4ItemValue>,
}

impl T4Item {
    /// Creates a value from its required fields.
    pub fn new(b: T4ItemValue) -> Self {
        Self {
            c: Default::default(),
            b,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["c", "b"];

impl Decode for T4Item {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T42", at, out)?;
        let mut object = at.object(out)?;
        let c = object.optional("c");
        let b = object
            .required_as("b", runtime::checked(&SCHEMAS, "T43", Decode::decode));
        let others = object
            .others_as(PROPERTIES, runtime::checked(&SCHEMAS, "T43", Decode::decode));
        object.bound(None, Some(1));
        object.end()?;
        Some(Self {
            c: c?,
            b: b?,
            others: others?,
        })
    }
}

impl Encode for T4Item {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("c", &self.c);
        out.field("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
