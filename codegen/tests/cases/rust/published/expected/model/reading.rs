// @generated from the contracts in spec/; edits are overwritten.

//! `Reading`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// `Reading`
///
/// - **Source** `spec/shop/asyncapi.yaml#/channels/readings/messages/reading`
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// `data`
    ///
    /// - **Shape** a number of double precision
    pub data: f64,
}

impl Reading {
    /// With what the contract requires, and nothing else.
    pub fn new(data: f64) -> Self {
        Self { data }
    }
}

impl Decode for Reading {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let data = object.required("data");
        Some(Self { data: data? })
    }
}

impl Encode for Reading {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("data", &self.data);
        out.end_map();
    }
}
