// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod add_thing;
pub(crate) mod list_things;
pub(crate) mod list_others;

use runtime::{Context, Problem};

use crate::model::Invalid;

pub use add_thing::*;
pub use list_things::*;
pub use list_others::*;

/// What the shop service does.
///
/// A method without a body is a business rule that has to be written; one with a body does what its contract
/// binds it to, and can be overridden.
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

    /// What the runtime finds wrong, such as a request that violates the contract, as an error of the contract.
    fn to_invalid(&self, problem: &Problem) -> Invalid;
}
