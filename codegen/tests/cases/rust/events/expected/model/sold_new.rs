// @generated from the contracts in spec/; edits are overwritten.

//! `SoldNew`, an object in the contracts.

use runtime::{At, Decimal, Decode, Encode, Sink, Violations};

use super::SoldNewVersion;

/// `SoldNew`
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/SoldNew/payload`
#[derive(Debug, Clone, PartialEq)]
pub struct SoldNew {
    /// `version`
    pub version: SoldNewVersion,
    /// `what`
    ///
    /// - **Shape** a string
    pub what: String,
    /// `price`
    ///
    /// - **Shape** an exact decimal number
    pub price: Decimal,
}

impl SoldNew {
    /// With what the contract requires, and nothing else.
    pub fn new(version: SoldNewVersion, what: String, price: Decimal) -> Self {
        Self { version, what, price }
    }
}

impl Decode for SoldNew {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let version = object.required("version");
        let what = object.required("what");
        let price = object.required("price");
        Some(Self {
            version: version?,
            what: what?,
            price: price?,
        })
    }
}

impl Encode for SoldNew {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("version", &self.version);
        out.field("what", &self.what);
        out.field("price", &self.price);
        out.end_map();
    }
}
