//! Publishing to an EventBridge bus.
//!
//! This module groups events into calls and retries failed ones. At the end it knows that all events were accepted,
//! that some were refused, or that the result is unknown. A call whose response was lost is repeated, so an event may
//! be delivered twice, and receivers must be idempotent.

use std::sync::Arc;
use std::time::Duration;

use crate::aws::{CallError, PutEventsEntry, is_passing, put_events};
use crate::{Aws, Context, Encode, Failure, to_json};

/// The maximum number of entries in a call (EventBridge quotas).
const MAX_ENTRIES: usize = 10;
/// The maximum size of a call in bytes, as EventBridge counts it.
const MAX_BYTES: usize = 1_048_576;
/// The maximum number of attempts, including the first.
const MAX_ATTEMPTS: u32 = 6;
/// The timeout of an attempt.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(3);

/// An event to publish.
#[derive(Debug, Clone)]
pub struct Entry {
    source: &'static str,
    detail_type: &'static str,
    detail: String,
}

impl Entry {
    /// Creates an event with this payload.
    #[must_use]
    pub fn new(source: &'static str, detail_type: &'static str, payload: &impl Encode) -> Self {
        Self { source, detail_type, detail: to_json(payload) }
    }

    /// Its size as EventBridge counts it.
    fn n_bytes(&self) -> usize {
        self.source.len() + self.detail_type.len() + self.detail.len()
    }
}

/// An event bus that a service publishes to. Generated publishers wrap it.
///
/// ```no_run
/// use runtime::{Aws, Bus, Context, Entry, PublishError};
///
/// async fn announce(aws: &Aws, cx: &Context) -> Result<(), PublishError> {
///     // The environment variable has the name of the bus.
///     let bus = Bus::new(aws, "SHOP_BUS");
///     bus.publish(cx, Entry::new("com.example.shop", "OrderPlaced", &"order-1".to_owned())).await
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Bus {
    aws: Aws,
    variable: &'static str,
    name: Option<Arc<str>>,
}

/// Some events were not accepted.
#[derive(Debug, thiserror::Error)]
#[error(
    "of {n_events} events {n_accepted} were accepted and {} refused, and of {} nobody can tell: {}",
    .refused.len(), .unknown.len(), .reason
)]
pub struct PublishError {
    /// The number of events.
    pub n_events: usize,
    /// The number of events that the bus accepted.
    pub n_accepted: usize,
    /// The indexes of the events that the bus certainly refused.
    pub refused: Vec<usize>,
    /// The indexes of the events that the bus may have accepted, because the response was lost or late.
    pub unknown: Vec<usize>,
    /// The last error.
    pub reason: String,
}

impl PublishError {
    /// Whether certainly no event was accepted.
    #[must_use]
    pub fn is_definite(&self) -> bool {
        self.n_accepted == 0 && self.unknown.is_empty()
    }

    fn refused(n_events: usize, reason: impl Into<Failure>) -> Self {
        Self {
            n_events,
            n_accepted: 0,
            refused: (0..n_events).collect(),
            unknown: Vec::new(),
            reason: reason.into().to_string(),
        }
    }
}

/// What is known about an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// To be sent; `maybe` when an attempt before may have been accepted.
    Waiting {
        maybe: bool,
    },
    Accepted,
    /// Not to be sent again; `maybe` as above.
    GivenUp {
        maybe: bool,
    },
}

impl State {
    fn maybe(self) -> bool {
        matches!(self, Self::Waiting { maybe: true } | Self::GivenUp { maybe: true })
    }
}

/// How one call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CallFailure {
    /// Whether the call may have been carried out all the same.
    maybe_done: bool,
    /// Whether another attempt makes sense.
    retry: bool,
}

impl Bus {
    /// The bus with the name in this environment variable.
    #[must_use]
    pub fn new(aws: &Aws, variable: &'static str) -> Self {
        Self { aws: aws.clone(), variable, name: aws.variable(variable).map(Arc::from) }
    }

    /// Publishes an event.
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn publish(&self, cx: &Context, entry: Entry) -> Result<(), PublishError> {
        self.publish_all(cx, std::slice::from_ref(&entry)).await
    }

    /// Publishes several events of one type, in as few calls as possible.
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn publish_each(
        &self,
        cx: &Context,
        source: &'static str,
        detail_type: &'static str,
        payloads: &[impl Encode + Sync],
    ) -> Result<(), PublishError> {
        let entry = |payload| Entry::new(source, detail_type, payload);
        let entries: Vec<Entry> = payloads.iter().map(entry).collect();
        self.publish_all(cx, &entries).await
    }

    /// Publishes events, in calls as large as EventBridge allows. They may arrive in any order.
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown. Accepted events stay published.
    pub async fn publish_all(&self, cx: &Context, entries: &[Entry]) -> Result<(), PublishError> {
        let Some(name) = &self.name else {
            let reason = "the operation does not name the message in `x-publishes`";
            let reason = Failure::message(format!("`{}` is not set: {reason}", self.variable));
            return Err(PublishError::refused(entries.len(), reason));
        };
        let mut states = vec![State::Waiting { maybe: false }; entries.len()];
        let mut reason = String::new();
        for (entry, state) in entries.iter().zip(&mut states) {
            if entry.n_bytes() > MAX_BYTES {
                *state = State::GivenUp { maybe: false };
                reason = format!("an event of {} bytes is too large", entry.n_bytes());
            }
        }
        for attempt in 0..MAX_ATTEMPTS {
            for call in calls(entries, &states) {
                self.call(cx, name, entries, &call, &mut states, &mut reason).await;
            }
            let waiting = states.iter().any(|state| matches!(state, State::Waiting { .. }));
            let pause = backoff(attempt);
            if !waiting
                || attempt + 1 == MAX_ATTEMPTS
                || cx.remaining() < pause + Context::MARGIN * 2
            {
                break;
            }
            tokio::time::sleep(pause).await;
        }
        conclude(&states, reason)
    }

    /// Makes one call and notes the outcome of each entry.
    async fn call(
        &self,
        cx: &Context,
        name: &str,
        entries: &[Entry],
        call: &[usize],
        states: &mut [State],
        reason: &mut String,
    ) {
        let entries = call.iter().filter_map(|index| entries.get(*index));
        let wire: Vec<PutEventsEntry<'_>> = entries
            .map(|entry| PutEventsEntry {
                event_bus_name: name,
                source: entry.source,
                detail_type: entry.detail_type,
                detail: &entry.detail,
                trace_header: cx.trace_id.as_deref(),
            })
            .collect();
        let request = put_events(self.aws.eventbridge(), &wire, cx.trace_id.as_deref());
        let timeout = ATTEMPT_TIMEOUT.min(cx.remaining().saturating_sub(Context::MARGIN));
        let failure = match tokio::time::timeout(timeout, request).await {
            Ok(Ok(results)) => {
                let mut results = results.iter();
                for index in call {
                    let result = results.next();
                    let code = result.and_then(|result| result.error_code.as_deref());
                    states[*index] = match (result.and_then(|one| one.event_id.as_ref()), code) {
                        (Some(_), None) => State::Accepted,
                        (_, code) => {
                            code.unwrap_or("no answer for an entry").clone_into(reason);
                            let maybe = states[*index].maybe() || code.is_none();
                            match code.is_none_or(is_passing) {
                                true => State::Waiting { maybe },
                                false => State::GivenUp { maybe },
                            }
                        }
                    };
                }
                return;
            }
            Ok(Err(error)) => {
                let failure = judge(&error);
                *reason = error.to_string();
                failure
            }
            Err(_) => {
                "no answer in time".clone_into(reason);
                CallFailure { maybe_done: true, retry: true }
            }
        };
        for index in call {
            let maybe = states[*index].maybe() || failure.maybe_done;
            states[*index] = match failure.retry {
                true => State::Waiting { maybe },
                false => State::GivenUp { maybe },
            };
        }
    }
}

/// What is certain after a failed call.
///
/// A 4xx error of the service means that nothing was accepted. After a 5xx error, a lost connection or an unreadable
/// response the result is unknown. A request that could not be created was not sent.
fn judge(error: &CallError) -> CallFailure {
    let maybe_done = match error {
        CallError::NotSent { .. } => false,
        CallError::Refused { status, .. } => *status >= 500,
        CallError::NoAnswer { .. } => true,
    };
    CallFailure { maybe_done, retry: error.is_passing() }
}

/// The events that still have to be sent, as calls within the limits.
fn calls(entries: &[Entry], states: &[State]) -> Vec<Vec<usize>> {
    let mut calls: Vec<Vec<usize>> = Vec::new();
    let mut n_bytes = 0;
    for (index, (entry, state)) in entries.iter().zip(states).enumerate() {
        if !matches!(state, State::Waiting { .. }) {
            continue;
        }
        match calls.last_mut() {
            Some(call) if call.len() < MAX_ENTRIES && n_bytes + entry.n_bytes() <= MAX_BYTES => {
                call.push(index);
                n_bytes += entry.n_bytes();
            }
            _ => {
                calls.push(vec![index]);
                n_bytes = entry.n_bytes();
            }
        }
    }
    calls
}

/// The pause before the next attempt: up to 50 ms, then up to twice as long each time, with random jitter.
pub(crate) fn backoff(attempt: u32) -> Duration {
    let most = 50_000_u64 << attempt.min(6);
    let (random, _) = uuid::Uuid::new_v4().as_u64_pair();
    Duration::from_micros(most / 2 + random % (most / 2))
}

fn conclude(states: &[State], reason: String) -> Result<(), PublishError> {
    let places = |wanted: fn(State) -> bool| -> Vec<usize> {
        states.iter().enumerate().filter(|(_, state)| wanted(**state)).map(|(at, _)| at).collect()
    };
    let n_accepted = places(|state| state == State::Accepted).len();
    let unknown = places(State::maybe);
    let refused = places(|state| state != State::Accepted && !state.maybe());
    if n_accepted == states.len() {
        return Ok(());
    }
    Err(PublishError { n_events: states.len(), n_accepted, refused, unknown, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(n_bytes: usize) -> Entry {
        Entry { source: "s", detail_type: "t", detail: "x".repeat(n_bytes - 2) }
    }

    #[test]
    fn calls_keep_within_the_limits() {
        let entries: Vec<Entry> = (0..23).map(|_| entry(10)).collect();
        let waiting = vec![State::Waiting { maybe: false }; 23];
        let lengths: Vec<usize> = calls(&entries, &waiting).iter().map(Vec::len).collect();
        assert_eq!(lengths, [10, 10, 3]);
        let large: Vec<Entry> = [MAX_BYTES - 5, 6, 10].map(entry).into();
        assert_eq!(calls(&large, &waiting[..3]), [vec![0], vec![1, 2]]);
        let some =
            [State::Accepted, State::Waiting { maybe: true }, State::GivenUp { maybe: false }];
        assert_eq!(calls(&large, &some), [vec![1]]);
    }

    #[test]
    fn what_may_have_been_accepted_stays_in_doubt() {
        let told = |states: &[State]| conclude(states, String::new());
        assert!(told(&[State::Accepted]).is_ok());
        let definite = |states: &[State]| told(states).is_err_and(|error| error.is_definite());
        assert!(definite(&[State::GivenUp { maybe: false }, State::Waiting { maybe: false }]));
        assert!(!definite(&[State::GivenUp { maybe: true }]));
        assert!(!definite(&[State::Waiting { maybe: true }]));
        assert!(!definite(&[State::Accepted, State::Waiting { maybe: false }]));
    }

    #[test]
    fn pauses_grow_and_stay_bounded() {
        for attempt in 0..40 {
            let pause = backoff(attempt);
            assert!(pause >= Duration::from_millis(25) && pause <= Duration::from_millis(3200));
        }
    }
}
