// @generated from the contracts in spec/; edits are overwritten.

//! `Mapped`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::MappedTitle;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Mapped`
#[derive(Debug, Clone, PartialEq)]
pub struct Mapped {
    pub title: MappedTitle,
    /// A string.
    pub code: String,
    /// An array; each item is a string.
    pub errors: Vec<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Mapped {
    /// Creates a value from its required fields.
    pub fn new(title: MappedTitle, code: String, errors: Vec<String>) -> Self {
        Self {
            title,
            code,
            errors,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["title", "code", "errors"];

impl Decode for Mapped {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let title = object.required("title");
        let code = object.required("code");
        let errors = object.required("errors");
        let others = object.others(PROPERTIES);
        Some(Self {
            title: title?,
            code: code?,
            errors: errors?,
            others: others?,
        })
    }
}

impl Encode for Mapped {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("title", &self.title);
        out.field("code", &self.code);
        out.field("errors", &self.errors);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
