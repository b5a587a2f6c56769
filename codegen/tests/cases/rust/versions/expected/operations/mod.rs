// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod send_versions;

use runtime::Context;

pub use send_versions::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// `POST /versions`
    ///
    /// - **Route** `POST /versions`
    fn send_versions(
        &self,
        cx: &Context,
        input: SendVersionsInput,
    ) -> impl Future<Output = Result<SendVersionsOutput, SendVersionsError>> + Send;
}
