//! Workflows for contracts that have none: an Arazzo document derived from paths, tables, links and events.
//!
//! For each resource that can be created and read there is a workflow that creates, reads, lists and updates it, and one
//! that creates and deletes it. What cannot be derived is told in a sentence each. The document is resolved like one that
//! people wrote, so it is held to the same checks.

mod document;
mod key;
mod resource;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use document::Flow;
use resource::{Resource, resources};

use crate::model::{Method, Operation, OperationReference, System};

/// The path of the document among the contracts in a folder.
#[must_use]
pub fn path(folder: &str) -> String {
    format!("{folder}/workflows/derived.arazzo.json")
}

/// What was derived.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    sources: Vec<Value>,
    /// The workflows.
    pub workflows: Vec<Value>,
    /// What could not be derived, and what was assumed.
    pub notes: Vec<String>,
}

impl Derived {
    /// The Arazzo document of these workflows.
    #[must_use]
    pub fn document(&self, workflows: &[Value]) -> String {
        let description = "Derived from the contracts. Copy this to spec/workflows/ to change it.";
        let info =
            json!({ "title": "Derived workflows", "version": "1.0.0", "description": description });
        let document = json!({
            "arazzo": "1.1.0",
            "info": info,
            "sourceDescriptions": self.sources,
            "workflows": workflows,
        });
        format!("{document:#}\n")
    }
}

/// Derives the workflows of a system.
#[must_use]
pub fn derive(system: &System) -> Derived {
    let mut workflows = vec![];
    let mut notes = vec![];
    let mut called: BTreeSet<OperationReference> = BTreeSet::new();
    let all = resources(system);
    for resource in &all {
        for flow in [
            lives(system, resource, &all, &mut notes),
            further(system, resource, &all),
            removed(system, resource, &all),
        ] {
            let Some(flow) = flow else { continue };
            called.extend(flow.called());
            workflows.push(flow.finish());
        }
    }
    for (reference, operation) in operations(system) {
        let has_path = operation.path.parameters().next().is_some();
        if called.contains(&reference) || operation.method != Method::Get || has_path {
            continue;
        }
        let (id, plain) = (&operation.id.wire, document::plain(&operation.id.wire));
        let mut flow = Flow::new(system, &plain, &format!("Call `{id}`."), 0.5);
        if flow.call(reference, &plain, &[]) {
            called.insert(reference);
            workflows.push(flow.finish());
        }
    }
    for (reference, operation) in operations(system) {
        if !called.contains(&reference) {
            let has_key = operation.path.parameters().next().is_some();
            let why = match operation.method {
                Method::Get => "the contracts do not say what gives it its key and parameters",
                _ if has_key => "the contracts do not say what gives it its key and parameters",
                _ => {
                    "it creates nothing that another operation reads; call it in a workflow of your own"
                }
            };
            notes.push(format!(
                "{} {} ({}) is not called: {why}",
                operation.method.as_str(),
                operation.path.text,
                operation.id.wire
            ));
        }
    }
    Derived { sources: document::sources(system), workflows, notes }
}

fn operations(system: &System) -> impl Iterator<Item = (OperationReference, &Operation)> {
    system.services.iter().enumerate().flat_map(|(service, one)| {
        let all = one.operations.iter().enumerate();
        all.map(move |(operation, one)| (OperationReference { service, operation }, one))
    })
}

/// Creates a thing, sees what is told of it, reads, lists and updates it.
fn lives<'a>(
    system: &'a System,
    resource: &Resource<'_>,
    all: &[Resource<'_>],
    notes: &mut Vec<String>,
) -> Option<Flow<'a>> {
    let name = &resource.name;
    let mut flow = Flow::new(system, name, &format!("Create and use {name}."), 1.0);
    let key = flow.create(resource, all)?;
    flow.receive(resource, notes);
    flow.read(resource, &key, notes);
    for list in &resource.list {
        flow.call(*list, "list", &[]);
    }
    for update in &resource.update {
        flow.update(resource, *update, &key);
    }
    Some(flow)
}

/// Creates a thing and follows its links and the paths below it. What they do to it is not known, so nothing is owed.
fn further<'a>(
    system: &'a System,
    resource: &Resource<'_>,
    all: &[Resource<'_>],
) -> Option<Flow<'a>> {
    let name = &resource.name;
    let id = format!("{name}-further");
    let mut flow = Flow::new(system, &id, &format!("Create {name}, and what leads on."), 0.2);
    let key = flow.create(resource, all)?;
    let n_created = flow.called().count();
    flow.links(resource);
    for below in &resource.below {
        flow.below(*below, &key);
    }
    (flow.called().count() > n_created).then_some(flow)
}

/// Creates a thing and deletes it.
fn removed<'a>(
    system: &'a System,
    resource: &Resource<'_>,
    all: &[Resource<'_>],
) -> Option<Flow<'a>> {
    let delete = resource.delete?;
    let name = &resource.name;
    let id = format!("{name}-removed");
    let mut flow = Flow::new(system, &id, &format!("Create and delete {name}."), 0.2);
    let key = flow.create(resource, all)?;
    let version = flow.version_for(delete, resource, &key);
    let given: Vec<document::Key> = [key.clone()].into_iter().chain(version).collect();
    if !flow.call(delete, "delete", &given) {
        return None;
    }
    flow.gone(resource, &key);
    Some(flow)
}
