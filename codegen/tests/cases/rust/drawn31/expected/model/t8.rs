// @generated from the contracts in spec/; edits are overwritten.

//! `T8`, an object in the contracts.

use runtime::{At, Decode, Encode, Maybe, Sink, Violations};

use super::{SCHEMAS, T8A, T8Ab, T8B};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T8`
#[derive(Debug, Clone, PartialEq)]
pub struct T8 {
    pub a: Maybe<T8A>,
    pub ab: Option<T8Ab>,
    pub b: Option<T8B>,
}

impl T8 {
    /// Creates a value from its required fields.
    pub fn new(b: Option<T8B>) -> Self {
        Self {
            a: Default::default(),
            ab: Default::default(),
            b,
        }
    }
}

const PROPERTIES: &[&str] = &["a", "ab", "b"];

impl Decode for T8 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("T8", at, out)?;
        let mut object = at.object(out)?;
        let a = object.maybe_as("a", runtime::checked(&SCHEMAS, "T8A", Decode::decode));
        let ab = object.optional("ab");
        let b = object.required("b");
        object.refuse_others(PROPERTIES);
        object.bound(Some(1), Some(3));
        object.end()?;
        Some(Self { a: a?, ab: ab?, b: b? })
    }
}

impl Encode for T8 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.maybe("a", &self.a);
        out.optional("ab", &self.ab);
        out.field("b", &self.b);
        out.end_map();
    }
}
