//! The query protocol of SNS: `Publish`, `PublishBatch`, `ListTopics`. Other actions are refused by name.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Response, StatusCode};

use super::{Notification, TopicError, Topics};
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
        let published = read(form, "", trace_header).and_then(|message| {
            self.publish(topic, &message)?;
            Ok(message.id)
        });
        match published {
            Ok(id) => answer("Publish", &format!("<MessageId>{id}</MessageId>")),
            Err(error) => refused(code(&error), &error.to_string()),
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
            Err(error) => return refused(code(&error), &error.to_string()),
        };
        let n_bytes: usize = messages.iter().flatten().map(Notification::n_bytes).sum();
        if let Some((code, message)) = refused_batch(&ids, n_bytes > max_bytes) {
            return refused(code, message);
        }
        let (mut successful, mut failed) = (String::new(), String::new());
        for (id, message) in ids.iter().zip(messages) {
            let id = escaped(id);
            let published = message.and_then(|message| {
                self.publish(topic, &message)?;
                Ok(message.id)
            });
            match published {
                Ok(message) => successful.push_str(&format!(
                    "<member><Id>{id}</Id><MessageId>{message}</MessageId></member>"
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

fn code(error: &TopicError) -> &'static str {
    match error {
        TopicError::NotFound => "NotFound",
        TopicError::Invalid(_) => "InvalidParameter",
    }
}

/// Reads a message, whose fields begin with a prefix in a batch.
fn read(form: &Form, prefix: &str, trace_header: Option<&str>) -> Result<Notification, TopicError> {
    let text = |name: &str| form.get(&format!("{prefix}{name}")).cloned();
    let invalid = |what: String| TopicError::Invalid(format!("Invalid parameter: {what}"));
    if text("MessageStructure").is_some() {
        return Err(invalid("MessageStructure: only plain messages are supported".to_owned()));
    }
    let message = text("Message").ok_or_else(|| invalid("Message".to_owned()))?;
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
