//! What typed clients are made of: requests as plain data, responses that are checked against the contract, and one
//! transport over HTTP.
//!
//! Owns no connection but the one of [`Http`]: whoever has a connection of their own sends an [`HttpRequest`] over it
//! and hands the [`HttpResponse`] back. Retries nothing.

mod answer;
mod http;
mod request;

pub use answer::{Answer, HttpResponse};
pub use http::{Http, TransportError};
pub use request::HttpRequest;

use std::fmt;

use crate::{Problem, Violations};

/// Something that carries a request to a service and brings the response back.
pub trait Transport: Send + Sync {
    /// Sends one request.
    ///
    /// # Errors
    /// No response came back.
    fn send(
        &self,
        request: HttpRequest,
    ) -> impl Future<Output = Result<HttpResponse, TransportError>> + Send;
}

/// Why a call has no output; `E` holds the failures that the operation's contract declares.
#[derive(Debug)]
pub enum Error<E> {
    /// A failure that the contract declares.
    Declared(E),
    /// `500`, as the contract declares it: the service failed, and says under which id it stands in its log.
    Failed(Problem),
    /// A response that the contract does not allow.
    OffContract(OffContract),
    /// No response came back.
    Transport(TransportError),
}

/// A response that the contract does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffContract {
    /// Its status.
    pub status: u16,
    /// In which ways; pointers start with `/status`, `/header` or `/body`.
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
