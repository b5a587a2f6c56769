// @generated from the contracts in spec/; edits are overwritten.

//! `Big`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::BigKind;

/// Its size is a number.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Big`
#[derive(Debug, Clone, PartialEq)]
pub struct Big {
    pub kind: BigKind,
    /// An integer of at most 38 digits.
    pub size: Option<i128>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for Big {
    fn default() -> Self {
        Self {
            kind: BigKind::Big,
            size: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["kind", "size"];

impl Decode for Big {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let kind = object.required("kind");
        let size = object.optional("size");
        let others = object.others(PROPERTIES);
        Some(Self {
            kind: kind?,
            size: size?,
            others: others?,
        })
    }
}

impl Encode for Big {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.optional("size", &self.size);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
