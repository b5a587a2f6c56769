//! Owns the actions on messages: send, receive, delete, change visibility, and their batches. It refuses to know the
//! actions on queues.

use super::{Answer, Entry, batch, natural, nothing, required, write};
use crate::queue::config::MAX_BYTES;
use crate::queue::error::QueueError;
use crate::queue::message::{self, Attribute, AttributeValue, Message, NewMessage, attributes_md5};
use crate::queue::service::QueueService;
use crate::queue::state::{ReceiveOptions, Received, Sent};
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
struct WireAttribute {
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

pub(super) fn send(service: &QueueService, request: Send) -> Answer {
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
    write(&digests.answer(None, queue.send(message)?))
}

pub(super) fn send_batch(service: &QueueService, request: SendBatch) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    let entries = required(request.entries, "SendMessageBatchRequestEntry")?;
    let sent: usize = entries.iter().map(SendEntry::n_bytes).sum();
    if sent > MAX_BYTES {
        return Err(QueueError::BatchRequestTooLong { limit: MAX_BYTES, sent });
    }
    batch(entries, |entry| {
        let id = entry.id.clone();
        let message = entry.into_message()?;
        let digests = Digests::of(&message);
        Ok(digests.answer(Some(id), queue.send(message)?))
    })
}

/// What a sender checks that its message arrived whole by. Taken before the message is given away.
struct Digests {
    body: String,
    attributes: Option<String>,
    system: Option<String>,
}

impl Digests {
    fn of(message: &NewMessage) -> Self {
        let trace = message.trace_header.as_ref();
        let trace = trace.map(|trace| ("AWSTraceHeader".to_owned(), Attribute::text(trace)));
        Self {
            body: message::md5_hex(&message.body),
            attributes: attributes_md5(&message.attributes),
            system: attributes_md5(trace.iter().map(|(name, trace)| (name, trace))),
        }
    }

    fn answer(self, id: Option<String>, sent: Sent) -> SendAnswer {
        SendAnswer {
            id,
            message_id: sent.id,
            md5_of_message_body: self.body,
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

    fn write(attribute: &Attribute) -> Self {
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

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Receive {
    queue_url: Option<String>,
    #[serde(default)]
    attribute_names: Vec<String>,
    #[serde(default)]
    message_system_attribute_names: Vec<String>,
    #[serde(default)]
    message_attribute_names: Vec<String>,
    max_number_of_messages: Option<i64>,
    visibility_timeout: Option<i64>,
    wait_time_seconds: Option<i64>,
    receive_request_attempt_id: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ReceiveAnswer<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<WireMessage<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct WireMessage<'a> {
    message_id: Uuid,
    receipt_handle: &'a str,
    #[serde(rename = "MD5OfBody")]
    md5_of_body: &'a str,
    body: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<&'static str, String>,
    #[serde(rename = "MD5OfMessageAttributes", skip_serializing_if = "Option::is_none")]
    md5_of_message_attributes: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    message_attributes: BTreeMap<&'a str, WireAttribute>,
}

pub(super) async fn receive(service: &QueueService, request: Receive) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    let max = request.max_number_of_messages.unwrap_or(1);
    let optional = |name, value: Option<i64>| value.map(|value| natural(name, value)).transpose();
    let options = ReceiveOptions {
        max_messages: natural("MaxNumberOfMessages", max)? as usize,
        visibility_timeout_s: optional("VisibilityTimeout", request.visibility_timeout)?,
        wait_s: optional("WaitTimeSeconds", request.wait_time_seconds)?,
        attempt_id: request.receive_request_attempt_id,
    };
    let mut system = request.attribute_names;
    system.extend(request.message_system_attribute_names);
    check_system_names(&system)?;
    let received = queue.receive(&options).await?;
    let sender = &service.settings().account;
    let messages = received
        .iter()
        .map(|received| show(received, sender, &system, &request.message_attribute_names))
        .collect();
    write(&ReceiveAnswer { messages })
}

/// The system attributes that a receiver can ask for.
const SYSTEM: [&str; 9] = [
    "SenderId",
    "SentTimestamp",
    "ApproximateReceiveCount",
    "ApproximateFirstReceiveTimestamp",
    "SequenceNumber",
    "MessageDeduplicationId",
    "MessageGroupId",
    "AWSTraceHeader",
    "DeadLetterQueueSourceArn",
];

fn check_system_names(names: &[String]) -> Result<(), QueueError> {
    match names.iter().find(|name| *name != "All" && !SYSTEM.contains(&name.as_str())) {
        Some(name) => Err(QueueError::InvalidAttributeName(name.clone())),
        None => Ok(()),
    }
}

fn show<'a>(
    received: &'a Received,
    sender: &str,
    system: &[String],
    wanted: &[String],
) -> WireMessage<'a> {
    let message: &Message = &received.message;
    let mut attributes = received.system_attributes(sender);
    attributes.retain(|name, _| system.iter().any(|asked| asked == "All" || asked == name));
    let chosen: BTreeMap<&String, &Attribute> =
        message.attributes.iter().filter(|(name, _)| is_wanted(name, wanted)).collect();
    WireMessage {
        message_id: message.id,
        receipt_handle: &received.receipt_handle,
        md5_of_body: &message.body_md5,
        body: &message.body,
        attributes,
        md5_of_message_attributes: attributes_md5(
            chosen.iter().map(|(name, value)| (*name, *value)),
        ),
        message_attributes: chosen
            .into_iter()
            .map(|(name, attribute)| (name.as_str(), WireAttribute::write(attribute)))
            .collect(),
    }
}

fn is_wanted(name: &str, wanted: &[String]) -> bool {
    wanted.iter().any(|asked| match asked.strip_suffix(".*") {
        Some("") => true,
        // `price.*` asks for `price.net`, and for `price` itself.
        Some(prefix) => {
            name.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }
        None => asked == "All" || asked == name,
    })
}

impl Received {
    /// The system attributes, as `ReceiveMessage` and event source mappings show them. `sender` is the account.
    pub fn system_attributes(&self, sender: &str) -> BTreeMap<&'static str, String> {
        let message = &self.message;
        let mut attributes = BTreeMap::from([
            ("SenderId", sender.to_owned()),
            ("SentTimestamp", message.sent_ms.to_string()),
            ("ApproximateReceiveCount", self.n_received.to_string()),
            ("ApproximateFirstReceiveTimestamp", self.first_received_ms.to_string()),
        ]);
        let optional = [
            ("SequenceNumber", message.sequence_text()),
            ("MessageDeduplicationId", message.deduplication_id.clone()),
            ("MessageGroupId", message.group_id.as_deref().map(str::to_owned)),
            ("AWSTraceHeader", message.trace_header.clone()),
            ("DeadLetterQueueSourceArn", message.dead_letter_source.as_deref().map(str::to_owned)),
        ];
        attributes.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?))));
        attributes
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Delete {
    queue_url: Option<String>,
    receipt_handle: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct DeleteBatch {
    queue_url: Option<String>,
    entries: Option<Vec<DeleteEntry>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct DeleteEntry {
    id: String,
    receipt_handle: Option<String>,
}

/// The answer to an entry that has nothing to say but that it succeeded.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Done {
    id: String,
}

impl Entry for DeleteEntry {
    const NAME: &'static str = "DeleteMessageBatchRequestEntry";
    fn id(&self) -> &str {
        &self.id
    }
}

pub(super) fn delete(service: &QueueService, request: Delete) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    queue.delete(&required(request.receipt_handle, "ReceiptHandle")?)?;
    nothing()
}

pub(super) fn delete_batch(service: &QueueService, request: DeleteBatch) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    batch(required(request.entries, DeleteEntry::NAME)?, |entry| {
        queue.delete(&required(entry.receipt_handle, "ReceiptHandle")?)?;
        Ok(Done { id: entry.id })
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct ChangeVisibility {
    queue_url: Option<String>,
    receipt_handle: Option<String>,
    visibility_timeout: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct ChangeVisibilityBatch {
    queue_url: Option<String>,
    entries: Option<Vec<ChangeVisibilityEntry>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct ChangeVisibilityEntry {
    id: String,
    receipt_handle: Option<String>,
    visibility_timeout: Option<i64>,
}

impl Entry for ChangeVisibilityEntry {
    const NAME: &'static str = "ChangeMessageVisibilityBatchRequestEntry";
    fn id(&self) -> &str {
        &self.id
    }
}

pub(super) fn change_visibility(service: &QueueService, request: ChangeVisibility) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    let handle = required(request.receipt_handle, "ReceiptHandle")?;
    let timeout_s = required(request.visibility_timeout, "VisibilityTimeout")?;
    queue.change_visibility(&handle, natural("VisibilityTimeout", timeout_s)?)?;
    nothing()
}

pub(super) fn change_visibility_batch(
    service: &QueueService,
    request: ChangeVisibilityBatch,
) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    batch(required(request.entries, ChangeVisibilityEntry::NAME)?, |entry| {
        let handle = required(entry.receipt_handle, "ReceiptHandle")?;
        let timeout_s = required(entry.visibility_timeout, "VisibilityTimeout")?;
        queue.change_visibility(&handle, natural("VisibilityTimeout", timeout_s)?)?;
        Ok(Done { id: entry.id })
    })
}
