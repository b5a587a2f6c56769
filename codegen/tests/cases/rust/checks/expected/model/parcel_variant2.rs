// @generated from the contracts in spec/; edits are overwritten.

//! `ParcelVariant2`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::SCHEMAS;

/// All parts are known.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Parcel`
#[derive(Debug, Clone, PartialEq)]
pub struct ParcelVariant2 {
    /// An integer of at most 38 digits.
    pub a: Option<i128>,
    /// A string.
    pub c: String,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl ParcelVariant2 {
    /// Creates a value from its required fields.
    pub fn new(c: String) -> Self {
        Self {
            a: Default::default(),
            c,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a", "c"];

impl Decode for ParcelVariant2 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("ParcelVariant2", at, out)?;
        let mut object = at.object(out)?;
        let a = object.optional("a");
        let c = object.required("c");
        let others = object.others(PROPERTIES);
        Some(Self {
            a: a?,
            c: c?,
            others: others?,
        })
    }
}

impl Encode for ParcelVariant2 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.field("c", &self.c);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
