// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod send_form;
pub(crate) mod upload;
pub(crate) mod send_text;
pub(crate) mod send_bytes;
pub(crate) mod send_any;
pub(crate) mod read_styles;
pub(crate) mod send_packed;

use runtime::Context;

pub use send_form::*;
pub use upload::*;
pub use send_text::*;
pub use send_bytes::*;
pub use send_any::*;
pub use read_styles::*;
pub use send_packed::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// Names and values.
    ///
    /// - **Route** `POST /forms`
    fn send_form(
        &self,
        cx: &Context,
        input: SendFormInput,
    ) -> impl Future<Output = Result<SendFormOutput, SendFormError>> + Send;

    /// Fields and files.
    ///
    /// - **Route** `POST /uploads`
    fn upload(
        &self,
        cx: &Context,
        input: UploadInput,
    ) -> impl Future<Output = Result<UploadOutput, UploadError>> + Send;

    /// `PUT /texts`
    ///
    /// - **Route** `PUT /texts`
    fn send_text(
        &self,
        cx: &Context,
        input: SendTextInput,
    ) -> impl Future<Output = Result<SendTextOutput, SendTextError>> + Send;

    /// `PUT /bytes`
    ///
    /// - **Route** `PUT /bytes`
    fn send_bytes(
        &self,
        cx: &Context,
        input: SendBytesInput,
    ) -> impl Future<Output = Result<SendBytesOutput, SendBytesError>> + Send;

    /// One of several kinds.
    ///
    /// - **Route** `PUT /any`
    fn send_any(
        &self,
        cx: &Context,
        input: SendAnyInput,
    ) -> impl Future<Output = Result<SendAnyOutput, SendAnyError>> + Send;

    /// `GET /styles/{label}/{matrix}/{list}`
    ///
    /// - **Route** `GET /styles/{label}/{matrix}/{list}`
    fn read_styles(
        &self,
        cx: &Context,
        input: ReadStylesInput,
    ) -> impl Future<Output = Result<ReadStylesOutput, ReadStylesError>> + Send;

    /// A format of bytes, whatever its schema describes.
    ///
    /// - **Route** `PUT /packed`
    fn send_packed(
        &self,
        cx: &Context,
        input: SendPackedInput,
    ) -> impl Future<Output = Result<SendPackedOutput, SendPackedError>> + Send;
}
