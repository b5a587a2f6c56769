//! What things of workflows are called in Rust.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::system::used_messages;
use crate::emit::rust::ident;
use crate::model::{MessageReference, Operation, Service, Step, System, Workflow};

/// Modules and crates that no module of a workflow can be called like.
const TAKEN: [&str; 8] =
    ["client", "core", "harness", "lib", "main", "serde_json", "std", "system"];

/// Crates and modules that modules of workflows know by name.
const SERVICES: [&str; 3] = ["expect", "harness", "serde_json"];

/// What modules of workflows import from `harness::criteria`, as far as they use it.
pub(super) const CRITERIA: [&str; 23] = [
    "Pattern",
    "Query",
    "at",
    "check",
    "check_pattern",
    "check_query",
    "compared",
    "equal",
    "file_of",
    "files_of",
    "finds",
    "instant",
    "is_true",
    "matches",
    "named",
    "number",
    "or_default",
    "path_part",
    "replace",
    "sight",
    "text",
    "things",
    "typed_form",
];

/// Further words of such a module that no step can be called like: functions, and what they bind before they call one.
const LOCAL: [&str; 24] = [
    "again", "answer", "attempt", "body", "call", "cause", "criteria", "debt", "done", "expected",
    "failed", "holds", "message", "next", "outputs", "payload", "received", "request", "run",
    "state", "tries", "typed", "url", "visit",
];

/// A name unlike those that are taken. Names that differ stay different: one that has the suffix already, behind a name
/// that is taken, gets it once more.
fn apart(name: &str, suffix: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut bare = name;
    while let Some(shorter) = bare.strip_suffix(suffix) {
        bare = shorter;
    }
    if is_taken(bare) { format!("{name}{suffix}") } else { name.to_owned() }
}

/// The module of a workflow.
pub(super) fn module(workflow: &Workflow) -> String {
    apart(&workflow.id.snake, "_workflow", |name| TAKEN.contains(&name))
}

/// The file of that module, without its ending.
pub(super) fn file(workflow: &Workflow) -> String {
    module(workflow).trim_start_matches("r#").to_owned()
}

/// `CHECKOUT`
pub(super) fn constant(workflow: &Workflow) -> Ident {
    // Promises of steps are beside it.
    let is_taken = |name: &str| name == "SYSTEM" || name.ends_with("_PROMISE");
    ident(&apart(&workflow.id.screaming, "_WORKFLOW", is_taken))
}

/// The module of a service's calls, as modules of workflows import it.
pub(super) fn service(service: &Service) -> String {
    apart(&service.name.snake, "_service", |name| SERVICES.contains(&name))
}

/// The import of that module from the client.
pub(super) fn service_import(of: &Service) -> TokenStream {
    let (own, name) = (ident(&of.name.snake), ident(&service(of)));
    if own == name { quote!(#own) } else { quote!(#own as #name) }
}

/// What a workflow is about, in one line.
pub(super) fn summary(workflow: &Workflow) -> String {
    workflow.docs.summary.clone().unwrap_or_else(|| format!("The workflow `{}`.", workflow.id.wire))
}

/// What the system is called in reports: the title of its only service, or else the services.
pub(super) fn system(system: &System) -> String {
    let names: Vec<&str> = system.services.iter().map(|one| one.name.wire.as_str()).collect();
    names.join(", ")
}

/// The id of an operation in reports.
pub(super) fn operation_id(system: &System, service: &Service, operation: &Operation) -> String {
    match is_elsewhere(system, service, operation) {
        false => operation.id.wire.clone(),
        true => format!("{}.{}", service.name.wire, operation.id.wire),
    }
}

/// Whether another service has an operation of the same name.
pub(super) fn is_elsewhere(system: &System, service: &Service, operation: &Operation) -> bool {
    let is_same = |one: &Operation| one.id.screaming == operation.id.screaming;
    let has = |other: &Service| other.operations.iter().any(is_same);
    system.services.iter().filter(|other| other.name != service.name).any(has)
}

/// The id of a message in reports: its name, with the service before it where another event is called the same, and a
/// number behind it where that tells too little.
pub(super) fn channel_id(system: &System, message: MessageReference) -> String {
    let (service, own) = message.of(&system.services);
    let name = &own.name.wire;
    let event = |one: &MessageReference| {
        let found = one.of(&system.services).1;
        (found.source.as_ref(), &found.detail_type, found.version)
    };
    let alike: Vec<MessageReference> = used_messages(system)
        .into_iter()
        .filter(|one| one.of(&system.services).1.name.wire == *name)
        .collect();
    if alike.iter().all(|one| event(one) == event(&message)) {
        return name.clone();
    }
    let of_service: BTreeSet<_> = alike
        .iter()
        .filter(|one| one.of(&system.services).0.name == service.name)
        .map(event)
        .collect();
    match of_service.iter().position(|one| *one == event(&message)) {
        Some(at @ 1..) => format!("{}.{name}.{}", service.name.wire, at + 1),
        _ => format!("{}.{name}", service.name.wire),
    }
}

/// The id of a workflow in reports: with its document before it where that of another one has the same.
pub(super) fn workflow_id(system: &System, workflow: &Workflow) -> String {
    let alike = system
        .workflow_list()
        .iter()
        .filter(|one| one.id.wire == workflow.id.wire && one.document != workflow.document);
    let others: Vec<&str> = alike.map(|one| short(&one.document)).collect();
    let own = short(&workflow.document);
    match others.is_empty() {
        true => workflow.id.wire.clone(),
        false if others.contains(&own) => format!("{}.{}", workflow.document, workflow.id.wire),
        false => format!("{own}.{}", workflow.id.wire),
    }
}

/// `spec/workflows/checkout.arazzo.yaml`: `checkout`
fn short(document: &str) -> &str {
    let name = document.rsplit('/').next().unwrap_or(document);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.strip_suffix(".arazzo").unwrap_or(stem)
}

/// The promise that a step sees kept.
pub(super) fn promise(step: &Step) -> Ident {
    ident(&format!("{}_PROMISE", step.id.screaming))
}

/// The function of a step.
pub(super) fn function(step: &Step) -> Ident {
    let is_taken = |name: &str| {
        let of_promises = ["_debt", "_promise_list", "_promise_look"];
        CRITERIA.contains(&name)
            || LOCAL.contains(&name)
            || of_promises.iter().any(|end| name.ends_with(end))
    };
    ident(&apart(&step.id.snake, "_step", is_taken))
}

/// A name without the mark of raw identifiers and of words that cannot be raw, to be part of another one.
pub(super) fn part(snake: &str) -> &str {
    snake.trim_start_matches("r#").trim_end_matches('_')
}
