//! `PutEvents`, the one call of EventBridge that a function makes.
//!
//! **Source** EventBridge API reference, `PutEvents`; AWS general reference, "Amazon EventBridge endpoints and quotas".

use serde::{Deserialize, Serialize};

use super::json::{CallError, JsonClient};

/// An event on the wire.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct PutEventsEntry<'a> {
    pub(crate) event_bus_name: &'a str,
    pub(crate) source: &'a str,
    pub(crate) detail_type: &'a str,
    pub(crate) detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trace_header: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PutEvents<'a> {
    entries: &'a [PutEventsEntry<'a>],
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    #[serde(default)]
    entries: Vec<PutEventsResult>,
}

/// What became of one event.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct PutEventsResult {
    pub(crate) event_id: Option<String>,
    pub(crate) error_code: Option<String>,
}

/// Makes the call once.
pub(crate) async fn put_events(
    eventbridge: &JsonClient,
    entries: &[PutEventsEntry<'_>],
    trace: Option<&str>,
) -> Result<Vec<PutEventsResult>, CallError> {
    // The trace came with a message, and a header takes no other characters.
    let trace = trace.filter(|id| id.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
    let headers = trace.map(|id| ("x-amzn-trace-id", id));
    let answer: Answer =
        eventbridge.call("AWSEvents.PutEvents", &PutEvents { entries }, headers.as_slice()).await?;
    Ok(answer.entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_spelled_as_the_service_does() {
        let entry = PutEventsEntry {
            event_bus_name: "b",
            source: "s",
            detail_type: "t",
            detail: "{}",
            trace_header: None,
        };
        let json = serde_json::to_string(&PutEvents { entries: &[entry] });
        let expected =
            r#"{"Entries":[{"EventBusName":"b","Source":"s","DetailType":"t","Detail":"{}"}]}"#;
        assert_eq!(json.ok().as_deref(), Some(expected));
    }
}
