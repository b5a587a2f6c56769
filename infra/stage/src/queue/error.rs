//! Owns what can go wrong in a queue, with the code, status and shape name that AWS gives it. It
//! refuses to know HTTP bodies: `wire` writes them.

/// A refusal of the queue service, worded as AWS words it.
///
/// **Source**: Amazon SQS API Reference, "Common errors" and the errors of each action.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueueError {
    /// No queue has this name, address or ARN.
    #[error("The specified queue does not exist.")]
    QueueDoesNotExist,
    /// A queue of this name exists with another value of the attribute.
    #[error("A queue already exists with the same name and a different value for attribute {0}")]
    QueueNameExists(String),
    /// The queue address is not one of this service.
    #[error("The address {0} is not valid for this endpoint.")]
    InvalidAddress(String),
    /// The receipt handle was not issued by this queue.
    #[error("The input receipt handle \"{0}\" is not a valid receipt handle.")]
    ReceiptHandleIsInvalid(String),
    /// The attribute does not exist.
    #[error("Unknown Attribute {0}.")]
    InvalidAttributeName(String),
    /// Two ways of encryption are asked for.
    #[error(
        "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE."
    )]
    TwoEncryptions,
    /// The attribute is one of FIFO queues.
    #[error("You can specify the {0} only when FifoQueue is set to true.")]
    OnlyOfFifo(String),
    /// The value is not one that the attribute can take.
    #[error("Invalid value for the parameter {0}.")]
    InvalidAttributeValue(String),
    /// The text holds a character that XML 1.0 cannot.
    #[error(
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"
    )]
    InvalidMessageContents,
    /// A parameter has a value that it cannot have.
    #[error("{0}")]
    InvalidParameterValue(String),
    /// A parameter that must be given is not.
    #[error("The request must contain the parameter {0}.")]
    MissingParameter(String),
    /// The message is not in flight, so its visibility cannot change.
    #[error("Message is not in flight.")]
    MessageNotInflight,
    /// Too many messages are in flight.
    #[error("Too many messages are in flight: delete some before receiving more.")]
    OverLimit,
    /// More of something than there can be.
    #[error("{0}")]
    OverLimitOf(String),
    /// The queue was purged less than 60 seconds ago.
    #[error("Only one PurgeQueue operation on {0} is allowed every 60 seconds.")]
    PurgeQueueInProgress(String),
    /// A batch without entries.
    #[error("There should be at least one {0} in the request.")]
    EmptyBatchRequest(&'static str),
    /// A batch of more than ten entries.
    #[error("Maximum number of entries per request are 10. You have sent {0}.")]
    TooManyEntriesInBatchRequest(usize),
    /// Two entries of a batch share an id.
    #[error("Id {0} repeated.")]
    BatchEntryIdsNotDistinct(String),
    /// The id of a batch entry has a form that it cannot have.
    #[error(
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."
    )]
    InvalidBatchEntryId,
    /// The entries of a batch are too long together.
    #[error("Batch requests cannot be longer than {limit} bytes. You have sent {sent} bytes.")]
    BatchRequestTooLong {
        /// The most that a batch may hold, in bytes.
        limit: usize,
        /// What it held, in bytes.
        sent: usize,
    },
    /// The queue cannot do this.
    #[error("{0}")]
    UnsupportedOperation(String),
    /// A resource that the request names does not exist.
    #[error("{0}")]
    ResourceNotFound(String),
    /// Asked too often (injected, since the stage has no quota of its own).
    #[error("Request throttled.")]
    RequestThrottled,
    /// The service failed (injected).
    #[error("We encountered an internal error. Please try again.")]
    InternalError,
    /// The service is not there for the moment (injected).
    #[error("Service unavailable. Please try again shortly.")]
    ServiceUnavailable,
    /// No action has this name.
    #[error("The action {0} is not valid for this endpoint.")]
    UnknownOperation(String),
    /// The request is not the JSON that the action takes.
    #[error("{0}")]
    Serialization(String),
}

/// How an error is named on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The value of `__type`.
    pub shape: &'static str,
    /// The code of the older query protocol, sent in `x-amzn-query-error`; batch entries carry it
    /// too.
    pub legacy: &'static str,
    /// The HTTP status.
    pub status: u16,
}

impl QueueError {
    /// The names of this error on the wire.
    pub fn code(&self) -> Code {
        let (shape, legacy, status) = match self {
            Self::QueueDoesNotExist => (
                "com.amazonaws.sqs#QueueDoesNotExist",
                "AWS.SimpleQueueService.NonExistentQueue",
                400,
            ),
            Self::QueueNameExists(_) => {
                ("com.amazonaws.sqs#QueueNameExists", "QueueAlreadyExists", 400)
            }
            Self::InvalidAddress(_) => ("com.amazonaws.sqs#InvalidAddress", "InvalidAddress", 404),
            Self::ReceiptHandleIsInvalid(_) => {
                ("com.amazonaws.sqs#ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 404)
            }
            Self::InvalidAttributeName(_) | Self::OnlyOfFifo(_) | Self::TwoEncryptions => {
                ("com.amazonaws.sqs#InvalidAttributeName", "InvalidAttributeName", 400)
            }
            Self::InvalidAttributeValue(_) => {
                ("com.amazonaws.sqs#InvalidAttributeValue", "InvalidAttributeValue", 400)
            }
            Self::InvalidMessageContents => {
                ("com.amazonaws.sqs#InvalidMessageContents", "InvalidMessageContents", 400)
            }
            Self::InvalidParameterValue(_) => (
                "com.amazon.coral.service#InvalidParameterValueException",
                "InvalidParameterValue",
                400,
            ),
            Self::MissingParameter(_) => (
                "com.amazon.coral.service#MissingRequiredParameterException",
                "MissingParameter",
                400,
            ),
            Self::MessageNotInflight => (
                "com.amazonaws.sqs#MessageNotInflight",
                "AWS.SimpleQueueService.MessageNotInflight",
                400,
            ),
            Self::OverLimit | Self::OverLimitOf(_) => {
                ("com.amazonaws.sqs#OverLimit", "OverLimit", 403)
            }
            Self::PurgeQueueInProgress(_) => (
                "com.amazonaws.sqs#PurgeQueueInProgress",
                "AWS.SimpleQueueService.PurgeQueueInProgress",
                403,
            ),
            Self::EmptyBatchRequest(_)
            | Self::TooManyEntriesInBatchRequest(_)
            | Self::BatchEntryIdsNotDistinct(_)
            | Self::InvalidBatchEntryId
            | Self::BatchRequestTooLong { .. } => return self.batch_code(),
            Self::UnsupportedOperation(_) => (
                "com.amazonaws.sqs#UnsupportedOperation",
                "AWS.SimpleQueueService.UnsupportedOperation",
                400,
            ),
            Self::ResourceNotFound(_) => {
                ("com.amazonaws.sqs#ResourceNotFoundException", "ResourceNotFoundException", 404)
            }
            Self::RequestThrottled => {
                ("com.amazonaws.sqs#RequestThrottled", "RequestThrottled", 403)
            }
            Self::InternalError => {
                ("com.amazon.coral.service#InternalFailure", "InternalFailure", 500)
            }
            Self::ServiceUnavailable => {
                ("com.amazon.coral.service#ServiceUnavailable", "ServiceUnavailable", 503)
            }
            Self::UnknownOperation(_) => {
                ("com.amazon.coral.service#UnknownOperationException", "InvalidAction", 400)
            }
            Self::Serialization(_) => {
                ("com.amazon.coral.service#SerializationException", "MalformedInput", 400)
            }
        };
        Code { shape, legacy, status }
    }

    fn batch_code(&self) -> Code {
        let (shape, legacy) = match self {
            Self::EmptyBatchRequest(_) => {
                ("com.amazonaws.sqs#EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest")
            }
            Self::TooManyEntriesInBatchRequest(_) => (
                "com.amazonaws.sqs#TooManyEntriesInBatchRequest",
                "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
            ),
            Self::BatchEntryIdsNotDistinct(_) => (
                "com.amazonaws.sqs#BatchEntryIdsNotDistinct",
                "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
            ),
            Self::InvalidBatchEntryId => (
                "com.amazonaws.sqs#InvalidBatchEntryId",
                "AWS.SimpleQueueService.InvalidBatchEntryId",
            ),
            _ => (
                "com.amazonaws.sqs#BatchRequestTooLong",
                "AWS.SimpleQueueService.BatchRequestTooLong",
            ),
        };
        Code { shape, legacy, status: 400 }
    }

    /// Whether the caller is at fault, as opposed to the service.
    pub fn is_sender_fault(&self) -> bool {
        self.code().status < 500
    }
}
