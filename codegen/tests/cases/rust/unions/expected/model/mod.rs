// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod any;
mod card;
mod either;
mod payment;
mod scalars;
mod things;
mod transfer;

pub use any::Any;
pub use card::Card;
pub use either::Either;
pub use payment::Payment;
pub use scalars::CardToken;
pub use things::Things;
pub use transfer::Transfer;
