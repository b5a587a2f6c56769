// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod error;
mod error_errors_item;
mod invalid;
mod scalars;
mod thing;

pub use error::Error;
pub use error_errors_item::ErrorErrorsItem;
pub use invalid::Invalid;
pub use scalars::{ErrorApi, ListThingsLimit, ThingName};
pub use thing::Thing;
