// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod list_notes;
pub(crate) mod add_note;
pub(crate) mod read_book;
pub(crate) mod read_any_note;
pub(crate) mod correct_any_note;
pub(crate) mod read_note;
pub(crate) mod correct_note;
pub(crate) mod tear_out_note;
pub(crate) mod open_ticket;
pub(crate) mod create_part;

use runtime::Context;

use crate::tables::Tables;

pub use list_notes::*;
pub use add_note::*;
pub use read_book::*;
pub use read_any_note::*;
pub use correct_any_note::*;
pub use read_note::*;
pub use correct_note::*;
pub use tear_out_note::*;
pub use open_ticket::*;
pub use create_part::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// The tables that generated operations use.
    fn tables(&self) -> &Tables;

    /// `GET /note`
    ///
    /// - **Route** `GET /note`
    fn list_notes(
        &self,
        _cx: &Context,
        input: ListNotesInput,
    ) -> impl Future<Output = Result<ListNotesOutput, ListNotesError>> + Send {
        list_notes::run(self.tables(), input)
    }

    /// `POST /note`
    ///
    /// - **Route** `POST /note`
    fn add_note(
        &self,
        _cx: &Context,
        input: AddNoteInput,
    ) -> impl Future<Output = Result<AddNoteOutput, AddNoteError>> + Send {
        add_note::run(self.tables(), input)
    }

    /// `GET /note/{book}`
    ///
    /// - **Route** `GET /note/{book}`
    fn read_book(
        &self,
        _cx: &Context,
        input: ReadBookInput,
    ) -> impl Future<Output = Result<ReadBookOutput, ReadBookError>> + Send {
        read_book::run(self.tables(), input)
    }

    /// One response stands for every error.
    ///
    /// - **Route** `GET /anyhow/{book}/{line}`
    fn read_any_note(
        &self,
        _cx: &Context,
        input: ReadAnyNoteInput,
    ) -> impl Future<Output = Result<ReadAnyNoteOutput, ReadAnyNoteError>> + Send {
        read_any_note::run(self.tables(), input)
    }

    /// `PUT /anyhow/{book}/{line}`
    ///
    /// - **Route** `PUT /anyhow/{book}/{line}`
    fn correct_any_note(
        &self,
        _cx: &Context,
        input: CorrectAnyNoteInput,
    ) -> impl Future<Output = Result<CorrectAnyNoteOutput, CorrectAnyNoteError>> + Send {
        correct_any_note::run(self.tables(), input)
    }

    /// `GET /note/{book}/{line}`
    ///
    /// - **Route** `GET /note/{book}/{line}`
    fn read_note(
        &self,
        _cx: &Context,
        input: ReadNoteInput,
    ) -> impl Future<Output = Result<ReadNoteOutput, ReadNoteError>> + Send {
        read_note::run(self.tables(), input)
    }

    /// `PUT /note/{book}/{line}`
    ///
    /// - **Route** `PUT /note/{book}/{line}`
    fn correct_note(
        &self,
        _cx: &Context,
        input: CorrectNoteInput,
    ) -> impl Future<Output = Result<CorrectNoteOutput, CorrectNoteError>> + Send {
        correct_note::run(self.tables(), input)
    }

    /// `DELETE /note/{book}/{line}`
    ///
    /// - **Route** `DELETE /note/{book}/{line}`
    fn tear_out_note(
        &self,
        _cx: &Context,
        input: TearOutNoteInput,
    ) -> impl Future<Output = Result<TearOutNoteOutput, TearOutNoteError>> + Send {
        tear_out_note::run(self.tables(), input)
    }

    /// Opens a ticket.
    ///
    /// - **Route** `POST /tickets`
    fn open_ticket(
        &self,
        _cx: &Context,
        input: OpenTicketInput,
    ) -> impl Future<Output = Result<OpenTicketOutput, OpenTicketError>> + Send {
        open_ticket::run(self.tables(), input)
    }

    /// What of a part clients do not set stands at any depth.
    ///
    /// - **Route** `POST /parts`
    fn create_part(
        &self,
        _cx: &Context,
        input: CreatePartInput,
    ) -> impl Future<Output = Result<CreatePartOutput, CreatePartError>> + Send {
        create_part::run(self.tables(), input)
    }
}
