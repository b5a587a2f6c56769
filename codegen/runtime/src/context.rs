//! What a business rule may know of the invocation it runs in.

use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::log::{self, Level, Line};
use crate::{Caller, Timestamp};

/// One invocation of a function.
#[derive(Debug, Clone)]
pub struct Context {
    /// The id under which the invocation stands in the logs.
    pub request_id: String,
    /// The trace that the invocation belongs to, as an X-Ray trace header: `Root=1-…;Parent=…;Sampled=1`.
    pub trace_id: Option<String>,
    /// When the platform ends the invocation.
    pub deadline: Instant,
    /// The function's name.
    pub function: Arc<str>,
    /// Whether it is the first invocation of its environment.
    pub is_first: bool,
    /// Who calls; nobody known where no contract asks for credentials, and for events.
    pub caller: Arc<Caller>,
}

impl Context {
    /// How long before the deadline the runtime stops waiting, so that it can still answer.
    pub(crate) const MARGIN: Duration = Duration::from_millis(200);

    /// The context of an invocation that may take this long; for tests and for programs that are no function.
    #[must_use]
    pub fn new(request_id: impl Into<String>, remaining: Duration) -> Self {
        Self {
            request_id: request_id.into(),
            trace_id: None,
            deadline: Instant::now() + remaining,
            function: Arc::from("local"),
            is_first: false,
            caller: Arc::default(),
        }
    }

    /// The context of an invocation as the Runtime API describes it.
    pub(crate) fn of_lambda(context: lambda_runtime::Context, function: &Arc<str>) -> Self {
        static IS_FIRST: AtomicBool = AtomicBool::new(true);
        let remaining = context.deadline().duration_since(SystemTime::now()).unwrap_or_default();
        Self {
            request_id: context.request_id,
            trace_id: context.xray_trace_id,
            deadline: Instant::now() + remaining,
            function: Arc::clone(function),
            is_first: IS_FIRST.swap(false, Ordering::Relaxed),
            caller: Arc::default(),
        }
    }

    /// The part of the trace that is the same in every function and queue that an event passes: `1-5759e988-bd86…`.
    /// Log lines name it, so that one search finds all that came of one request.
    #[must_use]
    pub fn trace_root(&self) -> Option<&str> {
        self.trace_id.as_deref().and_then(trace_root)
    }

    /// The same context with this caller; for tests of business rules.
    #[must_use]
    pub fn with_caller(self, caller: Caller) -> Self {
        Self { caller: Arc::new(caller), ..self }
    }

    /// How long the invocation may still take.
    #[must_use]
    pub fn remaining(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// Tells the log of something that went wrong and was dealt with.
    pub fn warn(&self, message: &str, cause: &impl Display) {
        if log::enabled(Level::Warn) {
            Line::new(Level::Warn, message)
                .with("requestId", &self.request_id)
                .with_some("traceId", self.trace_root())
                .with("cause", &cause.to_string())
                .write();
        }
    }

    /// When work has to end so that the runtime can still answer.
    pub(crate) fn last_moment(&self) -> Instant {
        self.deadline.checked_sub(Self::MARGIN).unwrap_or(self.deadline)
    }
}

/// `Root` of an X-Ray trace header; none of a text that is no such header, as anybody can send one.
pub(crate) fn trace_root(header: &str) -> Option<&str> {
    let root = header.split(';').find_map(|part| part.trim().strip_prefix("Root="))?;
    let is_plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    ((1..=64).contains(&root.len()) && is_plain(root)).then_some(root)
}

/// One delivery of an event.
#[derive(Debug, Clone)]
pub struct EventContext {
    /// The invocation that the delivery is part of; several records of a batch share one. Its `trace_id` is that of
    /// the delivery where the event carries one.
    pub invocation: Context,
    /// The event's id, which the bus gave it. The same event delivered again has the same id.
    pub event_id: String,
    /// When the event was published, by the bus' clock.
    pub time: Option<Timestamp>,
    /// How often the event was delivered to this consumer, this time included; 1 when the platform does not say.
    pub attempt: u32,
    /// The id of the queue's message; none when the bus invokes the function.
    pub message_id: Option<String>,
    /// The name of the queue; none when the bus invokes the function.
    pub queue: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_a_trace_is_what_its_headers_have_in_common() {
        let root = Some("1-5759e988-bd86");
        assert_eq!(trace_root("Root=1-5759e988-bd86;Parent=53995c3f;Sampled=1"), root);
        assert_eq!(trace_root("Self=1-67891234-abc; Root=1-5759e988-bd86"), root);
        for text in ["", "nonsense", "Root=", "Root=my name;Sampled=1"] {
            assert_eq!(trace_root(text), None, "{text}");
        }
    }
}
