// @generated from the contracts in spec/; edits are overwritten.

//! `T31B`, an object in the contracts.

use runtime::{At, Decode, Encode, Maybe, Sink, Uuid, Violations};

use super::{SCHEMAS, T31BAb, T31Ba};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T31/properties/b`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct T31B {
    pub a: Option<T31Ba>,
    pub ab: Maybe<T31BAb>,
    /// A UUID (RFC 9562), or `null`.
    pub b: Maybe<Uuid>,
}

const PROPERTIES: &[&str] = &["a", "ab", "b"];

impl Decode for T31B {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let a = object
            .optional_as("a", runtime::checked(&SCHEMAS, "T31Ba", Decode::decode));
        let ab = object
            .maybe_as("ab", runtime::checked(&SCHEMAS, "T31BAb", Decode::decode));
        let b = object.maybe("b");
        object.refuse_others(PROPERTIES);
        object.bound(Some(1), Some(2));
        object.end()?;
        Some(Self { a: a?, ab: ab?, b: b? })
    }
}

impl Encode for T31B {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.maybe("ab", &self.ab);
        out.maybe("b", &self.b);
        out.end_map();
    }
}
