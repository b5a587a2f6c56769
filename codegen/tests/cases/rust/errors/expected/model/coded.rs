// @generated from the contracts in spec/; edits are overwritten.

//! `Coded`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Sink, Violations};

use super::CodedCode;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Coded`
#[derive(Debug, Clone, PartialEq)]
pub struct Coded {
    pub code: CodedCode,
    /// An object with any keys; each value is an array; each item is a string.
    pub errors: BTreeMap<String, Vec<String>>,
}

impl Coded {
    /// Creates a value from its required fields.
    pub fn new(code: CodedCode, errors: BTreeMap<String, Vec<String>>) -> Self {
        Self { code, errors }
    }
}

const PROPERTIES: &[&str] = &["code", "errors"];

impl Decode for Coded {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let code = object.required("code");
        let errors = object.required("errors");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self {
            code: code?,
            errors: errors?,
        })
    }
}

impl Encode for Coded {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("code", &self.code);
        out.field("errors", &self.errors);
        out.end_map();
    }
}
