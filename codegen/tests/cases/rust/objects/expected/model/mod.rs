// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod open;
mod place;
mod rules;
mod scalars;
mod things_request;

pub use open::Open;
pub use place::Place;
pub use scalars::{Nothing, OpenValue, PlaceCity};
pub use things_request::ThingsRequest;
