//! One step that was sent, and how it ended.

use std::num::{NonZeroI64, NonZeroU64};

use jiff::Timestamp;

use super::fingerprint;

/// What an accepted step tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The correlation id of what is owed.
    pub key: String,
    /// What [`crate::Sighting::id`] must be, where the answer tells.
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
pub enum StepOutcome {
    /// Accepted: exactly one thing is due.
    Accepted,
    /// Refused with this status: nothing may come.
    Refused(u16),
    /// No definite answer in all attempts: one thing may come, or none.
    Unknown,
}

impl StepOutcome {
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

/// One step that was sent. A long run has a million of them, so times are microseconds.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The workflow that sent it.
    pub workflow: &'static str,
    /// The slot in that workflow.
    pub slot: u64,
    /// The correlation id; empty while nobody knows it.
    pub key: Box<str>,
    /// How it ended.
    pub outcome: StepOutcome,
    /// How often it was sent.
    pub n_attempts: u32,
    pub(super) sent_us: i64,
    pub(super) answered_after_us: u32,
    pub(super) asked_us: Option<NonZeroI64>,
    pub(super) print: Option<NonZeroU64>,
    pub(super) holds: Option<bool>,
}

impl Entry {
    pub(super) fn new(workflow: &'static str, slot: u64, key: &str, now: Timestamp) -> Self {
        Self {
            workflow,
            slot,
            key: key.into(),
            outcome: StepOutcome::Unknown,
            n_attempts: 0,
            sent_us: now.as_microsecond(),
            answered_after_us: 0,
            asked_us: None,
            print: None,
            holds: None,
        }
    }

    pub(super) fn settle(&mut self, n_attempts: u32, now: Timestamp) {
        let after_us = now.as_microsecond().saturating_sub(self.sent_us).max(0);
        // A step that was under way for more than an hour counts as one of an hour.
        self.answered_after_us = u32::try_from(after_us).unwrap_or(u32::MAX);
        self.n_attempts = n_attempts;
    }

    pub(super) fn accept(&mut self, accepted: &Accepted) {
        self.outcome = StepOutcome::Accepted;
        self.asked_us = accepted.asked_at.and_then(|at| NonZeroI64::new(at.as_microsecond()));
        self.print = accepted.id.as_deref().map(fingerprint);
    }

    /// When the first attempt was sent, by the client's clock.
    #[must_use]
    pub fn sent_at(&self) -> Timestamp {
        instant(self.sent_us)
    }

    /// When the last attempt was answered or given up, by the client's clock.
    #[must_use]
    pub fn answered_at(&self) -> Timestamp {
        instant(self.sent_us + i64::from(self.answered_after_us))
    }

    /// When the server says that it was asked.
    #[must_use]
    pub fn asked_at(&self) -> Option<Timestamp> {
        self.asked_us.map(|at| instant(at.get()))
    }

    /// When it was asked, by the server where it says so.
    #[must_use]
    pub fn began_at(&self) -> Timestamp {
        self.asked_at().unwrap_or(self.sent_at())
    }
}

/// An instant that was one before it became a number.
pub(super) fn instant(us: i64) -> Timestamp {
    Timestamp::from_microsecond(us).unwrap_or_default()
}
