// @generated from the contracts in spec/; edits are overwritten.

//! `ShowPatchPrice`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decimal, Decode, Encode, Json, Maybe, Sink, Violations};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/ShowPatch/properties/price`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ShowPatchPrice {
    /// An exact decimal number.
    pub amount: Option<Decimal>,
    /// A string, or `null`.
    pub note: Maybe<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["amount", "note"];

impl Decode for ShowPatchPrice {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let amount = object.optional("amount");
        let note = object.maybe("note");
        let others = object.others(PROPERTIES);
        Some(Self {
            amount: amount?,
            note: note?,
            others: others?,
        })
    }
}

impl Encode for ShowPatchPrice {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("amount", &self.amount);
        out.maybe("note", &self.note);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
