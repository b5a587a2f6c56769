// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod customer;
mod order;
mod rules;
mod scalars;

pub use customer::Customer;
pub use order::Order;
pub use scalars::{CustomerFullName, CustomerId, OrderId, OrderStatus};
