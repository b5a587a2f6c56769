//! The way to whatever an ARN names: a queue, a topic, a function, a bus or a log group.
//!
//! Rules send events on it, and asynchronous invocations their records. What cannot be reached is an error for the
//! sender, who retries, buries or reports it.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde_json::Value;

use crate::access::ResourcePolicies;
use crate::bus::{Attempt, BusError, Deliver, Delivery, DeliveryError, NewEvent, WeakBuses};
use crate::lambda::{Destinations, Functions, Invocation, MAX_ASYNC_EVENT_BYTES, Record, Retries};
use crate::log::Log;
use crate::queue::{Attribute, NewMessage, QueueService};
use crate::topic::{Notification, TopicError, Topics};

/// The way to everything that takes messages.
pub(crate) struct Way {
    pub(crate) queues: QueueService,
    pub(crate) functions: Arc<Functions>,
    pub(crate) retries: Retries,
    pub(crate) destinations: Destinations,
    pub(crate) topics: Topics,
    pub(crate) policies: Arc<ResourcePolicies>,
    /// Known when they are made, which takes a way.
    pub(crate) buses: OnceLock<WeakBuses>,
    pub(crate) log: Log,
}

impl Deliver for Way {
    fn deliver(&self, delivery: Delivery) -> Attempt<'_> {
        Box::pin(async move {
            self.policies
                .admit_rule(&delivery.rule_arn, &delivery.arn)
                .map_err(|reason| DeliveryError::hopeless("NO_PERMISSIONS", reason))?;
            match service_of(&delivery.arn) {
                "sqs" => self.queues.accept(delivery),
                "sns" => {
                    let trace_header = delivery.trace_header;
                    let message = Notification::text(delivery.payload);
                    self.publish(&delivery.arn, Notification { trace_header, ..message })
                }
                "events" => self.forward(&delivery),
                "logs" => {
                    self.write(&delivery.arn, &delivery.payload);
                    Ok(())
                }
                _ => self.invoke(&delivery.arn, delivery.payload, delivery.trace_header),
            }
        })
    }
}

impl Way {
    /// Brings the record of an asynchronous invocation to the queue, topic, function or bus of an ARN.
    ///
    /// # Errors
    /// Whatever keeps it from being taken there.
    pub(crate) fn record(&self, arn: &str, record: Record) -> Result<(), DeliveryError> {
        match service_of(arn) {
            "sqs" => {
                let mut message = NewMessage::text(record.body);
                message.attributes = attributes(record.attributes);
                self.queues.queue_by_arn(arn)?.send(message)?;
                Ok(())
            }
            "sns" => {
                let attributes = attributes(record.attributes);
                self.publish(arn, Notification { attributes, ..Notification::text(record.body) })
            }
            "lambda" => self.invoke(arn, record.body, None),
            "events" => self.put(arn, record),
            _ => Err(DeliveryError::hopeless("INVALID_PARAMETER", "no such destination")),
        }
    }

    /// Sends what a pipe sends to the ARN of its target.
    ///
    /// # Errors
    /// Whatever keeps it from being taken there.
    pub(crate) fn pass(&self, arn: &str, parcel: Parcel) -> Result<(), DeliveryError> {
        match service_of(arn) {
            "sqs" => {
                let message = NewMessage {
                    group_id: parcel.group_id,
                    deduplication_id: parcel.deduplication_id,
                    ..NewMessage::text(parcel.text)
                };
                self.queues.queue_by_arn(arn)?.send(message)?;
                Ok(())
            }
            "sns" => self.publish(arn, Notification::text(parcel.text)),
            "lambda" => self.invoke(arn, parcel.text, None),
            "events" => self.put_one(NewEvent {
                source: Some(parcel.source),
                detail_type: Some(parcel.detail_type),
                detail: Some(parcel.text),
                bus: Some(arn.to_owned()),
                ..NewEvent::default()
            }),
            _ => {
                self.write(arn, &parcel.text);
                Ok(())
            }
        }
    }

    /// Publishes a message to a topic.
    fn publish(&self, arn: &str, message: Notification) -> Result<(), DeliveryError> {
        self.topics.publish(arn, message).map(drop).map_err(|error| match error {
            TopicError::NotFound => {
                DeliveryError::hopeless("RESOURCE_NOT_FOUND", error.to_string())
            }
            _ => DeliveryError::hopeless("INVALID_PARAMETER", error.to_string()),
        })
    }

    /// Hands an event to a function, which takes it whenever it can.
    fn invoke(&self, arn: &str, event: String, trace: Option<String>) -> Result<(), DeliveryError> {
        let Some(function) = self.functions.get(arn) else {
            let message = format!("Function not found: {arn}");
            return Err(DeliveryError::hopeless("RESOURCE_NOT_FOUND", message));
        };
        if event.len() > MAX_ASYNC_EVENT_BYTES {
            let message = "the event is too large for a function";
            return Err(DeliveryError::hopeless("INVALID_PARAMETER", message));
        }
        let mut invocation = Invocation::new(event).by(arn);
        invocation.trace_id = trace;
        function.invoke_later(invocation, self.retries, self.destinations.clone());
        Ok(())
    }

    /// Sends an event on to another bus, as it is, or puts the one there that a schedule makes.
    fn forward(&self, delivery: &Delivery) -> Result<(), DeliveryError> {
        if let Some((detail_type, source)) = &delivery.event_of {
            return self.put_one(NewEvent {
                source: Some(source.clone()),
                detail_type: Some(detail_type.clone()),
                detail: Some(delivery.payload.clone()),
                bus: Some(delivery.arn.clone()),
                ..NewEvent::default()
            });
        }
        let buses = self.buses.get().and_then(WeakBuses::upgrade).ok_or_else(gone)?;
        let trace = delivery.trace_header.clone();
        buses.forward(&delivery.arn, &delivery.payload, trace).map_err(of_bus)
    }

    /// Publishes the record of an invocation as an event of Lambda.
    fn put(&self, arn: &str, record: Record) -> Result<(), DeliveryError> {
        let end = if record.is_success { "Success" } else { "Failure" };
        self.put_one(NewEvent {
            source: Some("lambda".to_owned()),
            detail_type: Some(format!("Lambda Function Invocation Result - {end}")),
            detail: Some(record.body),
            bus: Some(arn.to_owned()),
            resources: vec![record.function_arn, arn.to_owned()],
            ..NewEvent::default()
        })
    }

    fn put_one(&self, event: NewEvent) -> Result<(), DeliveryError> {
        let buses = self.buses.get().and_then(WeakBuses::upgrade).ok_or_else(gone)?;
        let taken = buses.put_events(std::slice::from_ref(&event)).map_err(of_bus)?;
        match taken.into_iter().find_map(Result::err) {
            None => Ok(()),
            Some(error) => Err(DeliveryError::hopeless(error.code, error.message)),
        }
    }

    /// Writes an event into a log group; of one that a template made with a `message`, that alone.
    fn write(&self, arn: &str, payload: &str) {
        let group = arn.split(":log-group:").nth(1).unwrap_or(arn).trim_end_matches(":*");
        let made: Option<Value> = serde_json::from_str(payload).ok();
        let message = made.as_ref().filter(|made| made.get("timestamp").is_some());
        let message = message
            .and_then(|made| made.get("message"))
            .map(|message| message.as_str().map_or_else(|| message.to_string(), str::to_owned));
        self.log.output(group, message.as_deref().unwrap_or(payload));
    }
}

/// The attributes of a message, of their names, types and values.
fn attributes(all: Vec<(&'static str, &'static str, String)>) -> BTreeMap<String, Attribute> {
    let one = |(name, data_type, value): (&str, &str, String)| {
        let attribute = Attribute { data_type: data_type.to_owned(), ..Attribute::text(value) };
        (name.to_owned(), attribute)
    };
    all.into_iter().map(one).collect()
}

/// Something that a pipe sends.
pub(crate) struct Parcel {
    /// What is sent.
    pub(crate) text: String,
    /// For a FIFO queue.
    pub(crate) group_id: Option<String>,
    /// For a FIFO queue.
    pub(crate) deduplication_id: Option<String>,
    /// For a bus.
    pub(crate) source: String,
    /// For a bus.
    pub(crate) detail_type: String,
}

/// What a function's role must allow for a record to be brought to an ARN.
pub(crate) fn action_on(arn: &str) -> &'static str {
    match service_of(arn) {
        "sns" => "sns:Publish",
        "lambda" => "lambda:InvokeFunction",
        "events" => "events:PutEvents",
        _ => "sqs:SendMessage",
    }
}

/// The service of an ARN.
fn service_of(arn: &str) -> &str {
    arn.split(':').nth(2).unwrap_or_default()
}

fn gone() -> DeliveryError {
    DeliveryError::retryable("INTERNAL_ERROR", "the stage ends")
}

fn of_bus(error: BusError) -> DeliveryError {
    match error {
        BusError::ResourceNotFound(_) => {
            DeliveryError::hopeless("RESOURCE_NOT_FOUND", error.to_string())
        }
        BusError::Internal => DeliveryError::retryable("INTERNAL_ERROR", error.to_string()),
        _ => DeliveryError::hopeless("INVALID_PARAMETER", error.to_string()),
    }
}
