// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod customer;
mod order;
mod orders_body;
mod patch_customer_body;
mod scalars;
mod set_status_body;

pub use customer::Customer;
pub use order::Order;
pub use orders_body::OrdersBody;
pub use patch_customer_body::PatchCustomerBody;
pub use scalars::{
    CountOrdersCustomerId, CountOrdersOfTotalCustomerId, CountOrdersOfTotalNumber,
    CountOrdersOfTotalOkBody, CountOrdersOkBody, CustomerFullName, CustomerId,
    GetCustomerId, GetOrderCustomerId, GetOrderNumber, ListOrdersByStatusCustomerId,
    ListOrdersByStatusLimit, ListOrdersByTotalCustomerId, ListOrdersCustomerId,
    ListOrdersLimit, OrderCustomerId, OrderNumber, PatchCustomerBodyFullName,
    PatchCustomerBodySizes, SetStatusCustomerId, SetStatusNumber, Status, Tags, TagsItem,
};
pub use set_status_body::SetStatusBody;
