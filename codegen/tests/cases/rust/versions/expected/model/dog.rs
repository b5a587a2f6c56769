// @generated from the contracts in spec/; edits are overwritten.

//! `Dog`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::DogKind;

/// `Dog`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Dog`
#[derive(Debug, Clone, PartialEq)]
pub struct Dog {
    /// `kind`
    pub kind: DogKind,
    /// `b`
    ///
    /// - **Shape** an integer of at most 38 digits
    pub b: Option<i128>,
}

impl Dog {
    /// With what the contract requires, and nothing else.
    pub fn new(kind: DogKind) -> Self {
        Self {
            kind,
            b: Default::default(),
        }
    }
}

impl Decode for Dog {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let kind = object.required("kind");
        let b = object.optional("b");
        Some(Self { kind: kind?, b: b? })
    }
}

impl Encode for Dog {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.optional("b", &self.b);
        out.end_map();
    }
}
