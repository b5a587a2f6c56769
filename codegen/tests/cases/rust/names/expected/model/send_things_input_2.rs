// @generated from the contracts in spec/; edits are overwritten.

//! `SendThingsInput2`, an object in the contracts.

use runtime::{At, Encode, Sink, Violations};

/// `SendThingsInput`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/SendThingsInput`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SendThingsInput2 {
    /// `size`
    ///
    /// - **Shape** an integer of at most 38 digits
    pub size: Option<i128>,
}

impl runtime::Decode for SendThingsInput2 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let size = object.optional("size");
        Some(Self { size: size? })
    }
}

impl Encode for SendThingsInput2 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("size", &self.size);
        out.end_map();
    }
}
