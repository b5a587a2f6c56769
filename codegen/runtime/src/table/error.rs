//! How access to a table fails.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

use crate::{AttributeError, Failure, Unstorable};

/// Why a table could not be read or written. Throttled calls were tried again before.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The function was not told the table's name.
    #[error(
        "`{variable}` is not set: the operation does not name the table in `x-dynamodb-access`"
    )]
    NotConfigured {
        /// The variable of the environment.
        variable: &'static str,
    },
    /// What is stored violates the contract.
    #[error("the table of `{table}` holds an item that violates the contract")]
    Corrupt {
        /// The variable that holds the table's name.
        table: &'static str,
        /// What is wrong with it.
        source: AttributeError,
    },
    /// The item is larger than a table takes (400 KiB); nothing was written.
    #[error("the item is too large for the table of `{table}`")]
    TooLarge {
        /// The variable that holds the table's name.
        table: &'static str,
    },
    /// The item holds a number that a table does not keep as it is; nothing was written.
    #[error("the item does not fit the table of `{table}`")]
    Unstorable {
        /// The variable that holds the table's name.
        table: &'static str,
        /// Which number.
        source: Unstorable,
    },
    /// The page token was made for something else, or by somebody else.
    #[error("this token is not from a page before")]
    BadToken,
    /// A call was refused or got no answer; a write may have been done all the same.
    #[error("{action} on the table of `{table}` failed: {reason}")]
    Call {
        /// The action, as DynamoDB calls it.
        action: &'static str,
        /// The variable that holds the table's name.
        table: &'static str,
        /// The error code and message, or what happened to the connection.
        reason: String,
        /// Whether the table was asked for more than it can give at this time.
        throttled: bool,
    },
}

impl TableError {
    /// Whether another attempt, later, may succeed where several did not: the table was asked for too much.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        matches!(self, Self::Call { throttled: true, .. })
    }

    /// What an SDK error means.
    pub(super) fn of<E>(action: &'static str, table: &'static str, error: SdkError<E>) -> Self
    where
        E: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let code = error.code().unwrap_or_default();
        let is_validation = code == "ValidationException";
        if is_validation && error.message().is_some_and(|message| message.contains("Item size")) {
            return Self::TooLarge { table };
        }
        let throttled = is_throttling(code);
        Self::Call { action, table, throttled, reason: Failure::from(error).to_string() }
    }

    /// Whether DynamoDB found fault with the request itself.
    pub(super) fn is_validation<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
        error.code() == Some("ValidationException")
    }
}

/// Whether an error code says that there were too many requests.
pub(super) fn is_throttling(code: &str) -> bool {
    matches!(
        code,
        "ProvisionedThroughputExceededException"
            | "ProvisionedThroughputExceeded"
            | "ThrottlingException"
            | "ThrottlingError"
            | "RequestLimitExceeded"
    )
}
