//! The result of a write with a condition, as every such call returns it.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::error::ConditionalCheckFailedException;

use super::{Attributes, TableError};

/// What became of a write with a condition.
pub(super) enum Conditional<O> {
    /// It was done, with this output.
    Done(O),
    /// The item did not meet the condition: the item, where the call asked for it.
    Refused(Option<Attributes>),
}

/// An error of a call that takes a condition.
pub(super) trait ConditionError:
    std::error::Error + ProvideErrorMetadata + Send + Sync + 'static
{
    /// The failed condition, if the error is that.
    fn refusal(&self) -> Option<&ConditionalCheckFailedException>;
}

impl<O> Conditional<O> {
    /// What a response means.
    pub(super) fn of<E: ConditionError>(
        action: &'static str,
        table: &'static str,
        sent: Result<O, SdkError<E>>,
    ) -> Result<Self, TableError> {
        let error = match sent {
            Ok(output) => return Ok(Self::Done(output)),
            Err(error) => error,
        };
        match error.as_service_error().and_then(E::refusal) {
            Some(refusal) => Ok(Self::Refused(refusal.item.clone())),
            None => Err(TableError::of(action, table, error)),
        }
    }
}

impl ConditionError for PutItemError {
    fn refusal(&self) -> Option<&ConditionalCheckFailedException> {
        match self {
            Self::ConditionalCheckFailedException(refusal) => Some(refusal),
            _ => None,
        }
    }
}

impl ConditionError for DeleteItemError {
    fn refusal(&self) -> Option<&ConditionalCheckFailedException> {
        match self {
            Self::ConditionalCheckFailedException(refusal) => Some(refusal),
            _ => None,
        }
    }
}

impl ConditionError for UpdateItemError {
    fn refusal(&self) -> Option<&ConditionalCheckFailedException> {
        match self {
            Self::ConditionalCheckFailedException(refusal) => Some(refusal),
            _ => None,
        }
    }
}
