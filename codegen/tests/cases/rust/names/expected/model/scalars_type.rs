// @generated from the contracts in spec/; edits are overwritten.

//! `Scalars`, an object in the contracts.

use runtime::{At, Encode, Sink, Violations};

/// `Scalars`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Scalars`
#[derive(Debug, Clone, PartialEq)]
pub struct Scalars {
    /// `value`
    ///
    /// - **Shape** a string, or `null`
    pub value: Option<String>,
}

impl Scalars {
    /// With what the contract requires, and nothing else.
    pub fn new(value: Option<String>) -> Self {
        Self { value }
    }
}

impl runtime::Decode for Scalars {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let value = object.required("value");
        Some(Self { value: value? })
    }
}

impl Encode for Scalars {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("value", &self.value);
        out.end_map();
    }
}
