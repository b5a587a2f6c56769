// @generated from the contracts in spec/; edits are overwritten.

//! `Receipt`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::ReceiptId;

/// The answer to a request that may come again.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Receipt`
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    pub id: ReceiptId,
    /// A 64-bit integer.
    pub expires_at: i64,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Receipt {
    /// Creates a value from its required fields.
    pub fn new(id: ReceiptId, expires_at: i64) -> Self {
        Self {
            id,
            expires_at,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["id", "expiresAt"];

impl Decode for Receipt {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let id = object.required("id");
        let expires_at = object.required("expiresAt");
        let others = object.others(PROPERTIES);
        Some(Self {
            id: id?,
            expires_at: expires_at?,
            others: others?,
        })
    }
}

impl Encode for Receipt {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("id", &self.id);
        out.field("expiresAt", &self.expires_at);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
