// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the basket service.

mod basket;
mod basket_page;
mod basket_request;
mod checkout;
mod checkout_basket;
mod checkout_receipt;
mod checkout_record;
mod line_item;
mod pending_checkout;
mod rules;
mod scalars;

pub use basket::Basket;
pub use basket_page::BasketPage;
pub use basket_request::BasketRequest;
pub use checkout::Checkout;
pub use checkout_basket::CheckoutBasket;
pub use checkout_receipt::CheckoutReceipt;
pub use checkout_record::CheckoutRecord;
pub use line_item::LineItem;
pub use pending_checkout::PendingCheckout;
pub use scalars::{
    Address, BasketPageNext, CardInfo, CheckoutBasketVersion, CheckoutRecordCheckoutKey,
    CheckoutRecordExpiresAt, CheckoutRecordFingerprint, Color, Email, FirstName,
    IdempotencyKey, LastName, Limit, Next, PaymentMethod, Price, ProductId, ProductName,
    Quantity, Total, UserName,
};
