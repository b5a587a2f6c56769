// @generated from the contracts in spec/; edits are overwritten.

//! `ErrorErrorsItem`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// `ErrorErrorsItem`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Error/properties/errors/items`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ErrorErrorsItem {
    /// `field`
    ///
    /// - **Shape** a string
    pub field: Option<String>,
    /// `message`
    ///
    /// - **Shape** a string
    pub message: Option<String>,
}

impl Decode for ErrorErrorsItem {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let field = object.optional("field");
        let message = object.optional("message");
        Some(Self {
            field: field?,
            message: message?,
        })
    }
}

impl Encode for ErrorErrorsItem {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("field", &self.field);
        out.optional("message", &self.message);
        out.end_map();
    }
}
