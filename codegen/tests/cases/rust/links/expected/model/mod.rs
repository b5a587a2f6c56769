// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod asked;
mod built;
mod built_request;
mod cat;
mod closed;
mod counted;
mod dog;
mod open;
mod pet;
mod rules;
mod scalars;
mod schemas;
mod thing;
mod thing_request;
mod unmarked;
mod vehicle;
mod whole;
mod whole_request;

pub use asked::Asked;
pub use built::Built;
pub use built_request::BuiltRequest;
pub use cat::Cat;
pub use closed::Closed;
pub use counted::Counted;
pub use dog::Dog;
pub use open::Open;
pub use pet::Pet;
pub use scalars::{
    BuildPlaced, BuiltOwn, BuiltPlaced, Few, Fixed4, Identity, Known, Letter, Limit,
    Other, Pair, Password, Shown, Word, Word4,
};
pub use schemas::SCHEMAS;
pub use thing::Thing;
pub use thing_request::ThingRequest;
pub use unmarked::Unmarked;
pub use vehicle::Vehicle;
pub use whole::Whole;
pub use whole_request::WholeRequest;
