// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod send_things;
pub(crate) mod send_note;

use runtime::Context;

pub use send_things::*;
pub use send_note::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// `POST /things`
    ///
    /// - **Route** `POST /things`
    fn send_things(
        &self,
        cx: &Context,
        input: SendThingsInput,
    ) -> impl Future<Output = Result<SendThingsOutput, SendThingsError>> + Send;

    /// `POST /notes`
    ///
    /// - **Route** `POST /notes`
    fn send_note(
        &self,
        cx: &Context,
        input: SendNoteInput,
    ) -> impl Future<Output = Result<SendNoteOutput, SendNoteError>> + Send;
}
