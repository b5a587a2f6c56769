// @generated from the contracts in spec/; edits are overwritten.

//! `Problem`, an object in the contracts.

use runtime::{At, Encode, Sink, Violations};

/// `Problem`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Problem`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Problem {
    /// `sink`
    ///
    /// - **Shape** a string
    pub sink: Option<String>,
}

impl runtime::Decode for Problem {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let sink = object.optional("sink");
        Some(Self { sink: sink? })
    }
}

impl Encode for Problem {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("sink", &self.sink);
        out.end_map();
    }
}
