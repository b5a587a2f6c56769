// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod rules;
mod scalars;
mod sold;
mod sold_new;

pub use scalars::{SoldNewVersion, SoldVersion};
pub use sold::Sold;
pub use sold_new::SoldNew;
