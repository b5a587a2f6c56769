// @generated from the contracts in spec/; edits are overwritten.

//! `ParcelVariant1`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::SCHEMAS;

/// All parts are known.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Parcel`
#[derive(Debug, Clone, PartialEq)]
pub struct ParcelVariant1 {
    /// An integer of at most 38 digits.
    pub a: Option<i128>,
    /// A string.
    pub b: String,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl ParcelVariant1 {
    /// Creates a value from its required fields.
    pub fn new(b: String) -> Self {
        Self {
            a: Default::default(),
            b,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["a", "b"];

impl Decode for ParcelVariant1 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("ParcelVariant1", at, out)?;
        let mut object = at.object(out)?;
        let a = object.optional("a");
        let b = object.required("b");
        let others = object.others(PROPERTIES);
        Some(Self {
            a: a?,
            b: b?,
            others: others?,
        })
    }
}

impl Encode for ParcelVariant1 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.field("b", &self.b);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
