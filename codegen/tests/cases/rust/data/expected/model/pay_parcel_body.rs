// @generated from the contracts in spec/; edits are overwritten.

//! `PayParcelBody`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::Payment;

/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1parcels~1{id}~1payment/post/requestBody/content/application~1json/schema`
#[derive(Debug, Clone, PartialEq)]
pub struct PayParcelBody {
    pub payment: Payment,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl PayParcelBody {
    /// Creates a value from its required fields.
    pub fn new(payment: Payment) -> Self {
        Self {
            payment,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["payment"];

impl Decode for PayParcelBody {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let payment = object.required("payment");
        let others = object.others(PROPERTIES);
        Some(Self {
            payment: payment?,
            others: others?,
        })
    }
}

impl Encode for PayParcelBody {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("payment", &self.payment);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
