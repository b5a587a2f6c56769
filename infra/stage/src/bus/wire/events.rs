//! Owns the actions on events: `PutEvents` and `TestEventPattern`. It refuses to judge events
//! itself.

use super::{Answer, required, write};
use crate::bus::error::BusError;
use crate::bus::event::{EntryError, NewEvent};
use crate::bus::pattern::Pattern;
use crate::bus::service::BusService;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Put {
    entries: Option<Vec<Entry>>,
    endpoint_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Entry {
    time: Option<f64>,
    source: Option<String>,
    resources: Option<Vec<String>>,
    detail_type: Option<String>,
    detail: Option<String>,
    event_bus_name: Option<String>,
    trace_header: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PutAnswer {
    failed_entry_count: usize,
    entries: Vec<EntryAnswer>,
}

#[derive(Serialize)]
#[serde(rename_all_fields = "PascalCase", untagged)]
enum EntryAnswer {
    Taken { event_id: Uuid },
    Refused { error_code: &'static str, error_message: String },
}

/// An entry without a trace header has that of the request.
pub(super) fn put(service: &BusService, request: Put, trace: Option<&str>) -> Answer {
    if request.endpoint_id.is_some() {
        return Err(BusError::Validation(
            "EndpointId is not supported by the local stage.".to_owned(),
        ));
    }
    let mut entries: Vec<NewEvent> =
        required(request.entries, "entries")?.into_iter().map(NewEvent::from).collect();
    for entry in &mut entries {
        entry.trace_header = entry.trace_header.take().or_else(|| trace.map(str::to_owned));
    }
    let outcomes = service.put_events(&entries)?;
    write(&PutAnswer {
        failed_entry_count: outcomes.iter().filter(|outcome| outcome.is_err()).count(),
        entries: outcomes
            .into_iter()
            .map(|outcome| match outcome {
                Ok(event_id) => EntryAnswer::Taken { event_id },
                Err(EntryError { code, message }) => {
                    EntryAnswer::Refused { error_code: code, error_message: message }
                }
            })
            .collect(),
    })
}

impl From<Entry> for NewEvent {
    fn from(entry: Entry) -> Self {
        Self {
            source: entry.source,
            detail_type: entry.detail_type,
            detail: entry.detail,
            bus: entry.event_bus_name,
            resources: entry.resources.unwrap_or_default(),
            time_s: entry.time,
            trace_header: entry.trace_header,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct TestPattern {
    event_pattern: Option<String>,
    event: Option<String>,
}

/// The fields that an event must have to be tested against a pattern. AWS' reference names `resources` too, which AWS
/// does not ask for.
const MANDATORY: [&str; 6] = ["id", "account", "source", "time", "region", "detail-type"];

pub(super) fn test_pattern(request: TestPattern) -> Answer {
    let pattern = Pattern::parse(&required(request.event_pattern, "eventPattern")?)?;
    let text = required(request.event, "event")?;
    let event: Value = serde_json::from_str(&text)
        .ok()
        .filter(Value::is_object)
        .ok_or_else(|| BusError::Validation("Parameter Event is not valid.".to_owned()))?;
    if let Some(missing) = MANDATORY.iter().find(|name| event.get(**name).is_none()) {
        return Err(BusError::Validation(format!(
            "Parameter Event is not valid. Reason: `{missing}` is missing."
        )));
    }
    write(&json!({"Result": pattern.matches(&event)}))
}
