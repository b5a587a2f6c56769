// @generated from the contracts in spec/; edits are overwritten.

//! `DefaultValue`, an object in the contracts.

use runtime::{At, Encode, Sink, Violations};

/// `Default`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Default`
#[derive(Debug, Clone, PartialEq)]
pub struct DefaultValue {
    /// `size`
    ///
    /// - **Shape** an integer of at most 38 digits
    /// - **Default** `1`
    pub size: i128,
}

impl Default for DefaultValue {
    fn default() -> Self {
        Self { size: runtime::preset("1") }
    }
}

impl runtime::Decode for DefaultValue {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let size = object.or("size", "1");
        Some(Self { size: size? })
    }
}

impl Encode for DefaultValue {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("size", &self.size);
        out.end_map();
    }
}
