// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod send_exact;

use runtime::Context;

pub use send_exact::*;

/// What the shop service does.
///
/// A method without a body is a business rule that has to be written; one with a body does what its contract
/// binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// `POST /exact`
    ///
    /// - **Route** `POST /exact`
    fn send_exact(
        &self,
        cx: &Context,
        input: SendExactInput,
    ) -> impl Future<Output = Result<SendExactOutput, SendExactError>> + Send;
}
