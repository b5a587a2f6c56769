// @generated from the contracts in spec/; edits are overwritten.

//! `SoldNew`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decimal, Decode, Encode, Json, Sink, Violations};

use super::SoldNewVersion;

/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/SoldNew/payload`
#[derive(Debug, Clone, PartialEq)]
pub struct SoldNew {
    pub version: SoldNewVersion,
    /// A string.
    pub what: String,
    /// An exact decimal number.
    pub price: Decimal,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl SoldNew {
    /// Creates a value from its required fields.
    pub fn new(what: String, price: Decimal) -> Self {
        Self {
            version: SoldNewVersion::VALUE,
            what,
            price,
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["version", "what", "price"];

impl Decode for SoldNew {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let version = object.required("version");
        let what = object.required("what");
        let price = object.required("price");
        let others = object.others(PROPERTIES);
        Some(Self {
            version: version?,
            what: what?,
            price: price?,
            others: others?,
        })
    }
}

impl Encode for SoldNew {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("version", &self.version);
        out.field("what", &self.what);
        out.field("price", &self.price);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
