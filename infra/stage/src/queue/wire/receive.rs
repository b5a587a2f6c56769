//! Owns the action that receives, and how a message is shown. It refuses to wait: the queue does.

use super::send::WireAttribute;
use super::{Answer, natural, required, write};
use crate::queue::error::QueueError;
use crate::queue::exchange::{ReceiveOptions, Received};
use crate::queue::message::{Attribute, Message, attributes_md5};
use crate::queue::service::QueueService;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

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
        wait_s: wait_s(request.wait_time_seconds)?,
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

fn wait_s(given: Option<i64>) -> Result<Option<u32>, QueueError> {
    let in_range = |seconds: &u32| *seconds <= limits::SQS_WAIT;
    let read = |seconds: i64| {
        u32::try_from(seconds).ok().filter(in_range).ok_or_else(|| {
            QueueError::InvalidParameterValue(format!(
                "Value {seconds} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided."
            ))
        })
    };
    given.map(read).transpose()
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
        Some(prefix) => name.starts_with(prefix),
        None => asked == "All" || asked == "*" || asked == name,
    })
}

impl Received {
    /// The system attributes, as `ReceiveMessage` and event source mappings show them. `sender` is
    /// the account.
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
