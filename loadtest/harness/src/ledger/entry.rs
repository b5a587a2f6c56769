//! One step that was sent, and how it ended.

use jiff::Timestamp;

/// What an accepted step tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The correlation id of what is owed.
    pub key: String,
    /// What [`crate::Sight::id`] must be, where the answer tells.
    pub id: Option<String>,
    /// When the server says that it was asked.
    pub asked_at: Option<Timestamp>,
}

impl Accepted {
    /// Something is owed under this key.
    #[must_use]
    pub fn of(key: impl Into<String>) -> Self {
        Self { key: key.into(), id: None, asked_at: None }
    }
}

/// How a step ended for the user, after all attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Accepted: exactly one thing is due.
    Accepted,
    /// Refused with this status: nothing may come.
    Refused(u16),
    /// No definite answer in all attempts: one thing may come, or none.
    Unknown,
}

impl Outcome {
    /// As a workflow reads it: `accepted`, `refused` or `unknown`.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused(_) => "refused",
            Self::Unknown => "unknown",
        }
    }
}

/// One step that was sent.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The workflow that sent it.
    pub workflow: &'static str,
    /// The slot in that workflow.
    pub slot: u64,
    /// The correlation id; empty while nobody knows it.
    pub key: String,
    /// When the first attempt was sent, by the client's clock.
    pub sent_at: Timestamp,
    /// When the last attempt was answered or given up, by the client's clock.
    pub answered_at: Timestamp,
    /// When the server says that it was asked.
    pub asked_at: Option<Timestamp>,
    /// How often it was sent.
    pub n_attempts: u32,
    /// How it ended.
    pub outcome: Outcome,
    pub(super) print: Option<u64>,
    pub(super) holds: Option<bool>,
}

impl Entry {
    pub(super) fn new(workflow: &'static str, slot: u64, key: &str, now: Timestamp) -> Self {
        Self {
            workflow,
            slot,
            key: key.to_owned(),
            sent_at: now,
            answered_at: now,
            asked_at: None,
            n_attempts: 0,
            outcome: Outcome::Unknown,
            print: None,
            holds: None,
        }
    }

    pub(super) fn settle(&mut self, n_attempts: u32, now: Timestamp) {
        self.answered_at = now;
        self.n_attempts = n_attempts;
    }

    /// When it was asked, by the server where it says so.
    #[must_use]
    pub fn began_at(&self) -> Timestamp {
        self.asked_at.unwrap_or(self.sent_at)
    }
}
