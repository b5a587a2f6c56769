// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod closed;
mod coded;
mod error;
mod error_errors_item;
mod invalid;
mod mapped;
mod rules;
mod scalars;
mod thing;

pub use closed::Closed;
pub use coded::Coded;
pub use error::Error;
pub use error_errors_item::ErrorErrorsItem;
pub use invalid::Invalid;
pub use mapped::Mapped;
pub use scalars::{
    ClosedInstance, CodedCode, ErrorApi, ListThingsLimit, MappedTitle, ThingName,
};
pub use thing::Thing;
