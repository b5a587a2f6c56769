//! The loop of a function: the Lambda Runtime API on one side, generated code on the other.
//!
//! This module owns what all invocations have in common: context, deadline, and that a panic ends an invocation and
//! not the process. [`incoming`] tells events apart, [`api`] handles requests, [`queue`] and [`event`] handle events, [`stream`] handles changes of items,
//! and [`outcome`] reports results.

mod api;
mod envelope;
mod event;
mod incoming;
mod outcome;
mod queue;
mod stream;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};
use serde::Serialize;
use serde_json::value::RawValue;

pub use api::{ApiHandler, respond, serve_api};
pub use envelope::{Event, EventError, EventHandler};
pub use event::serve_event;
pub(crate) use incoming::Incoming;
use incoming::read;
pub use queue::serve_queue;
pub use stream::{Change, KeyOnly, StreamHandler, View, WholeItem, serve_stream};

use crate::log::{Level, Line};
use crate::{Context, Failure};

/// Why a function ended, which it never does on its own.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The process was not started by Lambda or a compatible environment.
    #[error("`{0}` is not set: this program is a Lambda function; start it on a stage")]
    NotAFunction(&'static str),
    /// An environment variable of the function is missing.
    #[error("`{0}` is not set, but the authorizer needs it")]
    Setting(String),
    /// An environment variable that the contract declares is missing.
    #[error("`{0}` is not set; the template sets it from the contract")]
    Variable(&'static str),
    /// A secret or parameter cannot be read.
    #[error(transparent)]
    Secret(#[from] crate::SecretError),
    /// The Runtime API cannot be reached, or violates its protocol.
    #[error("the Runtime API failed: {0}")]
    RuntimeApi(String),
}

/// An invocation that reached its deadline. What it had started may or may not have happened.
#[derive(Debug, thiserror::Error)]
#[error("the function's time is up")]
struct TimeIsUp;

/// An invocation that panicked.
#[derive(Debug, thiserror::Error)]
#[error("panicked: {0}")]
struct Panicked(String);

/// The function's name, when the environment is that of a function.
pub(crate) fn function_name() -> Result<Arc<str>, Error> {
    const REQUIRED: [&str; 4] = [
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION",
    ];
    for name in REQUIRED {
        std::env::var(name).map_err(|_| Error::NotAFunction(name))?;
    }
    Ok(Arc::from(std::env::var(REQUIRED[1]).unwrap_or_default()))
}

/// Processes invocations until the platform ends the process.
///
/// The event is parsed here, because the library would keep the path of every member for its error messages.
pub(crate) async fn run<A, R, E, F>(work: impl Fn(LambdaEvent<A>) -> F) -> Result<(), Error>
where
    A: Incoming,
    R: Serialize,
    E: Into<Diagnostic>,
    F: Future<Output = Result<R, E>>,
{
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        Line::new(Level::Error, "panic").with_some("place", place.as_deref()).write();
    }));
    let work = &work;
    let service = service_fn(move |event: LambdaEvent<Box<RawValue>>| async move {
        let event = LambdaEvent::new(read(&event.payload)?, event.context);
        work(event).await.map_err(Into::into)
    });
    let ended = lambda_runtime::Runtime::new(service).run().await;
    ended.map_err(|error| Error::RuntimeApi(error.to_string()))
}

/// The work of an invocation.
type Work<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Runs the work of an invocation: to its end, to its deadline, or to its panic.
///
/// The work is on the heap: here a business rule, with all calls of the SDK in it, becomes a part of the loop around it,
/// and the compiler bounds how deep futures may stand in each other.
async fn guarded<T>(cx: &Context, mut work: Work<'_, T>) -> Result<T, Failure> {
    let caught = std::future::poll_fn(|poll| {
        match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(poll))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(panic) => Poll::Ready(Err(Panicked(panic_message(panic.as_ref())))),
        }
    });
    match tokio::time::timeout_at(cx.last_moment(), caught).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(panicked)) => Err(panicked.into()),
        Err(_) => Err(TimeIsUp.into()),
    }
}

/// Runs the work on one event of a batch: what its deadline or a panic ended is delivered again.
async fn handled(cx: &Context, work: Work<'_, Result<(), EventError>>) -> Result<(), EventError> {
    guarded(cx, work).await.unwrap_or_else(|failure| Err(EventError::Retry(failure)))
}

/// What a panic says.
fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// Milliseconds since an instant, to the microsecond.
fn duration_ms(since: tokio::time::Instant) -> f64 {
    (since.elapsed().as_secs_f64() * 1e6).round() / 1e3
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn work_ends_before_the_deadline() {
        let cx = Context::new("r", Context::MARGIN + Duration::from_millis(20));
        assert_eq!(guarded(&cx, Box::pin(async { 1 })).await.unwrap(), 1);
        let failure = guarded(&cx, Box::pin(std::future::pending::<()>())).await.unwrap_err();
        assert!(failure.downcast_ref::<TimeIsUp>().is_some());
        assert!(cx.remaining() > Duration::ZERO);
    }

    #[tokio::test]
    async fn a_panic_is_a_failure() {
        let cx = Context::new("r", Duration::from_secs(1));
        let failure =
            guarded::<()>(&cx, Box::pin(async { panic!("no {}", "way") })).await.unwrap_err();
        assert_eq!(failure.chain(), "panicked: no way");
    }
}
