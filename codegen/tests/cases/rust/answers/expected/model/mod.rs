// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod rules;
mod scalars;
mod thing;

pub use scalars::GetThingLimit;
pub use thing::Thing;
