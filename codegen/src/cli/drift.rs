//! `drift`: what runs as a stack, compared with what the contracts say.
//!
//! Owns the questions to AWS, asked by its command line: queues, rules, tables, functions with their roles, and routes,
//! by their physical names. What the template leaves to parameters (memory, architecture, logs) is not compared, nor are
//! alarms.
//! A finding stands at the line of the contract.

mod aws;
mod role;

use anyhow::{Result, bail};
use serde_json::{Value as Json, json};

use super::arguments::Arguments;
use super::report::Report;
use super::{Folders, Outcome, tell};
use crate::diag::{Diagnostic, Label, Severity};
use crate::model::{
    Delivery, Existing, Function, KeySchema, Operation, Queue, Receive, Rule, RuleTrigger, Service,
    StreamView, System, Table,
};
use crate::source::{SourceMap, Span};
use aws::Stack;

/// Compares a stack with the contracts.
pub(super) fn run(
    arguments: &Arguments,
    folders: &Folders,
    sources: SourceMap,
    stack: &str,
) -> Result<Outcome> {
    let resolved = crate::resolve(&sources);
    let mut report = Report::new(sources, &folders.out_name).located(&folders.spec);
    let Some(system) = resolved.system else {
        report.diagnostics = resolved.diagnostics;
        tell(arguments, &report)?;
        return Ok(Outcome::Refused);
    };
    let stack = Stack::named(stack)?;
    let mut drift = Drift { stack: &stack, found: Vec::new(), n_compared: 0 };
    drift.compare(&system)?;
    if drift.n_compared == 0 {
        bail!("the contracts describe no deployable resource");
    }
    report
        .done
        .push(format!("compared {} resources of the stack {}", drift.n_compared, stack.name));
    report.diagnostics = drift.found;
    tell(arguments, &report)?;
    Ok(if report.is_refused() { Outcome::Refused } else { Outcome::Clean })
}

/// What was found so far.
struct Drift<'a> {
    stack: &'a Stack,
    found: Vec<Diagnostic>,
    n_compared: usize,
}

impl Drift<'_> {
    fn compare(&mut self, system: &System) -> Result<()> {
        for service in &system.services {
            for table in &service.tables {
                self.table(table, system.stream_view(&table.name))?;
            }
            service
                .functions
                .iter()
                .try_for_each(|function| self.function(system, service, function))?;
            service.receives.iter().try_for_each(|receive| self.receive(receive))?;
        }
        let operations = system.services.iter().flat_map(|service| &service.operations);
        self.routes(&operations.collect::<Vec<_>>())
    }

    fn table(&mut self, table: &Table, view: Option<StreamView>) -> Result<()> {
        let name = match &table.existing {
            None => self.stack.physical(&table.name.wire),
            Some(Existing::Named) => {
                let name = crate::emit::table_parameter(table);
                self.stack.parameter(&name).unwrap_or_else(|| table.name.wire.clone())
            }
            Some(Existing::Arn(arn)) => arn.clone(),
            // Which name another stack exports, that stack knows.
            Some(Existing::Import(_)) => return Ok(()),
        };
        let what = format!("the table `{}`", table.name.wire);
        let live = self.stack.ask(&["dynamodb", "describe-table", "--table-name", &name])?;
        let Some(live) = self.there(live, &what, table.origin.span) else { return Ok(()) };
        let live = &live["Table"];
        self.same(&what, "key", &live["KeySchema"], &key(&table.key), table.origin.span);
        if let Some(view) = view {
            let has = &live["StreamSpecification"]["StreamViewType"];
            let known = StreamView::ALL.iter().find(|(name, _)| has == name);
            // The stream of a table of others may have more.
            let is_enough = table.existing.is_some()
                && known.is_some_and(|(_, known)| known.with(view) == *known);
            if !is_enough {
                self.same(&what, "stream", has, &json!(view.name()), table.origin.span);
            }
        }
        for index in &table.indexes {
            let kind = if index.local { "LocalSecondaryIndexes" } else { "GlobalSecondaryIndexes" };
            let all = live[kind].as_array().into_iter().flatten();
            let found = all.clone().find(|one| one["IndexName"] == index.name.wire.as_str());
            let what = format!("the index `{}` of {what}", index.name.wire);
            match found {
                Some(found) => {
                    self.same(
                        &what,
                        "key",
                        &found["KeySchema"],
                        &key(&index.key),
                        index.origin.span,
                    );
                }
                None => self.add(format!("{what} does not exist in the stack"), index.origin.span),
            }
        }
        Ok(())
    }

    fn function(&mut self, system: &System, service: &Service, function: &Function) -> Result<()> {
        let name = self.stack.physical(&function.name.wire);
        let what = format!("the function `{}`", function.name.wire);
        let ask = ["lambda", "get-function-configuration", "--function-name", &name];
        let live = self.stack.ask(&ask)?;
        let Some(live) = self.there(live, &what, function.origin.span) else { return Ok(()) };
        let timeout = json!(function.settings.timeout_seconds);
        self.same(&what, "timeout", &live["Timeout"], &timeout, function.origin.span);
        let role = live["Role"].as_str().unwrap_or_default();
        let role = role.rsplit('/').next().unwrap_or_default();
        let expected = crate::emit::permissions(system, service, function);
        self.role(&what, role, &expected, function.origin.span)
    }

    fn receive(&mut self, receive: &Receive) -> Result<()> {
        if let Some(rule) = receive.delivery.rule() {
            self.rule(rule, receive.origin.span)?;
            rule.dead_letter.iter().try_for_each(|queue| self.queue(queue))?;
        }
        match &receive.delivery {
            Delivery::Queue(delivery) => {
                self.queue(&delivery.queue)?;
                delivery.dead_letter.iter().try_for_each(|queue| self.queue(queue))
            }
            Delivery::Direct(delivery) => {
                delivery.on_failure.iter().try_for_each(|queue| self.queue(queue))
            }
            Delivery::Stream(delivery) => {
                delivery.on_failure.iter().try_for_each(|queue| self.queue(queue))
            }
        }
    }

    fn rule(&mut self, rule: &Rule, span: Span) -> Result<()> {
        let what = format!("the EventBridge rule `{}`", rule.name.wire);
        let bus = match rule.bus.as_str() {
            "default" => "default".to_owned(),
            own => self.stack.physical(own),
        };
        let name = self.stack.physical(&rule.name.wire);
        let named = ["--name", &name, "--event-bus-name", &bus];
        let live = self.stack.ask(&[&["events", "describe-rule"], &named[..]].concat())?;
        let Some(live) = self.there(live, &what, span) else { return Ok(()) };
        self.same(&what, "state", &live["State"], &json!("ENABLED"), span);
        match &rule.trigger {
            RuleTrigger::Pattern(pattern) => {
                let text = live["EventPattern"].as_str().unwrap_or_default();
                let runs = serde_json::from_str(text).unwrap_or(Json::Null);
                self.same(&what, "pattern", &runs, pattern, span);
            }
            RuleTrigger::Schedule(schedule) => {
                let expected = json!(schedule.expression);
                self.same(&what, "schedule", &live["ScheduleExpression"], &expected, span);
            }
        }
        let named = ["--rule", &name, "--event-bus-name", &bus];
        let targets =
            self.stack.ask(&[&["events", "list-targets-by-rule"], &named[..]].concat())?;
        let n_targets =
            targets.as_ref().and_then(|found| found["Targets"].as_array()).map_or(0, Vec::len);
        if n_targets == 0 {
            self.add(format!("{what} has no target"), span);
        }
        Ok(())
    }

    fn queue(&mut self, queue: &Queue) -> Result<()> {
        let what = format!("the queue `{}`", queue.name.wire);
        let name = self.stack.physical(&queue.name.wire);
        let span = queue.origin.span;
        let url = self.stack.ask(&["sqs", "get-queue-url", "--queue-name", &name])?;
        let Some(url) = self.there(url, &what, span) else { return Ok(()) };
        let url = url["QueueUrl"].as_str().unwrap_or_default();
        let ask = ["sqs", "get-queue-attributes", "--queue-url", url, "--attribute-names", "All"];
        let live = self.stack.ask(&ask)?.unwrap_or_default();
        for (attribute, key, expected) in [
            ("VisibilityTimeout", "visibilityTimeout", queue.visibility_timeout_seconds),
            ("MessageRetentionPeriod", "messageRetentionPeriod", queue.retention_seconds),
            ("DelaySeconds", "deliveryDelay", queue.delay_seconds),
            ("ReceiveMessageWaitTimeSeconds", "receiveMessageWaitTime", queue.receive_wait_seconds),
        ] {
            let expected = json!(expected.to_string());
            self.same(&what, key, &live["Attributes"][attribute], &expected, span);
        }
        Ok(())
    }

    /// The routes of the API both ways, as far as paths have a resource of the same form.
    fn routes(&mut self, operations: &[&Operation]) -> Result<()> {
        let Some(first) = operations.first() else { return Ok(()) };
        let apis = self.stack.ask(&["apigateway", "get-rest-apis"])?.unwrap_or_default();
        let own = |api: &&Json| api["name"] == self.stack.name.as_str();
        let api = apis["items"].as_array().into_iter().flatten().find(own);
        let Some(id) = api.and_then(|api| api["id"].as_str()) else {
            self.add("the API does not exist in the stack".to_owned(), first.origin.span);
            return Ok(());
        };
        let resources = self.stack.ask(&["apigateway", "get-resources", "--rest-api-id", id])?;
        let resources = resources.unwrap_or_default();
        let mut live = Vec::new();
        for resource in resources["items"].as_array().into_iter().flatten() {
            let path = shape(resource["path"].as_str().unwrap_or_default());
            let methods = resource["resourceMethods"].as_object().into_iter().flatten();
            live.extend(methods.map(|(method, _)| format!("{method} {path}")));
        }
        self.n_compared += 1;
        let plain = operations.iter().filter(|one| is_plain(&one.path.text));
        for operation in plain.clone() {
            let route = format!("{} {}", operation.method.as_str(), shape(&operation.path.text));
            if !live.contains(&route) {
                let message = format!("the API has no route for `{}`", operation.id.wire);
                self.add(message, operation.origin.span);
            }
        }
        if plain.count() < operations.len() {
            // Paths that the gateway has no name for lie under resources of another form.
            return Ok(());
        }
        let expected: Vec<_> = operations
            .iter()
            .map(|one| format!("{} {}", one.method.as_str(), shape(&one.path.text)))
            .collect();
        for route in live.iter().filter(|route| !expected.contains(route)) {
            // Whoever may read may ask with `HEAD`, which the template has beside `GET` where callers are checked.
            let is_head = route
                .strip_prefix("HEAD ")
                .is_some_and(|path| expected.contains(&format!("GET {path}")));
            if !is_head && !route.starts_with("ANY ") && !route.starts_with("OPTIONS ") {
                let message =
                    format!("the API has the route `{route}`, which is not in the contracts");
                self.add(message, first.origin.span);
            }
        }
        Ok(())
    }

    /// What was asked for, if it is there.
    fn there(&mut self, live: Option<Json>, what: &str, span: Span) -> Option<Json> {
        self.n_compared += 1;
        if live.is_none() {
            self.add(format!("{what} does not exist in the stack"), span);
        }
        live
    }

    fn same(&mut self, what: &str, key: &str, live: &Json, expected: &Json, span: Span) {
        if live != expected {
            let plain =
                |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let (live, expected) = (plain(live), plain(expected));
            self.add(format!("{what} has {key} {live}, but the contract says {expected}"), span);
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

fn key(key: &KeySchema) -> Json {
    key.roles().map(|(name, role)| json!({ "AttributeName": name, "KeyType": role })).collect()
}

/// A path without the names of its parameters, which API Gateway may have from another path.
fn shape(path: &str) -> String {
    let step = |step: &str| if step.starts_with('{') { "{}".to_owned() } else { step.to_owned() };
    path.split('/').map(step).collect::<Vec<_>>().join("/")
}

/// Whether each segment is text or a parameter as a whole.
fn is_plain(path: &str) -> bool {
    let whole = |step: &str| {
        !step.contains(['{', '}'])
            || (step.starts_with('{') && step.find('}') == Some(step.len() - 1))
    };
    path.split('/').skip(1).all(|step| !step.is_empty() && whole(step))
}
