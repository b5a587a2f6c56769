// @generated from the contracts in spec/; edits are overwritten.

//! `FilterPrice`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// `FilterPrice`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Filter/properties/price`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FilterPrice {
    /// `min`
    ///
    /// - **Shape** a number of double precision
    pub min: Option<f64>,
}

impl Decode for FilterPrice {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let min = object.optional("min");
        Some(Self { min: min? })
    }
}

impl Encode for FilterPrice {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("min", &self.min);
        out.end_map();
    }
}
