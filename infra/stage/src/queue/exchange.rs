//! Owns what goes into a queue's operations and comes out of them, and the sums by which it can be
//! checked. It refuses to hold messages.

use super::error::QueueError;
use super::message::Message;
use std::sync::Arc;
use uuid::Uuid;

/// The longest that a message may stay hidden after it was received, in seconds.
pub const MAX_VISIBILITY_S: u32 = limits::SQS_VISIBILITY;

/// Everything that ever happened to the messages of a queue. What came in is what went out and what
/// is there: `sent + arrived = deleted + expired + purged + departed + visible + in flight +
/// delayed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Messages taken from senders.
    pub sent: u64,
    /// Messages moved here from another queue.
    pub arrived: u64,
    /// Messages that a FIFO queue recognised as sent before, and did not take.
    pub deduplicated: u64,
    /// Receipts handed out: one message can have many.
    pub received: u64,
    /// Messages deleted by their receivers.
    pub deleted: u64,
    /// Messages that became too old.
    pub expired: u64,
    /// Messages removed by a purge.
    pub purged: u64,
    /// Messages moved to another queue.
    pub departed: u64,
}

/// How many messages are where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Depth {
    /// Can be received, or could be if their group were not held up.
    pub visible: usize,
    /// Received and neither deleted nor visible again.
    pub in_flight: usize,
    /// Sent with a delay that has not passed.
    pub delayed: usize,
    /// The age of the oldest message, in milliseconds; 0 when there is none.
    pub oldest_age_ms: u64,
}

/// What a sender learns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The id of the message: of the first one, when this one is its repetition.
    pub id: Uuid,
    /// The sequence number in a FIFO queue.
    pub sequence_number: Option<u64>,
    /// Whether the message was recognised as sent before, and therefore not taken.
    pub is_repetition: bool,
    /// The hexadecimal MD5 of the body.
    pub body_md5: String,
}

/// What a receiver asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiveOptions {
    /// The most messages to hand over, at most 10.
    pub max_messages: usize,
    /// How long they stay hidden, in seconds; the queue's timeout when absent.
    pub visibility_timeout_s: Option<u32>,
    /// How long to wait for a first message, in seconds; the queue's time when absent. The state
    /// does not wait.
    pub wait_s: Option<u32>,
    /// Names this attempt on a FIFO queue, so that it can be repeated when its answer was lost.
    pub attempt_id: Option<String>,
}

impl Default for ReceiveOptions {
    fn default() -> Self {
        Self { max_messages: 1, visibility_timeout_s: None, wait_s: None, attempt_id: None }
    }
}

/// A message in the hands of a receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The message.
    pub message: Arc<Message>,
    /// What this receipt is called by when the message is deleted.
    pub receipt_handle: String,
    /// How often the message was received, this time included.
    pub n_received: u32,
    /// When it was received first, in milliseconds since the Unix epoch.
    pub first_received_ms: u64,
}

/// A message on its way to another queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departed {
    /// The message.
    pub message: Arc<Message>,
    /// How often it was received.
    pub n_received: u32,
    pub(super) first_received_ms: Option<u64>,
}

/// The outcome of a receive.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// What the receiver gets.
    pub received: Vec<Received>,
    /// What was received too often, and must be put into the dead-letter queue by the caller.
    pub dead: Vec<Departed>,
}

impl Departed {
    /// A message that nobody has received yet.
    pub(super) fn fresh(message: Message) -> Self {
        Self { message: Arc::new(message), n_received: 0, first_received_ms: None }
    }
}

impl ReceiveOptions {
    /// Checks what can be known without the queue's messages.
    pub(super) fn check(&self, is_fifo: bool) -> Result<(), QueueError> {
        let bad = |name: &str, value: &str, reason: &str| {
            Err(QueueError::InvalidParameterValue(format!(
                "Value {value} for parameter {name} is invalid. Reason: {reason}"
            )))
        };
        if !(1..=10).contains(&self.max_messages) {
            let value = self.max_messages.to_string();
            return bad("MaxNumberOfMessages", &value, "Must be between 1 and 10, if provided.");
        }
        if let Some(timeout_s) = self.visibility_timeout_s.filter(|time| *time > MAX_VISIBILITY_S) {
            return Err(bad_timeout(timeout_s));
        }
        if let Some(wait_s) = self.wait_s.filter(|wait_s| *wait_s > 20) {
            let value = wait_s.to_string();
            return bad("WaitTimeSeconds", &value, "Must be >= 0 and <= 20, if provided.");
        }
        match &self.attempt_id {
            Some(id) if !is_fifo => bad(
                "ReceiveRequestAttemptId",
                id,
                "The request include parameter that is not valid for this queue type.",
            ),
            Some(id) if id.is_empty() || id.len() > 128 => {
                bad("ReceiveRequestAttemptId", id, "Must be 1 to 128 in length.")
            }
            _ => Ok(()),
        }
    }
}

pub(super) fn bad_timeout(timeout_s: u32) -> QueueError {
    QueueError::InvalidParameterValue(format!(
        "Value {timeout_s} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must \
         be an integer between 0 and {MAX_VISIBILITY_S}"
    ))
}
