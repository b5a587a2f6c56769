// @generated from the contracts in spec/; edits are overwritten.

//! `ErrorErrorsItem`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Error/properties/errors/items`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ErrorErrorsItem {
    /// A string.
    pub field: Option<String>,
    /// A string.
    pub message: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["field", "message"];

impl Decode for ErrorErrorsItem {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let field = object.optional("field");
        let message = object.optional("message");
        let others = object.others(PROPERTIES);
        Some(Self {
            field: field?,
            message: message?,
            others: others?,
        })
    }
}

impl Encode for ErrorErrorsItem {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("field", &self.field);
        out.optional("message", &self.message);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
