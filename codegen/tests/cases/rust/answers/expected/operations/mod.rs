// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod get_thing;
pub(crate) mod put_thing;
pub(crate) mod count_things;
pub(crate) mod probe_things;

use runtime::{Context, Problem};

use crate::model::Thing;

pub use get_thing::*;
pub use put_thing::*;
pub use count_things::*;
pub use probe_things::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// Answers in every shape that there is.
    ///
    /// - **Route** `GET /things/{part}`
    fn get_thing(
        &self,
        cx: &Context,
        input: GetThingInput,
    ) -> impl Future<Output = Result<GetThingOutput, GetThingError>> + Send;

    /// `PUT /things/{part}`
    ///
    /// - **Route** `PUT /things/{part}`
    fn put_thing(
        &self,
        cx: &Context,
        input: PutThingInput,
    ) -> impl Future<Output = Result<PutThingOutput, PutThingError>> + Send;

    /// `GET /things`
    ///
    /// - **Route** `GET /things`
    fn count_things(
        &self,
        cx: &Context,
        input: CountThingsInput,
    ) -> impl Future<Output = Result<CountThingsOutput, CountThingsError>> + Send;

    /// `HEAD /things`
    ///
    /// - **Route** `HEAD /things`
    fn probe_things(
        &self,
        cx: &Context,
        input: ProbeThingsInput,
    ) -> impl Future<Output = Result<ProbeThingsOutput, ProbeThingsError>> + Send;

    /// Converts an error that the runtime finds, such as a request that violates the contract, to the contract's error format.
    fn to_thing(&self, problem: &Problem) -> Thing;
}
