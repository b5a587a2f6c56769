//! Owns the actions on targets. It refuses to judge targets, but for those parts of the protocol
//! that only other kinds of target have: they are named and refused.

use super::{Answer, page, required, write};
use crate::bus::archive::Archive;
use crate::bus::error::BusError;
use crate::bus::path::JsonPath;
use crate::bus::retry::RetryPolicy;
use crate::bus::rule::Target;
use crate::bus::service::BusService;
use crate::bus::transform::{Input, Template};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Put {
    rule: Option<String>,
    event_bus_name: Option<String>,
    targets: Option<Vec<WireTarget>>,
}

/// A target as it is written.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct WireTarget {
    id: String,
    arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input_transformer: Option<WireTransformer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sqs_parameters: Option<WireSqs>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dead_letter_config: Option<WireDeadLetter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_policy: Option<WireRetry>,
    #[serde(flatten, skip_serializing)]
    others: Map<String, Value>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct WireTransformer {
    #[serde(default)]
    input_paths_map: BTreeMap<String, String>,
    input_template: String,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct WireSqs {
    message_group_id: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct WireDeadLetter {
    arn: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct WireRetry {
    maximum_retry_attempts: Option<u32>,
    maximum_event_age_in_seconds: Option<u32>,
}

impl WireTarget {
    fn read(self) -> Result<Target, BusError> {
        if let Some(other) = self.others.keys().next() {
            return Err(BusError::Validation(format!(
                "{other} of target {} is not supported by the local stage.",
                self.id
            )));
        }
        let default = RetryPolicy::default();
        let retry = self.retry_policy.as_ref();
        let retry = RetryPolicy {
            max_retries: retry
                .and_then(|retry| retry.maximum_retry_attempts)
                .unwrap_or(default.max_retries),
            max_age_s: retry
                .and_then(|retry| retry.maximum_event_age_in_seconds)
                .unwrap_or(default.max_age_s),
        };
        let input = read_input(&self.id, self.input, self.input_path, self.input_transformer)?;
        Ok(Target {
            id: self.id,
            arn: self.arn,
            input,
            message_group_id: self.sqs_parameters.and_then(|sqs| sqs.message_group_id),
            event_of: None,
            retry,
            dead_letter_arn: self.dead_letter_config.and_then(|config| config.arn),
            role_arn: self.role_arn,
        })
    }

    /// The target that AWS shows of the rule of an archive, whose events come to it by another way.
    fn of_archive(archive: &Archive) -> Self {
        let region = archive.arn.split(':').nth(3).unwrap_or_default();
        let template = format!(
            r#"{{"archive-arn": "{}", "event": <aws.events.event.json>, "ingestion-time": <aws.events.event.ingestion-time>}}"#,
            archive.arn
        );
        Self {
            id: archive.name.clone(),
            arn: format!("arn:aws:events:{region}:::"),
            role_arn: None,
            input: None,
            input_path: None,
            input_transformer: Some(WireTransformer {
                input_paths_map: BTreeMap::new(),
                input_template: template,
            }),
            sqs_parameters: None,
            dead_letter_config: None,
            retry_policy: None,
            others: Map::new(),
        }
    }

    fn write(target: &Target) -> Self {
        let (mut input, mut input_path, mut input_transformer) = (None, None, None);
        match &target.input {
            Input::Whole => {}
            Input::Constant(text) => input = Some(text.clone()),
            Input::Part(path) => input_path = Some(path.text().to_owned()),
            Input::Template(template) => {
                input_transformer = Some(WireTransformer {
                    input_paths_map: template
                        .paths()
                        .map(|(name, path)| (name.to_owned(), path.to_owned()))
                        .collect(),
                    input_template: template.text().to_owned(),
                });
            }
        }
        let is_default = target.retry == RetryPolicy::default();
        Self {
            id: target.id.clone(),
            arn: target.arn.clone(),
            role_arn: target.role_arn.clone(),
            input,
            input_path,
            input_transformer,
            sqs_parameters: target
                .message_group_id
                .clone()
                .map(|group| WireSqs { message_group_id: Some(group) }),
            dead_letter_config: target
                .dead_letter_arn
                .clone()
                .map(|arn| WireDeadLetter { arn: Some(arn) }),
            retry_policy: (!is_default).then_some(WireRetry {
                maximum_retry_attempts: Some(target.retry.max_retries),
                maximum_event_age_in_seconds: Some(target.retry.max_age_s),
            }),
            others: Map::new(),
        }
    }
}

/// A target as the API shows it.
pub(in crate::bus) fn value(target: &Target) -> Value {
    json!(WireTarget::write(target))
}

/// The target that the API shows so.
///
/// **Errors**: what the stage does not have.
pub(in crate::bus) fn of_value(value: Value) -> Result<Target, BusError> {
    serde_json::from_value::<WireTarget>(value)?.read()
}

fn read_input(
    id: &str,
    constant: Option<String>,
    path: Option<String>,
    transformer: Option<WireTransformer>,
) -> Result<Input, BusError> {
    let refuse = |reason: String| BusError::Validation(format!("Target {id}: {reason}"));
    match (constant, path, transformer) {
        (None, None, None) => Ok(Input::Whole),
        (Some(text), None, None) => match serde_json::from_str::<Value>(&text) {
            Ok(_) => Ok(Input::Constant(text)),
            Err(_) => Err(refuse("Input is not valid JSON".to_owned())),
        },
        (None, Some(path), None) => JsonPath::parse(&path).map(Input::Part).map_err(refuse),
        (None, None, Some(transformer)) => {
            Template::parse(&transformer.input_paths_map, &transformer.input_template)
                .map(Input::Template)
                .map_err(refuse)
        }
        _ => Err(BusError::Validation(format!(
            "Only one of Input, InputPath, or InputTransformer must be provided for target {id}."
        ))),
    }
}

pub(super) fn put(service: &BusService, request: Put) -> Answer {
    let rule = required(request.rule, "rule")?;
    let targets = required(request.targets, "targets")?;
    let targets = targets.into_iter().map(WireTarget::read).collect::<Result<_, _>>()?;
    service.put_targets(request.event_bus_name.as_deref(), &rule, targets)?;
    write(&json!({"FailedEntryCount": 0, "FailedEntries": []}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Remove {
    rule: Option<String>,
    event_bus_name: Option<String>,
    ids: Option<Vec<String>>,
    /// Concerns rules that AWS services manage, of which the stage has none.
    #[serde(rename = "Force")]
    _force: Option<bool>,
}

pub(super) fn remove(service: &BusService, request: Remove) -> Answer {
    let rule = required(request.rule, "rule")?;
    let ids = required(request.ids, "ids")?;
    let bus = request.event_bus_name.as_deref();
    let missing = service.change(|state, _| state.remove_targets(bus, &rule, &ids))?;
    let failed: Vec<Value> = missing
        .iter()
        .map(|id| {
            json!({
                "TargetId": id,
                "ErrorCode": "ResourceNotFoundException",
                "ErrorMessage": format!("Rule {rule} does not have a target with the ID {id}."),
            })
        })
        .collect();
    write(&json!({"FailedEntryCount": failed.len(), "FailedEntries": failed}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct List {
    rule: Option<String>,
    event_bus_name: Option<String>,
    limit: Option<u32>,
    next_token: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TargetList {
    targets: Vec<WireTarget>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

pub(super) fn list(service: &BusService, request: List) -> Answer {
    let name = required(request.rule, "rule")?;
    let state = service.state();
    let rule = state.rule(request.event_bus_name.as_deref(), &name)?;
    let mut targets: Vec<&Target> = rule.targets.iter().map(|target| &**target).collect();
    targets.sort_by(|one, other| one.id.cmp(&other.id));
    let token = request.next_token.as_deref();
    let (targets, next_token) =
        page(targets.into_iter(), |target| &target.id, request.limit, token)?;
    let mut targets: Vec<_> = targets.into_iter().map(WireTarget::write).collect();
    targets.extend(state.archive_of(rule).map(WireTarget::of_archive));
    write(&TargetList { targets, next_token })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Rules {
    target_arn: Option<String>,
    event_bus_name: Option<String>,
    limit: Option<u32>,
    next_token: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RuleNames<'a> {
    rule_names: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

pub(super) fn rules(service: &BusService, request: Rules) -> Answer {
    let arn = required(request.target_arn, "targetArn")?;
    let state = service.state();
    let rules = state.bus(request.event_bus_name.as_deref())?.rules();
    let rules = rules.filter(|rule| rule.targets.iter().any(|target| target.arn == arn));
    let token = request.next_token.as_deref();
    let (rules, next_token) = page(rules, |rule| &rule.name, request.limit, token)?;
    write(&RuleNames {
        rule_names: rules.into_iter().map(|rule| rule.name.as_str()).collect(),
        next_token,
    })
}
