//! The way of a batch of records through a pipe: an enrichment, a transformation of each, and a target.
//!
//! A function that is the target gets all records at once; anything else gets one after the other, and what it does not
//! take stays in the source.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use uuid::Uuid;

use super::state::{self, Verdict};
use crate::bus::event::Event;
use crate::bus::path::JsonPath;
use crate::bus::transform::Through;
use crate::bus::{Input, Template};
use crate::lambda::{Functions, Invocation, InvocationOutcome};
use crate::template;
use crate::way::{Parcel, Way};

/// A pipe that stands.
pub(crate) struct Pipe {
    declared: template::Pipe,
    template: Option<Input>,
    enrichment_template: Option<Input>,
    functions: Arc<Functions>,
    way: Arc<Way>,
    /// `aws:sqs`, `aws:dynamodb`
    source: &'static str,
}

impl Pipe {
    /// A pipe of a template.
    ///
    /// # Errors
    /// What is wrong with its `InputTemplate`.
    pub(crate) fn new(
        declared: &template::Pipe,
        source: &'static str,
        functions: &Arc<Functions>,
        way: &Arc<Way>,
    ) -> Result<Self, String> {
        let read =
            |text: &Option<String>| text.as_deref().map(|text| input(declared, text)).transpose();
        let template = read(&declared.template)?;
        let enrichment_template = read(&declared.enrichment_template)?;
        let (functions, way) = (Arc::clone(functions), Arc::clone(way));
        let declared = declared.clone();
        Ok(Self { declared, template, enrichment_template, functions, way, source })
    }

    /// Sends records on, each known by an id.
    pub(super) async fn send(&self, mut records: Vec<Value>, ids: &[String]) -> Verdict {
        if let Some(function) = &self.declared.enrichment {
            let template = self.enrichment_template.as_ref();
            let sent: Vec<String> =
                records.iter().map(|record| self.transformed(record, template)).collect();
            records = match self.invoke(function, &sent).await {
                Ok(payload) => match serde_json::from_slice(&payload) {
                    Ok(Value::Array(records)) => records,
                    Ok(Value::Null) => return Verdict::AllDone,
                    Ok(one) => vec![one],
                    Err(error) => return Verdict::AllFailed(format!("the enrichment: {error}")),
                },
                Err(reason) => return Verdict::AllFailed(format!("the enrichment: {reason}")),
            };
        }
        let sent: Vec<String> = {
            let template = self.template.as_ref();
            records.iter().map(|record| self.transformed(record, template)).collect()
        };
        if self.declared.target.starts_with("arn:aws:lambda:") && self.declared.waits {
            return self.call(&sent, ids).await;
        }
        let mut failed = Vec::new();
        let mut reason = String::new();
        for (at, (record, text)) in records.iter().zip(sent).enumerate() {
            if let Err(error) = self.way.pass(&self.declared.target, self.parcel(record, text)) {
                reason = error.to_string();
                failed.extend(ids.get(at).cloned());
            }
        }
        // What an enrichment made is not known by the ids of what it was made from.
        match (failed.is_empty(), records.len() == ids.len()) {
            (true, _) if reason.is_empty() => Verdict::AllDone,
            (false, true) if failed.len() < ids.len() => Verdict::Failed(failed),
            _ => Verdict::AllFailed(reason),
        }
    }

    /// Hands records to a function, and reads what it reports.
    async fn call(&self, records: &[String], ids: &[String]) -> Verdict {
        match self.invoke(&self.declared.target, records).await {
            Ok(payload) => state::verdict(&payload, ids),
            Err(reason) => Verdict::AllFailed(reason),
        }
    }

    async fn invoke(&self, function: &str, records: &[String]) -> Result<bytes::Bytes, String> {
        let event = format!("[{}]", records.join(","));
        let found = self.functions.get(function);
        let found = found.ok_or_else(|| format!("the function {function} does not exist"))?;
        match found.invoke(Invocation::new(event)).await {
            Ok(InvocationOutcome::Success(payload)) => Ok(payload),
            Ok(InvocationOutcome::Failure(failure)) => {
                let told = failure.told();
                Err(format!("the function failed: {told}"))
            }
            Err(error) => Err(error.to_string()),
        }
    }

    fn transformed(&self, record: &Value, template: Option<&Input>) -> String {
        let Some(template) = template else { return record.to_string() };
        let event = event_of(record);
        template
            .render(&event, Through { rule_arn: "", rule_name: &self.declared.name, attempt: 1 })
    }

    fn parcel(&self, record: &Value, text: String) -> Parcel {
        let declared = &self.declared;
        let part = |named: &Option<String>| named.as_deref().and_then(|named| part(record, named));
        Parcel {
            text,
            group_id: part(&declared.group_id),
            deduplication_id: part(&declared.deduplication_id),
            source: part(&declared.source).unwrap_or_else(|| format!("Pipe {}", declared.name)),
            detail_type: part(&declared.detail_type)
                .unwrap_or_else(|| format!("Event from {}", self.source)),
        }
    }
}

/// A record as templates see it.
fn event_of(record: &Value) -> Event {
    let body = body_of(record);
    let json = written(record, body.is_some()).into();
    let value = Arc::new(with_body(record, body));
    Event {
        id: Uuid::nil(),
        json,
        plain: Arc::clone(&value),
        value,
        trace_header: None,
        taken_ms: jiff::Timestamp::now().as_millisecond().unsigned_abs(),
    }
}

/// The `body` of a record, where it is JSON.
fn body_of(record: &Value) -> Option<Value> {
    serde_json::from_str(record["body"].as_str()?).ok()
}

/// A record whose `body` is read, where it is JSON: paths lead into it.
pub(super) fn readable(record: &Value) -> Value {
    with_body(record, body_of(record))
}

fn with_body(record: &Value, body: Option<Value>) -> Value {
    let mut record = record.clone();
    if let Some(body) = body {
        record["body"] = body;
    }
    record
}

/// The same as text, with a body that is JSON as it was sent: its names keep their order.
fn written(record: &Value, is_body_json: bool) -> String {
    let Some(fields) = record.as_object() else { return record.to_string() };
    let field = |(name, value): (&String, &Value)| {
        let body = value.as_str().filter(|_| is_body_json && name == "body");
        let value = body.map_or_else(|| value.to_string(), str::to_owned);
        format!("{}:{value}", Value::from(name.as_str()))
    };
    format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(","))
}

/// A text, or what a path leads to in a record.
fn part(record: &Value, named: &str) -> Option<String> {
    if !named.starts_with("$.") {
        return Some(named.to_owned());
    }
    match JsonPath::parse(named).ok()?.find(&readable(record))? {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

/// An input template with its places, `<$.body.name>`, as one with variables.
fn input(pipe: &template::Pipe, text: &str) -> Result<Input, String> {
    let mut paths = BTreeMap::new();
    let constants = [
        ("aws.pipes.pipe-arn", Some(&pipe.arn)),
        ("aws.pipes.pipe-name", Some(&pipe.name)),
        ("aws.pipes.source-arn", Some(&pipe.source_arn)),
        ("aws.pipes.enrichment-arn", pipe.enrichment_arn.as_ref()),
        ("aws.pipes.target-arn", Some(&pipe.target)),
    ];
    let constants: BTreeMap<String, Value> = constants
        .map(|(name, value)| (name.to_owned(), value.cloned().unwrap_or_default().into()))
        .into();
    let mut read = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        read.push_str(before);
        let Some((place, after)) = after.split_once('>') else {
            return Err("`InputTemplate` has a `<` without a `>`".to_owned());
        };
        match place {
            "aws.pipes.event.json" | "aws.pipes.event" => read.push_str("<aws.events.event.json>"),
            "aws.pipes.event.ingestion-time" => read.push_str("<aws.events.event.ingestion-time>"),
            constant if constants.contains_key(constant) => read.push_str(&format!("<{constant}>")),
            place if place.starts_with('$') => {
                let variable = format!("p{}", paths.len());
                read.push_str(&format!("<{variable}>"));
                paths.insert(variable, place.to_owned());
            }
            other => {
                return Err(format!("`InputTemplate`: `<{other}>` is not supported by the stage"));
            }
        }
        rest = after;
    }
    read.push_str(rest);
    Template::parse_with(&paths, constants, &read).map(Input::Template)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_lead_into_a_body_that_is_json() {
        let record = json!({ "messageId": "m", "body": "{\"order\":{\"id\":7}}" });
        assert_eq!(part(&record, "$.body.order.id").as_deref(), Some("7"));
        assert_eq!(part(&record, "$.messageId").as_deref(), Some("m"));
        assert_eq!(part(&record, "fixed").as_deref(), Some("fixed"));
        assert_eq!(part(&record, "$.body.nothing"), None);
    }

    #[test]
    fn a_body_that_is_json_is_written_as_it_was_sent() {
        let record = json!({ "messageId": "m", "body": r#"{"z":1.50,"a":"b"}"# });
        let json = |record: &Value| event_of(record).json.to_string();
        assert_eq!(json(&record), r#"{"body":{"z":1.50,"a":"b"},"messageId":"m"}"#);
        assert_eq!(json(&json!({ "body": "{z" })), r#"{"body":"{z"}"#);
        assert_eq!(json(&json!({ "Data": { "body": "1" } })), r#"{"Data":{"body":"1"}}"#);
    }

    #[test]
    fn a_template_is_filled_from_paths_and_refused_for_what_nobody_fills() {
        let [arn, source, target] = ["arn:pipe", "arn:source", "arn:target"].map(str::to_owned);
        let pipe = template::Pipe::new("pipe".to_owned(), arn, source, target);
        assert!(input(&pipe, r#"{"id": <$.body.id>, "text": "in <$.body.name>"}"#).is_ok());
        let template = r#"{"n":<aws.pipes.pipe-name>,"a":"of <aws.pipes.pipe-arn>","s":<aws.pipes.source-arn>,"t":<aws.pipes.target-arn>,"e":<aws.pipes.enrichment-arn>}"#;
        let Input::Template(template) = input(&pipe, template).unwrap() else { panic!() };
        let event = event_of(&json!({}));
        let through = Through { rule_arn: "", rule_name: "", attempt: 1 };
        assert_eq!(
            Input::Template(template).render(&event, through),
            r#"{"n":"pipe","a":"of arn:pipe","s":"arn:source","t":"arn:target","e":""}"#
        );
        assert!(input(&pipe, "<aws.pipes.event.ingestion-time>").is_ok());
        assert!(input(&pipe, "<aws.pipes.nothing>").is_err());
        assert!(input(&pipe, "{\"a\": <$.b").is_err());
    }
}
