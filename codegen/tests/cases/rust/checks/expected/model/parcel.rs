// @generated from the contracts in spec/; edits are overwritten.

//! `Parcel`, a union in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::{ParcelVariant1, ParcelVariant2, SCHEMAS};

/// All parts are known.
///
/// - **Shape** a value that matches a variant; the first match is used
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Parcel`
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "as the contract has it")]
pub enum Parcel {
    Variant1(ParcelVariant1),
    Variant2(ParcelVariant2),
}

impl Decode for Parcel {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("Parcel", at, out)?;
        runtime::first(
            at,
            out,
            &[
                ("variant 1", |at, out| Decode::decode(at, out).map(Self::Variant1)),
                ("variant 2", |at, out| Decode::decode(at, out).map(Self::Variant2)),
            ],
        )
    }
}

impl Encode for Parcel {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Variant1(value) => value.encode(out),
            Self::Variant2(value) => value.encode(out),
        }
    }
}

impl From<ParcelVariant1> for Parcel {
    fn from(value: ParcelVariant1) -> Self {
        Self::Variant1(value)
    }
}

impl From<ParcelVariant2> for Parcel {
    fn from(value: ParcelVariant2) -> Self {
        Self::Variant2(value)
    }
}
