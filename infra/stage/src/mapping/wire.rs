//! The event that a function gets of a batch (Lambda, "Using Lambda with Amazon SQS").

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::{Value, json};

use super::pipe::readable;
use crate::account::{ACCOUNT, REGION};
use crate::queue::message::attributes_md5;
use crate::queue::{AttributeValue, Received};

#[derive(Serialize)]
struct Event<'a> {
    #[serde(rename = "Records")]
    records: Vec<Record<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    message_id: String,
    receipt_handle: &'a str,
    body: &'a str,
    attributes: Attributes<'a>,
    message_attributes: BTreeMap<&'a str, MessageAttribute<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    md5_of_message_attributes: Option<String>,
    md5_of_body: &'a str,
    event_source: &'a str,
    #[serde(rename = "eventSourceARN")]
    event_source_arn: &'a str,
    aws_region: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Attributes<'a> {
    approximate_receive_count: String,
    sent_timestamp: String,
    sender_id: &'a str,
    approximate_first_receive_timestamp: String,
    #[serde(rename = "AWSTraceHeader", skip_serializing_if = "Option::is_none")]
    trace_header: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_group_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_deduplication_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dead_letter_queue_source_arn: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MessageAttribute<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    string_value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    binary_value: Option<String>,
    string_list_values: [&'a str; 0],
    binary_list_values: [&'a str; 0],
    data_type: &'a str,
}

/// The event of a batch.
pub(super) fn event(messages: &[Received], queue_arn: &str, region: &str) -> Vec<u8> {
    let records = messages.iter().map(|received| record(received, queue_arn, region)).collect();
    // Maps with text keys and text always serialise.
    serde_json::to_vec(&Event { records }).unwrap_or_default()
}

/// The messages of a batch as a plain list.
pub(super) fn list(messages: &[Received], queue_arn: &str, region: &str) -> Vec<u8> {
    let records: Vec<Record<'_>> =
        messages.iter().map(|received| record(received, queue_arn, region)).collect();
    serde_json::to_vec(&records).unwrap_or_default()
}

/// A message as filters of pipes see it: its record, with the body read where it is JSON.
pub(crate) fn message_record(received: &Received, queue_arn: &str) -> Value {
    let record = serde_json::to_value(record(received, queue_arn, REGION));
    record.map(|record| readable(&record)).unwrap_or_default()
}

/// A message as filters of functions see it: its body alone.
pub(crate) fn message_body(received: &Received) -> Value {
    readable(&json!({ "body": received.message.body }))
}

fn record<'a>(received: &'a Received, queue_arn: &'a str, region: &'a str) -> Record<'a> {
    let message = &*received.message;
    let attributes = message.attributes.iter().map(|(name, attribute)| {
        let (string_value, binary_value) = match &attribute.value {
            AttributeValue::Text(text) => (Some(text.as_str()), None),
            AttributeValue::Binary(bytes) => (None, Some(STANDARD.encode(bytes))),
        };
        let data_type = attribute.data_type.as_str();
        let attribute = MessageAttribute {
            string_value,
            binary_value,
            string_list_values: [],
            binary_list_values: [],
            data_type,
        };
        (name.as_str(), attribute)
    });
    Record {
        message_id: message.id.to_string(),
        receipt_handle: &received.receipt_handle,
        body: &message.body,
        attributes: Attributes {
            approximate_receive_count: received.n_received.to_string(),
            sent_timestamp: message.sent_ms.to_string(),
            sender_id: ACCOUNT,
            approximate_first_receive_timestamp: received.first_received_ms.to_string(),
            trace_header: message.trace_header.as_deref(),
            sequence_number: message.sequence_text(),
            message_group_id: message.group_id.as_deref(),
            message_deduplication_id: message.deduplication_id.as_deref(),
            dead_letter_queue_source_arn: message.dead_letter_source.as_deref(),
        },
        message_attributes: attributes.collect(),
        md5_of_message_attributes: attributes_md5(&message.attributes),
        md5_of_body: &message.body_md5,
        event_source: "aws:sqs",
        event_source_arn: queue_arn,
        aws_region: region,
    }
}
