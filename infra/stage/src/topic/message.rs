//! A message of a topic, and the forms in which queues and functions get it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::queue::{Attribute, AttributeValue, NewMessage};
use crate::template::Subscription;

/// The value of an attribute as text; bytes in base64.
fn value_of(attribute: &Attribute) -> String {
    match &attribute.value {
        AttributeValue::Text(text) => text.clone(),
        AttributeValue::Binary(bytes) => STANDARD.encode(bytes),
    }
}

/// A message that was published.
#[derive(Debug, Clone)]
pub(crate) struct Notification {
    pub(crate) id: Uuid,
    pub(crate) text: String,
    pub(crate) subject: Option<String>,
    pub(crate) attributes: BTreeMap<String, Attribute>,
    pub(crate) group_id: Option<String>,
    pub(crate) deduplication_id: Option<String>,
    pub(crate) trace_header: Option<String>,
    /// The text for single protocols, where it differs (`MessageStructure: json`).
    pub(crate) by_protocol: BTreeMap<String, String>,
    /// What a FIFO topic has counted it as.
    pub(crate) sequence_number: Option<String>,
}

impl Notification {
    /// A message with nothing but its text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self {
            id: crate::ids::uuid(),
            text: text.into(),
            subject: None,
            attributes: BTreeMap::new(),
            group_id: None,
            deduplication_id: None,
            trace_header: None,
            by_protocol: BTreeMap::new(),
            sequence_number: None,
        }
    }

    /// What a subscription sends to the queue of an ARN, which is its own or that for its dead letters. A FIFO queue gets
    /// the ids; a standard one the group, unless the topic is FIFO.
    pub(super) fn for_queue(&self, subscription: &Subscription, arn: &str) -> NewMessage {
        let is_fifo = arn.ends_with(".fifo");
        let (body, attributes) = if subscription.is_raw {
            (self.text.clone(), self.attributes.clone())
        } else {
            (self.envelope(&subscription.topic, &subscription.arn), BTreeMap::new())
        };
        NewMessage {
            attributes,
            trace_header: self.trace_header.clone(),
            group_id: self.group_id.clone().filter(|_| is_fifo || !self.is_of_fifo()),
            deduplication_id: self.deduplication_id.clone().filter(|_| is_fifo),
            ..NewMessage::text(body)
        }
    }

    /// Whether a FIFO topic has taken it.
    fn is_of_fifo(&self) -> bool {
        self.sequence_number.is_some()
    }

    /// The message as subscribers of a protocol get it.
    pub(super) fn for_protocol(&self, protocol: &str) -> Cow<'_, Self> {
        let text = self.by_protocol.get(protocol).or_else(|| self.by_protocol.get("default"));
        match text {
            Some(text) => Cow::Owned(Self { text: text.clone(), ..self.clone() }),
            None => Cow::Borrowed(self),
        }
    }

    /// What SNS counts: the text, and names, types and values of attributes.
    pub(super) fn n_bytes(&self) -> usize {
        let attributes = self.attributes.iter();
        let sizes = attributes.map(|(name, attribute)| name.len() + attribute.n_bytes());
        self.text.len() + sizes.sum::<usize>()
    }

    /// Why a topic that takes so many bytes would not take it.
    pub(super) fn check(&self, max_bytes: usize) -> Result<(), String> {
        if self.text.is_empty() {
            return Err("Invalid parameter: Empty message".to_owned());
        }
        if self.n_bytes() > max_bytes {
            return Err("Invalid parameter: Message too long".to_owned());
        }
        let is_subject = |subject: &String| {
            (1..=100).contains(&subject.chars().count()) && !subject.chars().any(char::is_control)
        };
        if self.subject.as_ref().is_some_and(|subject| !is_subject(subject)) {
            return Err("Invalid parameter: Subject".to_owned());
        }
        Ok(())
    }

    /// The values of the attributes, as filters see them: without binary ones.
    pub(super) fn attribute_values(&self) -> Value {
        let value = |attribute: &Attribute| {
            let text = value_of(attribute);
            match attribute.data_type.as_str() {
                "Number" => {
                    let number = serde_json::from_str(&text);
                    // JSON has no `+5`, `.5` and `05`.
                    number.or_else(|_| text.parse::<f64>().map(Value::from)).unwrap_or(text.into())
                }
                "String.Array" => serde_json::from_str(&text).unwrap_or_else(|_| text.into()),
                _ => text.into(),
            }
        };
        let texts = self.attributes.iter().filter(|(_, one)| !one.data_type.starts_with("Binary"));
        let all = texts.map(|(name, attribute)| (name.clone(), value(attribute)));
        Value::Object(all.collect())
    }

    /// What both envelopes hold; keys that end in `URL` end in `Url` for functions.
    fn described(&self, topic: &str, subscription: &str) -> Map<String, Value> {
        let attribute = |(name, attribute): (&String, &Attribute)| {
            let value = json!({ "Type": attribute.data_type, "Value": value_of(attribute) });
            (name.clone(), value)
        };
        let attributes: Map<String, Value> = self.attributes.iter().map(attribute).collect();
        let timestamp = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
        let region = topic.split(':').nth(3).unwrap_or_default();
        let endpoint = format!("https://sns.{region}.amazonaws.com");
        let described = json!({
            "Type": "Notification",
            "MessageId": self.id.to_string(),
            "TopicArn": topic,
            "Message": self.text,
            "Timestamp": timestamp,
            "UnsubscribeURL": format!("{endpoint}/?Action=Unsubscribe&SubscriptionArn={subscription}"),
            "MessageAttributes": attributes,
        });
        let mut described = described.as_object().cloned().unwrap_or_default();
        if !self.is_of_fifo() {
            let certificate = format!("{endpoint}/SimpleNotificationService-local.pem");
            described.insert("SignatureVersion".to_owned(), "1".into());
            described.insert("Signature".to_owned(), "LOCAL".into());
            described.insert("SigningCertURL".to_owned(), certificate.into());
        }
        described
    }

    /// The body of the message that a queue gets.
    pub(super) fn envelope(&self, topic: &str, subscription: &str) -> String {
        let mut described = self.described(topic, subscription);
        if self.attributes.is_empty() {
            described.remove("MessageAttributes");
        }
        if let Some(subject) = &self.subject {
            described.insert("Subject".to_owned(), subject.as_str().into());
        }
        if let Some(number) = &self.sequence_number {
            described.insert("SequenceNumber".to_owned(), number.as_str().into());
        }
        Value::Object(described).to_string()
    }

    /// The event that a function gets.
    pub(super) fn event(&self, topic: &str, subscription: &str) -> String {
        let described = self.described(topic, subscription).into_iter();
        let mut described: Map<String, Value> =
            described.map(|(key, value)| (key.replace("URL", "Url"), value)).collect();
        described.insert("Subject".to_owned(), self.subject.as_deref().into());
        let record = json!({
            "EventSource": "aws:sns",
            "EventVersion": "1.0",
            "EventSubscriptionArn": subscription,
            "Sns": described,
        });
        json!({ "Records": [record] }).to_string()
    }
}
