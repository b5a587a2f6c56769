//! Events as EventBridge delivers them, and the results of receivers.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{Decode, EventContext, Failure, Json, Timestamp, decode_tree};

/// An event from a bus.
///
/// **Source** EventBridge user guide, "Events".
#[derive(Debug, Clone)]
pub struct Event {
    id: String,
    source: String,
    detail_type: String,
    time: Option<String>,
    detail: Json,
}

/// An event of whose payload only the text is read, so that no digit is lost.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(default)]
    id: String,
    source: String,
    #[serde(rename = "detail-type")]
    detail_type: String,
    #[serde(default)]
    time: Option<String>,
    #[serde(borrow)]
    detail: &'a RawValue,
}

impl Event {
    /// Reads an event; an invalid one is rejected for good.
    pub(super) fn parse(text: &str) -> Result<Self, EventError> {
        let no_event = |detail: String| EventError::Reject(format!("no event: {detail}"));
        let event: Envelope<'_> = read_object(text).map_err(no_event)?;
        let Envelope { id, source, detail_type, time, detail } = event;
        let detail = Json::parse(detail.get()).map_err(|_| {
            no_event("`detail` has a property twice, or more levels than are read".to_owned())
        })?;
        Ok(Self { id, source, detail_type, time, detail })
    }

    /// The ID of the event, from the bus.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The source of the event: `com.swn.basket.checkoutbasket`.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The detail-type of the event: `CheckoutBasket`.
    #[must_use]
    pub fn detail_type(&self) -> &str {
        &self.detail_type
    }

    /// The version of the event's contract, when the payload has one.
    #[must_use]
    pub fn version(&self) -> Option<i64> {
        self.detail.get("version")?.as_number()?.to_i64()
    }

    /// When the event was published, by the clock of the bus.
    #[must_use]
    pub fn time(&self) -> Option<Timestamp> {
        self.time.as_deref().and_then(Timestamp::parse)
    }

    /// Reads the payload as the type in the contract.
    ///
    /// # Errors
    /// [`EventError::Reject`] with every violation.
    pub fn decode<T: Decode>(&self) -> Result<T, EventError> {
        decode_tree("/detail", &self.detail)
            .map_err(|violations| EventError::Reject(format!("off contract: {violations}")))
    }

    /// The result for an event that the receiver has no method for.
    #[must_use]
    pub fn unknown(&self) -> EventError {
        let version =
            self.version().map_or_else(String::new, |version| format!(" version {version}"));
        let (source, detail_type) = (&self.source, &self.detail_type);
        EventError::Reject(format!("no method for `{detail_type}`{version} of `{source}`"))
    }
}

/// Reads an object; what is wrong is told without what was found.
pub(super) fn read_object<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, String> {
    let read = serde_json::from_str(text).map_err(|error| place_of(&error))?;
    // Derived code takes the items of an array for the fields in turn.
    match text.trim_start().starts_with('{') {
        true => Ok(read),
        false => Err("no object".to_owned()),
    }
}

/// Where JSON is not what is read from it, and in which way. The parser's own words quote what they find, which may be
/// anything; the name of a field that is missing is ours.
fn place_of(error: &serde_json::Error) -> String {
    let told = error.to_string();
    let missing = told.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'));
    let what = match (error.classify(), missing) {
        (serde_json::error::Category::Data, Some((field, _))) => format!("no `{field}`"),
        (serde_json::error::Category::Data, None) => "a value of another type".to_owned(),
        _ => "not JSON".to_owned(),
    };
    format!("{what}, at line {} column {}", error.line(), error.column())
}

/// Why an event could not be processed, and what happens next.
#[derive(Debug)]
pub enum EventError {
    /// A later attempt may succeed: the event is delivered again.
    Retry(Failure),
    /// No attempt can succeed, for this reason: the event moves to the dead-letter queue.
    Reject(String),
}

impl EventError {
    /// The reason for the log.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::Retry(failure) => failure.to_string(),
            Self::Reject(reason) => reason.clone(),
        }
    }
}

impl<E: Into<Failure>> From<E> for EventError {
    fn from(error: E) -> Self {
        Self::Retry(error.into())
    }
}

/// A receiver of events. Implemented by generated code.
pub trait EventHandler: Send + Sync + 'static {
    /// The name of the service, which is a dimension of its metrics.
    const SERVICE: &'static str;

    /// The `receive` operation.
    const OPERATION: &'static str;

    /// Processes an event. The same event may be delivered again, and concurrently with others.
    fn handle(
        &self,
        cx: &EventContext,
        event: &Event,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn reads_what_the_bus_sends() {
        let event = Event::parse(
            r#"{"version":"0","id":"1","detail-type":"T","source":"s","account":"1","region":"r",
                "time":"2026-11-01T12:00:00Z","resources":[],"detail":{"version":2}}"#,
        )
        .unwrap();
        assert_eq!((event.id(), event.source(), event.detail_type()), ("1", "s", "T"));
        assert_eq!(event.version(), Some(2));
        assert!(event.time().is_some());
        let EventError::Reject(reason) = event.unknown() else { unreachable!() };
        assert_eq!(reason, "no method for `T` version 2 of `s`");
        assert!(matches!(event.decode::<String>(), Err(EventError::Reject(_))));
    }

    #[test]
    fn refuses_what_is_no_event() {
        for text in [
            "",
            "{",
            "[]",
            r#"["1","s","T",null,{}]"#,
            r#"{"source":"s"}"#,
            r#"{"source":1,"detail-type":"T","detail":{}}"#,
        ] {
            assert!(matches!(Event::parse(text), Err(EventError::Reject(_))), "{text}");
        }
    }

    /// A body that is no event may hold anything that somebody sent.
    #[test]
    fn what_is_no_event_is_not_quoted() {
        for text in [
            "4111111111111111 anna@example.com",
            r#""4111111111111111 anna@example.com""#,
            "4111111111111111",
            r#"["anna@example.com"]"#,
            r#"{"source": 4111111111111111}"#,
            r#"{"source": {"anna@example.com": 1}}"#,
            r#"{"source": "s", "detail-type": ["anna@example.com"]}"#,
            r#"{"source": "s", "anna@example.com": 1}"#,
            r#"{"source": "s", "source": "anna@example.com"}"#,
            r#"{"source": "s", "detail-type": "t", "detail": {"anna@example.com": 1, "anna@example.com": 2}}"#,
            r#"{"source": "s", "detail-type": "t", "time": 4111111111111111, "detail": {}}"#,
        ] {
            let told = Event::parse(text).unwrap_err().reason();
            assert!(told.starts_with("no event: "), "{told}");
            assert!(!told.contains("4111") && !told.contains("anna"), "{text}: {told}");
        }
        let missing = Event::parse(r#"{"source": "s"}"#).unwrap_err().reason();
        assert_eq!(missing, "no event: no `detail-type`, at line 1 column 15");
    }
}
