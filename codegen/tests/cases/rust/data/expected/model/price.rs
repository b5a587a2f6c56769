// @generated from the contracts in spec/; edits are overwritten.

//! `Price`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{PriceAmount, PriceCurrency};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Price`
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    pub amount: PriceAmount,
    pub currency: PriceCurrency,
    /// A string.
    pub note: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Price {
    /// Creates a value from its required fields.
    pub fn new(amount: PriceAmount, currency: PriceCurrency) -> Self {
        Self {
            amount,
            currency,
            note: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["amount", "currency", "note"];

impl Decode for Price {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let amount = object.required("amount");
        let currency = object.required("currency");
        let note = object.optional("note");
        let others = object.others(PROPERTIES);
        Some(Self {
            amount: amount?,
            currency: currency?,
            note: note?,
            others: others?,
        })
    }
}

impl Encode for Price {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("amount", &self.amount);
        out.field("currency", &self.currency);
        out.optional("note", &self.note);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
