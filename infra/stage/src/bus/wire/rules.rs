//! Owns the actions on buses and rules. It refuses to judge either itself.

use super::tags::{self, Tag};
use super::{Answer, nothing, page, required, write};
use crate::bus::error::BusError;
use crate::bus::policy::{self, Permission};
use crate::bus::rule::{NewRule, Rule};
use crate::bus::service::BusService;
use crate::bus::state::{Bus, BusSettings};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct CreateBus {
    name: Option<String>,
    description: Option<String>,
    kms_key_identifier: Option<String>,
    dead_letter_config: Option<DeadLetterConfig>,
    log_config: Option<LogConfig>,
    event_source_name: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct DeadLetterConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    arn: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct LogConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    include_detail: Option<Detail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<Level>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
enum Detail {
    None,
    Full,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
enum Level {
    Off,
    Error,
    Info,
    Trace,
}

impl CreateBus {
    fn read(self) -> Result<(Option<String>, BusSettings), BusError> {
        let settings = BusSettings {
            description: self.description,
            kms_key: self.kms_key_identifier.filter(|key| !key.is_empty()),
            dead_letter_arn: self.dead_letter_config.and_then(|config| config.arn),
            log_config: self.log_config.map(|config| json!(config)),
            event_source: self.event_source_name,
            tags: tags::read(self.tags)?,
        };
        Ok((self.name, settings))
    }
}

pub(super) fn create_bus(service: &BusService, request: CreateBus) -> Answer {
    let (name, settings) = request.read()?;
    let mut answer = settled(&settings);
    answer["EventBusArn"] = service.create_bus(&required(name, "name")?, settings)?.into();
    write(&answer)
}

pub(super) fn update_bus(service: &BusService, request: CreateBus) -> Answer {
    let (name, settings) = request.read()?;
    service.change(|state, now_ms| {
        let bus = state.update_bus(name.as_deref(), settings, now_ms)?;
        let mut answer = settled(&bus.settings);
        answer["Arn"] = bus.arn.as_str().into();
        answer["Name"] = bus.name.as_str().into();
        write(&answer)
    })
}

/// What a bus was told, as every answer about it shows.
fn settled(settings: &BusSettings) -> Value {
    let mut shown = json!({});
    let texts = [("Description", &settings.description), ("KmsKeyIdentifier", &settings.kms_key)];
    for (name, text) in texts {
        if let Some(text) = text {
            shown[name] = text.as_str().into();
        }
    }
    if let Some(arn) = &settings.dead_letter_arn {
        shown["DeadLetterConfig"] = json!({ "Arn": arn });
    }
    if let Some(config) = &settings.log_config {
        shown["LogConfig"] = config.clone();
    }
    shown
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Permit {
    event_bus_name: Option<String>,
    action: Option<String>,
    principal: Option<String>,
    statement_id: Option<String>,
    condition: Option<Value>,
    policy: Option<String>,
}

pub(super) fn permit(service: &BusService, request: Permit) -> Answer {
    let bus = request.event_bus_name.as_deref();
    if let Some(text) = &request.policy {
        let whole = policy::read(text)?;
        service.change(|state, now_ms| {
            state.change_policy(bus, now_ms, |policy, _| {
                *policy = Some(whole);
                Ok(())
            })
        })?;
        return nothing();
    }
    let permission = Permission {
        id: required(request.statement_id, "statementId")?,
        action: required(request.action, "action")?,
        principal: required(request.principal, "principal")?,
        condition: request.condition,
    };
    service.change(|state, now_ms| {
        state.change_policy(bus, now_ms, |known, arn| policy::permit(known, permission, arn))
    })?;
    nothing()
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Revoke {
    event_bus_name: Option<String>,
    statement_id: Option<String>,
    #[serde(default)]
    remove_all_permissions: bool,
}

pub(super) fn revoke(service: &BusService, request: Revoke) -> Answer {
    let id = match request.statement_id {
        Some(id) => Some(id),
        None if request.remove_all_permissions => None,
        None => return required(None, "statementId"),
    };
    service.change(|state, now_ms| {
        let bus = request.event_bus_name.as_deref();
        state.change_policy(bus, now_ms, |known, _| policy::revoke(known, id.as_deref()))
    })?;
    nothing()
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct OfBus {
    name: Option<String>,
}

pub(super) fn delete_bus(service: &BusService, request: OfBus) -> Answer {
    let name = required(request.name, "name")?;
    service.delete_bus(&name)?;
    nothing()
}

pub(super) fn describe_bus(service: &BusService, request: OfBus) -> Answer {
    write(&show_bus(service.state().bus(request.name.as_deref())?))
}

fn show_bus(bus: &Bus) -> Value {
    let mut shown = settled(&bus.settings);
    shown["Name"] = bus.name.as_str().into();
    shown["Arn"] = bus.arn.as_str().into();
    shown["CreationTime"] = (bus.created_ms as f64 / 1_000.0).into();
    shown["LastModifiedTime"] = (bus.modified_ms as f64 / 1_000.0).into();
    if let Some(policy) = &bus.policy {
        shown["Policy"] = policy.to_string().into();
    }
    shown
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct ListBuses {
    #[serde(default)]
    name_prefix: String,
    limit: Option<u32>,
    next_token: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct BusList {
    event_buses: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

pub(super) fn list_buses(service: &BusService, request: ListBuses) -> Answer {
    let state = service.state();
    let buses = state.buses().filter(|bus| bus.name.starts_with(&request.name_prefix));
    let token = request.next_token.as_deref();
    let (buses, next_token) = page(buses, |bus| &bus.name, request.limit, token)?;
    write(&BusList { event_buses: buses.into_iter().map(show_bus).collect(), next_token })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Put {
    name: Option<String>,
    event_bus_name: Option<String>,
    event_pattern: Option<String>,
    schedule_expression: Option<String>,
    state: Option<String>,
    description: Option<String>,
    role_arn: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

pub(super) fn put(service: &BusService, request: Put) -> Answer {
    let not_empty = |text: Option<String>| text.filter(|text| !text.is_empty());
    let arn = service.put_rule(NewRule {
        name: required(request.name, "name")?,
        bus: request.event_bus_name,
        pattern: not_empty(request.event_pattern),
        schedule: not_empty(request.schedule_expression),
        state: request.state,
        description: request.description,
        role_arn: request.role_arn,
        tags: tags::read(request.tags)?,
        ..NewRule::default()
    })?;
    write(&json!({"RuleArn": arn}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct OfRule {
    name: Option<String>,
    event_bus_name: Option<String>,
    /// Concerns rules that AWS services manage, of which the stage has none.
    #[serde(rename = "Force")]
    _force: Option<bool>,
}

pub(super) fn delete(service: &BusService, request: OfRule) -> Answer {
    let name = required(request.name, "name")?;
    service.change(|state, _| state.delete_rule(request.event_bus_name.as_deref(), &name))?;
    service.keep_schedules()?;
    service.reschedule(false);
    nothing()
}

pub(super) fn describe(service: &BusService, request: OfRule) -> Answer {
    let name = required(request.name, "name")?;
    let state = service.state();
    let rule = state.rule(request.event_bus_name.as_deref(), &name)?;
    write(&ShownRule { created_by: Some(&state.origin().account), ..show(rule) })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ShownRule<'a> {
    name: &'a str,
    arn: &'a str,
    event_bus_name: &'a str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_pattern: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schedule_expression: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_arn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    managed_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<&'a str>,
}

fn show(rule: &Rule) -> ShownRule<'_> {
    ShownRule {
        name: &rule.name,
        arn: &rule.arn,
        event_bus_name: &rule.bus,
        state: rule.state(),
        event_pattern: rule.pattern.as_ref().map(|(text, _)| text.as_str()),
        schedule_expression: rule.schedule.as_ref().map(|(text, _)| text.as_str()),
        description: rule.description.as_deref(),
        role_arn: rule.role_arn.as_deref(),
        managed_by: rule.managed_by,
        created_by: None,
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct List {
    #[serde(default)]
    name_prefix: String,
    event_bus_name: Option<String>,
    limit: Option<u32>,
    next_token: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RuleList<'a> {
    rules: Vec<ShownRule<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

pub(super) fn list(service: &BusService, request: List) -> Answer {
    let state = service.state();
    let rules = state.bus(request.event_bus_name.as_deref())?.rules();
    let rules = rules.filter(|rule| rule.name.starts_with(&request.name_prefix));
    let token = request.next_token.as_deref();
    let (rules, next_token) = page(rules, |rule| &rule.name, request.limit, token)?;
    write(&RuleList { rules: rules.into_iter().map(|rule| show(rule)).collect(), next_token })
}

pub(super) fn enable(service: &BusService, request: OfRule, is_enabled: bool) -> Answer {
    let name = required(request.name, "name")?;
    service.enable(request.event_bus_name.as_deref(), &name, is_enabled)?;
    nothing()
}

impl From<serde_json::Error> for BusError {
    fn from(error: serde_json::Error) -> Self {
        Self::Serialization(error.to_string())
    }
}
