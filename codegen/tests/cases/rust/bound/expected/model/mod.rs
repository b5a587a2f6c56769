// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod note;
mod note_page;
mod note_request;
mod scalars;

pub use note::Note;
pub use note_page::NotePage;
pub use note_request::NoteRequest;
pub use scalars::Limit;
