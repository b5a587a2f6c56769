// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod order_placed;
mod reading;
mod rules;
mod scalars;

pub use order_placed::OrderPlaced;
pub use reading::Reading;
pub use scalars::{Anything, OrderPlacedRegion, ParcelSent};
