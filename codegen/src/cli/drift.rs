//! `drift`: what runs as a stack, compared with the template of the contracts.
//!
//! Owns the comparison of each resource with what AWS says of it, by its command line, which has the credentials, the region
//! and the caller's endpoint. A finding stands at the line of the contract that declares the resource.

mod api;
mod aws;
mod expected;
mod gateway;
mod kinds;
mod role;
mod same;

use std::collections::BTreeMap;
use std::ffi::OsString;

use anyhow::{Result, bail};
use serde_json::{Value as Json, json};

use super::arguments::Arguments;
use super::report::{CheckReport, count};
use super::{Exit, Folders, tell};
use crate::diag::{Diagnostic, Label, Severity, Sink};
use crate::model::{Existing, KeySchema, StreamView, System, Table};
use crate::source::{SourceMap, Span};
use aws::Stack;
use expected::{Expected, Resource};

/// The arguments of `drift STACK`, which `verify --stage STACK` stands for; none where the stage is `local` or a URL.
pub(super) fn instead_of_verify(given: &[OsString]) -> Option<Vec<OsString>> {
    let at = given.iter().position(|one| {
        one == "--stage" || one.to_str().is_some_and(|one| one.starts_with("--stage="))
    })?;
    let (stage, rest) = match given[at].to_str()?.strip_prefix("--stage=") {
        Some(stage) => (stage, &given[at + 1..]),
        None => (given.get(at + 1)?.to_str()?, &given[at + 2..]),
    };
    let drift = [OsString::from("drift"), stage.into()];
    is_stack(stage).then(|| [&drift, &given[..at], rest].concat())
}

/// Whether a stage is the name of a stack (letters, digits and hyphens).
fn is_stack(stage: &str) -> bool {
    let is_named = stage.starts_with(|first: char| first.is_ascii_alphabetic());
    stage != "local"
        && is_named
        && stage.bytes().all(|one| one.is_ascii_alphanumeric() || one == b'-')
}

/// Compares a stack with the contracts.
pub(super) fn run(
    arguments: &Arguments,
    folders: &Folders,
    sources: SourceMap,
    stack: &str,
) -> Result<Exit> {
    let resolved = crate::resolve(&sources);
    let Some(system) = resolved.system else {
        let mut report = CheckReport::new(sources, &folders.out_name).located(&folders.spec);
        report.diagnostics = resolved.diagnostics;
        tell(arguments, &report)?;
        return Ok(Exit::Refused);
    };
    let stack = Stack::named(stack)?;
    let template = crate::emit::template(&system);
    let resources = Expected::of(&template, &stack).resources();
    let places = Places::of(&sources, &system, &resources);
    let mut drift = Drift { stack: &stack, places, found: Vec::new(), n_compared: 0 };
    drift.compare(&system, &resources)?;
    if drift.n_compared == 0 {
        bail!("the contracts describe no deployable resource");
    }
    let (found, n_compared) = (drift.found, drift.n_compared);
    let mut report = CheckReport::new(sources, &folders.out_name).located(&folders.spec);
    report.done.push(format!(
        "compared {} of the stack {}",
        count(n_compared, "resource"),
        stack.name
    ));
    report.diagnostics = found;
    tell(arguments, &report)?;
    Ok(if report.is_refused() { Exit::Refused } else { Exit::Clean })
}

/// Where the contracts declare resources.
struct Places {
    by_id: BTreeMap<String, Span>,
    /// For a resource that belongs to no place.
    any: Span,
}

impl Places {
    fn of(sources: &SourceMap, system: &System, resources: &[Resource]) -> Self {
        let sink = Sink::default();
        let mut trees = BTreeMap::new();
        for (id, file) in sources.files() {
            if let Some(tree) = crate::parse::yaml::parse(id, &file.text, &sink) {
                trees.insert(file.path.as_str(), tree);
            }
        }
        let span = |source: &str| {
            let (path, pointer) = source.split_once('#')?;
            trees.get(path)?.pointer(pointer).map(|node| node.span)
        };
        let named = |one: &Resource| Some((one.id.clone(), span(one.source.as_deref()?)?));
        let first = system.services.first().map(|service| service.origin.span);
        Self { by_id: resources.iter().filter_map(named).collect(), any: first.unwrap_or_default() }
    }

    /// The place of a resource, or of the one that it belongs to: a function's role is named after the function.
    fn place(&self, id: &str) -> Span {
        let owners = self.by_id.iter().filter(|(owner, _)| id.starts_with(owner.as_str()));
        owners.max_by_key(|(owner, _)| owner.len()).map_or(self.any, |(_, span)| *span)
    }
}

/// What was found so far.
struct Drift<'a> {
    stack: &'a Stack,
    places: Places,
    found: Vec<Diagnostic>,
    n_compared: usize,
}

impl Drift<'_> {
    fn compare(&mut self, system: &System, resources: &[Resource]) -> Result<()> {
        let stack = self.stack;
        let lives = aws::each(resources, |one| match stack.made(&one.id) {
            Some(name) => kinds::live(stack, &one.kind, name, &one.properties),
            None => Ok(None),
        })?;
        for (resource, live) in resources.iter().zip(lives) {
            self.resource(resource, live);
        }
        for (id, kind) in self.stack.resources() {
            if !resources.iter().any(|resource| resource.id == id) {
                let message = format!("the stack has {id} ({kind}), which is not in the contracts");
                self.add(message, self.places.place(id));
            }
        }
        let tables = system.services.iter().flat_map(|service| &service.tables);
        tables
            .into_iter()
            .try_for_each(|table| self.existing(table, system.stream_view(&table.name)))?;
        let operations = system.services.iter().flat_map(|service| &service.operations);
        let body = resources.iter().find(|one| one.kind == "AWS::ApiGateway::RestApi");
        let body = body.map_or(&Json::Null, |api| &api.properties["Body"]);
        self.api(&operations.collect::<Vec<_>>(), body)
    }

    /// One resource of the template.
    fn resource(&mut self, resource: &Resource, live: Option<Json>) {
        let span = self.places.place(&resource.id);
        let what = words(resource, &self.stack.name);
        self.n_compared += 1;
        let Some(live) = live else {
            return self.add(format!("{what} does not exist in the stack"), span);
        };
        if resource.kind == "AWS::IAM::Role" {
            return self.role(&what, &live, &resource.properties, span);
        }
        for (property, usual) in kinds::compared(&resource.kind) {
            let usual: Json = serde_json::from_str(usual).unwrap_or_default();
            let expected = resource.properties.get(*property).unwrap_or(&usual);
            let document = kinds::document(property, expected);
            let expected = document.as_ref().unwrap_or(expected);
            let differences = match *property {
                "EventPattern" | "Environment" => same::differences_and_more,
                _ => same::differences,
            };
            for (at, live, expected) in differences(&live[*property], expected) {
                let (live, expected) = (plain(&live), plain(&expected));
                self.add(
                    format!("{what} has {property}{at} {live}, but the contract says {expected}"),
                    span,
                );
            }
        }
    }

    /// A table that the stack uses and did not make.
    fn existing(&mut self, table: &Table, view: Option<StreamView>) -> Result<()> {
        let name = match &table.existing {
            Some(Existing::Named) => {
                let name = crate::emit::table_parameter(table);
                self.stack.parameter(&name).unwrap_or_else(|| table.name.wire.clone())
            }
            Some(Existing::Arn(arn)) => arn.clone(),
            // Which name another stack exports, that stack knows.
            Some(Existing::Import(_)) | None => return Ok(()),
        };
        let (what, span) = (format!("the table `{}`", table.name.wire), table.origin.span);
        self.n_compared += 1;
        let Some(live) = kinds::live(self.stack, "AWS::DynamoDB::Table", &name, &Json::Null)?
        else {
            self.add(format!("{what} does not exist"), span);
            return Ok(());
        };
        self.same(&what, &live["KeySchema"], &key(&table.key), span);
        if let Some(view) = view {
            let has = &live["StreamSpecification"]["StreamViewType"];
            let known = StreamView::ALL.iter().find(|(name, _)| has == name);
            // The stream of a table of others may have more.
            if known.is_none_or(|(_, known)| known.with(view) != *known) {
                let (has, asked) = (plain(has), view.name());
                self.add(
                    format!("{what} has the stream {has}, but the contract says {asked}"),
                    span,
                );
            }
        }
        for index in &table.indexes {
            let kind = if index.local { "LocalSecondaryIndexes" } else { "GlobalSecondaryIndexes" };
            let found =
                kinds::list(&live[kind]).find(|one| one["IndexName"] == index.name.wire.as_str());
            let what = format!("the index `{}` of {what}", index.name.wire);
            match found {
                Some(found) => {
                    self.same(&what, &found["KeySchema"], &key(&index.key), index.origin.span);
                }
                None => self.add(format!("{what} does not exist"), index.origin.span),
            }
        }
        Ok(())
    }

    fn same(&mut self, what: &str, live: &Json, expected: &Json, span: Span) {
        if live != expected {
            self.add(
                format!("{what} has KeySchema {live}, but the contract says {expected}"),
                span,
            );
        }
    }

    fn add(&mut self, message: String, span: Span) {
        self.found.push(Diagnostic {
            code: "drift",
            severity: Severity::Error,
            message,
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            help: vec![
                "deploy the contracts again, or add the manual change to the contracts".to_owned(),
            ],
            fix: None,
        });
    }
}

/// What people call a resource.
fn words(resource: &Resource, stack: &str) -> String {
    let kind = match resource.kind.as_str() {
        "AWS::SQS::Queue" => "queue",
        "AWS::DynamoDB::Table" => "table",
        "AWS::Events::Rule" => "EventBridge rule",
        "AWS::Events::EventBus" => "event bus",
        "AWS::Lambda::Function" => "function",
        "AWS::Lambda::EventSourceMapping" => "event source mapping",
        "AWS::CloudWatch::Alarm" => "alarm",
        "AWS::Logs::LogGroup" => "log group",
        "AWS::IAM::Role" => "role",
        "AWS::ApiGateway::UsagePlan" => "usage plan",
        "AWS::ApiGateway::ApiKey" => "API key",
        "AWS::ApiGateway::Stage" => "stage",
        other => return format!("{} ({other})", resource.id),
    };
    const NAMES: [&str; 6] =
        ["QueueName", "TableName", "FunctionName", "AlarmName", "StageName", "Name"];
    let own = NAMES.iter().find_map(|key| resource.properties[*key].as_str());
    let own = own.map(|name| name.strip_prefix(&format!("{stack}-")).unwrap_or(name));
    format!("the {kind} `{}`", own.unwrap_or(&resource.id))
}

fn plain(value: &Json) -> String {
    match value {
        Json::Null => "nothing".to_owned(),
        Json::String(text) if text.is_empty() => "nothing".to_owned(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn key(key: &KeySchema) -> Json {
    key.roles().map(|(name, role)| json!({ "AttributeName": name, "KeyType": role })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_is_compared_instead() {
        let instead = |given: &[&str]| {
            let given: Vec<OsString> = given.iter().map(OsString::from).collect();
            let drift = instead_of_verify(&given)?;
            let words = drift.iter().map(|word| word.to_string_lossy().into_owned());
            Some(words.collect::<Vec<_>>().join(" "))
        };
        let drift = Some("drift shop --spec verify".to_owned());
        assert_eq!(instead(&["--spec", "verify", "--stage", "shop"]), drift);
        assert_eq!(instead(&["--stage=shop", "--spec", "verify"]), drift);
        for given in [&["--stage", "local"][..], &["--stage=http://a"], &["--stage"], &["shop"]] {
            assert_eq!(instead(given), None, "{given:?}");
        }
    }
}
