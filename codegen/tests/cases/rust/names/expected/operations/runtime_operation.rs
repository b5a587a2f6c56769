// @generated from the contracts in spec/; edits are overwritten.

//! `runtime`: `POST /runtime`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1runtime/post`

use runtime::{Failure, File, Form, FormData, FormWriter, Operation, Parts, Reply};

/// The input of `runtime`.
#[derive(Debug, Clone, PartialEq)]
pub struct RuntimeInput {
    /// The query parameter `parts`.
    pub parts: Option<String>,
    /// The query parameter `body`.
    pub body_2: Option<String>,
    /// The query parameter `accept`.
    pub accept_2: Option<String>,
    /// The body, `multipart/form-data`.
    pub body: RuntimeForm,
    /// The media type that the client prefers.
    pub accept: RuntimeAccept,
}

impl RuntimeInput {
    /// Creates a value from its required fields.
    pub fn new(body: RuntimeForm) -> Self {
        Self {
            parts: Default::default(),
            body_2: Default::default(),
            accept_2: Default::default(),
            body,
            accept: Default::default(),
        }
    }
}

/// The response media types of `runtime`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RuntimeAccept {
    /// `text/plain`
    #[default]
    Text,
    /// `text/csv`
    Csv,
}

/// The request form of `runtime`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuntimeForm {
    /// The part `form`.
    ///
    /// - **Source**
    ///   `spec/shop/openapi.yaml#/paths/~1runtime/post/requestBody/content/multipart~1form-data/schema/properties/form`
    pub form: Option<String>,
    /// The part `file`.
    ///
    /// - **Source**
    ///   `spec/shop/openapi.yaml#/paths/~1runtime/post/requestBody/content/multipart~1form-data/schema/properties/file`
    pub file: Option<File>,
}

impl FormData for RuntimeForm {
    fn read(form: &mut Form<'_>) -> Option<Self> {
        let form_ = form.field("form").optional();
        let file = form.file("file").optional();
        Some(Self { form: form_?, file: file? })
    }

    fn write(&self, form: &mut FormWriter) {
        form.field("form", self.form.as_ref());
        form.file("file", self.file.as_ref());
    }
}

/// The response bodies of `OK`.
#[derive(Debug, Clone, PartialEq)]
pub enum RuntimeOkContent {
    /// `text/plain`
    Text(String),
    /// `text/csv`
    Csv(String),
}

impl RuntimeOkContent {
    fn reply(&self, status: u16) -> Reply {
        match self {
            Self::Text(body) => Reply::text(status, "text/plain", body),
            Self::Csv(body) => Reply::text(status, "text/csv", body),
        }
    }
}

/// It was read.
#[derive(Debug, Clone, PartialEq)]
pub struct RuntimeOutput {
    /// The header `Status`.
    pub status_2: Option<String>,
    /// The header `Body`.
    pub body_2: Option<i128>,
    /// The body.
    pub body: RuntimeOkContent,
}

impl RuntimeOutput {
    /// Creates a value from its required fields.
    pub fn new(body: RuntimeOkContent) -> Self {
        Self {
            status_2: Default::default(),
            body_2: Default::default(),
            body,
        }
    }
}

/// The error responses of `runtime`.
#[derive(Debug)]
pub enum RuntimeError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(RuntimeError);

impl Operation for RuntimeInput {
    type Output = RuntimeOutput;
    type Error = RuntimeError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let parts_ = parts.query("parts").optional();
        let body_2 = parts.query("body").optional();
        let accept_2 = parts.query("accept").optional();
        let body = parts.multipart();
        let accept = Some(
            match parts.accept(&["text/plain", "text/csv"]) {
                1 => RuntimeAccept::Csv,
                _ => RuntimeAccept::Text,
            },
        );
        Some(Self {
            parts: parts_?,
            body_2: body_2?,
            accept_2: accept_2?,
            body: body?,
            accept: accept?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        answer
            .body
            .reply(200)
            .header_some("Status", answer.status_2.as_ref().map(runtime::to_text))
            .header_some("Body", answer.body_2.as_ref().map(runtime::to_text))
    }
}
