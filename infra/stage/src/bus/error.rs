//! Owns what can go wrong on a bus, with the code and status that AWS gives it. It refuses to know
//! HTTP bodies: `wire` writes them.

use super::pattern::PatternError;
use crate::fault::Failure;

/// A refusal of the bus service, worded as AWS words it.
///
/// **Source**: Amazon EventBridge API Reference, the errors of each action.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BusError {
    /// A bus, rule or target does not exist.
    #[error("{0} does not exist.")]
    ResourceNotFound(String),
    /// Something that is told of in words of its own does not exist.
    #[error("{0}")]
    NotFound(String),
    /// What is asked for is not possible now.
    #[error("{0}")]
    IllegalStatus(String),
    /// A bus of this name exists.
    #[error("{0} already exists.")]
    ResourceAlreadyExists(String),
    /// A pattern is not sound.
    #[error(transparent)]
    InvalidEventPattern(#[from] PatternError),
    /// The request has a value that it cannot have, or lacks one.
    #[error("{0}")]
    Validation(String),
    /// There are as many as there can be.
    #[error("{0}")]
    LimitExceeded(String),
    /// The service has no such action.
    #[error("{0}")]
    UnknownOperation(String),
    /// The request is not the JSON that the action takes.
    #[error("{0}")]
    Serialization(String),
    /// Asked too often (injected).
    #[error("Rate exceeded")]
    Throttling,
    /// The service failed (injected).
    #[error("The service has encountered an internal error. Please try again.")]
    Internal,
    /// The service is not there for the moment (injected).
    #[error("The service is currently unavailable. Please try again.")]
    Unavailable,
}

impl BusError {
    /// The value of `__type`, and the HTTP status.
    pub fn code(&self) -> (&'static str, u16) {
        match self {
            Self::ResourceNotFound(_) | Self::NotFound(_) => ("ResourceNotFoundException", 400),
            Self::IllegalStatus(_) => ("IllegalStatusException", 400),
            Self::ResourceAlreadyExists(_) => ("ResourceAlreadyExistsException", 400),
            Self::InvalidEventPattern(_) => ("InvalidEventPatternException", 400),
            Self::Validation(_) => ("ValidationException", 400),
            Self::LimitExceeded(_) => ("LimitExceededException", 400),
            Self::UnknownOperation(_) => ("UnknownOperationException", 400),
            Self::Serialization(_) => ("SerializationException", 400),
            Self::Throttling => ("ThrottlingException", 400),
            Self::Internal => ("InternalException", 500),
            Self::Unavailable => ("ServiceUnavailable", 503),
        }
    }
}

impl From<Failure> for BusError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Throttle => Self::Throttling,
            Failure::Internal => Self::Internal,
            Failure::Unavailable => Self::Unavailable,
        }
    }
}
