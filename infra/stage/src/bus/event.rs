//! Owns events: what a publisher hands in, what is wrong with it, and the envelope that receivers
//! get. It refuses to know who receives them.

use super::error::BusError;
use super::pattern::without_dots;
use super::schedule::is_scheduler;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::sync::Arc;
use uuid::Uuid;

/// The most entries of one call.
pub const MAX_ENTRIES: usize = limits::EVENT_ENTRIES as usize;
/// The most that the entries of one call may hold together, in bytes.
pub const MAX_BYTES: usize = limits::EVENT_BYTES as usize;

/// An event as its publisher hands it in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NewEvent {
    /// Who publishes.
    pub source: Option<String>,
    /// What happened.
    pub detail_type: Option<String>,
    /// A JSON object, as text.
    pub detail: Option<String>,
    /// The bus, by name or ARN; the default one when absent.
    pub bus: Option<String>,
    /// ARNs that the event is about.
    pub resources: Vec<String>,
    /// When it happened, in seconds since the Unix epoch; the time of the call when absent.
    pub time_s: Option<f64>,
    /// The X-Ray trace header to carry along.
    pub trace_header: Option<String>,
}

/// Why one entry was refused while others may have been taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryError {
    /// The code in the answer.
    pub code: &'static str,
    /// The message in the answer.
    pub message: String,
}

/// An event on its way to its receivers.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The id that the publisher was told.
    pub id: Uuid,
    /// The envelope, as receivers get it. The detail is the publisher's text, to the letter.
    pub json: Arc<str>,
    /// The same, read.
    pub value: Arc<Value>,
    /// The same as patterns see it: no name has a dot.
    pub plain: Arc<Value>,
    /// The X-Ray trace header.
    pub trace_header: Option<String>,
    /// When the bus took it, in milliseconds since the Unix epoch.
    pub taken_ms: u64,
}

/// Where a bus says that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The region in ARNs and events.
    pub region: String,
    /// The account in ARNs and events.
    pub account: String,
}

#[derive(Serialize)]
struct Envelope<'a> {
    version: &'a str,
    id: Uuid,
    #[serde(rename = "detail-type")]
    detail_type: &'a str,
    source: &'a str,
    account: &'a str,
    time: String,
    region: &'a str,
    resources: &'a [String],
    detail: &'a RawValue,
}

impl NewEvent {
    /// What counts towards the size limit.
    ///
    /// **Units**: bytes.
    ///
    /// **Source**: Amazon EventBridge User Guide, "Calculating PutEvents event entry size".
    pub fn n_bytes(&self) -> usize {
        let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let time = if self.time_s.is_some() { 14 } else { 0 };
        let resources = self.resources.iter().map(String::len).sum::<usize>();
        time + length(&self.source) + length(&self.detail_type) + length(&self.detail) + resources
    }

    /// Makes the event that receivers get. `id` becomes its id.
    ///
    /// **Errors**: a source, detail type or detail that is missing, a detail that is no JSON
    /// object, a source that only AWS may use.
    pub fn seal(&self, id: Uuid, now_ms: u64, origin: &Origin) -> Result<Event, EntryError> {
        let source = argument("Source", self.source.as_deref())?;
        let detail_type = argument("DetailType", self.detail_type.as_deref())?;
        let detail = argument("Detail", self.detail.as_deref())?;
        if source.starts_with("aws.") {
            return Err(EntryError {
                code: "NotAuthorizedForSourceException",
                message: "Not authorized for the source.".to_owned(),
            });
        }
        if !detail.trim_start().starts_with('{') {
            return Err(malformed());
        }
        self.envelope(source, detail_type, detail, id, now_ms, origin)
    }

    /// The event that a schedule makes. EventBridge Scheduler gives its detail as text.
    pub fn of_schedule(
        rule_arn: &str,
        id: Uuid,
        now_ms: u64,
        origin: &Origin,
    ) -> Result<Event, EntryError> {
        let event = Self { resources: vec![rule_arn.to_owned()], ..Self::default() };
        let (source, detail) = match is_scheduler(rule_arn) {
            true => ("aws.scheduler", "\"{}\""),
            false => ("aws.events", "{}"),
        };
        event.envelope(source, "Scheduled Event", detail, id, now_ms, origin)
    }

    fn envelope(
        &self,
        source: &str,
        detail_type: &str,
        detail: &str,
        id: Uuid,
        now_ms: u64,
        origin: &Origin,
    ) -> Result<Event, EntryError> {
        let raw: &RawValue = serde_json::from_str(detail).map_err(|_| malformed())?;
        let envelope = Envelope {
            version: "0",
            id,
            detail_type,
            source,
            account: &origin.account,
            time: second(self.time_s.map_or(now_ms as f64, |time_s| time_s * 1_000.0)),
            region: &origin.region,
            resources: &self.resources,
            detail: raw,
        };
        let json = serde_json::to_string(&envelope).map_err(|_| malformed())?;
        // Reading the whole again also finds what a raw value lets pass: too deep a nesting,
        // numbers out of range.
        let value: Value = serde_json::from_str(&json).map_err(|_| malformed())?;
        let plain = match without_dots(&value) {
            Cow::Owned(plain) => Some(Arc::new(plain)),
            Cow::Borrowed(_) => None,
        };
        let value = Arc::new(value);
        Ok(Event {
            id,
            json: json.into(),
            plain: plain.unwrap_or_else(|| Arc::clone(&value)),
            value,
            trace_header: self.trace_header.clone(),
            taken_ms: now_ms,
        })
    }
}

fn malformed() -> EntryError {
    EntryError { code: "MalformedDetail", message: "Detail is malformed.".to_owned() }
}

impl Event {
    /// An event that was taken before, from its envelope.
    pub(super) fn read(json: &str, trace_header: Option<String>, taken_ms: u64) -> Option<Self> {
        let value: Value = serde_json::from_str(json).ok()?;
        let id = value["id"].as_str()?.parse().ok()?;
        let plain = Arc::new(without_dots(&value).into_owned());
        Some(Self { id, json: json.into(), value: Arc::new(value), plain, trace_header, taken_ms })
    }

    /// When it happened, as its publisher says, in milliseconds since the Unix epoch.
    pub fn time_ms(&self) -> u64 {
        let time = self.value["time"].as_str().and_then(|time| time.parse::<Timestamp>().ok());
        time.and_then(|time| u64::try_from(time.as_millisecond()).ok()).unwrap_or(self.taken_ms)
    }

    /// The same event as a replay sends it: with the name of the replay in its envelope.
    pub fn replayed(&self, replay: &str) -> Option<Self> {
        let name = serde_json::to_string(replay).ok()?;
        let json = format!("{},\"replay-name\":{name}}}", self.json.strip_suffix('}')?);
        let marked = |value: &Value| {
            let mut value = value.clone();
            value["replay-name"] = replay.into();
            Arc::new(value)
        };
        Some(Self {
            json: json.into(),
            value: marked(&self.value),
            plain: marked(&self.plain),
            ..self.clone()
        })
    }
}

fn argument<'a>(name: &str, value: Option<&'a str>) -> Result<&'a str, EntryError> {
    value.filter(|value| !value.is_empty()).ok_or_else(|| EntryError {
        code: "InvalidArgument",
        message: format!("Parameter {name} is not valid. Reason: {name} is a required argument."),
    })
}

/// A time in milliseconds as the whole second that events carry.
pub fn second(ms: f64) -> String {
    let timestamp = Timestamp::from_second((ms / 1_000.0).floor() as i64);
    timestamp.unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

/// Checks a call as a whole.
///
/// **Errors**: no entries, too many of them, too long together.
pub fn check_entries(entries: &[NewEvent]) -> Result<(), BusError> {
    let refuse = |reason: &str| {
        Err(BusError::Validation(format!(
            "1 validation error detected: Value '[{}]' at 'entries' failed to satisfy \
             constraint: Member must have length {reason}",
            if entries.is_empty() { "" } else { "PutEventsRequestEntry" }
        )))
    };
    if entries.is_empty() {
        return refuse("greater than or equal to 1");
    }
    if entries.len() > MAX_ENTRIES {
        return refuse("less than or equal to 10");
    }
    if entries.iter().map(NewEvent::n_bytes).sum::<usize>() > MAX_BYTES {
        return Err(BusError::Validation(
            "Total size of the entries in the request is over the limit.".to_owned(),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    fn origin() -> Origin {
        Origin { region: "eu-west-1".to_owned(), account: "123456789012".to_owned() }
    }

    fn event(detail: &str) -> NewEvent {
        NewEvent {
            source: Some("shop.basket".to_owned()),
            detail_type: Some("CheckoutBasket".to_owned()),
            detail: Some(detail.to_owned()),
            ..NewEvent::default()
        }
    }

    fn code(event: &NewEvent) -> &'static str {
        event.seal(Uuid::nil(), 0, &origin()).unwrap_err().code
    }

    #[test]
    fn the_envelope_holds_the_detail_to_the_letter() {
        let new = NewEvent { time_s: Some(1_447_278_594.9), ..event(r#"{"z": 1.10, "a":[]}"#) };
        let sealed = new.seal(Uuid::nil(), 5, &origin()).unwrap();
        assert_eq!(
            &*sealed.json,
            concat!(
                r#"{"version":"0","id":"00000000-0000-0000-0000-000000000000","#,
                r#""detail-type":"CheckoutBasket","source":"shop.basket","#,
                r#""account":"123456789012","time":"2015-11-11T21:49:54Z","#,
                r#""region":"eu-west-1","resources":[],"detail":{"z": 1.10, "a":[]}}"#
            )
        );
    }

    #[test]
    fn the_time_of_the_call_stands_in_for_one_that_was_not_given() {
        let sealed = event("{}").seal(Uuid::nil(), 1_447_278_594_999, &origin()).unwrap();
        assert_eq!(sealed.value["time"], "2015-11-11T21:49:54Z");
        for time_s in [f64::NAN, f64::INFINITY, -1e300, 1e300, -1.0] {
            let new = NewEvent { time_s: Some(time_s), ..event("{}") };
            new.seal(Uuid::nil(), 5, &origin()).unwrap();
        }
    }

    #[test]
    fn entries_are_refused_by_what_is_wrong_with_them() {
        for detail in ["", "[]", "1", "null", "{", "{} {}", "{\"a\":}"] {
            let wanted = if detail.is_empty() { "InvalidArgument" } else { "MalformedDetail" };
            assert_eq!(code(&event(detail)), wanted, "{detail}");
        }
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(200), "]".repeat(200));
        assert_eq!(code(&event(&deep)), "MalformedDetail");
        assert_eq!(code(&NewEvent { source: None, ..event("{}") }), "InvalidArgument");
        assert_eq!(code(&NewEvent { detail_type: None, ..event("{}") }), "InvalidArgument");
        let of_aws = NewEvent { source: Some("aws.s3".to_owned()), ..event("{}") };
        assert_eq!(code(&of_aws), "NotAuthorizedForSourceException");
    }

    #[test]
    fn a_call_holds_one_to_ten_entries_and_256_kib() {
        assert!(check_entries(&[]).is_err());
        assert!(check_entries(&vec![event("{}"); 10]).is_ok());
        assert!(check_entries(&vec![event("{}"); 11]).is_err());
        let names = "shop.basketCheckoutBasket".len();
        assert!(check_entries(&[event(&" ".repeat(MAX_BYTES - names))]).is_ok());
        assert!(check_entries(&[event(&" ".repeat(MAX_BYTES - names + 1))]).is_err());
    }
}
