// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod default_value;
mod mod_type;
mod option_value;
mod problem;
mod rules;
mod scalars;
mod scalars_type;
mod send_things_input_2;
mod things;

pub use default_value::DefaultValue;
pub use mod_type::Mod;
pub use option_value::OptionValue;
pub use problem::Problem;
pub use scalars::{Decimal, Decode, Operations2, StringValue, ThingsType};
pub use scalars_type::Scalars;
pub use send_things_input_2::SendThingsInput2;
pub use things::Things;
