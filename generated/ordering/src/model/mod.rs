// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the ordering service.

mod checkout_basket;
mod line_item;
mod order;
mod order_page;
mod order_placed;
mod rules;
mod scalars;

pub use checkout_basket::CheckoutBasket;
pub use line_item::LineItem;
pub use order::Order;
pub use order_page::OrderPage;
pub use order_placed::OrderPlaced;
pub use scalars::{
    Address, CardInfo, CheckoutBasketVersion, Color, Email, FirstName, LastName, Limit,
    Next, OrderDate, OrderPageNext, OrderPlacedVersion, PaymentMethod, Price, ProductId,
    ProductName, Quantity, Total, UserName,
};
