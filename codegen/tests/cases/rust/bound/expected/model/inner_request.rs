// @generated from the contracts in spec/; edits are overwritten.

//! `InnerRequest`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::InnerOtherRequest;

/// - **Read-only** `made`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Inner`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InnerRequest {
    /// `InnerRequest`.
    pub alone: Option<Box<InnerRequest>>,
    /// An array; each item is `InnerRequest`.
    pub several: Option<Vec<InnerRequest>>,
    /// `InnerOtherRequest`.
    pub other: Option<Box<InnerOtherRequest>>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["alone", "several", "other", "made"];

impl Decode for InnerRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let alone = object.optional("alone");
        let several = object.optional("several");
        let other = object.optional("other");
        let others = object.others(PROPERTIES);
        Some(Self {
            alone: alone?,
            several: several?,
            other: other?,
            others: others?,
        })
    }
}

impl Encode for InnerRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("alone", &self.alone);
        out.optional("several", &self.several);
        out.optional("other", &self.other);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
