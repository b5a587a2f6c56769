//! Events that an EventBridge rule delivers directly to the function.

use std::sync::Arc;

use lambda_runtime::{Diagnostic, LambdaEvent};
use serde_json::value::RawValue;
use tokio::time::Instant;

use super::outcome::{self, Done, EventOutcome};
use super::{Error, Event, EventHandler, duration_ms, function_name, guarded, run};
use crate::{Context, EventContext};

/// Processes events until the platform ends the process.
///
/// An event that could not be processed fails the invocation. The platform then retries it, and finally sends it to
/// the function's on-failure queue. Lambda has no way to skip the retries of a rejected event.
///
/// # Errors
/// The process is not a Lambda function, or the Runtime API fails.
pub async fn serve_event<C: EventHandler>(consumer: C) -> Result<(), Error> {
    let function = function_name()?;
    let (consumer, function) = (&consumer, &function);
    run(move |event: LambdaEvent<Box<RawValue>>| answer(consumer, function, event)).await
}

async fn answer<C: EventHandler>(
    consumer: &C,
    function: &Arc<str>,
    event: LambdaEvent<Box<RawValue>>,
) -> Result<(), Diagnostic> {
    let started = Instant::now();
    let invocation = Context::of_lambda(event.context, function);
    let event = Event::parse(event.payload.get());
    let (event_id, time) = match &event {
        Ok(event) => (Some(event.id().to_owned()), event.time()),
        Err(_) => (None, None),
    };
    let result = match event {
        Ok(event) => {
            let cx = EventContext { time, ..EventContext::new(invocation.clone(), event.id()) };
            guarded(&invocation, Box::pin(consumer.handle(&cx, &event)))
                .await
                .unwrap_or_else(|f| Err(f.into()))
        }
        Err(error) => Err(error),
    };
    let ms = duration_ms(started);
    let done = Done {
        message_id: None,
        event_id,
        trace: invocation.trace_id.clone(),
        attempt: 1,
        ms: Some(ms),
        delay_ms: time.map(|time| outcome::delay_ms(time.unix_millis())),
        result,
    };
    outcome::tell(&invocation, (C::SERVICE, C::OPERATION), std::slice::from_ref(&done), ms);
    let error_type = EventOutcome::of(&done.result).as_str().to_owned();
    match done.result {
        Ok(()) => Ok(()),
        Err(error) => Err(Diagnostic { error_type, error_message: error.reason() }),
    }
}
