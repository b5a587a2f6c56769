//! The query protocol of SQS, which SDKs spoke until 2023: a form as a request, XML as an answer.
//!
//! Owns how each is the JSON of [`super::wire`] written otherwise. It knows no action and no rule.

use std::collections::BTreeMap;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Response, StatusCode};
use serde_json::{Map, Value, json};

use crate::query::{escaped, pairs, xml};

const NAMESPACE: &str = "http://queue.amazonaws.com/doc/2012-11-05/";

/// Parts of a name beyond these are no part of any request.
const MAX_DEPTH: usize = 6;

/// The largest form, in bytes: messages of 1 MiB, each byte of which may be escaped by three.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The most fields of a form. A batch of ten messages with ten attributes each has half of them.
const MAX_FIELDS: usize = 1_000;

/// Lists of a request, and what they are in JSON.
const LISTS: [(&str, &str); 6] = [
    ("AWSAccountId", "AWSAccountIds"),
    ("ActionName", "Actions"),
    ("AttributeName", "AttributeNames"),
    ("MessageAttributeName", "MessageAttributeNames"),
    ("MessageSystemAttributeName", "MessageSystemAttributeNames"),
    ("TagKey", "TagKeys"),
];

/// Maps of a request, what they are in JSON, and what the keys of their entries are called.
const MAPS: [(&str, &str, &str); 4] = [
    ("Attribute", "Attributes", "Name"),
    ("MessageAttribute", "MessageAttributes", "Name"),
    ("MessageSystemAttribute", "MessageSystemAttributes", "Name"),
    ("Tag", "Tags", "Key"),
];

const NUMBERS: [&str; 6] = [
    "DelaySeconds",
    "MaxNumberOfMessages",
    "MaxNumberOfMessagesPerSecond",
    "MaxResults",
    "VisibilityTimeout",
    "WaitTimeSeconds",
];

/// Actions that have nothing to say.
const SILENT: [&str; 9] = [
    "AddPermission",
    "ChangeMessageVisibility",
    "DeleteMessage",
    "DeleteQueue",
    "PurgeQueue",
    "RemovePermission",
    "SetQueueAttributes",
    "TagQueue",
    "UntagQueue",
];

/// What a form has beside the parameters of its action.
const AROUND: [&str; 8] = [
    "Action",
    "Version",
    "AWSAccessKeyId",
    "Expires",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "Timestamp",
];

/// A request of this protocol.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Call {
    /// What is asked for.
    pub(crate) action: String,
    /// The request as the JSON protocol has it.
    pub(crate) body: Vec<u8>,
}

/// Why a form is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TooLarge {
    /// It is too long.
    #[error("the form is larger than {MAX_BYTES} bytes")]
    Bytes,
    /// It has too many fields.
    #[error("the form has more than {MAX_FIELDS} fields")]
    Fields,
}

impl Call {
    /// Reads a form; the path names the queue where the form does not. `None` where the form asks for nothing.
    ///
    /// # Errors
    /// The form is larger than any request.
    pub(crate) fn of(form: &str, path: &str) -> Result<Option<Self>, TooLarge> {
        if form.len() > MAX_BYTES {
            return Err(TooLarge::Bytes);
        }
        if pairs(form).nth(MAX_FIELDS).is_some() {
            return Err(TooLarge::Fields);
        }
        let mut root = Tree::default();
        let mut action = None;
        for (name, value) in pairs(form) {
            match name.as_str() {
                "Action" => action = Some(value),
                name if AROUND.contains(&name)
                    || name.starts_with("X-Amz-")
                    || name == "SignatureVersion" => {}
                name => root.put(name, value),
            }
        }
        let Some(action) = action else { return Ok(None) };
        let mut body = root.members();
        if path.len() > 1 && !body.contains_key("QueueUrl") && action != "ListQueues" {
            body.insert("QueueUrl".to_owned(), format!("http://localhost{path}").into());
        }
        if action == "CreateQueue"
            && let Some(tags) = body.remove("Tags")
        {
            body.insert("tags".to_owned(), tags);
        }
        let needs_queue = !matches!(
            action.as_str(),
            "CreateQueue"
                | "GetQueueUrl"
                | "ListMessageMoveTasks"
                | "StartMessageMoveTask"
                | "CancelMessageMoveTask"
        );
        if !needs_queue {
            body.remove("QueueUrl");
        }
        Ok(Some(Self { action, body: Value::Object(body).to_string().into_bytes() }))
    }
}

/// Fields by the parts of their names: `Tag.1.Key=a` is `a` at `Tag`, `1`, `Key`.
#[derive(Debug, Default)]
struct Tree {
    value: Option<String>,
    parts: BTreeMap<String, Tree>,
}

impl Tree {
    fn put(&mut self, name: &str, value: String) {
        if name.split('.').count() > MAX_DEPTH {
            return;
        }
        let at =
            name.split('.').fold(self, |tree, part| tree.parts.entry(part.to_owned()).or_default());
        at.value.get_or_insert(value);
    }

    /// The entries of a list, in their order; one without a number is a list of one.
    fn entries(&self) -> Vec<&Tree> {
        let mut entries: Vec<(u32, &Tree)> =
            self.parts.iter().filter_map(|(part, tree)| Some((part.parse().ok()?, tree))).collect();
        entries.sort_by_key(|(number, _)| *number);
        let lone = self.value.as_ref().map(|_| self);
        lone.into_iter().chain(entries.into_iter().map(|(_, tree)| tree)).collect()
    }

    fn text(&self, part: &str) -> Option<&str> {
        self.parts.get(part)?.value.as_deref()
    }

    fn members(&self) -> Map<String, Value> {
        let mut members = Map::new();
        for (part, tree) in &self.parts {
            if let Some((_, name)) = LISTS.iter().find(|(list, _)| list == part) {
                let items = tree.entries().into_iter().map(|item| json!(item.value)).collect();
                members.insert((*name).to_owned(), items);
            } else if let Some((_, name, key)) = MAPS.iter().find(|(map, _, _)| map == part) {
                let entry = |entry: &Tree| {
                    let value = entry.parts.get("Value")?;
                    Some((entry.text(key)?.to_owned(), value.as_value("")))
                };
                let entries = tree.entries().into_iter().filter_map(entry).collect();
                members.insert((*name).to_owned(), Value::Object(entries));
            } else if part.ends_with("BatchRequestEntry") {
                let entries =
                    tree.entries().into_iter().map(|entry| Value::Object(entry.members()));
                members.insert("Entries".to_owned(), entries.collect());
            } else if tree.value.as_deref() == Some("") && is_list(part) {
                // How SDKs write a list without items.
                members.insert(part.clone(), json!([]));
            } else {
                members.insert(part.clone(), tree.as_value(part));
            }
        }
        members
    }

    fn as_value(&self, name: &str) -> Value {
        match &self.value {
            None => self.members().into(),
            // What is no number is left as it is, and refused where it is read.
            Some(text) if NUMBERS.contains(&name) => {
                text.parse::<i64>().map_or_else(|_| text.as_str().into(), Value::from)
            }
            Some(text) => text.as_str().into(),
        }
    }
}

/// Whether JSON has a list under this name.
fn is_list(name: &str) -> bool {
    name == "Entries" || LISTS.iter().any(|(_, list)| *list == name)
}

/// An answer of the JSON protocol in this one. `error` is the older code of an error and whose fault it is, as
/// `x-amzn-query-error` gives them.
pub(crate) fn answer(
    call: &Call,
    status: StatusCode,
    error: Option<&str>,
    body: &[u8],
) -> Response<Full<Bytes>> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let id = crate::ids::uuid();
    if status.is_success() {
        let action = escaped(&call.action);
        let result = match members(&action, &body) {
            _ if SILENT.contains(&action.as_str()) => String::new(),
            result if result.is_empty() => format!("<{action}Result/>"),
            result => format!("<{action}Result>{result}</{action}Result>"),
        };
        let text = format!(
            "<?xml version=\"1.0\"?><{action}Response xmlns=\"{NAMESPACE}\">{result}<ResponseMetadata>\
             <RequestId>{id}</RequestId></ResponseMetadata></{action}Response>"
        );
        return xml(status, text);
    }
    let (code, fault) =
        error.and_then(|error| error.split_once(';')).unwrap_or(("InternalError", "Receiver"));
    let message = match code {
        "AWS.SimpleQueueService.NonExistentQueue" => {
            "The specified queue does not exist for this wsdl version."
        }
        _ => body["message"].as_str().unwrap_or_default(),
    };
    let text = format!(
        "<?xml version=\"1.0\"?><ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>{fault}</Type><Code>{code}</Code>\
         <Message>{}</Message><Detail/></Error><RequestId>{id}</RequestId></ErrorResponse>",
        escaped(message)
    );
    xml(status, text)
}

fn members(action: &str, value: &Value) -> String {
    value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| member(action, name, value))
        .collect()
}

fn member(action: &str, name: &str, value: &Value) -> String {
    let result_entry = format!("{action}ResultEntry");
    let items = |element: &str| -> String {
        let items = value.as_array().into_iter().flatten();
        items.map(|item| one(action, element, item)).collect()
    };
    let pairs = |element: &str, key: &str| -> String {
        let pair = |(name, value): (&String, &Value)| {
            let inside = format!(
                "{}{}",
                one(action, key, &name.as_str().into()),
                one(action, "Value", value)
            );
            format!("<{element}>{inside}</{element}>")
        };
        value.as_object().into_iter().flatten().map(pair).collect()
    };
    match name {
        "Attributes" => pairs("Attribute", "Name"),
        "MessageAttributes" => pairs("MessageAttribute", "Name"),
        "Tags" => pairs("Tag", "Key"),
        "Messages" => items("Message"),
        "QueueUrls" | "queueUrls" => items("QueueUrl"),
        "Failed" => items("BatchResultErrorEntry"),
        "Successful" | "Results" => items(&result_entry),
        _ => one(action, name, value),
    }
}

fn one(action: &str, element: &str, value: &Value) -> String {
    let inside = match value {
        Value::Object(_) => members(action, value),
        Value::String(text) => escaped(text),
        other => other.to_string(),
    };
    format!("<{element}>{inside}</{element}>")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    #[track_caller]
    fn check_read(form: &str, path: &str, action: &str, expected: Value) {
        let call = Call::of(form, path).unwrap().unwrap();
        assert_eq!(call.action, action);
        assert_eq!(serde_json::from_slice::<Value>(&call.body).unwrap(), expected);
    }

    #[test]
    fn forms_are_the_requests_of_the_other_protocol() {
        check_read(
            "Action=SendMessage&Version=2012-11-05&MessageBody=a%26b&DelaySeconds=3&MessageAttribute.1.Name=n&\
             MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=7",
            "/000000000000/q",
            "SendMessage",
            json!({
                "QueueUrl": "http://localhost/000000000000/q", "MessageBody": "a&b", "DelaySeconds": 3,
                "MessageAttributes": { "n": { "DataType": "String", "StringValue": "7" } },
            }),
        );
        check_read(
            "Action=CreateQueue&QueueName=q&Attribute.1.Name=DelaySeconds&Attribute.1.Value=3&Tag.1.Key=k&Tag.1.Value=v",
            "/",
            "CreateQueue",
            json!({ "QueueName": "q", "Attributes": { "DelaySeconds": "3" }, "tags": { "k": "v" } }),
        );
        let entry = "SendMessageBatchRequestEntry";
        check_read(
            &format!(
                "{entry}.10.Id=j&{entry}.2.Id=b&Action=SendMessageBatch&{entry}.2.DelaySeconds=x&QueueUrl=u"
            ),
            "/",
            "SendMessageBatch",
            json!({ "QueueUrl": "u", "Entries": [{ "Id": "b", "DelaySeconds": "x" }, { "Id": "j" }] }),
        );
        let names = json!({ "QueueUrl": "http://localhost/1/q", "AttributeNames": ["All"] });
        check_read(
            "Action=GetQueueAttributes&AttributeName=All",
            "/1/q",
            "GetQueueAttributes",
            names,
        );
        let empty = json!({ "QueueUrl": "u", "Entries": [] });
        check_read("Action=SendMessageBatch&QueueUrl=u&Entries=", "/", "SendMessageBatch", empty);
        let empty = json!({ "QueueUrl": "u", "AttributeNames": [] });
        check_read(
            "Action=ReceiveMessage&QueueUrl=u&AttributeNames=",
            "/",
            "ReceiveMessage",
            empty,
        );
        let deep = "a.".repeat(100_000);
        check_read(&format!("Action=ListQueues&{deep}=1"), "/1/q", "ListQueues", json!({}));
        assert_eq!(Call::of("Version=1", "/"), Ok(None));
    }

    #[test]
    fn forms_larger_than_any_request_are_refused() {
        let form = |n: usize| format!("Action=ListQueues{}", "&a=1".repeat(n));
        assert!(Call::of(&form(999), "/").is_ok());
        assert_eq!(Call::of(&form(1_000), "/"), Err(TooLarge::Fields));
        let long = format!("Action=SendMessage&MessageBody={}", "a".repeat(MAX_BYTES));
        assert_eq!(Call::of(&long, "/"), Err(TooLarge::Bytes));
    }

    #[track_caller]
    fn check_written(action: &str, answer: Value, expected: &str) {
        assert_eq!(members(action, &answer), expected);
    }

    #[test]
    fn answers_are_xml() {
        check_written("CreateQueue", json!({ "QueueUrl": "u" }), "<QueueUrl>u</QueueUrl>");
        check_written(
            "ReceiveMessage",
            json!({ "Messages": [{ "Attributes": { "a": "1" }, "Body": "<\r>", "MessageAttributes":
                { "n": { "DataType": "String" } } }] }),
            "<Message><Attribute><Name>a</Name><Value>1</Value></Attribute><Body>&lt;&#13;&gt;</Body>\
             <MessageAttribute><Name>n</Name><Value><DataType>String</DataType></Value></MessageAttribute></Message>",
        );
        check_written(
            "DeleteMessageBatch",
            json!({ "Failed": [{ "Id": "b", "SenderFault": true }], "Successful": [{ "Id": "a" }] }),
            "<BatchResultErrorEntry><Id>b</Id><SenderFault>true</SenderFault></BatchResultErrorEntry>\
             <DeleteMessageBatchResultEntry><Id>a</Id></DeleteMessageBatchResultEntry>",
        );
        check_written(
            "ListQueueTags",
            json!({ "Tags": { "k": "v" } }),
            "<Tag><Key>k</Key><Value>v</Value></Tag>",
        );
        check_written("DeleteMessage", json!({}), "");
    }
}
