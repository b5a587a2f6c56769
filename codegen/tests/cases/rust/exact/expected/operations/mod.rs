// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod send_exact;

use runtime::Context;

pub use send_exact::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
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
