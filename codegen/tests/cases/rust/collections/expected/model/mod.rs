// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod rules;
mod scalars;
mod things;
mod tree;

pub use scalars::{Names, ThingsTagsItem};
pub use things::Things;
pub use tree::Tree;
