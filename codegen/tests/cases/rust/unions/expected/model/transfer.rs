// @generated from the contracts in spec/; edits are overwritten.

//! `Transfer`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::Payment;

/// `Transfer`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Transfer`
#[derive(Debug, Clone, PartialEq)]
pub struct Transfer {
    /// `kind`
    ///
    /// - **Shape** a string
    pub kind: String,
    /// How it is paid.
    pub after: Option<Payment>,
}

impl Transfer {
    /// With what the contract requires, and nothing else.
    pub fn new(kind: String) -> Self {
        Self {
            kind,
            after: Default::default(),
        }
    }
}

impl Decode for Transfer {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let kind = object.required("kind");
        let after = object.optional("after");
        Some(Self { kind: kind?, after: after? })
    }
}

impl Encode for Transfer {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.optional("after", &self.after);
        out.end_map();
    }
}
