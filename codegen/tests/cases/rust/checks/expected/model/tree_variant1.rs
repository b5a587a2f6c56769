// @generated from the contracts in spec/; edits are overwritten.

//! `TreeVariant1`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{SCHEMAS, Tree};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Tree/oneOf/0`
#[derive(Debug, Clone, PartialEq)]
pub struct TreeVariant1 {
    /// Alternatives within alternatives.
    pub left: Tree,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl TreeVariant1 {
    /// Creates a value from its required fields.
    pub fn new(left: Tree) -> Self {
        Self {
            left,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["left"];

impl Decode for TreeVariant1 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("TreeN0", at, out)?;
        let mut object = at.object(out)?;
        let left = object.required("left");
        let others = object.others(PROPERTIES);
        Some(Self {
            left: left?,
            others: others?,
        })
    }
}

impl Encode for TreeVariant1 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("left", &self.left);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
