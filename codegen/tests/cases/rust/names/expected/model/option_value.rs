// @generated from the contracts in spec/; edits are overwritten.

//! `OptionValue`, an object in the contracts.

use runtime::{At, Encode, Sink, Violations};

/// `Option`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Option`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OptionValue {
    /// `name`
    ///
    /// - **Shape** a string
    pub name: Option<String>,
}

impl runtime::Decode for OptionValue {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let name = object.optional("name");
        Some(Self { name: name? })
    }
}

impl Encode for OptionValue {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("name", &self.name);
        out.end_map();
    }
}
