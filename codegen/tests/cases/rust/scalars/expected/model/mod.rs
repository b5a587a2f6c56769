// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod rules;
mod scalars;
mod things;

pub use scalars::{
    File, Name, Payment, ThingsEmail, ThingsHome, ThingsPrice, ThingsQuantity,
    ThingsShare, ThingsVersion,
};
pub use things::Things;
