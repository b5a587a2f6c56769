//! One dead letter: what it says, and why it is dead. Who buried it is told by what came with it: a queue by the
//! system attributes, a rule and a function's own dead-letter queue by message attributes, a function's destination
//! by the record that is its body.

use aws_sdk_sqs::types::{Message, MessageSystemAttributeName};
use serde_json::{Value, json};

use crate::queues::name_of;

/// A message that nobody could process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    /// Its id.
    pub id: String,
    /// When it was first sent, in milliseconds since the Unix epoch.
    pub sent_ms: Option<i64>,
    /// How often it was received, the looks of this command included.
    pub n_received: u64,
    /// Where it goes back to, when it says so.
    pub back_to: Option<String>,
    /// Why it is dead, one fact each.
    pub why: Vec<(String, String)>,
    /// What it says.
    pub body: String,
}

impl Letter {
    /// What to do with a letter that goes back to no queue.
    pub(crate) fn remedy(&self) -> &'static str {
        match self.why.iter().any(|(fact, _)| fact == "changes") {
            true => {
                "it tells of changes of a table, and does not contain them: read them from the stream by their sequence \
                 numbers within 24 hours, or process the items as they are now"
            }
            false => {
                "it has no source queue; if it is the failure record of a function, invoke the function again with its \
                 `requestPayload`"
            }
        }
    }
}

/// Attributes of a message by which a rule or a function says why it gave up, with the words for them.
const REASONS: [(&str, &str); 8] = [
    ("ERROR_CODE", "error"),
    ("ERROR_MESSAGE", "message"),
    ("EXHAUSTED_RETRY_CONDITION", "exhausted"),
    ("RETRY_ATTEMPTS", "retries"),
    ("RULE_ARN", "rule"),
    ("TARGET_ARN", "target"),
    ("ErrorCode", "error"),
    ("ErrorMessage", "message"),
];

impl Letter {
    /// Reads a message.
    #[must_use]
    pub(crate) fn read(message: &Message) -> Self {
        let system = |name: MessageSystemAttributeName| {
            message.attributes().and_then(|all| all.get(&name)).map(String::as_str)
        };
        let attribute = |name: &str| {
            let attributes = message.message_attributes();
            attributes.and_then(|all| all.get(name)).and_then(|value| value.string_value())
        };
        let body = message.body().unwrap_or_default();
        let source = system(MessageSystemAttributeName::DeadLetterQueueSourceArn);
        let mut why = Vec::new();
        if let Some(arn) = source {
            why.push(("source queue".to_owned(), name_of(arn).to_owned()));
        }
        for (name, word) in REASONS {
            if let Some(value) = attribute(name) {
                why.push((word.to_owned(), value.to_owned()));
            }
        }
        why.extend(of_record(body));
        let number = |name| system(name).and_then(|text| text.parse().ok());
        Self {
            id: message.message_id().unwrap_or_default().to_owned(),
            sent_ms: number(MessageSystemAttributeName::SentTimestamp),
            n_received: system(MessageSystemAttributeName::ApproximateReceiveCount)
                .and_then(|text| text.parse().ok())
                .unwrap_or_default(),
            back_to: source.or_else(|| attribute("TARGET_ARN")).map(str::to_owned),
            why,
            body: body.to_owned(),
        }
    }

    /// As JSON, with nothing cut.
    #[must_use]
    pub(crate) fn to_json(&self, queue: &str) -> Value {
        let why: serde_json::Map<String, Value> =
            self.why.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        json!({
            "queue": queue, "messageId": self.id, "sentMs": self.sent_ms,
            "received": self.n_received, "backTo": self.back_to, "why": why, "body": self.body,
        })
    }
}

/// What the record of a failed asynchronous invocation says (Lambda, "Destinations").
fn of_record(body: &str) -> Vec<(String, String)> {
    let record: Value = serde_json::from_str(body).unwrap_or_default();
    let context = &record["requestContext"];
    let (Some(function), Some(condition)) =
        (context["functionArn"].as_str(), context["condition"].as_str())
    else {
        return Vec::new();
    };
    let mut why = vec![
        ("function".to_owned(), function.to_owned()),
        ("exhausted".to_owned(), condition.to_owned()),
    ];
    let attempts = context["approximateInvokeCount"].as_u64();
    why.extend(attempts.map(|n| ("attempts".to_owned(), n.to_string())));
    let message = record["responsePayload"]["errorMessage"].as_str();
    why.extend(message.map(|message| ("message".to_owned(), message.to_owned())));
    why.extend(of_stream(&record["DDBStreamBatchInfo"]));
    why
}

/// Which changes of a table were given up; the record does not contain them.
fn of_stream(batch: &Value) -> Vec<(String, String)> {
    let table = batch["streamArn"].as_str().and_then(|arn| arn.split_once(":table/"));
    let Some((_, table)) = table else { return Vec::new() };
    let table = table.split('/').next().unwrap_or_default().to_owned();
    let number = |name: &str| batch[name].as_str().unwrap_or_default().to_owned();
    vec![
        ("table".to_owned(), table),
        ("changes".to_owned(), batch["batchSize"].to_string()),
        ("from".to_owned(), number("startSequenceNumber")),
        ("to".to_owned(), number("endSequenceNumber")),
    ]
}

#[cfg(test)]
mod tests {
    use aws_sdk_sqs::types::MessageAttributeValue;

    use super::*;

    fn facts(letter: &Letter) -> Vec<(&str, &str)> {
        letter.why.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    #[test]
    fn a_queue_gave_up() {
        let message = Message::builder()
            .message_id("m")
            .body("}")
            .attributes(MessageSystemAttributeName::ApproximateReceiveCount, "6")
            .attributes(MessageSystemAttributeName::SentTimestamp, "1700000000000")
            .attributes(MessageSystemAttributeName::DeadLetterQueueSourceArn, "arn:aws:sqs:r:1:Q")
            .build();
        let letter = Letter::read(&message);
        assert_eq!((letter.n_received, letter.sent_ms), (6, Some(1_700_000_000_000)));
        assert_eq!(letter.back_to.as_deref(), Some("arn:aws:sqs:r:1:Q"));
        assert_eq!(facts(&letter), [("source queue", "Q")]);
    }

    #[test]
    fn a_rule_gave_up() {
        let text = |value: &str| {
            MessageAttributeValue::builder().data_type("String").string_value(value).build().ok()
        };
        let mut message = Message::builder().body("{}");
        for (name, value) in [
            ("ERROR_CODE", "NO_PERMISSIONS"),
            ("RETRY_ATTEMPTS", "0"),
            ("TARGET_ARN", "arn:aws:sqs:r:1:Q"),
        ] {
            message =
                message.message_attributes(name, text(value).unwrap_or_else(|| unreachable!()));
        }
        let letter = Letter::read(&message.build());
        assert_eq!(letter.back_to.as_deref(), Some("arn:aws:sqs:r:1:Q"));
        let expected =
            [("error", "NO_PERMISSIONS"), ("retries", "0"), ("target", "arn:aws:sqs:r:1:Q")];
        assert_eq!(facts(&letter), expected);
    }

    #[test]
    fn a_function_gave_up() {
        let record = json!({
            "requestContext": {
                "functionArn": "arn:f", "condition": "RetriesExhausted", "approximateInvokeCount": 3,
            },
            "responsePayload": { "errorMessage": "no way" },
        });
        let letter = Letter::read(&Message::builder().body(record.to_string()).build());
        assert_eq!(letter.back_to, None);
        assert!(letter.remedy().contains("requestPayload"));
        assert_eq!(
            facts(&letter),
            [
                ("function", "arn:f"),
                ("exhausted", "RetriesExhausted"),
                ("attempts", "3"),
                ("message", "no way")
            ]
        );
    }

    #[test]
    fn changes_of_a_table_were_given_up() {
        let record = json!({
            "requestContext": {
                "functionArn": "arn:f", "condition": "RetryAttemptsExhausted", "approximateInvokeCount": 3,
            },
            "DDBStreamBatchInfo": {
                "streamArn": "arn:aws:dynamodb:r:1:table/shop-position/stream/2026", "batchSize": 2,
                "startSequenceNumber": "7", "endSequenceNumber": "8",
            },
        });
        let letter = Letter::read(&Message::builder().body(record.to_string()).build());
        assert_eq!(letter.back_to, None);
        assert!(letter.remedy().contains("sequence numbers"));
        let facts = facts(&letter);
        assert_eq!(
            facts[3..],
            [("table", "shop-position"), ("changes", "2"), ("from", "7"), ("to", "8")]
        );
    }
}
