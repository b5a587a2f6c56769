// @generated from the contracts in spec/; edits are overwritten.

//! `TreeVariant2`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::Tree;

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Tree/oneOf/1`
#[derive(Debug, Clone, PartialEq)]
pub struct TreeVariant2 {
    /// Alternatives within alternatives.
    pub right: Tree,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl TreeVariant2 {
    /// Creates a value from its required fields.
    pub fn new(right: Tree) -> Self {
        Self {
            right,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["right"];

impl Decode for TreeVariant2 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let right = object.required("right");
        let others = object.others(PROPERTIES);
        Some(Self {
            right: right?,
            others: others?,
        })
    }
}

impl Encode for TreeVariant2 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("right", &self.right);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
