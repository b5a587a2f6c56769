// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod animal;
mod cat;
mod contact;
mod either;
mod either_variant1;
mod either_variant1_object;
mod either_variant2;
mod either_variant2_object;
mod person;
mod rules;
mod scalars;
mod schemas;
mod things;

pub use animal::Animal;
pub use cat::Cat;
pub use contact::Contact;
pub use either::Either;
pub use either_variant1::EitherVariant1;
pub use either_variant1_object::EitherVariant1Object;
pub use either_variant2::EitherVariant2;
pub use either_variant2_object::EitherVariant2Object;
pub use person::Person;
pub use scalars::{
    Mood, PersonName, SendNoteBody, SendNoteOkBody, SendNoteOkXNumber,
    SendNoteOkXSession, SendNoteOkXTags, ThingsAnswers, ThingsEmail, ThingsPair,
    ThingsPin,
};
pub use schemas::SCHEMAS;
pub use things::Things;
