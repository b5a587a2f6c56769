// @generated from the contracts in spec/; edits are overwritten.

//! `Tree`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// `Tree`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Tree`
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// `value`
    ///
    /// - **Shape** an integer of at most 38 digits
    pub value: i128,
    /// `left`
    ///
    /// - **Shape** `Tree`
    pub left: Option<Box<Tree>>,
    /// `right`
    ///
    /// - **Shape** `Tree`
    pub right: Option<Box<Tree>>,
    /// `more`
    ///
    /// - **Shape** an array, each `Tree`
    pub more: Option<Vec<Tree>>,
}

impl Tree {
    /// With what the contract requires, and nothing else.
    pub fn new(value: i128) -> Self {
        Self {
            value,
            left: Default::default(),
            right: Default::default(),
            more: Default::default(),
        }
    }
}

impl Decode for Tree {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let value = object.required("value");
        let left = object.optional("left");
        let right = object.optional("right");
        let more = object.optional("more");
        Some(Self {
            value: value?,
            left: left?,
            right: right?,
            more: more?,
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
        out.end_map();
    }
}
