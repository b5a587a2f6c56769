//! SNS: topics that hand every message to the queues and functions subscribed to them.
//!
//! Stood up: `Publish` and `PublishBatch` by the query protocol, envelopes and raw delivery, filters over attributes and
//! bodies within the limits of SNS, dead-letter queues of subscriptions, rules as publishers.
//!
//! Known deviations: topics and subscriptions come from the template alone; nothing is signed, so the signatures of
//! envelopes are placeholders; a FIFO topic forgets what it took when the stage ends.

mod attribute;
mod fifo;
mod filter;
mod message;
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::access::ResourcePolicies;
use crate::lambda::{Destinations, Functions, Invocation, Retries};
use crate::log::Log;
use crate::queue::QueueService;
use crate::template::{FifoTopic, Subscription, Topic};
pub(crate) use fifo::Published;
pub(crate) use filter::Filter;
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
    subscribed: Vec<Subscription>,
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
    /// It lacks what an SDK would not leave out.
    #[error("{0}")]
    Incomplete(String),
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

    /// Puts these topics and subscriptions in the place of all others. Equal subscriptions are one.
    pub(crate) fn replace(&self, topics: &[Topic], subscriptions: &[Subscription]) {
        let of = |topic: &Topic| {
            let mut known = BTreeSet::new();
            let subscribed = subscriptions.iter().filter(|one| one.topic == topic.arn);
            let subscribed = subscribed.filter(|one| known.insert(&one.endpoint));
            Arc::new(Held {
                max_bytes: topic.max_bytes as usize,
                fifo: topic.fifo,
                subscribed: subscribed.cloned().collect(),
            })
        };
        let all = topics.iter().map(|topic| (topic.arn.clone(), of(topic))).collect();
        *self.0.topics.write().unwrap_or_else(PoisonError::into_inner) = all;
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
        message: Notification,
    ) -> Result<Published, TopicError> {
        let held = self.held(topic)?;
        held.check(&message)?;
        Ok(self.take(topic, &held, message))
    }

    /// Hands on a message that was checked.
    fn take(&self, topic: &str, held: &Held, mut message: Notification) -> Published {
        let Some(fifo) = held.fifo else {
            self.spread(topic, held, &message);
            return Published { id: message.id, sequence_number: None };
        };
        // Held until queues have it, so that they get messages in the order of their numbers.
        let mut taken = self.0.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let now_ms = jiff::Timestamp::now().as_millisecond().unsigned_abs();
        let known = taken.entry(topic.to_owned()).or_default();
        let admitted = known.admit(&mut message, fifo, now_ms);
        if admitted.is_ok() {
            self.spread(topic, held, &message);
        }
        admitted.unwrap_or_else(|first| first)
    }

    fn spread(&self, topic: &str, held: &Held, message: &Notification) {
        for one in &held.subscribed {
            let message = message.for_protocol(one.protocol());
            if one.filter.as_ref().is_none_or(|filter| filter.matches(&message)) {
                self.deliver(topic, one, &message);
            }
        }
    }

    fn deliver(&self, topic: &str, to: &Subscription, message: &Notification) {
        let inner = &self.0;
        if let Err(reason) = inner.policies.admit_topic(topic, &to.endpoint) {
            return self.bury(to, message, &reason);
        }
        if to.is_queue() {
            let queue = inner.queues.queue_by_arn(&to.endpoint);
            let sent = queue.and_then(|queue| queue.send(message.for_queue(to, &to.endpoint)));
            if let Err(error) = sent {
                self.bury(to, message, &error.to_string());
            }
            return;
        }
        match inner.functions.get(&to.endpoint) {
            Some(function) => {
                let mut invocation =
                    Invocation::new(message.event(topic, &to.arn)).by(&to.endpoint);
                invocation.trace_id.clone_from(&message.trace_header);
                function.invoke_later(invocation, inner.retries, inner.destinations.clone());
            }
            None => self.bury(to, message, "the function does not exist"),
        }
    }

    /// Puts what cannot be delivered into the subscription's queue for that, and says so where it has none. There it is
    /// what the queue of the subscription would have got.
    fn bury(&self, to: &Subscription, message: &Notification, reason: &str) {
        let inner = &self.0;
        let reached = to
            .dead_letter
            .as_ref()
            .filter(|arn| inner.policies.admit_topic(&to.topic, arn).is_ok());
        let buried = reached.is_some_and(|arn| {
            let queue = inner.queues.queue_by_arn(arn);
            queue.and_then(|queue| queue.send(message.for_queue(to, arn))).is_ok()
        });
        if !buried {
            let text = format!("a message for {} is lost: {reason}", to.endpoint);
            inner.log.problem(&to.topic, &text);
        }
    }
}

impl Held {
    /// Why the topic does not take a message.
    fn check(&self, message: &Notification) -> Result<(), TopicError> {
        message.check(self.max_bytes).map_err(TopicError::Invalid)?;
        for (name, attribute) in &message.attributes {
            attribute::check(name, attribute).map_err(TopicError::InvalidValue)?;
        }
        fifo::check(message, self.fifo)
    }
}

impl Subscription {
    fn is_queue(&self) -> bool {
        self.endpoint.starts_with("arn:aws:sqs:")
    }

    fn protocol(&self) -> &'static str {
        if self.is_queue() { "sqs" } else { "lambda" }
    }
}
