// @generated from the contracts in spec/; edits are overwritten.

//! `Invalid`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// `Invalid`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Invalid`
#[derive(Debug, Clone, PartialEq)]
pub struct Invalid {
    /// `detail`
    ///
    /// - **Shape** an array, each a string
    pub detail: Vec<String>,
}

impl Invalid {
    /// With what the contract requires, and nothing else.
    pub fn new(detail: Vec<String>) -> Self {
        Self { detail }
    }
}

impl Decode for Invalid {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let detail = object.required("detail");
        Some(Self { detail: detail? })
    }
}

impl Encode for Invalid {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("detail", &self.detail);
        out.end_map();
    }
}
