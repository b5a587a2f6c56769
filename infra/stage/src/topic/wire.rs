//! The query protocol of SNS: `Publish`, `PublishBatch`, `ListTopics`. Other actions are refused by name.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Response, StatusCode};
use serde_json::Value;

use super::{Notification, Published, TopicError, Topics};
use crate::query::{escaped, fields, refused, xml};
use crate::queue::{Attribute, AttributeValue};

/// The fields of a request.
type Form = BTreeMap<String, String>;

const NAMESPACE: &str = "http://sns.amazonaws.com/doc/2010-03-31/";

impl Topics {
    /// Answers a request.
    pub(crate) fn handle(&self, body: &[u8], trace_header: Option<&str>) -> Response<Full<Bytes>> {
        let form = fields(&String::from_utf8_lossy(body));
        match form.get("Action").map_or("", String::as_str) {
            "Publish" => self.publish_one(&form, trace_header),
            "PublishBatch" => self.publish_batch(&form, trace_header),
            "ListTopics" => {
                let member = |arn: &String| {
                    format!("<member><TopicArn>{}</TopicArn></member>", escaped(arn))
                };
                let members: String = self.arns().iter().map(member).collect();
                answer("ListTopics", &format!("<Topics>{members}</Topics>"))
            }
            other => {
                let message = format!(
                    "the stage supports Publish, PublishBatch and ListTopics of SNS, not {other}; topics and \
         subscriptions come from the template"
                );
                refused("InvalidAction", &message)
            }
        }
    }

    fn publish_one(&self, form: &Form, trace_header: Option<&str>) -> Response<Full<Bytes>> {
        let topic = form.get("TopicArn").or_else(|| form.get("TargetArn"));
        let Some(topic) = topic else {
            return refused("InvalidParameter", "Invalid parameter: TopicArn");
        };
        let message = read(form, "", trace_header);
        match message.and_then(|message| self.publish(topic, message)) {
            Ok(published) => answer("Publish", &written(&published)),
            Err(error) => refusal(&error),
        }
    }

    fn publish_batch(&self, form: &Form, trace_header: Option<&str>) -> Response<Full<Bytes>> {
        let topic = form.get("TopicArn").map_or("", String::as_str);
        let prefix = |index: usize| format!("PublishBatchRequestEntries.member.{index}.");
        let id = |index| form.get(&format!("{}Id", prefix(index)));
        let ids: Vec<&String> = (1..).map_while(id).collect();
        let messages: Vec<_> =
            (1..=ids.len()).map(|index| read(form, &prefix(index), trace_header)).collect();
        let max_bytes = match self.held(topic) {
            Ok(held) => held.max_bytes,
            Err(error) => return refusal(&error),
        };
        let n_bytes: usize = messages.iter().flatten().map(Notification::n_bytes).sum();
        if let Some((code, message)) = refused_batch(&ids, n_bytes > max_bytes) {
            return refused(code, message);
        }
        let (mut successful, mut failed) = (String::new(), String::new());
        for (id, message) in ids.iter().zip(messages) {
            let id = escaped(id);
            match message.and_then(|message| self.publish(topic, message)) {
                Ok(published) => successful.push_str(&format!(
                    "<member><Id>{id}</Id>{}</member>",
                    written(&published)
                )),
                Err(error) => failed.push_str(&format!(
                    "<member><Id>{id}</Id><Code>{}</Code><Message>{}</Message><SenderFault>true</SenderFault></member>",
                    code(&error),
                    escaped(&error.to_string())
                )),
            }
        }
        answer(
            "PublishBatch",
            &format!("<Successful>{successful}</Successful><Failed>{failed}</Failed>"),
        )
    }
}

/// Why a batch is refused as a whole: the error's code and message.
fn refused_batch(ids: &[&String], is_too_long: bool) -> Option<(&'static str, &'static str)> {
    let distinct: BTreeSet<_> = ids.iter().collect();
    match ids.len() {
        0 => Some(("EmptyBatchRequest", "The batch request doesn't contain any entries.")),
        11.. => Some((
            "TooManyEntriesInBatchRequest",
            "The batch request contains more entries than permissible.",
        )),
        n_ids if n_ids > distinct.len() => Some((
            "BatchEntryIdsNotDistinct",
            "Two or more batch entries in the request have the same Id.",
        )),
        _ if is_too_long => Some((
            "BatchRequestTooLong",
            "The length of all the batch messages put together is more than the limit.",
        )),
        _ => None,
    }
}

/// What an answer says of a message that was taken.
fn written(published: &Published) -> String {
    let number = published.sequence_number.as_ref();
    let number = number.map(|number| format!("<SequenceNumber>{number}</SequenceNumber>"));
    format!("<MessageId>{}</MessageId>{}", published.id, number.unwrap_or_default())
}

fn refusal(error: &TopicError) -> Response<Full<Bytes>> {
    let mut response = refused(code(error), &error.to_string());
    if *error == TopicError::NotFound {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

fn code(error: &TopicError) -> &'static str {
    match error {
        TopicError::NotFound => "NotFound",
        TopicError::Invalid(_) => "InvalidParameter",
        TopicError::InvalidValue(_) => "ParameterValueInvalid",
    }
}

/// The texts of a message by protocol, as `MessageStructure: json` has them in one.
fn by_protocol(message: &str) -> Result<BTreeMap<String, String>, TopicError> {
    let invalid =
        |why: &str| TopicError::Invalid(format!("Invalid parameter: Message Structure - {why}"));
    let all: BTreeMap<String, Value> =
        serde_json::from_str(message).map_err(|_| invalid("JSON message body failed to parse"))?;
    // What is no text is for nobody.
    let texts = all.into_iter().filter_map(|(protocol, text)| match text {
        Value::String(text) => Some((protocol, text)),
        _ => None,
    });
    let texts: BTreeMap<String, String> = texts.collect();
    if !texts.contains_key("default") {
        return Err(invalid("No default entry in JSON message body"));
    }
    Ok(texts)
}

/// Reads a message, whose fields begin with a prefix in a batch.
fn read(form: &Form, prefix: &str, trace_header: Option<&str>) -> Result<Notification, TopicError> {
    let text = |name: &str| form.get(&format!("{prefix}{name}")).cloned();
    let invalid = |what: String| TopicError::Invalid(format!("Invalid parameter: {what}"));
    let message = text("Message").ok_or_else(|| invalid("Message".to_owned()))?;
    let by_protocol = match text("MessageStructure").as_deref() {
        None => BTreeMap::new(),
        Some("json") => by_protocol(&message)?,
        Some(_) => return Err(invalid("MessageStructure".to_owned())),
    };
    let mut attributes = BTreeMap::new();
    for index in 1.. {
        let entry = |name: &str| text(&format!("MessageAttributes.entry.{index}.{name}"));
        let Some(name) = entry("Name") else { break };
        let kind = entry("Value.DataType").ok_or_else(|| invalid(format!("{name}: DataType")))?;
        let attribute = match (entry("Value.StringValue"), entry("Value.BinaryValue")) {
            (Some(text), _) => Attribute { data_type: kind, value: AttributeValue::Text(text) },
            (None, Some(text)) => {
                let bytes = STANDARD.decode(text).map_err(|_| invalid(name.clone()))?;
                Attribute { data_type: kind, value: AttributeValue::Binary(bytes) }
            }
            (None, None) => return Err(invalid(name)),
        };
        attributes.insert(name, attribute);
    }
    Ok(Notification {
        subject: text("Subject"),
        attributes,
        group_id: text("MessageGroupId"),
        deduplication_id: text("MessageDeduplicationId"),
        trace_header: trace_header.map(str::to_owned),
        by_protocol,
        ..Notification::text(message)
    })
}

fn answer(action: &str, result: &str) -> Response<Full<Bytes>> {
    let text = format!(
        "<{action}Response xmlns=\"{NAMESPACE}\"><{action}Result>{result}</{action}Result>\
         <ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></{action}Response>"
    );
    xml(StatusCode::OK, text)
}
