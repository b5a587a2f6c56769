// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod read_thing;
pub(crate) mod remove_thing;
pub(crate) mod find_things;

use runtime::Context;

pub use read_thing::*;
pub use remove_thing::*;
pub use find_things::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// `GET /thing/{id}`
    ///
    /// - **Route** `GET /thing/{id}`
    fn read_thing(
        &self,
        cx: &Context,
        input: ReadThingInput,
    ) -> impl Future<Output = Result<ReadThingOutput, ReadThingError>> + Send;

    /// `DELETE /thing/{id}`
    ///
    /// - **Route** `DELETE /thing/{id}`
    fn remove_thing(
        &self,
        cx: &Context,
        input: RemoveThingInput,
    ) -> impl Future<Output = Result<RemoveThingOutput, RemoveThingError>> + Send;

    /// `GET /things`
    ///
    /// - **Route** `GET /things`
    fn find_things(
        &self,
        cx: &Context,
        input: FindThingsInput,
    ) -> impl Future<Output = Result<FindThingsOutput, FindThingsError>> + Send;
}
