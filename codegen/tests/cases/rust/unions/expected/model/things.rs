// @generated from the contracts in spec/; edits are overwritten.

//! `Things`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{Any, Either, Payment};

/// `Things`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things`
#[derive(Debug, Clone, PartialEq)]
pub struct Things {
    /// How it is paid.
    pub payment: Payment,
    /// `either`
    pub either: Either,
    /// `any`
    pub any: Any,
}

impl Things {
    /// With what the contract requires, and nothing else.
    pub fn new(payment: Payment, either: Either, any: Any) -> Self {
        Self { payment, either, any }
    }
}

impl Decode for Things {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let payment = object.required("payment");
        let either = object.required("either");
        let any = object.required("any");
        Some(Self {
            payment: payment?,
            either: either?,
            any: any?,
        })
    }
}

impl Encode for Things {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("payment", &self.payment);
        out.field("either", &self.either);
        out.field("any", &self.any);
        out.end_map();
    }
}
