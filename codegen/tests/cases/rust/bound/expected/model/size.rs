// @generated from the contracts in spec/; edits are overwritten.

//! `Size`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Size`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Size {
    /// A double-precision number.
    pub length: Option<f64>,
    /// A double-precision number.
    pub area: Option<f64>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["length", "area"];

impl Decode for Size {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let length = object.optional("length");
        let area = object.optional("area");
        let others = object.others(PROPERTIES);
        Some(Self {
            length: length?,
            area: area?,
            others: others?,
        })
    }
}

impl Encode for Size {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("length", &self.length);
        out.optional("area", &self.area);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
