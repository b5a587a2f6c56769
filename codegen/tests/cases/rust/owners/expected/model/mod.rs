// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod address;
mod address_request;
mod card;
mod card_request;
mod long_wish;
mod order;
mod page;
mod rules;
mod scalars;
mod visit;
mod wish;

pub use address::Address;
pub use address_request::AddressRequest;
pub use card::Card;
pub use card_request::CardRequest;
pub use long_wish::LongWish;
pub use order::Order;
pub use page::Page;
pub use scalars::{
    AddressStreet, Customer, DeleteOrderId, ListOrdersLimit, ListOrdersNext,
    ListOrdersOfCustomerLimit, ListOrdersOfCustomerNext, ListVisitsMonth,
    ListVisitsPlace, LongWishStory, OrderId, PageNext, VisitPlace, WishCustomer, WishText,
};
pub use visit::Visit;
pub use wish::Wish;
