// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod rules;
mod scalars;
mod schemas;
mod t0;
mod t11;
mod t14;
mod t17;
mod t18;
mod t2;
mod t20;
mod t21;
mod t21_b;
mod t27;
mod t27_variant2;
mod t28;
mod t28_variant2;
mod t28_variant3;
mod t28_variant3_object;
mod t3;
mod t31;
mod t31_b;
mod t3_variant2;
mod t3_variant2_variant2;
mod t4;
mod t9;
mod things;

pub use scalars::{
    T0A, T0C, T1, T10, T11Variant1, T12, T13, T14Variant1, T15, T16, T17ArrayItem, T19,
    T20Variant1, T20Variant2, T21A, T21Ab, T21BInteger, T21C, T22, T23, T24, T25, T26,
    T27Number, T27Variant2Ab, T27Variant2B, T27Variant3, T28Variant1, T28Variant2Number,
    T28Variant3ObjectAb, T28Variant3ObjectB, T28Variant3ObjectC, T29, T2C, T30, T31BAb,
    T31Ba, T3ArrayItem, T3Number, T3Variant2Number, T3Variant2Variant2A,
    T3Variant2Variant2Ab, T3Variant2Variant2C, T4Ab, T4C, T5, T6, T7, T8, T9A, T9Ab,
};
pub use schemas::SCHEMAS;
pub use t0::T0;
pub use t11::T11;
pub use t14::T14;
pub use t17::T17;
pub use t18::T18;
pub use t2::T2;
pub use t20::T20;
pub use t21::T21;
pub use t21_b::T21B;
pub use t27::T27;
pub use t27_variant2::T27Variant2;
pub use t28::T28;
pub use t28_variant2::T28Variant2;
pub use t28_variant3::T28Variant3;
pub use t28_variant3_object::T28Variant3Object;
pub use t3::T3;
pub use t31::T31;
pub use t31_b::T31B;
pub use t3_variant2::T3Variant2;
pub use t3_variant2_variant2::T3Variant2Variant2;
pub use t4::T4;
pub use t9::T9;
pub use things::Things;
