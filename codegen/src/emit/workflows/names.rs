//! What things of workflows are called in Rust.

use proc_macro2::Ident;

use crate::emit::rust::ident;
use crate::model::{Operation, Service, Step, System, Workflow};

/// Modules of the crate that no workflow can be called like.
const TAKEN: [&str; 5] = ["client", "harness", "lib", "main", "system"];

/// What modules of workflows import from `harness::criteria`, as far as they use it.
pub(super) const CRITERIA: [&str; 21] = [
    "Pattern",
    "Query",
    "at",
    "check",
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
const LOCAL: [&str; 23] = [
    "again", "answer", "attempt", "body", "call", "cause", "criteria", "debt", "done", "failed",
    "holds", "message", "next", "outputs", "payload", "received", "request", "run", "state",
    "tries", "typed", "url", "visit",
];

/// The module of a workflow.
pub(super) fn module(workflow: &Workflow) -> String {
    let name = workflow.id.snake.as_str();
    if TAKEN.contains(&name) { format!("{name}_workflow") } else { name.to_owned() }
}

/// The file of that module, without its ending.
pub(super) fn file(workflow: &Workflow) -> String {
    module(workflow).trim_start_matches("r#").to_owned()
}

/// `CHECKOUT`
pub(super) fn constant(workflow: &Workflow) -> Ident {
    match workflow.id.screaming.as_str() {
        name @ "SYSTEM" => ident(&format!("{name}_WORKFLOW")),
        name => ident(name),
    }
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

/// The constant of an operation: with the service where several have the operation, and told apart from a workflow of
/// the same name.
pub(super) fn operation(system: &System, service: &Service, operation: &Operation) -> Ident {
    let name = match is_elsewhere(system, service, operation) {
        false => operation.id.screaming.clone(),
        true => format!("{}_{}", service.name.screaming, operation.id.screaming),
    };
    let is_workflow =
        |name: &str| system.workflow_list().iter().any(|one| one.id.screaming == name);
    let is_taken = name == "SYSTEM" || is_workflow(&name);
    ident(&if is_taken { format!("{name}_OPERATION") } else { name })
}

/// The id of an operation in reports.
pub(super) fn operation_id(system: &System, service: &Service, operation: &Operation) -> String {
    match is_elsewhere(system, service, operation) {
        false => operation.id.wire.clone(),
        true => format!("{}.{}", service.name.wire, operation.id.wire),
    }
}

/// Whether another service has an operation of the same name.
fn is_elsewhere(system: &System, service: &Service, operation: &Operation) -> bool {
    let is_same = |one: &Operation| one.id.screaming == operation.id.screaming;
    let has = |other: &Service| other.operations.iter().any(is_same);
    system.services.iter().filter(|other| other.name != service.name).any(has)
}

/// The promise that a step sees kept.
pub(super) fn promise(step: &Step) -> Ident {
    ident(&format!("{}_PROMISE", step.id.screaming))
}

/// The function of a step.
pub(super) fn function(step: &Step) -> Ident {
    let name = step.id.snake.as_str();
    let is_taken = CRITERIA.contains(&name) || LOCAL.contains(&name);
    ident(&if is_taken { format!("{name}_step") } else { name.to_owned() })
}

/// A name without the mark of raw identifiers and of words that cannot be raw, to be part of another one.
pub(super) fn part(snake: &str) -> &str {
    snake.trim_start_matches("r#").trim_end_matches('_')
}
