// @generated from the contracts in spec/; edits are overwritten.

//! `T24Ab`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T24AbAb};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T24/properties/ab`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct T24Ab {
    pub ab: Option<T24AbAb>,
    /// A string.
    pub c: Option<String>,
}

const PROPERTIES: &[&str] = &["ab", "c"];

impl Decode for T24Ab {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T24Ab", at, out)?;
        let mut object = at.object(out)?;
        let ab = object.optional("ab");
        let c = object.optional("c");
        object.refuse_others(PROPERTIES);
        object.bound(None, Some(1));
        object.end()?;
        Some(Self { ab: ab?, c: c? })
    }
}

impl Encode for T24Ab {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("ab", &self.ab);
        out.optional("c", &self.c);
        out.end_map();
    }
}
