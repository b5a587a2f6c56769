// @generated from the contracts in spec/; edits are overwritten.

//! `Check`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Check`
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// A string.
    pub by: String,
    /// `true` or `false`.
    ///
    /// - **Default** `true`
    pub open: bool,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Check {
    /// Creates a value from its required fields.
    pub fn new(by: String) -> Self {
        Self {
            by,
            open: runtime::preset("true"),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["by", "open"];

impl Decode for Check {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let by = object.required("by");
        let open = object.required("open");
        let others = object.others(PROPERTIES);
        Some(Self {
            by: by?,
            open: open?,
            others: others?,
        })
    }
}

impl Encode for Check {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("by", &self.by);
        out.field("open", &self.open);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
