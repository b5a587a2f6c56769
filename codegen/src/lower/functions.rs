//! Functions: one for the REST interface of a service, and one for each `receive` operation.

use super::bindings::united;
use super::events::delivery::bounded;
use super::{Scope, names};
use crate::diag::catalog::events as fault;
use crate::model::{
    Architecture, Function, FunctionSettings, Name, Operation, Origin, Receive, Statement, Trigger,
    Variable, VariableValue,
};
use crate::parse::{Node, Value};
use crate::source::Span;

/// What a function is made of.
pub(crate) struct Declared<'a> {
    /// `x-lambda`, where it stands.
    pub(crate) lambda: Option<&'a Node>,
    pub(crate) origin: Origin,
}

/// The function of the REST interface.
pub(crate) fn api_function(
    scope: Scope<'_>,
    service: &Name,
    declared: Declared<'_>,
    operations: &[Operation],
) -> Option<Function> {
    let fits = declared.lambda.is_none_or(|lambda| fits_api(scope, lambda));
    let name = function_name(scope, declared.lambda, &service.kebab, declared.origin.span);
    let settings = settings(scope, declared.lambda);
    if !fits {
        return None;
    }
    let mut publishes: Vec<usize> =
        operations.iter().flat_map(|o| o.publishes.iter().copied()).collect();
    publishes.sort_unstable();
    publishes.dedup();
    Some(Function {
        name: name?,
        trigger: Trigger::Api,
        settings: settings?,
        access: united(operations.iter().flat_map(|operation| operation.access.iter().cloned())),
        publishes,
        origin: declared.origin,
    })
}

/// Whether the settings are ones that a function behind the API can have.
fn fits_api(scope: Scope<'_>, lambda: &Node) -> bool {
    let mut sound = true;
    for key in ["onFailure", "maximumRetryAttempts", "maximumEventAgeInSeconds"] {
        if let Some(entry) = lambda.entry(key) {
            scope.sink.report(fault::not_for_api(entry.named()));
            sound = false;
        }
    }
    if let Some(node) = lambda
        .get("timeout")
        .filter(|node| node.count().is_some_and(|n| n * 1000 > limits::API_TIMEOUT_MS.into()))
    {
        scope.sink.report(fault::timeout_behind_api(node.span, node.count().unwrap_or_default()));
        sound = false;
    }
    sound
}

/// The function of a `receive` operation.
pub(crate) fn receive_function(
    scope: Scope<'_>,
    service: &Name,
    lambda: Option<&Node>,
    index: usize,
    receive: &Receive,
) -> Option<Function> {
    let default_name = format!("{}-{}", service.kebab, receive.id.kebab);
    let default_name = super::names::bounded(&default_name, 48);
    let name = function_name(scope, lambda, &default_name, receive.origin.span);
    let settings = settings(scope, lambda);
    Some(Function {
        name: name?,
        trigger: Trigger::Receive(index),
        settings: settings?,
        access: receive.access.clone(),
        publishes: receive.publishes.clone(),
        origin: receive.origin.clone(),
    })
}

fn function_name(
    scope: Scope<'_>,
    lambda: Option<&Node>,
    default: &str,
    place: Span,
) -> Option<Name> {
    let named = lambda.and_then(|lambda| lambda.get("name"));
    let name = named.and_then(Node::text).unwrap_or(default);
    let legal = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    // The stage's prefix takes its share of Lambda's 64 characters.
    if !name.starts_with(|char: char| char.is_ascii_lowercase())
        || name.len() > 56
        || !name.chars().all(legal)
    {
        scope.sink.report(fault::bad_function_name(named.map_or(place, |node| node.span), name));
        return None;
    }
    Some(names::name(name))
}

/// The sizes that `x-lambda` asks for, with the defaults filled in.
pub(crate) fn settings(scope: Scope<'_>, lambda: Option<&Node>) -> Option<FunctionSettings> {
    let Some(lambda) = lambda else {
        return Some(FunctionSettings {
            memory_mib: 256,
            timeout_seconds: 10,
            reserved_concurrency: None,
            architecture: Architecture::Arm64,
            environment: vec![],
            statements: vec![],
        });
    };
    if scope.docs.failed(lambda) {
        return None;
    }
    let x86 = lambda.text_at("architecture") == Some("x86_64");
    let reserved_concurrency = match lambda.get("reservedConcurrency") {
        Some(_) => bounded(scope, lambda, "reservedConcurrency", 0, 0, 100_000).map(Some),
        None => Some(None),
    };
    let memory_mib =
        bounded(scope, lambda, "memory", 256, limits::LAMBDA_MEMORY_LEAST, limits::LAMBDA_MEMORY);
    let timeout_seconds = bounded(scope, lambda, "timeout", 10, 1, limits::LAMBDA_TIMEOUT);
    let (environment, statements) = (environment(scope, lambda), statements(scope, lambda));
    Some(FunctionSettings {
        memory_mib: memory_mib?,
        timeout_seconds: timeout_seconds?,
        reserved_concurrency: reserved_concurrency?,
        architecture: if x86 { Architecture::X86_64 } else { Architecture::Arm64 },
        environment: environment?,
        statements: statements?,
    })
}

/// What Lambda sets itself, and what generated functions are told.
const TAKEN: &[&str] = &["METRICS_NAMESPACE", "LOG_LEVEL", "TZ", "PATH", "LANG", "LD_LIBRARY_PATH"];

/// Variables of the environment that the contract gives.
fn environment(scope: Scope<'_>, lambda: &Node) -> Option<Vec<Variable>> {
    let mut sound = true;
    let mut variables = vec![];
    for entry in lambda.get("environment").into_iter().flat_map(Node::entries) {
        let name = entry.key.as_str();
        let is_legal = name.len() >= 2
            && name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let is_taken = TAKEN.contains(&name)
            || ["AWS_", "LAMBDA_"].iter().any(|prefix| name.starts_with(prefix))
            || ["_TABLE", "_BUS"].iter().any(|ending| name.ends_with(ending));
        if scope.docs.failed(&entry.value) {
            sound = false;
            continue;
        }
        let given = |value: &Value| match value {
            Value::Text(text) | Value::Number(text) => Some(text.clone()),
            Value::Flag(flag) => Some(flag.to_string()),
            _ => None,
        };
        let value = match (&entry.value.value, entry.value.get("default")) {
            (Value::Map(_), None) => Some(VariableValue::Stage(None)),
            (Value::Map(_), Some(default)) => {
                given(&default.value).map(|text| VariableValue::Stage(Some(text)))
            }
            (value, _) => given(value).map(VariableValue::Text),
        };
        let text = match &value {
            Some(VariableValue::Text(text)) => text.as_str(),
            _ => "",
        };
        let report = match &value {
            _ if !is_legal => fault::bad_variable(entry.key_span, name),
            _ if is_taken => fault::variable_taken(entry.key_span, name),
            None => fault::variable_no_text(entry.value.span, name),
            Some(value) => match unknown_parameter(text) {
                Some(parameter) => fault::unknown_pseudo(entry.value.span, parameter),
                None => {
                    let (name, value) = (name.to_owned(), value.clone());
                    let origin = scope.origin(entry.key_span);
                    variables.push(Variable { name, value, origin });
                    continue;
                }
            },
        };
        scope.sink.report(report);
        sound = false;
    }
    sound.then_some(variables)
}

/// The parameters that every template has.
const PSEUDO: &[&str] = &["AccountId", "Partition", "Region", "StackId", "StackName", "URLSuffix"];

/// The first `${…}` that is no pseudo parameter of CloudFormation.
fn unknown_parameter(text: &str) -> Option<&str> {
    let named = text.split("${").skip(1).map(|rest| rest.split('}').next().unwrap_or(rest));
    let is_known =
        |name: &str| name.strip_prefix("AWS::").is_some_and(|name| PSEUDO.contains(&name));
    named.into_iter().find(|name| !is_known(name))
}

/// Permissions that the contract asks for, each with its reason.
fn statements(scope: Scope<'_>, lambda: &Node) -> Option<Vec<Statement>> {
    let mut sound = true;
    let mut statements = vec![];
    for node in lambda.get("statements").into_iter().flat_map(Node::items) {
        if scope.docs.failed(node) {
            sound = false;
            continue;
        }
        let texts = |key: &str| node.get(key).into_iter().flat_map(Node::items);
        for action in texts("actions") {
            let name = action.text().unwrap_or_default();
            let is_action = name.split_once(':').is_some_and(|(service, action)| {
                let plain =
                    |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
                plain(service) && !service.is_empty() && plain(action) && !action.is_empty()
            });
            if !is_action {
                scope.sink.report(fault::bad_action(action.span, name));
                sound = false;
            }
        }
        for resource in texts("resources") {
            let name = resource.text().unwrap_or_default();
            if let Some(parameter) = unknown_parameter(name) {
                scope.sink.report(fault::unknown_pseudo(resource.span, parameter));
                sound = false;
            } else if name != "*" && !name.starts_with("arn:") {
                scope.sink.report(fault::bad_arn(resource.span, name));
                sound = false;
            }
        }
        let list = |key: &str| -> Vec<String> {
            texts(key).filter_map(Node::text).map(str::to_owned).collect()
        };
        let reason = node.text_at("reason").unwrap_or_default().to_owned();
        let (actions, resources) = (list("actions"), list("resources"));
        if actions.is_empty() || resources.is_empty() || reason.trim().is_empty() {
            scope.sink.report(fault::empty_statement(node.span));
            sound = false;
        }
        statements.push(Statement { actions, resources, reason });
    }
    sound.then_some(statements)
}
