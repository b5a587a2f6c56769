// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod contact;
mod person;
mod rules;
mod scalars;
mod schemas;
mod things;

pub use contact::Contact;
pub use person::Person;
pub use scalars::{
    Mood, PersonName, SendNoteBody, SendNoteOkBody, SendNoteOkXNumber,
    SendNoteOkXSession, SendNoteOkXTags, ThingsAnswers, ThingsEmail, ThingsPair,
    ThingsPin,
};
pub use schemas::SCHEMAS;
pub use things::Things;
