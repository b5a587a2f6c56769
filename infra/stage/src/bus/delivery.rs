//! Owns the way of one event to one target: the first attempt, the retries, the dead letter. It
//! refuses to know how a queue or function is reached: a [`Deliver`] does.

use super::event::Event;
use super::path::JsonPath;
use super::retry::Exhausted;
use super::rule::{Rule, Target};
use super::service::Shared;
use super::transform::Through;
use crate::fault::{Decision, Dice, Failure, Site};
use crate::queue::{Attribute, NewMessage, QueueError, QueueService};
use serde_json::Value;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;
use uuid::Uuid;

/// Something to be brought to a queue or function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The ARN of the queue or function.
    pub arn: String,
    /// The text: a message body, or the event of an asynchronous invocation.
    pub payload: String,
    /// The X-Ray trace header to carry along: `AWSTraceHeader` of a message, `X-Amzn-Trace-Id` of
    /// an invocation.
    pub trace_header: Option<String>,
    /// The message group, when the target is a FIFO queue.
    pub message_group_id: Option<String>,
    /// The detail type and the source of the event that the payload is the detail of, where a bus gets one that is made
    /// for it.
    pub event_of: Option<(String, String)>,
    /// Message attributes; only dead letters have them.
    pub attributes: BTreeMap<String, Attribute>,
    /// The id of the event.
    pub event_id: Uuid,
    /// The ARN of the rule that the event came through.
    pub rule_arn: String,
}

/// Why an attempt failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct DeliveryError {
    /// The value of `ERROR_CODE` in a dead letter, such as `RESOURCE_NOT_FOUND` or `THROTTLING`.
    pub code: String,
    /// The value of `ERROR_MESSAGE` in a dead letter.
    pub message: String,
    /// Whether trying again can help.
    pub is_retryable: bool,
}

/// The outcome of an attempt, while it is under way.
pub type Attempt<'a> = Pin<Box<dyn Future<Output = Result<(), DeliveryError>> + Send + 'a>>;

/// Brings events to queues and functions.
pub trait Deliver: Send + Sync + 'static {
    /// Makes one attempt. Success means that the target has the event for good: the message is in
    /// its queue, the invocation is accepted.
    fn deliver(&self, delivery: Delivery) -> Attempt<'_>;
}

impl DeliveryError {
    /// A failure that trying again may mend.
    pub fn retryable(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), is_retryable: true }
    }

    /// A failure that stays.
    pub fn hopeless(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), is_retryable: false }
    }
}

impl From<QueueError> for DeliveryError {
    fn from(error: QueueError) -> Self {
        let message = error.to_string();
        match error {
            QueueError::QueueDoesNotExist => Self::hopeless("RESOURCE_NOT_FOUND", message),
            QueueError::RequestThrottled => Self::retryable("THROTTLING", message),
            error if error.is_sender_fault() => Self::hopeless("INVALID_PARAMETER", message),
            _ => Self::retryable("INTERNAL_ERROR", message),
        }
    }
}

impl From<Failure> for DeliveryError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Throttle => Self::retryable("THROTTLING", "Rate exceeded"),
            Failure::Internal => Self::retryable("INTERNAL_ERROR", "The target failed."),
            Failure::Unavailable => {
                Self::retryable("SERVICE_UNAVAILABLE", "The target does not exist.")
            }
        }
    }
}

impl QueueService {
    /// Puts a delivery into the queue that it is for.
    ///
    /// **Errors**: a queue that does not exist, a message that it does not take.
    pub fn accept(&self, delivery: Delivery) -> Result<(), DeliveryError> {
        let queue = self.queue_by_arn(&delivery.arn)?;
        queue.send(NewMessage {
            body: delivery.payload,
            attributes: delivery.attributes,
            trace_header: delivery.trace_header,
            group_id: delivery.message_group_id,
            deduplication_id: None,
            delay_s: None,
        })?;
        Ok(())
    }
}

/// One event on its way to one target.
pub(super) struct Journey {
    pub(super) shared: Arc<Shared>,
    pub(super) event: Event,
    pub(super) rule: Arc<Rule>,
    pub(super) target: Arc<Target>,
    /// Wait this long before the first attempt.
    pub(super) delay: Duration,
}

impl Journey {
    /// Delivers the event, or gives up and writes the dead letter.
    pub(super) async fn run(self) {
        let mut under_way = self.shared.counts.under_way(&self.rule.counts);
        under_way.is_delivered = self.travel().await;
        self.forget();
    }

    /// Brings the event to the target, and says whether it arrived.
    async fn travel(&self) -> bool {
        let counts = &self.shared.counts;
        self.shared.clock.sleep(self.delay).await;
        let first_ms = self.event.taken_ms;
        let mut dice = Dice::seeded(self.event.id.as_u128() as u64 ^ hash(&self.target.id));
        let mut n_retries = 0;
        let (error, exhausted) = loop {
            let error = match self.attempt(n_retries + 1).await {
                Ok(()) => {
                    counts.delivered.fetch_add(1, Relaxed);
                    self.note(|| Ok(format!("delivered after {n_retries} retries")));
                    return true;
                }
                Err(error) if !error.is_retryable => break (error, None),
                Err(error) => error,
            };
            let now_ms = self.shared.clock.now_ms();
            match self.target.retry.next(n_retries, first_ms, now_ms, &mut dice) {
                Ok(wait) => self.shared.clock.sleep(wait).await,
                Err(exhausted) => break (error, Some(exhausted)),
            }
            n_retries += 1;
            counts.retried.fetch_add(1, Relaxed);
        };
        self.note(|| Err(format!("failed after {n_retries} retries: {error}")));
        let is_kept = self.bury(&error, exhausted, n_retries).await;
        if !is_kept || self.rule.schedule.is_some() {
            self.tell(&error, n_retries, is_kept);
        }
        false
    }

    /// Reports what did not arrive, and where it went.
    fn tell(&self, error: &DeliveryError, n_retries: u32, is_kept: bool) {
        let what = if self.rule.schedule.is_some() { "a run" } else { "an event" };
        let end = match (is_kept, &self.target.dead_letter_arn) {
            (true, _) => "is in the dead-letter queue",
            (false, Some(_)) => "is lost, for the dead-letter queue did not take it either",
            (false, None) => "is lost",
        };
        let tried = match n_retries {
            0 => String::new(),
            1 => " after 1 retry".to_owned(),
            n => format!(" after {n} retries"),
        };
        let text = format!("{what} for {} {end}{tried}: {error}", self.target.arn);
        self.shared.problem(&self.rule.name, &text);
    }

    fn note(&self, ended: impl FnOnce() -> Result<String, String>) {
        self.shared.note("delivery", self.event.trace_header.as_deref(), || {
            (self.rule.name.clone(), format!("{} {}", self.target.arn, self.event.id), ended())
        });
    }

    /// One attempt, with whatever goes wrong on purpose.
    async fn attempt(&self, number: u32) -> Result<(), DeliveryError> {
        match self.shared.chaos.decide(Site::Delivery) {
            Decision::Proceed | Decision::Kill(_) => self.deliver(number).await,
            Decision::Fail(failure) => Err(failure.into()),
            Decision::Delay(by) => {
                self.shared.clock.sleep(by).await;
                self.deliver(number).await
            }
            Decision::LoseResponse => {
                self.deliver(number).await.and(Err(Failure::Unavailable.into()))
            }
            Decision::Duplicate { copies, gap } => {
                self.deliver(number).await?;
                for _ in 0..copies {
                    self.shared.clock.sleep(gap).await;
                    // A copy is a bonus: the event is delivered, whatever becomes of it.
                    let _ = self.deliver(number).await;
                }
                Ok(())
            }
        }
    }

    async fn deliver(&self, number: u32) -> Result<(), DeliveryError> {
        let (rule_arn, rule_name) = (&*self.rule.arn, &*self.rule.name);
        let through = Through { rule_arn, rule_name, attempt: number };
        let payload = self.target.input.render(&self.event, through);
        let mut delivery = self.delivery(&self.target.arn, payload);
        delivery.message_group_id = self.message_group()?;
        delivery.event_of = self.target.event_of.clone();
        self.shared.deliver.deliver(delivery).await
    }

    /// The message group that the target names: a text, or a path to a field of the event.
    fn message_group(&self) -> Result<Option<String>, DeliveryError> {
        let Some(named) = &self.target.message_group_id else { return Ok(None) };
        if !named.starts_with('$') {
            return Ok(Some(named.clone()));
        }
        let found = JsonPath::parse(named).ok().and_then(|path| path.find(&self.event.value));
        match found {
            Some(Value::String(text)) => Ok(Some(text)),
            Some(value @ (Value::Number(_) | Value::Bool(_))) => Ok(Some(value.to_string())),
            _ => {
                let message = format!("The event has no string or number at {named}.");
                Err(DeliveryError::hopeless("INVALID_PARAMETER", message))
            }
        }
    }

    fn delivery(&self, arn: &str, payload: String) -> Delivery {
        Delivery {
            arn: arn.to_owned(),
            payload,
            trace_header: self.event.trace_header.clone(),
            message_group_id: None,
            event_of: None,
            attributes: BTreeMap::new(),
            event_id: self.event.id,
            rule_arn: self.rule.arn.clone(),
        }
    }

    /// Writes the dead letter: the event itself, with the reasons in its attributes. Says whether it arrived.
    async fn bury(
        &self,
        error: &DeliveryError,
        exhausted: Option<Exhausted>,
        n_retries: u32,
    ) -> bool {
        let counts = &self.shared.counts;
        let Some(arn) = &self.target.dead_letter_arn else {
            counts.dropped.fetch_add(1, Relaxed);
            return false;
        };
        let mut letter = self.delivery(arn, self.event.json.to_string());
        let mut facts = vec![
            ("RULE_ARN", self.rule.arn.clone()),
            ("TARGET_ARN", self.target.arn.clone()),
            ("ERROR_CODE", error.code.clone()),
            ("ERROR_MESSAGE", error.message.clone()),
            ("RETRY_ATTEMPTS", n_retries.to_string()),
        ];
        facts.extend(exhausted.map(|why| ("EXHAUSTED_RETRY_CONDITION", why.name().to_owned())));
        letter.attributes = facts
            .into_iter()
            .map(|(name, value)| (name.to_owned(), Attribute::text(value)))
            .collect();
        // The dead letter itself is tried a few times, and its loss is counted: nothing vanishes
        // unseen.
        for wait_ms in [0, 10, 100, 1_000, 10_000] {
            self.shared.clock.sleep(Duration::from_millis(wait_ms)).await;
            match self.shared.deliver.deliver(letter.clone()).await {
                Ok(()) => {
                    counts.dead_lettered.fetch_add(1, Relaxed);
                    return true;
                }
                Err(error) if !error.is_retryable => break,
                Err(_) => {}
            }
        }
        counts.dropped.fetch_add(1, Relaxed);
        false
    }
}

/// Tells the jitter of one target from that of another.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0, |hash, byte| Dice::seeded(hash ^ u64::from(byte)).roll())
}
