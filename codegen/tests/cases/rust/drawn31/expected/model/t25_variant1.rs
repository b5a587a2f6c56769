// @generated from the contracts in spec/; edits are overwritten.

//! `T25Variant1`, an object in the contracts.

use runtime::{At, Decode, Encode, Maybe, Sink, Violations};

use super::{SCHEMAS, T25Variant1A, T25Variant1C};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T25/anyOf/0`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct T25Variant1 {
    pub a: Option<T25Variant1A>,
    pub c: Maybe<T25Variant1C>,
}

const PROPERTIES: &[&str] = &["a", "c"];

impl Decode for T25Variant1 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T25N0", at, out)?;
        let mut object = at.object(out)?;
        let a = object
            .optional_as("a", runtime::checked(&SCHEMAS, "T25N0A", Decode::decode));
        let c = object
            .maybe_as("c", runtime::checked(&SCHEMAS, "T25N0C", Decode::decode));
        object.refuse_others(PROPERTIES);
        object.bound(Some(0), None);
        object.end()?;
        Some(Self { a: a?, c: c? })
    }
}

impl Encode for T25Variant1 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("a", &self.a);
        out.maybe("c", &self.c);
        out.end_map();
    }
}
