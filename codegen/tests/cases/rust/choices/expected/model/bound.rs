// @generated from the contracts in spec/; edits are overwritten.

//! `Bound`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::BoundKind;

/// With one kind.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Bound`
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    pub kind: BoundKind,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for Bound {
    fn default() -> Self {
        Self {
            kind: BoundKind::Bound,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["kind"];

impl Decode for Bound {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let kind = object.required("kind");
        let others = object.others(PROPERTIES);
        Some(Self {
            kind: kind?,
            others: others?,
        })
    }
}

impl Encode for Bound {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
