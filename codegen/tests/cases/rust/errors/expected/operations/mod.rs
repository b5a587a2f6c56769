// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod add_thing;
pub(crate) mod list_things;
pub(crate) mod list_others;
pub(crate) mod list_coded;
pub(crate) mod list_closed;
pub(crate) mod list_mapped;
pub(crate) mod list_plain;

use runtime::{Context, Problem};

use crate::model::{Coded, Invalid};

pub use add_thing::*;
pub use list_things::*;
pub use list_others::*;
pub use list_coded::*;
pub use list_closed::*;
pub use list_mapped::*;
pub use list_plain::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// `POST /things`
    ///
    /// - **Route** `POST /things`
    fn add_thing(
        &self,
        cx: &Context,
        input: AddThingInput,
    ) -> impl Future<Output = Result<AddThingOutput, AddThingError>> + Send;

    /// `GET /things`
    ///
    /// - **Route** `GET /things`
    fn list_things(
        &self,
        cx: &Context,
        input: ListThingsInput,
    ) -> impl Future<Output = Result<ListThingsOutput, ListThingsError>> + Send;

    /// `GET /others`
    ///
    /// - **Route** `GET /others`
    fn list_others(
        &self,
        cx: &Context,
        input: ListOthersInput,
    ) -> impl Future<Output = Result<ListOthersOutput, ListOthersError>> + Send;

    /// `GET /coded`
    ///
    /// - **Route** `GET /coded`
    fn list_coded(
        &self,
        cx: &Context,
        input: ListCodedInput,
    ) -> impl Future<Output = Result<ListCodedOutput, ListCodedError>> + Send;

    /// `GET /closed`
    ///
    /// - **Route** `GET /closed`
    fn list_closed(
        &self,
        cx: &Context,
        input: ListClosedInput,
    ) -> impl Future<Output = Result<ListClosedOutput, ListClosedError>> + Send;

    /// `GET /mapped`
    ///
    /// - **Route** `GET /mapped`
    fn list_mapped(
        &self,
        cx: &Context,
        input: ListMappedInput,
    ) -> impl Future<Output = Result<ListMappedOutput, ListMappedError>> + Send;

    /// `GET /plain`
    ///
    /// - **Route** `GET /plain`
    fn list_plain(
        &self,
        cx: &Context,
        input: ListPlainInput,
    ) -> impl Future<Output = Result<ListPlainOutput, ListPlainError>> + Send;

    /// Converts an error that the runtime finds, such as a request that violates the contract, to the contract's error format.
    fn to_invalid(&self, problem: &Problem) -> Invalid;

    /// Converts an error that the runtime finds, such as a request that violates the contract, to the contract's error format.
    fn to_coded(&self, problem: &Problem) -> Coded;
}
