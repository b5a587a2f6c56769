// @generated from the contracts in spec/; edits are overwritten.

//! `Sold`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::SoldVersion;

/// `Sold`
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/Sold/payload`
#[derive(Debug, Clone, PartialEq)]
pub struct Sold {
    /// `version`
    pub version: SoldVersion,
    /// `what`
    ///
    /// - **Shape** a string
    pub what: String,
}

impl Sold {
    /// With what the contract requires, and nothing else.
    pub fn new(version: SoldVersion, what: String) -> Self {
        Self { version, what }
    }
}

impl Decode for Sold {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let version = object.required("version");
        let what = object.required("what");
        Some(Self {
            version: version?,
            what: what?,
        })
    }
}

impl Encode for Sold {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("version", &self.version);
        out.field("what", &self.what);
        out.end_map();
    }
}
