// @generated from the contracts in spec/; edits are overwritten.

//! `Payment`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{PaymentAmount, Stage};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Payment`
#[derive(Debug, Clone, PartialEq)]
pub struct Payment {
    pub amount: PaymentAmount,
    pub stage: Option<Stage>,
    /// An object with any keys; each value is a string.
    pub tags: Option<BTreeMap<String, String>>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Payment {
    /// Creates a value from its required fields.
    pub fn new(amount: PaymentAmount) -> Self {
        Self {
            amount,
            stage: Default::default(),
            tags: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["amount", "stage", "tags"];

impl Decode for Payment {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let amount = object.required("amount");
        let stage = object.optional("stage");
        let tags = object.optional("tags");
        let others = object.others(PROPERTIES);
        Some(Self {
            amount: amount?,
            stage: stage?,
            tags: tags?,
            others: others?,
        })
    }
}

impl Encode for Payment {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("amount", &self.amount);
        out.optional("stage", &self.stage);
        out.optional("tags", &self.tags);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
