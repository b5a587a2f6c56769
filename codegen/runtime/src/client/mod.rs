//! The parts of typed clients: requests as plain data, responses that are validated against the contract, and a
//! transport over HTTP.
//!
//! [`Http`] is the only connection in this module. To use another, send an [`HttpRequest`] over it and return the
//! [`HttpResponse`]. Nothing is retried.

mod answer;
mod http;
mod request;

pub use answer::{Answer, HttpResponse};
pub use http::{Http, TransportError};
pub use request::HttpRequest;

use std::fmt;

use crate::{Problem, Violations};

/// Sends requests to a service.
pub trait Transport: Send + Sync {
    /// Sends a request.
    ///
    /// # Errors
    /// There is no response.
    fn send(
        &self,
        request: HttpRequest,
    ) -> impl Future<Output = Result<HttpResponse, TransportError>> + Send;
}

/// Why a call has no output. `E` is the type of the errors that the contract declares.
#[derive(Debug)]
pub enum Error<E> {
    /// An error that the contract declares.
    Declared(E),
    /// `500`, as the contract declares it: an internal error, with its request ID.
    Failed(Problem),
    /// A response that violates the contract.
    OffContract(OffContract),
    /// There is no response.
    Transport(TransportError),
}

/// A response that violates the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffContract {
    /// The status.
    pub status: u16,
    /// The violations; pointers start with `/status`, `/header` or `/body`.
    pub violations: Violations,
}

impl<E: fmt::Debug> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declared(error) => write!(f, "the service answered {error:?}"),
            Self::Failed(problem) => write!(f, "the service failed: {problem:?}"),
            Self::OffContract(OffContract { status, violations }) => {
                write!(f, "the service broke its contract with a response {status}: {violations}")
            }
            Self::Transport(error) => write!(f, "no response: {error}"),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            _ => None,
        }
    }
}
