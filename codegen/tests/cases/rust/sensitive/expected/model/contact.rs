// @generated from the contracts in spec/; edits are overwritten.

//! `Contact`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::Person;

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Contact`
#[derive(Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum Contact {
    String(String),
    Person(Person),
}

runtime::redacted_type!(Contact);

impl Decode for Contact {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let at = &at.secret();
        runtime::exactly_one(
            at,
            out,
            &[
                ("string", |at, out| Decode::decode(at, out).map(Self::String)),
                ("Person", |at, out| Decode::decode(at, out).map(Self::Person)),
            ],
        )
    }
}

impl Encode for Contact {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::String(value) => value.encode(out),
            Self::Person(value) => value.encode(out),
        }
    }
}

impl From<Person> for Contact {
    fn from(value: Person) -> Self {
        Self::Person(value)
    }
}
