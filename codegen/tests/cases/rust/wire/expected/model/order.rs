// @generated from the contracts in spec/; edits are overwritten.

//! `Order`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Order`
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// A 32-bit integer.
    ///
    /// - **Default** `7`
    pub lines: i32,
    /// A 32-bit integer.
    ///
    /// - **Default** `1`
    pub rank: i32,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            lines: runtime::preset("7"),
            rank: runtime::preset("1"),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["lines", "rank"];

impl Decode for Order {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let lines = object.required("lines");
        let rank = object.or("rank", "1");
        let others = object.others(PROPERTIES);
        Some(Self {
            lines: lines?,
            rank: rank?,
            others: others?,
        })
    }
}

impl Encode for Order {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("lines", &self.lines);
        out.field("rank", &self.rank);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
