// @generated from the contracts in spec/; edits are overwritten.

//! `ItemRequest`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

/// An item.
///
/// - **Read-only** `id`: set by the service, and ignored in requests
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Item`
#[derive(Debug, Clone, PartialEq)]
pub struct ItemRequest {
    /// A string.
    pub secret: String,
}

impl ItemRequest {
    /// Creates a value from its required fields.
    pub fn new(secret: String) -> Self {
        Self { secret }
    }
}

const PROPERTIES: &[&str] = &["secret", "id"];

impl Decode for ItemRequest {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let secret = object.required("secret");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self { secret: secret? })
    }
}

impl Encode for ItemRequest {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("secret", &self.secret);
        out.end_map();
    }
}
