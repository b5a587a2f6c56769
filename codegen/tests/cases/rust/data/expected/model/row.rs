// @generated from the contracts in spec/; edits are overwritten.

//! `Row`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// Replaced with its list, and whole then.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Row`
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// An integer of at most 38 digits.
    ///
    /// - **Default** `10`
    pub seats: i128,
    /// A string.
    pub name: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for Row {
    fn default() -> Self {
        Self {
            seats: runtime::preset("10"),
            name: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["seats", "name"];

impl Decode for Row {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let seats = object.or("seats", "10");
        let name = object.optional("name");
        let others = object.others(PROPERTIES);
        Some(Self {
            seats: seats?,
            name: name?,
            others: others?,
        })
    }
}

impl Encode for Row {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("seats", &self.seats);
        out.optional("name", &self.name);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
