//! Events that a bus' rule hands to the function itself.

use std::sync::Arc;

use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};
use serde_json::value::RawValue;
use tokio::time::Instant;

use super::{Error, Event, EventError, EventHandler, duration_ms, function_name, guarded, run};
use crate::log::{self, Level, Line};
use crate::{Context, EventContext};

/// Takes events until the platform ends the process.
///
/// An event that could not be processed fails the invocation, so that the platform tries again and then hands it to
/// the function's on-failure queue. It cannot be told that another attempt is hopeless.
///
/// # Errors
/// When the process is no Lambda function, or the Runtime API fails.
pub async fn serve_event<C: EventHandler>(consumer: C) -> Result<(), Error> {
    let function = function_name()?;
    let (consumer, function) = (&consumer, &function);
    run(service_fn(move |event: LambdaEvent<Box<RawValue>>| answer(consumer, function, event)))
        .await
}

async fn answer<C: EventHandler>(
    consumer: &C,
    function: &Arc<str>,
    event: LambdaEvent<Box<RawValue>>,
) -> Result<(), Diagnostic> {
    let started = Instant::now();
    let invocation = Context::of_lambda(event.context, function);
    let event = Event::parse(event.payload.get());
    let id = event.as_ref().map(|event| event.id().to_owned()).ok();
    let result = match event {
        Ok(event) => {
            let cx = EventContext {
                invocation: invocation.clone(),
                event_id: event.id().to_owned(),
                time: event.time(),
                attempt: 1,
                message_id: None,
                queue: None,
            };
            guarded(&invocation, Box::pin(consumer.handle(&cx, &event)))
                .await
                .unwrap_or_else(|f| Err(f.into()))
        }
        Err(error) => Err(error),
    };
    let told = result.as_ref().err().map(EventError::told);
    let level = if told.is_some() { Level::Error } else { Level::Info };
    if log::enabled(level) {
        Line::new(level, "event")
            .with("requestId", &invocation.request_id)
            .with_some("traceId", invocation.trace_id.as_ref())
            .with("operation", C::OPERATION)
            .with_some("eventId", id.as_ref())
            .with("durationMs", &duration_ms(started))
            .with_some(told.as_ref().map_or("", |told| told.0), told.as_ref().map(|told| &told.1))
            .write();
    }
    match told {
        None => Ok(()),
        Some((kind, reason)) => {
            Err(Diagnostic { error_type: kind.to_owned(), error_message: reason })
        }
    }
}
