// @generated from the contracts in spec/; edits are overwritten.

//! `FilterPrice`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Filter/properties/price`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FilterPrice {
    /// A double-precision number.
    pub min: Option<f64>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["min"];

impl Decode for FilterPrice {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let min = object.optional("min");
        let others = object.others(PROPERTIES);
        Some(Self { min: min?, others: others? })
    }
}

impl Encode for FilterPrice {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("min", &self.min);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
