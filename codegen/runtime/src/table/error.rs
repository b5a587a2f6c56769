//! Errors of table access.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

use crate::decode::push_key;
use crate::{AttributeError, Failure, Problem, Unstorable};

/// Why a table access failed. Throttled calls were retried before.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The environment variable with the table's name is missing.
    #[error(
        "`{variable}` is not set: the operation does not name the table in `x-dynamodb-access`"
    )]
    NotConfigured {
        /// The variable of the environment.
        variable: &'static str,
    },
    /// The stored item violates the contract.
    #[error("the table of `{table}` holds an item that violates the contract")]
    Corrupt {
        /// The variable that holds the table's name.
        table: &'static str,
        /// The violations.
        source: AttributeError,
    },
    /// The item is larger than DynamoDB allows (400 KiB). Nothing was written.
    #[error("the item is too large for the table of `{table}`")]
    TooLarge {
        /// The variable that holds the table's name.
        table: &'static str,
    },
    /// The item has a number that DynamoDB cannot store exactly. Nothing was written.
    #[error("the item does not fit the table of `{table}`")]
    Unstorable {
        /// The variable that holds the table's name.
        table: &'static str,
        /// Which number.
        source: Unstorable,
    },
    /// An item has a property under the name of an attribute that holds something else. Nothing was written; a request
    /// is answered with `400`.
    #[error("no item of the table of `{table}` has a property `{attribute}`: {STORED_ELSE}")]
    Reserved {
        /// The variable that holds the table's name.
        table: &'static str,
        /// The property.
        attribute: String,
    },
    /// An update sets a property if it is absent, and keys of indexes are made of it. Nothing was written.
    #[error(
        "no update sets `{attribute}` if it is absent in the table of `{table}`: keys of indexes are made of it; use `set` \
         with `when` and the condition that it is absent"
    )]
    KeyIfAbsent {
        /// The variable that holds the table's name.
        table: &'static str,
        /// The attribute.
        attribute: String,
    },
    /// The page token is invalid, or belongs to another query.
    #[error("this token is not from a page before")]
    BadToken,
    /// A call got no response, and may have been carried out. It was not repeated, because the change would be made twice.
    #[error("whether {action} on the table of `{table}` was carried out is unknown: {reason}")]
    OutcomeUnknown {
        /// The DynamoDB action.
        action: &'static str,
        /// The variable that holds the table's name.
        table: &'static str,
        /// The error code and message, or the connection error.
        reason: String,
    },
    /// A call was refused or got no response. A write may have happened.
    #[error("{action} on the table of `{table}` failed: {reason}")]
    Call {
        /// The DynamoDB action.
        action: &'static str,
        /// The variable that holds the table's name.
        table: &'static str,
        /// The error code and message, or the connection error.
        reason: String,
        /// Whether the table throttled the call.
        throttled: bool,
    },
}

/// Why a request may not have a property.
pub(super) const STORED_ELSE: &str = "the table keeps something else under this name";

impl TableError {
    /// The answer to a request whose body names an attribute that holds something else.
    pub(crate) fn refusal(&self) -> Option<Problem> {
        match self {
            Self::Reserved { attribute, .. } => {
                Some(Problem::violation(&in_body(attribute), STORED_ELSE))
            }
            _ => None,
        }
    }

    /// Whether a later attempt may succeed, because the table throttled several attempts.
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

    /// Whether DynamoDB found the request invalid.
    pub(super) fn is_validation<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
        error.code() == Some("ValidationException")
    }
}

/// The pointer to a property of a body.
pub(super) fn in_body(name: &str) -> String {
    let mut pointer = "/body".to_owned();
    push_key(&mut pointer, name);
    pointer
}

/// Whether an error code means throttling.
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
