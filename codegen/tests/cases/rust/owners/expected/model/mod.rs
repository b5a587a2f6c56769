// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod order;
mod page;
mod scalars;
mod wish;

pub use order::Order;
pub use page::Page;
pub use scalars::{
    Customer, DeleteOrderId, ListOrdersLimit, ListOrdersNext, ListOrdersOfCustomerLimit,
    ListOrdersOfCustomerNext, OrderId, PageNext, WishCustomer, WishText,
};
pub use wish::Wish;
