// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod order;

pub use order::Order;
