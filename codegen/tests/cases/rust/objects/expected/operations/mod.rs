// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod send_things;

use runtime::Context;

pub use send_things::*;

/// What the shop service does.
///
/// A method without a body is a business rule that has to be written; one with a body does what its contract
/// binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// `POST /things`
    ///
    /// - **Route** `POST /things`
    fn send_things(
        &self,
        cx: &Context,
        input: SendThingsInput,
    ) -> impl Future<Output = Result<SendThingsOutput, SendThingsError>> + Send;
}
