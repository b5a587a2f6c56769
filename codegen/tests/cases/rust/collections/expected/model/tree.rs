// @generated from the contracts in spec/; edits are overwritten.

//! `Tree`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Tree`
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// An integer of at most 38 digits.
    pub value: i128,
    /// `Tree`.
    pub left: Option<Box<Tree>>,
    /// `Tree`.
    pub right: Option<Box<Tree>>,
    /// An array; each item is `Tree`.
    pub more: Option<Vec<Tree>>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Tree {
    /// Creates a value from its required fields.
    pub fn new(value: i128) -> Self {
        Self {
            value,
            left: Default::default(),
            right: Default::default(),
            more: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["value", "left", "right", "more"];

impl Decode for Tree {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let value = object.required("value");
        let left = object.optional("left");
        let right = object.optional("right");
        let more = object.optional("more");
        let others = object.others(PROPERTIES);
        Some(Self {
            value: value?,
            left: left?,
            right: right?,
            more: more?,
            others: others?,
        })
    }
}

impl Encode for Tree {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("value", &self.value);
        out.optional("left", &self.left);
        out.optional("right", &self.right);
        out.optional("more", &self.more);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
