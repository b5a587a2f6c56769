// @generated from the contracts in spec/; edits are overwritten.

//! `scanOrder`: `POST /orders/scan`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1orders~1scan/post`

use runtime::{Failure, File, Form, FormData, FormWriter, Operation, Parts, Reply};

/// The input of `scanOrder`.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanOrderInput {
    /// The body, `multipart/form-data`.
    pub body: ScanOrderForm,
}

impl ScanOrderInput {
    /// Creates a value from its required fields.
    pub fn new(body: ScanOrderForm) -> Self {
        Self { body }
    }
}

/// The request form of `scanOrder`.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanOrderForm {
    /// The part `file`.
    ///
    /// - **Source**
    ///   `spec/shop/openapi.yaml#/paths/~1orders~1scan/post/requestBody/content/multipart~1form-data/schema/properties/file`
    pub file: Option<File>,
    /// The part `kind`.
    ///
    /// - **Source**
    ///   `spec/shop/openapi.yaml#/paths/~1orders~1scan/post/requestBody/content/multipart~1form-data/schema/properties/kind`
    pub kind: String,
    /// The part `note`.
    ///
    /// - **Source**
    ///   `spec/shop/openapi.yaml#/paths/~1orders~1scan/post/requestBody/content/multipart~1form-data/schema/properties/note`
    pub note: String,
}

impl Default for ScanOrderForm {
    fn default() -> Self {
        Self {
            file: Default::default(),
            kind: runtime::preset("\"photo\""),
            note: runtime::preset("\"none\""),
        }
    }
}

impl FormData for ScanOrderForm {
    fn read(form: &mut Form<'_>) -> Option<Self> {
        let file = form.file("file").optional();
        let kind = form.field("kind").required();
        let note = form.field("note").or("\"none\"");
        Some(Self {
            file: file?,
            kind: kind?,
            note: note?,
        })
    }

    fn write(&self, form: &mut FormWriter) {
        form.file("file", self.file.as_ref());
        form.field("kind", Some(&self.kind));
        form.field("note", Some(&self.note));
    }
}

/// Scanned.
pub type ScanOrderOutput = ();

/// The error responses of `scanOrder`.
#[derive(Debug)]
pub enum ScanOrderError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ScanOrderError);

impl Operation for ScanOrderInput {
    type Output = ScanOrderOutput;
    type Error = ScanOrderError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.multipart();
        Some(Self { body: body? })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
