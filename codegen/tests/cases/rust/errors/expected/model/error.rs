// @generated from the contracts in spec/; edits are overwritten.

//! `Error`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{ErrorApi, ErrorErrorsItem};

/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Error`
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    /// A string.
    pub error: String,
    /// A string.
    pub message: String,
    /// A string.
    pub status: Option<String>,
    /// A string.
    pub request: Option<String>,
    pub api: ErrorApi,
    /// An array; each item is `ErrorErrorsItem`.
    pub errors: Option<Vec<ErrorErrorsItem>>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Error {
    /// Creates a value from its required fields.
    pub fn new(error: String, message: String) -> Self {
        Self {
            error,
            message,
            status: Default::default(),
            request: Default::default(),
            api: ErrorApi::Things,
            errors: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &["error", "message", "status", "request", "api", "errors"];

impl Decode for Error {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let error = object.required("error");
        let message = object.required("message");
        let status = object.optional("status");
        let request = object.optional("request");
        let api = object.required("api");
        let errors = object.optional("errors");
        let others = object.others(PROPERTIES);
        Some(Self {
            error: error?,
            message: message?,
            status: status?,
            request: request?,
            api: api?,
            errors: errors?,
            others: others?,
        })
    }
}

impl Encode for Error {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("error", &self.error);
        out.field("message", &self.message);
        out.optional("status", &self.status);
        out.optional("request", &self.request);
        out.field("api", &self.api);
        out.optional("errors", &self.errors);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
