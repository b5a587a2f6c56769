// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod send_choices;
pub(crate) mod read_choices;
pub(crate) mod send_range;
pub(crate) mod send_alike;
pub(crate) mod read_places;
pub(crate) mod send_places;
pub(crate) mod send_labelled;
pub(crate) mod send_raw;

use runtime::Context;

pub use send_choices::*;
pub use read_choices::*;
pub use send_range::*;
pub use send_alike::*;
pub use read_places::*;
pub use send_places::*;
pub use send_labelled::*;
pub use send_raw::*;

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

    /// Texts whose kind depends on where they stand.
    ///
    /// - **Route** `GET /places`
    fn read_places(
        &self,
        cx: &Context,
        input: ReadPlacesInput,
    ) -> impl Future<Output = Result<ReadPlacesOutput, ReadPlacesError>> + Send;

    /// `POST /places`
    ///
    /// - **Route** `POST /places`
    fn send_places(
        &self,
        cx: &Context,
        input: SendPlacesInput,
    ) -> impl Future<Output = Result<SendPlacesOutput, SendPlacesError>> + Send;

    /// `PUT /labelled`
    ///
    /// - **Route** `PUT /labelled`
    fn send_labelled(
        &self,
        cx: &Context,
        input: SendLabelledInput,
    ) -> impl Future<Output = Result<SendLabelledOutput, SendLabelledError>> + Send;

    /// `POST /raw`
    ///
    /// - **Route** `POST /raw`
    fn send_raw(
        &self,
        cx: &Context,
        input: SendRawInput,
    ) -> impl Future<Output = Result<SendRawOutput, SendRawError>> + Send;
}
