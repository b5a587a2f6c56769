// @generated from the contracts in spec/; edits are overwritten.

//! `Cat`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::CatKind;

/// `Cat`
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Cat`
#[derive(Debug, Clone, PartialEq)]
pub struct Cat {
    /// `kind`
    pub kind: CatKind,
    /// `a`
    ///
    /// - **Shape** a string
    pub a: Option<String>,
}

impl Cat {
    /// With what the contract requires, and nothing else.
    pub fn new(kind: CatKind) -> Self {
        Self {
            kind,
            a: Default::default(),
        }
    }
}

impl Decode for Cat {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let kind = object.required("kind");
        let a = object.optional("a");
        Some(Self { kind: kind?, a: a? })
    }
}

impl Encode for Cat {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("kind", &self.kind);
        out.optional("a", &self.a);
        out.end_map();
    }
}
