//! The query protocol of SNS: `Publish`, `PublishBatch`, and what is told of topics. Other actions are refused by name.

mod lists;

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Response, StatusCode};
use serde_json::Value;

use super::{Notification, Published, TopicError, Topics};
use crate::account::REGION;
use crate::query::{fields, refused, xml};
use crate::queue::{Attribute, AttributeValue};

/// The fields of a request.
type Form = BTreeMap<String, String>;

/// The longest id of an entry.
const MAX_ID: usize = 80;

const NAMESPACE: &str = "http://sns.amazonaws.com/doc/2010-03-31/";

impl Topics {
    /// Answers a request.
    pub(crate) fn handle(&self, body: &[u8], trace_header: Option<&str>) -> Response<Full<Bytes>> {
        let form = fields(&String::from_utf8_lossy(body));
        match form.get("Action").map_or("", String::as_str) {
            "Publish" => self.publish_one(&form, trace_header),
            "PublishBatch" => self.publish_batch(&form, trace_header),
            "ListTopics" => self.list(),
            "CreateTopic" => self.create(&form),
            "GetTopicAttributes" => self.topic_attributes(&form),
            "ListSubscriptions" => self.subscriptions(),
            "ListSubscriptionsByTopic" => self.subscriptions_of(&form),
            other => {
                let message = format!(
                    "the stage supports Publish, PublishBatch, {} of SNS, not {other}; topics and subscriptions come \
                     from the template",
                    lists::ACTIONS
                );
                refused("InvalidAction", &message)
            }
        }
    }

    fn publish_one(&self, form: &Form, trace_header: Option<&str>) -> Response<Full<Bytes>> {
        let name = if form.contains_key("TopicArn") { "TopicArn" } else { "TargetArn" };
        let Some(topic) = form.get(name) else {
            return refused("InvalidParameter", "Invalid parameter: TopicArn");
        };
        let published = check_arn(name, topic)
            .and_then(|()| read(form, "", trace_header))
            .and_then(|message| self.publish(topic, message));
        match published {
            Ok(published) => answer("Publish", &written(&published)),
            Err(error) => refusal(&error),
        }
    }

    fn publish_batch(&self, form: &Form, trace_header: Option<&str>) -> Response<Full<Bytes>> {
        match self.published(form, trace_header) {
            Ok(successful) => {
                let result = format!("<Successful>{successful}</Successful><Failed></Failed>");
                answer("PublishBatch", &result)
            }
            Err(response) => *response,
        }
    }

    /// The members of the answer to a batch. One faulty entry refuses all of them.
    fn published(
        &self,
        form: &Form,
        trace_header: Option<&str>,
    ) -> Result<String, Box<Response<Full<Bytes>>>> {
        let refuse = |error: TopicError| Box::new(refusal(&error));
        let topic = form.get("TopicArn").map_or("", String::as_str);
        check_arn("TopicArn", topic).map_err(refuse)?;
        let held = self.held(topic).map_err(refuse)?;
        let prefix = |index: usize| format!("PublishBatchRequestEntries.member.{index}.");
        let id = |index| form.get(&format!("{}Id", prefix(index)));
        let ids: Vec<&String> = (1..).map_while(id).collect();
        if let Some((code, message)) = refused_batch(&ids) {
            return Err(Box::new(refused(code, &message)));
        }
        let entries = (1..=ids.len()).map(|index| read(form, &prefix(index), trace_header));
        let messages: Vec<Notification> = entries.collect::<Result<_, _>>().map_err(refuse)?;
        if messages.iter().map(Notification::n_bytes).sum::<usize>() > held.max_bytes {
            let message = "The length of all the messages put together is more than the limit.";
            return Err(Box::new(refused("BatchRequestTooLong", message)));
        }
        messages.iter().try_for_each(|message| held.check(message)).map_err(refuse)?;
        let member = |(id, message): (&&String, Notification)| {
            let published = written(&self.take(topic, &held, message));
            format!("<member><Id>{id}</Id>{published}</member>")
        };
        Ok(ids.iter().zip(messages).map(member).collect())
    }
}

/// Why an ARN cannot be that of a topic here.
fn check_arn(name: &str, arn: &str) -> Result<(), TopicError> {
    let invalid =
        |reason: String| Err(TopicError::Invalid(format!("Invalid parameter: {name}{reason}")));
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let [_, _, _, region, _, resource] = parts[..] else {
        return invalid(format!(
            " Reason: An ARN must have at least 6 elements, not {}",
            parts.len()
        ));
    };
    if resource.starts_with("endpoint/") {
        return invalid(" Reason: No endpoint found for the target arn specified".to_owned());
    }
    if region == REGION { Ok(()) } else { invalid(String::new()) }
}

/// Why a batch with these ids is refused: the error's code and message.
fn refused_batch(ids: &[&String]) -> Option<(&'static str, String)> {
    let distinct: BTreeSet<_> = ids.iter().collect();
    let is_foreign = |letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '-' | '_');
    let refuse = |code, message: &str| Some((code, message.to_owned()));
    match ids.len() {
        0 => refuse("EmptyBatchRequest", "The batch request doesn't contain any entries."),
        11.. => refuse(
            "TooManyEntriesInBatchRequest",
            "The batch request contains more entries than permissible.",
        ),
        n_ids if n_ids > distinct.len() => refuse(
            "BatchEntryIdsNotDistinct",
            "Two or more batch entries in the request have the same Id.",
        ),
        _ => ids.iter().find_map(|id| {
            let fault = if id.chars().count() > MAX_ID {
                "is too long"
            } else if id.is_empty() || id.contains(is_foreign) {
                "contains an impermissible character"
            } else {
                return None;
            };
            let message = format!("The Id of a batch entry in the batch request {fault}: {id}");
            Some(("InvalidBatchEntryId", message))
        }),
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
        TopicError::Incomplete(_) => "ValidationError",
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
        let Some(kind) = entry("Value.DataType") else { return Err(without_type(prefix, &name)) };
        let value = match (entry("Value.StringValue"), entry("Value.BinaryValue")) {
            (None, Some(text)) => {
                AttributeValue::Binary(STANDARD.decode(text).map_err(|_| invalid(name.clone()))?)
            }
            (text, _) => AttributeValue::Text(text.unwrap_or_default()),
        };
        let attribute = Attribute { data_type: kind, value };
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

fn without_type(prefix: &str, attribute: &str) -> TopicError {
    // Of a batch, it is named by its entry.
    let index = prefix.trim_end_matches('.').rsplit('.').next().filter(|index| !index.is_empty());
    let path = match index {
        Some(index) => format!("publishBatchRequestEntries.{index}.member.messageAttributes"),
        None => "messageAttributes".to_owned(),
    };
    TopicError::Incomplete(format!(
        "1 validation error detected: Value null at '{path}.{attribute}.member.dataType' failed to satisfy constraint: \
         Member must not be null"
    ))
}

fn answer(action: &str, result: &str) -> Response<Full<Bytes>> {
    let text = format!(
        "<{action}Response xmlns=\"{NAMESPACE}\"><{action}Result>{result}</{action}Result>\
         <ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></{action}Response>"
    );
    xml(StatusCode::OK, text)
}
