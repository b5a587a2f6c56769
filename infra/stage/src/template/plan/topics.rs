//! SNS topics and who is subscribed to them.

use crate::topic::Filter;

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its logical id.
    pub id: String,
    /// Its physical name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// The largest message that it takes, and the largest batch, in bytes.
    pub max_bytes: u32,
    /// What a FIFO topic has besides.
    pub fifo: Option<FifoTopic>,
}

/// How a FIFO topic tells repetitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FifoTopic {
    /// Whether messages without a deduplication id get the SHA-256 of their text (`ContentBasedDeduplication`).
    pub by_content: bool,
    /// Whether each group has repetitions of its own (`FifoThroughputScope: MessageGroup`).
    pub per_group: bool,
}

/// A subscription of a queue or function.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscription {
    /// Its logical id.
    pub id: String,
    /// Its ARN.
    pub arn: String,
    /// The ARN of the topic.
    pub topic: String,
    /// The ARN of the queue or function.
    pub endpoint: String,
    /// Whether a queue gets the message itself instead of an envelope.
    pub is_raw: bool,
    /// What a message must match.
    pub filter: Option<Filter>,
    /// The ARN of the queue for what cannot be delivered.
    pub dead_letter: Option<String>,
}
