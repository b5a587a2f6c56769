// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod rules;
mod scalars;

pub use scalars::GetOrderId;
