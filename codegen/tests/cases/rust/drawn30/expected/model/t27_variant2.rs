// @generated from the contracts in spec/; edits are overwritten.

//! `T27Variant2`, an object in the contracts.

use runtime::{At, Decode, Encode, Maybe, Sink, Violations};

use super::{SCHEMAS, T27Variant2Ab, T27Variant2B};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T27/oneOf/1`
#[derive(Debug, Clone, PartialEq)]
pub struct T27Variant2 {
    pub ab: T27Variant2Ab,
    pub b: Maybe<T27Variant2B>,
}

impl T27Variant2 {
    /// Creates a value from its required fields.
    pub fn new(ab: T27Variant2Ab) -> Self {
        Self { ab, b: Default::default() }
    }
}

const PROPERTIES: &[&str] = &["ab", "b"];

impl Decode for T27Variant2 {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let ab = object.required("ab");
        let b = object
            .maybe_as("b", runtime::checked(&SCHEMAS, "T27N1B", Decode::decode));
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self { ab: ab?, b: b? })
    }
}

impl Encode for T27Variant2 {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("ab", &self.ab);
        out.maybe("b", &self.b);
        out.end_map();
    }
}
