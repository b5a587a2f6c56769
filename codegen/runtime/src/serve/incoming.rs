//! The events that functions take.
//!
//! A function that took another one for its own would answer it with success, and what sent it would delete it: so every
//! other event is an error, which names what was expected.

use lambda_runtime::Diagnostic;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use super::envelope::read_object;
use super::{queue, stream};

/// An event that a function takes.
pub(crate) trait Incoming: DeserializeOwned {
    /// What it is, for the error about another one.
    const NAME: &'static str;
}

/// Whatever there is, for those who read it themselves.
impl Incoming for Box<RawValue> {
    const NAME: &'static str = "an object";
}

/// Reads the event of an invocation, which is an object always. Lambda and destinations keep what an error says, so it
/// quotes nothing.
pub(super) fn read<A: Incoming>(event: &RawValue) -> Result<A, Diagnostic> {
    read_object(event.get()).map_err(|what| {
        let found = serde_json::from_str(event.get()).ok().and_then(|event| name_of(&event));
        let found = found.map_or_else(String::new, |name| format!("found {name}; "));
        Diagnostic {
            error_type: "Runtime.UnexpectedEvent".to_owned(),
            error_message: format!(
                "the event is not one that this function takes: expected {}; {found}{what}",
                A::NAME
            ),
        }
    })
}

/// What an event of another kind is, where AWS sends it.
fn name_of(event: &Value) -> Option<&'static str> {
    let record = event.get("Records").and_then(|records| records.get(0));
    let of_record = |key| record.and_then(|record| record.get(key)).and_then(Value::as_str);
    if record.is_some() {
        return match of_record("eventSource").or_else(|| of_record("EventSource"))? {
            "aws:sqs" => Some(queue::Batch::NAME),
            "aws:dynamodb" => Some(stream::Batch::NAME),
            "aws:kinesis" => Some("a batch of a Kinesis stream"),
            "aws:sns" => Some("a message of an SNS topic"),
            "aws:s3" => Some("a notification of an S3 bucket"),
            _ => None,
        };
    }
    let context = event.get("requestContext");
    let has = |key| event.get(key).is_some();
    let of_context = |key| context.is_some_and(|context| context.get(key).is_some());
    match () {
        () if has("detail-type") => Some("an event of EventBridge"),
        () if has("methodArn") || has("routeArn") => Some("a request to an authorizer"),
        () if of_context("connectionId") => Some("a message of a WebSocket API"),
        () if of_context("http") => Some(
            "a request of an HTTP API or function URL in payload format 2.0 (set \
             `PayloadFormatVersion` of the integration to `1.0`)",
        ),
        () if has("httpMethod") => Some("a request of API Gateway"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::Request;
    use crate::serve::{queue, stream};

    #[derive(Debug, Deserialize)]
    struct Numbers(BTreeMap<String, Vec<u8>>);

    impl Incoming for Numbers {
        const NAME: &'static str = "lists of numbers";
    }

    #[derive(Debug, Deserialize)]
    struct Pair(u8, u8);

    impl Incoming for Pair {
        const NAME: &'static str = "a pair";
    }

    fn of(text: &str) -> Box<RawValue> {
        RawValue::from_string(text.to_owned()).unwrap()
    }

    #[test]
    fn an_event_of_another_kind_is_refused_and_not_quoted() {
        for text in [r#"{"Records":"anna"}"#, r#""anna""#, r#"["anna"]"#, r#"{"anna":{"anna":1}}"#]
        {
            let refused = read::<Numbers>(&of(text)).unwrap_err();
            assert_eq!(refused.error_type, "Runtime.UnexpectedEvent");
            assert!(refused.error_message.contains("expected lists of numbers"));
            assert!(!refused.error_message.contains("anna"), "{}", refused.error_message);
        }
        // What derived code would take for a struct.
        assert!(read::<Pair>(&of("[1, 2]")).map(|Pair(one, two)| one + two).is_err());
        assert_eq!(read::<Numbers>(&of(r#"{"a":[1, 2]}"#)).unwrap().0["a"], [1, 2]);
    }

    fn refused<A: Incoming>(event: &Value) -> Option<String> {
        read::<A>(&of(&event.to_string())).err().map(|error| error.error_message)
    }

    /// The events that AWS may send to a function, by the parts that tell them apart.
    fn events() -> Vec<(&'static str, Value)> {
        let dynamodb = json!({
            "eventSource": "aws:dynamodb", "eventID": "1", "eventName": "INSERT",
            "dynamodb": {"Keys": {"id": {"S": "1"}}, "SequenceNumber": "1"},
        });
        let kinesis = json!({"eventSource": "aws:kinesis", "eventName": "aws:kinesis:record"});
        vec![
            ("API Gateway", json!({"httpMethod": "GET", "path": "/", "resource": "/"})),
            (
                "SQS",
                json!({"Records": [{"messageId": "1", "body": "{}", "eventSource": "aws:sqs"}]}),
            ),
            ("DynamoDB", json!({"Records": [dynamodb]})),
            ("Kinesis", json!({"Records": [kinesis]})),
            ("SNS", json!({"Records": [{"EventSource": "aws:sns", "Sns": {"Message": "{}"}}]})),
            (
                "S3",
                json!({"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put"}]}),
            ),
            ("EventBridge", json!({"source": "s", "detail-type": "T", "detail": {}, "id": "1"})),
            (
                "2.0",
                json!({"version": "2.0", "routeKey": "GET /", "rawPath": "/",
                    "requestContext": {"http": {"method": "GET", "path": "/"}}}),
            ),
            ("WebSocket", json!({"requestContext": {"connectionId": "c", "routeKey": "$default"}})),
            ("", json!({})),
            ("", json!({"Records": null})),
            ("", json!({"path": "/"})),
            ("", json!({"httpMethod": "GET"})),
        ]
    }

    /// An event that is taken for another is lost: a mapping deletes messages whose function did not fail.
    #[test]
    fn a_function_takes_no_event_but_its_own() {
        for (kind, event) in events() {
            let results = [
                ("API Gateway", "payload format 1.0", refused::<Request>(&event)),
                ("SQS", "an SQS queue", refused::<queue::Batch>(&event)),
                ("DynamoDB", "a DynamoDB stream", refused::<stream::Batch>(&event)),
            ];
            for (own, expected, error) in results {
                match error {
                    None => assert_eq!(kind, own, "{event}"),
                    Some(error) => {
                        assert_ne!(kind, own, "{error}");
                        assert!(error.contains("expected a"), "{error}");
                        assert!(error.contains(expected) && error.contains(kind), "{error}");
                    }
                }
            }
        }
    }
}
