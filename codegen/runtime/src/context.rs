//! What an operation can know about its invocation.

use std::fmt::Display;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::log::{self, Level, Line};
use crate::{Caller, Timestamp};

/// An invocation of a function: its ID, deadline, trace and caller.
///
/// ```
/// use std::time::Duration;
/// use runtime::{Caller, Context};
///
/// let anna = Caller::with_token("login", "anna", &["orders.read"]);
/// let cx = Context::new("request-1", Duration::from_secs(10)).with_caller(anna);
/// assert_eq!(cx.caller.subject(), Some("anna"));
/// assert!(cx.remaining() <= Duration::from_secs(10));
/// ```
#[derive(Debug, Clone)]
pub struct Context {
    /// The request ID of the invocation, as in the logs.
    pub request_id: String,
    /// The X-Ray trace header of the invocation: `Root=1-…;Parent=…;Sampled=1`.
    pub trace_id: Option<String>,
    /// The deadline of the invocation.
    pub deadline: Instant,
    /// The name of the function.
    pub function: Arc<str>,
    /// Whether this is the first invocation of the execution environment (a cold start).
    pub is_first: bool,
    /// The authenticated caller; anonymous for operations without security requirements, and for events.
    pub caller: Arc<Caller>,
}

impl Context {
    /// The time before the deadline at which the runtime stops waiting, so that it can still respond.
    pub(crate) const MARGIN: Duration = Duration::from_millis(200);

    /// Creates a context with this much time left, for tests and for programs that are not Lambda functions.
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

    /// Creates the context of an invocation from the Runtime API.
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

    /// The trace ID, which is the same in every function and queue that an event passes: `1-5759e988-bd86…`. Log
    /// lines contain it, so that a single search finds everything that a request caused.
    #[must_use]
    pub fn trace_root(&self) -> Option<&str> {
        self.trace_id.as_deref().and_then(trace_root)
    }

    /// The same context with this caller, for tests.
    #[must_use]
    pub fn with_caller(self, caller: Caller) -> Self {
        Self { caller: Arc::new(caller), ..self }
    }

    /// The time left before the deadline.
    #[must_use]
    pub fn remaining(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// Writes a log line with the IDs of the request and its trace, and with the fields that `fields` adds, if
    /// `LOG_LEVEL` allows this level.
    ///
    /// ```
    /// # let cx = runtime::Context::new("request-1", std::time::Duration::from_secs(10));
    /// use runtime::log::Level;
    ///
    /// cx.log(Level::Info, "book lent", |line| line.with("days", &14));
    /// ```
    pub fn log(&self, level: Level, message: &str, fields: impl FnOnce(Line) -> Line) {
        if log::enabled(level) {
            fields(self.line(level, message)).write();
        }
    }

    /// Starts a log line with the IDs of the request and its trace.
    pub(crate) fn line(&self, level: Level, message: &str) -> Line {
        Line::new(level, message)
            .with("requestId", &self.request_id)
            .with_some("traceId", self.trace_root())
    }

    /// Logs a problem that was handled.
    pub fn warn(&self, message: &str, cause: &impl Display) {
        self.log(Level::Warn, message, |line| line.with("cause", &cause.to_string()));
    }

    /// The time at which work must end, so that the runtime can still respond.
    pub(crate) fn last_moment(&self) -> Instant {
        self.deadline.checked_sub(Self::MARGIN).unwrap_or(self.deadline)
    }
}

/// The `Root` of an X-Ray trace header; `None` when the header is invalid, because clients can send any value.
pub(crate) fn trace_root(header: &str) -> Option<&str> {
    let root = header.split(';').find_map(|part| part.trim().strip_prefix("Root="))?;
    let is_plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    ((1..=64).contains(&root.len()) && is_plain(root)).then_some(root)
}

/// The delivery of an event. It has the methods of its invocation, so that a receiver logs and publishes as a rule does.
#[derive(Debug, Clone)]
pub struct EventContext {
    /// The invocation that processes the delivery. The records of a batch share one invocation. Its `trace_id` is
    /// that of the delivery, when the event has one.
    pub invocation: Context,
    /// The ID of the event, from the bus. A repeated delivery of the event has the same ID.
    pub event_id: String,
    /// When the event was published, by the clock of the bus.
    pub time: Option<Timestamp>,
    /// The number of deliveries to this receiver so far, including this one; 1 when unknown.
    pub attempt: u32,
    /// The ID of the queue message; `None` when the bus invokes the function directly.
    pub message_id: Option<String>,
    /// The name of the queue; `None` when the bus invokes the function directly.
    pub queue: Option<String>,
}

impl EventContext {
    /// The first delivery of an event that the bus hands to the function directly, published at no known time.
    ///
    /// ```
    /// use std::time::Duration;
    /// use runtime::{Context, EventContext};
    ///
    /// let cx = EventContext::new(Context::new("request-1", Duration::from_secs(5)), "event-1");
    /// assert_eq!((cx.attempt, &cx.queue), (1, &None));
    /// assert_eq!(cx.request_id, "request-1");
    /// ```
    pub fn new(invocation: Context, event_id: impl Into<String>) -> Self {
        Self {
            invocation,
            event_id: event_id.into(),
            time: None,
            attempt: 1,
            message_id: None,
            queue: None,
        }
    }
}

impl Deref for EventContext {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.invocation
    }
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
