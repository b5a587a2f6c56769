//! How invocations fail: refused before a function saw them, or failed in it.

use bytes::Bytes;
use serde_json::json;

/// An invocation that no function saw (Lambda API, Invoke, Errors).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no function of this name.
    #[error("Function not found: {0}")]
    NotFound(String),
    /// The name of the function holds another version or alias than the one that is given beside it.
    #[error("The derived qualifier from the function name does not match the specified qualifier.")]
    OtherQualifier,
    /// The function has no concurrency left.
    #[error("Rate Exceeded.")]
    Throttled,
    /// The event is too large.
    #[error("Request must be smaller than {limit} bytes for the InvokeFunction operation")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The event is no JSON.
    #[error("Could not parse request body into json: {0}")]
    NotJson(String),
    /// The stage is being shut down.
    #[error("the stage is shutting down")]
    ShuttingDown,
}

impl Refusal {
    /// The error code of the Lambda API.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "ResourceNotFoundException",
            Self::OtherQualifier => "InvalidParameterValueException",
            Self::Throttled => "TooManyRequestsException",
            Self::TooLarge { .. } => "RequestTooLargeException",
            Self::NotJson(_) => "InvalidRequestContentException",
            Self::ShuttingDown => "ServiceException",
        }
    }

    /// The HTTP status of the Lambda API.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound(_) => 404,
            Self::Throttled => 429,
            Self::TooLarge { .. } => 413,
            Self::NotJson(_) | Self::OtherQualifier => 400,
            Self::ShuttingDown => 500,
        }
    }
}

/// What came of an invocation that a function saw, or should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvocationOutcome {
    /// The function's answer.
    Success(Bytes),
    /// The function failed.
    Failure(Failure),
}

/// How a function failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// The error document: `errorType` and `errorMessage`.
    pub payload: Bytes,
}

/// Kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The function reported an error.
    Reported,
    /// The function took too long and was ended.
    TimedOut,
    /// The process ended in the middle of the invocation, or never got as far as taking it.
    Crashed,
    /// The function held more memory than it may and was ended.
    OutOfMemory,
    /// The answer was larger than Lambda allows.
    ResponseTooLarge,
}

impl Failure {
    /// What went wrong, in one line: the stack trace is in the function's own lines.
    #[must_use]
    pub fn told(&self) -> String {
        let told: serde_json::Value = serde_json::from_slice(&self.payload).unwrap_or_default();
        match (told["errorType"].as_str(), told["errorMessage"].as_str()) {
            (Some(kind), Some(message)) => format!("{kind}: {message}"),
            (None, Some(message)) => message.to_owned(),
            _ => String::from_utf8_lossy(&self.payload).into_owned(),
        }
    }

    /// The function's own error document.
    #[must_use]
    pub fn reported(payload: Bytes) -> Self {
        Self { kind: FailureKind::Reported, payload }
    }

    /// A failure that Lambda describes, as the function cannot.
    #[must_use]
    pub fn described(kind: FailureKind, request_id: &str, message: &str) -> Self {
        let (error_type, message) = match kind {
            FailureKind::TimedOut => {
                ("Sandbox.Timedout", format!("RequestId: {request_id} Error: {message}"))
            }
            FailureKind::ResponseTooLarge => ("Function.ResponseSizeTooLarge", message.to_owned()),
            FailureKind::OutOfMemory => {
                ("Runtime.OutOfMemory", format!("RequestId: {request_id} Error: {message}"))
            }
            FailureKind::Crashed | FailureKind::Reported => {
                ("Runtime.ExitError", format!("RequestId: {request_id} Error: {message}"))
            }
        };
        let payload = json!({ "errorType": error_type, "errorMessage": message });
        Self { kind, payload: payload.to_string().into() }
    }
}
