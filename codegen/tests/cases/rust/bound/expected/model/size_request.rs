// @generated from the contracts in spec/; edits are overwritten.

//! `SizeRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

/// - **Read-only** `area`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Size`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SizeRequest {
    /// A double-precision number.
    pub length: Option<f64>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["length", "area"];

impl Decode for SizeRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let length = object.optional("length");
        let others = object.others(PROPERTIES);
        Some(Self {
            length: length?,
            others: others?,
        })
    }
}

impl Encode for SizeRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("length", &self.length);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
