// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod send_versions;

use runtime::Context;

pub use send_versions::*;

/// What the shop service does.
///
/// A method without a body is a business rule that has to be written; one with a body does what its contract
/// binds it to, and can be overridden.
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
