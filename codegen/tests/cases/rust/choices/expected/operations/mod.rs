// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod send_choices;
pub(crate) mod read_choices;
pub(crate) mod send_range;
pub(crate) mod send_alike;

use runtime::Context;

pub use send_choices::*;
pub use read_choices::*;
pub use send_range::*;
pub use send_alike::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// `POST /choices`
    ///
    /// - **Route** `POST /choices`
    fn send_choices(
        &self,
        cx: &Context,
        input: SendChoicesInput,
    ) -> impl Future<Output = Result<SendChoicesOutput, SendChoicesError>> + Send;

    /// `GET /choices`
    ///
    /// - **Route** `GET /choices`
    fn read_choices(
        &self,
        cx: &Context,
        input: ReadChoicesInput,
    ) -> impl Future<Output = Result<ReadChoicesOutput, ReadChoicesError>> + Send;

    /// `POST /ranges`
    ///
    /// - **Route** `POST /ranges`
    fn send_range(
        &self,
        cx: &Context,
        input: SendRangeInput,
    ) -> impl Future<Output = Result<SendRangeOutput, SendRangeError>> + Send;

    /// `POST /alike`
    ///
    /// - **Route** `POST /alike`
    fn send_alike(
        &self,
        cx: &Context,
        input: SendAlikeInput,
    ) -> impl Future<Output = Result<SendAlikeOutput, SendAlikeError>> + Send;
}
