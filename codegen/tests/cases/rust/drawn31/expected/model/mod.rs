// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod rules;
mod scalars;
mod schemas;
mod t10;
mod t11;
mod t12;
mod t13;
mod t15;
mod t15_a;
mod t17;
mod t17_a_value;
mod t19;
mod t19_object;
mod t19_object_b;
mod t2;
mod t23;
mod t23_a;
mod t24;
mod t24_a;
mod t24_ab;
mod t24_c;
mod t25;
mod t25_variant1;
mod t26;
mod t27;
mod t27_b;
mod t29;
mod t2_object;
mod t3;
mod t30;
mod t4_item;
mod t8;
mod t8_ab;
mod t8_b;
mod t9;
mod t9_value;
mod t9_value_object;
mod things;

pub use scalars::{
    T0, T1, T10Integer, T10Variant2, T11B, T12Variant1, T12Variant2, T13Integer,
    T13Variant3, T13Variant3Item, T14, T15AInteger, T15AVariant2, T15B, T15C, T16, T17A,
    T17AInteger, T17ANumber, T17B, T18, T19ObjectBAb, T19ObjectBa, T19ObjectBb,
    T19ObjectValue, T20, T21, T22, T23AAb, T23Ac, T23B, T24AInteger, T24AbAb, T24CString,
    T25Variant1A, T25Variant1C, T25Variant3, T26Integer, T26Variant1, T27A, T27BVariant1,
    T27BVariant2, T28, T29Variant1, T29Variant2, T30Array, T30ArrayItem, T30Integer, T31,
    T3C, T4, T4ItemValue, T5, T6, T7, T8A, T8AbA, T8AbB, T8BNumber, T8BVariant1,
    T8BVariant2, T9A, T9Ab, T9C, T9ValueObjectA, T9ValueObjectAb, T9ValueObjectValue,
};
pub use schemas::SCHEMAS;
pub use t10::T10;
pub use t11::T11;
pub use t12::T12;
pub use t13::T13;
pub use t15::T15;
pub use t15_a::T15A;
pub use t17::T17;
pub use t17_a_value::T17AValue;
pub use t19::T19;
pub use t19_object::T19Object;
pub use t19_object_b::T19ObjectB;
pub use t2::T2;
pub use t23::T23;
pub use t23_a::T23A;
pub use t24::T24;
pub use t24_a::T24A;
pub use t24_ab::T24Ab;
pub use t24_c::T24C;
pub use t25::T25;
pub use t25_variant1::T25Variant1;
pub use t26::T26;
pub use t27::T27;
pub use t27_b::T27B;
pub use t29::T29;
pub use t2_object::T2Object;
pub use t3::T3;
pub use t30::T30;
pub use t4_item::T4Item;
pub use t8::T8;
pub use t8_ab::T8Ab;
pub use t8_b::T8B;
pub use t9::T9;
pub use t9_value::T9Value;
pub use t9_value_object::T9ValueObject;
pub use things::Things;
