// @generated from the contracts in spec/; edits are overwritten.

//! `Either`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{EitherVariant1, EitherVariant2, SCHEMAS};

/// A value that matches exactly one variant.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Either`
#[derive(Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum Either {
    Variant1(EitherVariant1),
    Variant2(EitherVariant2),
}

runtime::redacted_type!(Either);

impl Decode for Either {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let at = &at.secret();
        SCHEMAS.check("Either", at, out)?;
        runtime::exactly_one(
            at,
            out,
            &[
                ("variant 1", |at, out| Decode::decode(at, out).map(Self::Variant1)),
                ("variant 2", |at, out| Decode::decode(at, out).map(Self::Variant2)),
            ],
        )
    }
}

impl Encode for Either {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
        }
    }
}

impl From<EitherVariant1> for Either {
    fn from(value: EitherVariant1) -> Self {
        Self::Variant1(value)
    }
}

impl From<EitherVariant2> for Either {
    fn from(value: EitherVariant2) -> Self {
        Self::Variant2(value)
    }
}
