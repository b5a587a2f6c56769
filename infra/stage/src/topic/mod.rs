//! SNS: topics that hand every message to the queues and functions subscribed to them.
//!
//! Stood up: `Publish` and `PublishBatch` by the query protocol, envelopes and raw delivery, filters over attributes and
//! bodies, dead-letter queues of subscriptions, rules as publishers.
//!
//! Known deviations: topics and subscriptions come from the template alone; nothing is signed, so the signatures of
//! envelopes are placeholders; a FIFO topic forgets what it took when the stage ends.

mod fifo;
mod message;
mod wire;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use serde_json::Value;

use crate::access::ResourcePolicies;
use crate::bus::{BusError, Pattern};
use crate::lambda::{Destinations, Functions, Invocation, Retries};
use crate::log::Log;
use crate::queue::{Attribute, NewMessage, QueueService};
use crate::template::{FifoTopic, Subscription, Topic};
pub(crate) use fifo::Published;
pub(crate) use message::Notification;

/// All topics of a stage. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Topics(Arc<Inner>);

struct Inner {
    /// By ARN.
    topics: RwLock<All>,
    /// What FIFO topics took lately, by ARN; kept when topics are replaced.
    taken: Mutex<BTreeMap<String, fifo::Taken>>,
    queues: QueueService,
    functions: Arc<Functions>,
    retries: Retries,
    destinations: Destinations,
    policies: Arc<ResourcePolicies>,
    log: Log,
}

/// Topics with who is subscribed to them, by ARN.
type All = BTreeMap<String, Arc<Held>>;

/// A topic with who is subscribed to it.
#[derive(Debug)]
pub(crate) struct Held {
    /// The largest message, and the largest batch.
    max_bytes: usize,
    fifo: Option<FifoTopic>,
    subscribed: Vec<Subscribed>,
}

/// A subscription with its filter.
#[derive(Debug)]
struct Subscribed {
    declared: Subscription,
    filter: Option<Pattern>,
}

/// Why a message is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TopicError {
    /// There is no such topic.
    #[error("Topic does not exist")]
    NotFound,
    /// Not a valid message.
    #[error("{0}")]
    Invalid(String),
    /// An attribute of it is invalid.
    #[error("{0}")]
    InvalidValue(String),
}

impl Topics {
    pub(crate) fn new(
        queues: QueueService,
        functions: Arc<Functions>,
        retries: Retries,
        destinations: Destinations,
        policies: Arc<ResourcePolicies>,
        log: Log,
    ) -> Self {
        let (topics, taken) = (RwLock::default(), Mutex::default());
        Self(Arc::new(Inner {
            topics,
            taken,
            queues,
            functions,
            retries,
            destinations,
            policies,
            log,
        }))
    }

    /// Puts these topics and subscriptions in the place of all others.
    ///
    /// # Errors
    /// A filter that is no pattern, with the id of its subscription.
    pub(crate) fn replace(
        &self,
        topics: &[Topic],
        subscriptions: &[Subscription],
    ) -> Result<(), (String, BusError)> {
        let all = compile(topics, subscriptions)?;
        *self.0.topics.write().unwrap_or_else(PoisonError::into_inner) = all;
        Ok(())
    }

    fn arns(&self) -> Vec<String> {
        let topics = self.0.topics.read().unwrap_or_else(PoisonError::into_inner);
        topics.keys().cloned().collect()
    }

    fn held(&self, topic: &str) -> Result<Arc<Held>, TopicError> {
        let topics = self.0.topics.read().unwrap_or_else(PoisonError::into_inner);
        topics.get(topic).cloned().ok_or(TopicError::NotFound)
    }

    /// Hands a message to everybody who is subscribed and wants it. A FIFO topic hands on the first of equal messages.
    ///
    /// # Errors
    /// There is no such topic, the message is too large, or it lacks an id that the topic asks for.
    pub(crate) fn publish(
        &self,
        topic: &str,
        mut message: Notification,
    ) -> Result<Published, TopicError> {
        let held = self.held(topic)?;
        message.check(held.max_bytes).map_err(TopicError::Invalid)?;
        for (name, attribute) in &message.attributes {
            let checked = attribute.check(name);
            checked.map_err(|error| TopicError::InvalidValue(error.to_string()))?;
        }
        fifo::check(&message, held.fifo)?;
        let Some(fifo) = held.fifo else {
            self.spread(topic, &held, &message);
            return Ok(Published { id: message.id, sequence_number: None });
        };
        // Held until queues have it, so that they get messages in the order of their numbers.
        let mut taken = self.0.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let now_ms = jiff::Timestamp::now().as_millisecond().unsigned_abs();
        let known = taken.entry(topic.to_owned()).or_default();
        let admitted = known.admit(&mut message, fifo, now_ms);
        if admitted.is_ok() {
            self.spread(topic, &held, &message);
        }
        Ok(admitted.unwrap_or_else(|first| first))
    }

    fn spread(&self, topic: &str, held: &Held, message: &Notification) {
        for one in &held.subscribed {
            let message = message.for_protocol(one.protocol());
            if one.wants(&message) {
                self.deliver(topic, one, &message);
            }
        }
    }

    fn deliver(&self, topic: &str, to: &Subscribed, message: &Notification) {
        let inner = &self.0;
        let declared = &to.declared;
        if let Err(reason) = inner.policies.admit_topic(topic, &declared.endpoint) {
            return self.bury(topic, declared, message, &reason);
        }
        if declared.endpoint.starts_with("arn:aws:sqs:") {
            let sent = inner.queues.queue_by_arn(&declared.endpoint).and_then(|queue| {
                let body = if declared.is_raw {
                    message.text.clone()
                } else {
                    message.envelope(topic, &declared.arn)
                };
                let attributes =
                    if declared.is_raw { message.attributes.clone() } else { BTreeMap::new() };
                let trace_header = message.trace_header.clone();
                queue.send(NewMessage {
                    attributes,
                    trace_header,
                    ..message.for_queue(body, &declared.endpoint)
                })
            });
            if let Err(error) = sent {
                self.bury(topic, declared, message, &error.to_string());
            }
            return;
        }
        match inner.functions.get(&declared.endpoint) {
            Some(function) => {
                let mut invocation =
                    Invocation::new(message.event(topic, &declared.arn)).by(&declared.endpoint);
                invocation.trace_id.clone_from(&message.trace_header);
                function.invoke_later(invocation, inner.retries, inner.destinations.clone());
            }
            None => self.bury(topic, declared, message, "the function does not exist"),
        }
    }

    /// Puts what cannot be delivered into the subscription's queue for that, and says so where it has none.
    fn bury(&self, topic: &str, declared: &Subscription, message: &Notification, reason: &str) {
        let inner = &self.0;
        let reached = declared
            .dead_letter
            .as_ref()
            .filter(|arn| inner.policies.admit_topic(topic, arn).is_ok());
        let buried = reached.is_some_and(|arn| {
            let letter = NewMessage {
                attributes: [("ERROR_MESSAGE".to_owned(), Attribute::text(reason))].into(),
                ..message.for_queue(message.envelope(topic, &declared.arn), arn)
            };
            inner.queues.queue_by_arn(arn).and_then(|queue| queue.send(letter)).is_ok()
        });
        if !buried {
            let text = format!("a message for {} is lost: {reason}", declared.endpoint);
            inner.log.problem(topic, &text);
        }
    }
}

/// Topics with their subscriptions.
///
/// # Errors
/// A filter that is no pattern, with the id of its subscription.
pub(crate) fn compile(
    topics: &[Topic],
    subscriptions: &[Subscription],
) -> Result<All, (String, BusError)> {
    let held = |topic: &Topic| Held {
        max_bytes: topic.max_bytes as usize,
        fifo: topic.fifo,
        subscribed: Vec::new(),
    };
    let mut all: BTreeMap<String, Held> =
        topics.iter().map(|topic| (topic.arn.clone(), held(topic))).collect();
    for declared in subscriptions {
        let filter = declared.filter.as_ref().map(|filter| Pattern::parse(&filter.to_string()));
        let filter = filter.transpose().map_err(|error| (declared.id.clone(), error.into()))?;
        if let Some(topic) = all.get_mut(&declared.topic) {
            topic.subscribed.push(Subscribed { declared: declared.clone(), filter });
        }
    }
    Ok(all.into_iter().map(|(arn, held)| (arn, Arc::new(held))).collect())
}

impl Subscribed {
    fn protocol(&self) -> &'static str {
        if self.declared.endpoint.starts_with("arn:aws:sqs:") { "sqs" } else { "lambda" }
    }

    fn wants(&self, message: &Notification) -> bool {
        let Some(filter) = &self.filter else { return true };
        if !self.declared.filters_body {
            return filter.matches(&message.attribute_values());
        }
        // A body that is no object matches no filter.
        let body = serde_json::from_str::<Value>(&message.text);
        body.is_ok_and(|body| body.is_object() && filter.matches(&body))
    }
}
