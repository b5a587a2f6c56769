// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod placed;
mod settings_2;

pub use placed::Placed;
pub use settings_2::Settings2;
