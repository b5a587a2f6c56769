//! Owns the actions that send: one message or a batch, with their attributes as they are written.
//! It refuses to judge messages; they judge themselves.

use super::{Answer, Entry, batch, check_batch, natural, required, write};
use crate::queue::config::MAX_BYTES;
use crate::queue::error::QueueError;
use crate::queue::exchange::Sent;
use crate::queue::message::{
    self, Attribute, AttributeValue, NO_DEDUPLICATION, NewMessage, attributes_md5,
};
use crate::queue::service::QueueService;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Send {
    queue_url: Option<String>,
    message_body: Option<String>,
    delay_seconds: Option<i64>,
    message_attributes: Option<BTreeMap<String, WireAttribute>>,
    message_system_attributes: Option<BTreeMap<String, WireAttribute>>,
    message_deduplication_id: Option<String>,
    message_group_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct SendBatch {
    queue_url: Option<String>,
    entries: Option<Vec<SendEntry>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct SendEntry {
    id: String,
    message_body: Option<String>,
    delay_seconds: Option<i64>,
    message_attributes: Option<BTreeMap<String, WireAttribute>>,
    message_system_attributes: Option<BTreeMap<String, WireAttribute>>,
    message_deduplication_id: Option<String>,
    message_group_id: Option<String>,
}

/// An attribute as it is written. Lists of values are part of the protocol, and refused by AWS too.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct WireAttribute {
    data_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    string_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    binary_value: Option<String>,
    #[serde(default, skip_serializing)]
    string_list_values: Vec<String>,
    #[serde(default, skip_serializing)]
    binary_list_values: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SendAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    message_id: Uuid,
    #[serde(rename = "MD5OfMessageBody")]
    md5_of_message_body: String,
    #[serde(rename = "MD5OfMessageAttributes", skip_serializing_if = "Option::is_none")]
    md5_of_message_attributes: Option<String>,
    #[serde(rename = "MD5OfMessageSystemAttributes", skip_serializing_if = "Option::is_none")]
    md5_of_message_system_attributes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence_number: Option<String>,
}

/// A message that names no trace itself belongs to that of the request, as Lambda's SDKs send it.
fn within(trace: Option<&str>, mut message: NewMessage) -> NewMessage {
    if message.trace_header.is_none() {
        message.trace_header = trace.map(str::to_owned);
    }
    message
}

pub(super) fn send(service: &QueueService, request: Send, trace: Option<&str>) -> Answer {
    let entry = SendEntry {
        id: String::new(),
        message_body: request.message_body,
        delay_seconds: request.delay_seconds,
        message_attributes: request.message_attributes,
        message_system_attributes: request.message_system_attributes,
        message_deduplication_id: request.message_deduplication_id,
        message_group_id: request.message_group_id,
    };
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    let message = entry.into_message()?;
    let digests = Digests::of(&message);
    write(&digests.answer(None, queue.send(within(trace, message))?))
}

pub(super) fn send_batch(
    service: &QueueService,
    request: SendBatch,
    trace: Option<&str>,
) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    let entries = required(request.entries, "SendMessageBatchRequestEntry")?;
    let sent: usize = entries.iter().map(SendEntry::n_bytes).sum();
    if sent > MAX_BYTES {
        return Err(QueueError::BatchRequestTooLong { limit: MAX_BYTES, sent });
    }
    if let Some(fifo) = queue.config().fifo {
        check_fifo(&entries, fifo.content_based_deduplication)?;
    }
    batch(entries, |entry| {
        let id = entry.id.clone();
        let message = entry.into_message()?;
        let digests = Digests::of(&message);
        Ok(digests.answer(Some(id), queue.send(within(trace, message))?))
    })
}

/// What every entry to a FIFO queue must have; one without it fails the batch as a whole.
fn check_fifo(entries: &[SendEntry], has_content_ids: bool) -> Result<(), QueueError> {
    check_batch(entries)?;
    let missing = |text: &str| Err(QueueError::InvalidParameterValue(text.to_owned()));
    if entries.iter().any(|entry| entry.message_group_id.is_none()) {
        return missing("The request must contain the parameter MessageGroupId.");
    }
    if !has_content_ids && entries.iter().any(|entry| entry.message_deduplication_id.is_none()) {
        return missing(NO_DEDUPLICATION);
    }
    Ok(())
}

/// What a sender checks that its message arrived whole by. Taken before the message is given away.
struct Digests {
    attributes: Option<String>,
    system: Option<String>,
}

impl Digests {
    fn of(message: &NewMessage) -> Self {
        let trace = message.trace_header.as_ref();
        let trace = trace.map(|trace| ("AWSTraceHeader".to_owned(), Attribute::text(trace)));
        Self {
            attributes: attributes_md5(&message.attributes),
            system: attributes_md5(trace.iter().map(|(name, trace)| (name, trace))),
        }
    }

    fn answer(self, id: Option<String>, sent: Sent) -> SendAnswer {
        SendAnswer {
            id,
            message_id: sent.id,
            md5_of_message_body: sent.body_md5,
            md5_of_message_attributes: self.attributes,
            md5_of_message_system_attributes: self.system,
            sequence_number: sent.sequence_number.map(message::sequence_text),
        }
    }
}

impl Entry for SendEntry {
    const NAME: &'static str = "SendMessageBatchRequestEntry";
    fn id(&self) -> &str {
        &self.id
    }
}

impl SendEntry {
    fn n_bytes(&self) -> usize {
        let attributes = self.message_attributes.iter().flatten();
        let attributes = attributes.map(|(name, attribute)| name.len() + attribute.n_bytes());
        self.message_body.as_ref().map_or(0, String::len) + attributes.sum::<usize>()
    }

    fn into_message(self) -> Result<NewMessage, QueueError> {
        let attributes = self.message_attributes.unwrap_or_default().into_iter();
        let attributes = attributes.map(|(name, wire)| Ok((name.clone(), wire.read(&name)?)));
        Ok(NewMessage {
            body: required(self.message_body, "MessageBody")?,
            attributes: attributes.collect::<Result<_, QueueError>>()?,
            trace_header: trace_header(self.message_system_attributes.unwrap_or_default())?,
            group_id: self.message_group_id,
            deduplication_id: self.message_deduplication_id,
            delay_s: self.delay_seconds.map(|delay| natural("DelaySeconds", delay)).transpose()?,
        })
    }
}

fn trace_header(attributes: BTreeMap<String, WireAttribute>) -> Result<Option<String>, QueueError> {
    let mut header = None;
    for (name, wire) in attributes {
        let attribute = wire.read(&name)?;
        match (name.as_str(), attribute.data_type.as_str(), attribute.value) {
            ("AWSTraceHeader", "String", AttributeValue::Text(text)) => header = Some(text),
            _ => {
                return Err(QueueError::InvalidParameterValue(format!(
                    "Message system attribute name '{name}' is invalid."
                )));
            }
        }
    }
    Ok(header)
}

impl WireAttribute {
    fn n_bytes(&self) -> usize {
        let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        length(&self.data_type) + length(&self.string_value) + length(&self.binary_value) * 3 / 4
    }

    fn read(self, name: &str) -> Result<Attribute, QueueError> {
        let invalid = |reason: &str| {
            QueueError::InvalidParameterValue(format!("The message attribute '{name}' {reason}"))
        };
        if !self.string_list_values.is_empty() || !self.binary_list_values.is_empty() {
            return Err(QueueError::UnsupportedOperation(
                "Message attribute list values in SendMessage operation are not supported."
                    .to_owned(),
            ));
        }
        let data_type = self
            .data_type
            .filter(|data_type| !data_type.is_empty())
            .ok_or_else(|| invalid("must contain a non-empty message attribute type."))?;
        let value = match (self.string_value, self.binary_value) {
            (Some(text), None) => AttributeValue::Text(text),
            (None, Some(encoded)) => AttributeValue::Binary(
                STANDARD.decode(encoded).map_err(|_| invalid("has a value that is not base64."))?,
            ),
            (None, None) => {
                return Err(invalid("must contain a non-empty message attribute value."));
            }
            (Some(_), Some(_)) => return Err(invalid("has more than one value.")),
        };
        Ok(Attribute { data_type, value })
    }

    pub(super) fn write(attribute: &Attribute) -> Self {
        let (string_value, binary_value) = match &attribute.value {
            AttributeValue::Text(text) => (Some(text.clone()), None),
            AttributeValue::Binary(bytes) => (None, Some(STANDARD.encode(bytes))),
        };
        Self {
            data_type: Some(attribute.data_type.clone()),
            string_value,
            binary_value,
            string_list_values: Vec::new(),
            binary_list_values: Vec::new(),
        }
    }
}
