// @generated from the contracts in spec/; edits are overwritten.

//! `Small`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::SmallKind;

/// Its size is a text.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Small`
#[derive(Debug, Clone, PartialEq)]
pub struct Small {
    pub kind: SmallKind,
    /// A string.
    pub size: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Default for Small {
    fn default() -> Self {
        Self {
            kind: SmallKind::Small,
            size: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["kind", "size"];

impl Decode for Small {
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

impl Encode for Small {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.optional("size", &self.size);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
