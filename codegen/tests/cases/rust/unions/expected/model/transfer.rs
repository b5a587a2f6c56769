// @generated from the contracts in spec/; edits are overwritten.

//! `Transfer`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::Payment;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Transfer`
#[derive(Debug, Clone, PartialEq)]
pub struct Transfer {
    /// A string.
    pub kind: String,
    /// How it is paid.
    pub after: Option<Payment>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Transfer {
    /// Creates a value from its required fields.
    pub fn new(kind: String) -> Self {
        Self {
            kind,
            after: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["kind", "after"];

impl Decode for Transfer {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let kind = object.required("kind");
        let after = object.optional("after");
        let others = object.others(PROPERTIES);
        Some(Self {
            kind: kind?,
            after: after?,
            others: others?,
        })
    }
}

impl Encode for Transfer {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.optional("after", &self.after);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
