//! Owns the actions on archives and replays. It refuses to judge either itself.

use super::{Answer, page, required, write};
use crate::bus::archive::{Archive, NewArchive, Replay};
use crate::bus::error::BusError;
use crate::bus::service::BusService;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Put {
    archive_name: Option<String>,
    event_source_arn: Option<String>,
    description: Option<String>,
    event_pattern: Option<String>,
    retention_days: Option<u32>,
    /// Nothing is encrypted on the stage.
    #[serde(rename = "KmsKeyIdentifier")]
    _kms: Option<String>,
}

pub(super) fn create(service: &BusService, request: Put) -> Answer {
    let name = required(request.archive_name, "archiveName")?;
    let bus = required(request.event_source_arn, "eventSourceArn")?;
    let new = NewArchive {
        description: request.description,
        pattern: request.event_pattern,
        retention_days: request.retention_days,
    };
    service.change(|state, now_ms| {
        let archive = state.create_archive(&name, &bus, new, now_ms)?;
        write(&told(archive))
    })
}

pub(super) fn update(service: &BusService, request: Put) -> Answer {
    let name = required(request.archive_name, "archiveName")?;
    let new = NewArchive {
        description: request.description,
        pattern: request.event_pattern,
        retention_days: request.retention_days,
    };
    service.change(|state, now_ms| write(&told(state.update_archive(&name, new, now_ms)?)))
}

fn told(archive: &Archive) -> Value {
    json!({ "ArchiveArn": archive.arn, "CreationTime": seconds(archive.created_ms), "State": "ENABLED" })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct OfArchive {
    archive_name: Option<String>,
}

pub(super) fn delete(service: &BusService, request: OfArchive) -> Answer {
    let name = required(request.archive_name, "archiveName")?;
    service.change(|state, _| state.delete_archive(&name))?;
    super::nothing()
}

pub(super) fn describe(service: &BusService, request: OfArchive) -> Answer {
    let name = required(request.archive_name, "archiveName")?;
    let state = service.state();
    let archive = state.archives().archive(&name)?;
    let mut shown = shown(archive);
    shown["ArchiveArn"] = archive.arn.as_str().into();
    if let Some(description) = &archive.description {
        shown["Description"] = description.as_str().into();
    }
    if let Some((pattern, _)) = &archive.pattern {
        shown["EventPattern"] = pattern.as_str().into();
    }
    write(&shown)
}

fn shown(archive: &Archive) -> Value {
    json!({
        "ArchiveName": archive.name,
        "EventSourceArn": archive.bus_arn,
        "State": "ENABLED",
        "RetentionDays": archive.retention_days,
        "SizeBytes": archive.n_bytes(),
        "EventCount": archive.n_events(),
        "CreationTime": seconds(archive.created_ms),
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct List {
    name_prefix: Option<String>,
    event_source_arn: Option<String>,
    state: Option<String>,
    limit: Option<u32>,
    next_token: Option<String>,
}

impl List {
    /// **Errors**: more than one filter, a state that there is not.
    fn check(&self, action: &str, states: &[&str]) -> Result<(), BusError> {
        let filters = [&self.name_prefix, &self.event_source_arn, &self.state];
        if filters.iter().filter(|filter| filter.is_some()).count() > 1 {
            return Err(BusError::Validation(format!(
                "At most one filter is allowed for {action}. Use either : State, EventSourceArn, or NamePrefix."
            )));
        }
        match &self.state {
            Some(state) if !states.contains(&state.as_str()) => Err(BusError::Validation(format!(
                "1 validation error detected: Value '{state}' at 'state' failed to satisfy constraint: Member must \
                 satisfy enum value set: [{}]",
                states.join(", ")
            ))),
            _ => Ok(()),
        }
    }

    fn takes(&self, name: &str, source: &str, state: &str) -> bool {
        self.name_prefix.as_ref().is_none_or(|prefix| name.starts_with(prefix))
            && self.event_source_arn.as_ref().is_none_or(|arn| arn == source)
            && self.state.as_ref().is_none_or(|asked| asked == state)
    }
}

pub(super) fn list(service: &BusService, request: List) -> Answer {
    let states = ["ENABLED", "DISABLED", "CREATING", "UPDATING", "CREATE_FAILED", "UPDATE_FAILED"];
    request.check("ListArchives", &states)?;
    let state = service.state();
    let found = state.archives().archives();
    let found = found.filter(|one| request.takes(&one.name, &one.bus_arn, "ENABLED"));
    let (found, next) = page(found, |one| &one.name, request.limit, request.next_token.as_deref())?;
    write(&listed("Archives", found.into_iter().map(shown).collect(), next))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Start {
    replay_name: Option<String>,
    description: Option<String>,
    event_source_arn: Option<String>,
    event_start_time: Option<f64>,
    event_end_time: Option<f64>,
    destination: Option<Destination>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Destination {
    arn: String,
    #[serde(default)]
    filter_arns: Vec<String>,
}

pub(super) fn start(service: &BusService, request: Start) -> Answer {
    let name = required(request.replay_name, "replayName")?;
    let destination = required(request.destination, "destination")?;
    if !destination.arn.contains(":event-bus/") {
        return Err(BusError::Validation(
            "Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN."
                .to_owned(),
        ));
    }
    let ms = |seconds: Option<f64>, name| {
        required(seconds, name).map(|seconds| (seconds * 1_000.0) as u64)
    };
    let origin = service.state().origin().clone();
    let ran_ms = service.change(|_, now_ms| now_ms);
    let arn = format!("arn:aws:events:{}:{}:replay/{name}", origin.region, origin.account);
    service.replay(Replay {
        name,
        arn: arn.clone(),
        description: request.description,
        archive_arn: required(request.event_source_arn, "eventSourceArn")?,
        bus_arn: destination.arn,
        rule_arns: destination.filter_arns.into_iter().collect(),
        window_ms: (
            ms(request.event_start_time, "eventStartTime")?,
            ms(request.event_end_time, "eventEndTime")?,
        ),
        last_ms: None,
        ran_ms,
    })?;
    write(&json!({ "ReplayArn": arn, "ReplayStartTime": seconds(ran_ms), "State": "STARTING" }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct OfReplay {
    replay_name: Option<String>,
}

pub(super) fn describe_replay(service: &BusService, request: OfReplay) -> Answer {
    let name = required(request.replay_name, "replayName")?;
    let state = service.state();
    let replay = state.archives().replay_named(&name)?;
    let mut shown = shown_replay(replay);
    shown["ReplayArn"] = replay.arn.as_str().into();
    shown["Destination"] = json!({ "Arn": replay.bus_arn });
    if !replay.rule_arns.is_empty() {
        shown["Destination"]["FilterArns"] = json!(replay.rule_arns);
    }
    if let Some(description) = &replay.description {
        shown["Description"] = description.as_str().into();
    }
    write(&shown)
}

fn shown_replay(replay: &Replay) -> Value {
    let mut shown = json!({
        "ReplayName": replay.name,
        "EventSourceArn": replay.archive_arn,
        "State": "COMPLETED",
        "EventStartTime": seconds(replay.window_ms.0),
        "EventEndTime": seconds(replay.window_ms.1),
        "ReplayStartTime": seconds(replay.ran_ms),
        "ReplayEndTime": seconds(replay.ran_ms),
    });
    if let Some(last_ms) = replay.last_ms {
        shown["EventLastReplayedTime"] = seconds(last_ms).into();
    }
    shown
}

pub(super) fn list_replays(service: &BusService, request: List) -> Answer {
    let states = ["CANCELLED", "CANCELLING", "COMPLETED", "FAILED", "RUNNING", "STARTING"];
    request.check("ListReplays", &states)?;
    let state = service.state();
    let found = state.archives().replays();
    let found = found.filter(|one| request.takes(&one.name, &one.archive_arn, "COMPLETED"));
    let (found, next) = page(found, |one| &one.name, request.limit, request.next_token.as_deref())?;
    write(&listed("Replays", found.into_iter().map(shown_replay).collect(), next))
}

/// A replay has ended when it can be named, so it cannot be cancelled.
pub(super) fn cancel_replay(service: &BusService, request: OfReplay) -> Answer {
    let name = required(request.replay_name, "replayName")?;
    service.state().archives().replay_named(&name)?;
    Err(BusError::IllegalStatus(format!(
        "Replay {name} is not in a valid state for this operation."
    )))
}

fn listed(key: &str, items: Vec<Value>, next: Option<String>) -> Value {
    let mut answer = json!({ key: items });
    if let Some(next) = next {
        answer["NextToken"] = next.into();
    }
    answer
}

fn seconds(ms: u64) -> f64 {
    ms as f64 / 1_000.0
}
