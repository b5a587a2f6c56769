// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod contact;
mod person;
mod rules;
mod scalars;
mod things;

pub use contact::Contact;
pub use person::Person;
pub use scalars::{Mood, PersonName, ThingsEmail, ThingsPin};
pub use things::Things;
