// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod default_value;
mod mod_;
mod option_value;
mod problem;
mod rules;
mod scalars;
mod scalars_;
mod send_things_input_2;
mod things;

pub use default_value::DefaultValue;
pub use mod_::Mod;
pub use option_value::OptionValue;
pub use problem::Problem;
pub use scalars::{Decimal, Decode, Operations2, StringValue, ThingsType};
pub use scalars_::Scalars;
pub use send_things_input_2::SendThingsInput2;
pub use things::Things;
