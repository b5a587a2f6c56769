//! Calls of AWS services of which a function makes one, without their SDKs.
//!
//! **Source** AWS JSON 1.1 protocol (Smithy).

use aws_smithy_types::body::SdkBody;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::retry::is_unconnected;
use super::wire::{NoAnswer, Unsent, Wire, causes};

/// The largest answer that is read, in bytes.
pub(super) const MAX_ANSWER_BYTES: usize = 1024 * 1024;

/// The way to a service.
#[derive(Debug)]
pub(crate) struct JsonClient(pub(super) Wire);

#[derive(Deserialize)]
struct Refusal {
    #[serde(rename = "__type")]
    kind: Option<String>,
    #[serde(alias = "Message")]
    message: Option<String>,
}

/// Why a call failed as a whole.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CallError {
    /// It was not sent.
    #[error("the request to {service} could not be made: {reason}")]
    NotSent { service: &'static str, reason: Unsent },
    /// The service answered with an error.
    #[error("{service} answered {status}: {code}: {message}")]
    Refused { service: &'static str, status: u16, code: String, message: String },
    /// It was sent, and its outcome is unknown.
    #[error("no answer of {service}: {reason}")]
    NoAnswer { service: &'static str, reason: String },
}

impl CallError {
    /// Whether the same call may succeed later.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::NotSent { reason, .. } => reason.is_passing(),
            Self::NoAnswer { .. } => true,
            Self::Refused { status, code, .. } => {
                *status >= 500 || *status == 429 || is_passing(code)
            }
        }
    }
}

/// Whether an error code is of a transient error.
pub(crate) fn is_passing(code: &str) -> bool {
    ["Throttl", "Internal", "Unavailable", "TooManyRequests", "Timeout"]
        .iter()
        .any(|part| code.contains(part))
}

impl JsonClient {
    /// Makes a call once: `AWSEvents.PutEvents` with this body and these headers.
    pub(crate) async fn call<A: DeserializeOwned>(
        &self,
        target: &'static str,
        body: &impl Serialize,
        headers: &[(&'static str, &str)],
    ) -> Result<A, CallError> {
        let Self(wire) = self;
        let service = wire.service.title;
        let no_answer = |reason| CallError::NoAnswer { service, reason };
        let not_sent = |reason| CallError::NotSent { service, reason };
        let request = serde_json::to_string(body).map_err(|error| Unsent::invalid(&error));
        let request = request.and_then(|body| wire.request(SdkBody::from(body)));
        let mut request = request.map_err(not_sent)?;
        let own = [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target)];
        for (name, value) in own.iter().chain(headers) {
            let inserted = request.headers_mut().try_insert(*name, (*value).to_owned());
            inserted.map_err(|error| not_sent(Unsent::invalid(&error)))?;
        }
        let response = wire.send(request).await.map_err(|error| match error {
            NoAnswer::NotSent(reason) => not_sent(reason),
            NoAnswer::Lost(error) if is_unconnected(&error) => {
                not_sent(Unsent::Unconnected(causes(&error)))
            }
            NoAnswer::Lost(error) => no_answer(causes(&error)),
            NoAnswer::Incomplete(error, _) => no_answer(error.to_string()),
        })?;
        let status = response.status().as_u16();
        let body = response.body().bytes().unwrap_or_default();
        if status != 200 {
            return Err(refused(service, status, body));
        }
        // What is wrong with an answer is told by its place: serde quotes values, which may be secret.
        serde_json::from_slice(body).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            no_answer(format!("the answer is not as expected at line {line}, column {column}"))
        })
    }
}

/// What an error in JSON says.
fn refused(service: &'static str, status: u16, body: &[u8]) -> CallError {
    let refusal = serde_json::from_slice(body).unwrap_or(Refusal { kind: None, message: None });
    let code = refusal.kind.as_deref().and_then(|kind| kind.rsplit('#').next());
    CallError::Refused {
        service,
        status,
        code: code.unwrap_or("no error code").to_owned(),
        message: refusal.message.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use aws_credential_types::provider::error::CredentialsError;

    use super::*;

    #[test]
    fn a_call_without_credentials_is_final_unless_their_service_failed() {
        let not_sent = |reason| CallError::NotSent { service: "EventBridge", reason };
        let failed = not_sent(CredentialsError::provider_error("connection refused").into());
        assert!(failed.is_passing() && failed.to_string().contains("connection refused"));
        for reason in [
            Unsent::NoRegion,
            Unsent::BadEndpoint("nowhere".to_owned()),
            Unsent::NoCredentials,
            CredentialsError::not_loaded("no profile").into(),
        ] {
            assert!(!not_sent(reason).is_passing());
        }
    }

    #[test]
    fn errors_are_told_by_code_and_message() {
        let body = br#"{"__type":"com.amazonaws.events#ThrottlingException","message":"slower"}"#;
        let error = refused("EventBridge", 400, body);
        assert_eq!(error.to_string(), "EventBridge answered 400: ThrottlingException: slower");
        assert!(error.is_passing());
        let broken = refused("EventBridge", 503, b"<html>");
        assert!(broken.to_string().contains("503") && broken.is_passing());
    }
}
