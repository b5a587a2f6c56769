//! Failures that no contract declares: any error, on its way to the log.
//!
//! Owns how an error's chain of causes is told. A client never sees it: the runtime answers an opaque `500` with
//! the request id and writes the chain to the log.

use std::error::Error as StdError;
use std::fmt::{self, Debug, Display};

use crate::{Problem, TableError};

/// A failure that the contract does not declare.
///
/// Every error converts into it, so `?` works in a business rule. It is no [`std::error::Error`] itself, which is
/// what makes that conversion possible.
pub struct Failure(Box<dyn StdError + Send + Sync>);

impl Failure {
    /// A failure that has no error behind it.
    #[must_use]
    pub fn message(message: impl Into<String>) -> Self {
        Self(Box::from(message.into()))
    }

    /// No failure at all, but an answer that the contract has in words of its own.
    #[must_use]
    pub fn refused(problem: Problem) -> Self {
        Self(Box::new(Refused(problem)))
    }

    /// The problem behind [`Failure::refused`], or an error that is the request's fault.
    pub(crate) fn into_refusal(self) -> Result<Problem, Self> {
        match self.0.downcast::<Refused>() {
            Ok(refused) => Ok(refused.0),
            Err(other) => match other.downcast_ref().and_then(TableError::refusal) {
                Some(problem) => Ok(problem),
                None => Err(Self(other)),
            },
        }
    }

    /// The error as it was, when it is of this type.
    #[must_use]
    pub fn downcast_ref<E: StdError + 'static>(&self) -> Option<&E> {
        self.0.downcast_ref()
    }

    /// The error and its causes, outermost first, with `: ` between them.
    ///
    /// A cause that the error before it has already told in full is left out.
    #[must_use]
    pub fn chain(&self) -> String {
        let mut text = self.0.to_string();
        let mut cause = self.0.source();
        while let Some(error) = cause {
            let told = error.to_string();
            if !text.ends_with(&told) {
                text.push_str(": ");
                text.push_str(&told);
            }
            cause = error.source();
        }
        text
    }
}

/// A problem on its way through a failure.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.title)]
struct Refused(Problem);

impl<E: StdError + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(Box::new(error))
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.chain())
    }
}

impl Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Failure({:?})", self.chain())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("outer")]
    struct Outer(#[source] Inner);

    #[derive(Debug, thiserror::Error)]
    #[error("inner")]
    struct Inner;

    #[test]
    fn tells_the_causes_in_order() {
        assert_eq!(Failure::from(Outer(Inner)).chain(), "outer: inner");
    }

    #[test]
    fn tells_a_repeated_cause_once() {
        #[derive(Debug, thiserror::Error)]
        #[error("reading: {0}")]
        struct Telling(#[source] Inner);
        assert_eq!(Failure::from(Telling(Inner)).chain(), "reading: inner");
    }

    #[test]
    fn keeps_the_error_itself() {
        assert!(Failure::from(Inner).downcast_ref::<Inner>().is_some());
    }
}
