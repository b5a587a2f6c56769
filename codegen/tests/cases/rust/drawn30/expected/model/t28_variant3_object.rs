// @generated from the contracts in spec/; edits are overwritten.

//! `T28Variant3Object`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{SCHEMAS, T28Variant3ObjectAb, T28Variant3ObjectB, T28Variant3ObjectC};

/// - **Source** `spec/shop/openapi.json#/components/schemas/T28/anyOf/2`
#[derive(Debug, Clone, PartialEq)]
pub struct T28Variant3Object {
    pub ab: Option<T28Variant3ObjectAb>,
    pub b: Option<T28Variant3ObjectB>,
    pub c: T28Variant3ObjectC,
}

impl T28Variant3Object {
    /// Creates a value from its required fields.
    pub fn new(c: T28Variant3ObjectC) -> Self {
        Self {
            ab: Default::default(),
            b: Default::default(),
            c,
        }
    }
}

const PROPERTIES: &[&str] = &["ab", "b", "c"];

impl Decode for T28Variant3Object {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let ab = object
            .optional_as("ab", runtime::checked(&SCHEMAS, "T28N2Ab", Decode::decode));
        let b = object
            .optional_as("b", runtime::checked(&SCHEMAS, "T28N2B", Decode::decode));
        let c = object
            .required_as("c", runtime::checked(&SCHEMAS, "T28N2C", Decode::decode));
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self { ab: ab?, b: b?, c: c? })
    }
}

impl Encode for T28Variant3Object {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("ab", &self.ab);
        out.optional("b", &self.b);
        out.field("c", &self.c);
        out.end_map();
    }
}
