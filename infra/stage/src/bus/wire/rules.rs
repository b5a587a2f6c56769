//! Owns the actions on buses and rules. It refuses to judge either itself.

use super::{Answer, nothing, page, required, write};
use crate::bus::error::BusError;
use crate::bus::rule::{NewRule, Rule};
use crate::bus::service::BusService;
use crate::bus::state::Bus;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct CreateBus {
    name: Option<String>,
    description: Option<String>,
    /// Tags are taken and forgotten: nothing on the stage reads them.
    #[serde(rename = "Tags")]
    _tags: Option<Value>,
}

pub(super) fn create_bus(service: &BusService, request: CreateBus) -> Answer {
    let arn = service.create_bus(&required(request.name, "name")?, request.description)?;
    write(&json!({"EventBusArn": arn}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct OfBus {
    name: Option<String>,
}

pub(super) fn delete_bus(service: &BusService, request: OfBus) -> Answer {
    let name = required(request.name, "name")?;
    service.change(|state, _| state.delete_bus(&name))?;
    nothing()
}

pub(super) fn describe_bus(service: &BusService, request: OfBus) -> Answer {
    write(&show_bus(service.state().bus(request.name.as_deref())?))
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ShownBus<'a> {
    name: &'a str,
    arn: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    creation_time: f64,
    last_modified_time: f64,
}

fn show_bus(bus: &Bus) -> ShownBus<'_> {
    let created_s = bus.created_ms as f64 / 1_000.0;
    ShownBus {
        name: &bus.name,
        arn: &bus.arn,
        description: bus.description.as_deref(),
        creation_time: created_s,
        last_modified_time: created_s,
    }
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
struct BusList<'a> {
    event_buses: Vec<ShownBus<'a>>,
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
    /// Tags are taken and forgotten: nothing on the stage reads them.
    #[serde(rename = "Tags")]
    _tags: Option<Value>,
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
    service.reschedule(false);
    nothing()
}

pub(super) fn describe(service: &BusService, request: OfRule) -> Answer {
    let name = required(request.name, "name")?;
    let state = service.state();
    let rule = state.rule(request.event_bus_name.as_deref(), &name)?;
    write(&show(rule))
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
