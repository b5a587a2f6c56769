// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod note;
mod note_page;
mod note_request;
mod rules;
mod scalars;
mod ticket;
mod ticket_request;

pub use note::Note;
pub use note_page::NotePage;
pub use note_request::NoteRequest;
pub use scalars::{Limit, TicketStatus, TicketVersion};
pub use ticket::Ticket;
pub use ticket_request::TicketRequest;
