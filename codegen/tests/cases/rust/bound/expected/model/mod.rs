// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the shop service.

mod inner;
mod inner_other;
mod inner_other_request;
mod inner_request;
mod note;
mod note_page;
mod note_request;
mod part;
mod part_mixed;
mod part_one;
mod part_one_request;
mod part_request;
mod rules;
mod scalars;
mod size;
mod size_request;
mod ticket;
mod ticket_request;

pub use inner::Inner;
pub use inner_other::InnerOther;
pub use inner_other_request::InnerOtherRequest;
pub use inner_request::InnerRequest;
pub use note::Note;
pub use note_page::NotePage;
pub use note_request::NoteRequest;
pub use part::Part;
pub use part_mixed::PartMixed;
pub use part_one::PartOne;
pub use part_one_request::PartOneRequest;
pub use part_request::PartRequest;
pub use scalars::{Limit, PartId, PartMixedString, TicketStatus, TicketVersion};
pub use size::Size;
pub use size_request::SizeRequest;
pub use ticket::Ticket;
pub use ticket_request::TicketRequest;
