//! Workflows: Arazzo documents over the services that there are.
//!
//! Owns the way from the trees of these documents to [`Workflows`]: what they call is found, references are followed,
//! expressions and conditions are read. What must hold of the whole is checked by [`check`]. A part that is wrong is
//! reported and left out, and the rest is looked at nevertheless.

mod action;
mod body;
mod check;
mod condition;
mod criterion;
mod dependency;
mod document;
mod expression;
mod fields;
mod implied;
mod inputs;
mod jsonpath;
mod keys;
mod order;
mod promise;
mod reader;
mod source;
mod step;
mod target;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use super::schema::Types;
use super::{Contracts, Scope, docs::docs, names};
use crate::diag::catalog::workflows as fault;
use crate::model::{Load, Service, TypeDef, UsedTypes, Workflow, Workflows};
use crate::parse::Node;
use crate::parse::keywords::arazzo::SINCE_1_1;
use crate::source::FileId;
use document::Document;
use reader::Reader;

/// The system that workflows are about.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'a> {
    pub(crate) scope: Scope<'a>,
    pub(crate) contracts: &'a [Contracts],
    pub(crate) services: &'a [Service],
}

/// The workflows of these documents; `None` when anything is wrong with them, which has been reported.
pub(crate) fn lower_workflows(ground: Ground<'_>, files: &[FileId]) -> Option<Workflows> {
    let documents = document::documents(ground, files);
    let mut types = Types::new(ground.scope);
    let mut unique = names::Unique::default();
    let mut list = vec![];
    let mut incomplete = BTreeSet::new();
    let mut sound = true;
    for (at, document) in documents.iter().enumerate() {
        let reader = Reader::new(ground, &documents, at);
        let first = list.len();
        check_version(&reader, document);
        action::check_components(&reader);
        for node in document.workflows.iter().copied() {
            let index = list.len();
            let (workflow, complete) = lower_workflow(&reader, &mut types, &mut unique, node);
            if !complete {
                incomplete.insert(index);
            }
            list.push(workflow);
        }
        implied::add_outputs(&reader, &mut list, first);
        sound &= reader.is_sound();
    }
    fields::keep_apart(&mut list);
    // Nothing can be held against types that failed, which has been reported.
    let finished = types.finish(&[], &[], vec![])?;
    let service = types_of(finished.types, finished.schemas);
    let mut workflows = Workflows { list, types: service, derived: None };
    let found = check::check(ground, &documents, &workflows, &incomplete)?;
    found.mark(&mut workflows.list);
    check::narrow(&mut workflows.list, found.given, ground.scope.sink);
    keys::check(&workflows.list, ground.scope.sink);
    sound.then_some(workflows)
}

/// No workflow at all.
pub(crate) fn no_workflows() -> Workflows {
    Workflows { list: vec![], types: types_of(vec![], BTreeMap::new()), derived: None }
}

/// The types of inputs, as a service of nothing else.
fn types_of(types: Vec<TypeDef>, schemas: BTreeMap<String, serde_json::Value>) -> Service {
    let mut service = Service {
        title: "Workflows".to_owned(),
        ..super::service::of_types(names::name("workflows"), types, schemas)
    };
    service.used = UsedTypes::of(&service);
    service
}

/// Reports keys that the version of a document does not have.
fn check_version(reader: &Reader<'_>, document: &Document<'_>) {
    if !document.version.starts_with("1.0") {
        return;
    }
    let mut open = vec![document.tree];
    while let Some(node) = open.pop() {
        let known = reader.ground.scope.docs.shape_of(node);
        let later = SINCE_1_1.iter().find(|(shape, _)| Some(*shape) == known);
        for entry in node.entries() {
            if later.is_some_and(|(_, keys)| keys.contains(&entry.key.as_str())) {
                let span = document.tree.get("arazzo").map_or(entry.key_span, |node| node.span);
                reader.fault(fault::since_1_1(entry.key_span, &entry.key, span));
            }
            // Payloads and schemas have keys of their own.
            if known.is_some() || entry.value.items().iter().any(|item| !item.entries().is_empty())
            {
                open.push(&entry.value);
            }
        }
        open.extend(node.items());
    }
}

/// A workflow, and whether all of its steps and outputs are there.
fn lower_workflow<'a>(
    reader: &Reader<'a>,
    types: &mut Types<'a>,
    unique: &mut names::Unique,
    node: &'a Node,
) -> (Workflow, bool) {
    let scope = reader.ground.scope;
    let before = reader.n_faults();
    let wire = node.text_at("workflowId").unwrap_or_default();
    if let Some(named) = node.get("workflowId").filter(|named| named.text() == Some("")) {
        reader.fault(fault::bad_name(named.span, "workflow", ""));
    }
    let id = unique.name(wire);
    let depends_on = dependency::workflow_dependencies(reader, node);
    let shared = step::Shared::of(reader, node);
    let mut steps = vec![];
    let mut complete = true;
    let mut step_names = names::Unique::default();
    // What follows the last step has this name.
    step_names.keep("End".to_owned());
    for item in node.get("steps").into_iter().flat_map(Node::items) {
        match step::lower_step(reader, &shared, &mut step_names, item) {
            Some(step) => steps.push(step),
            None => complete = false,
        }
    }
    if complete {
        step::check_inherited(reader, &shared, &steps);
        step::check_given(reader, wire, &shared, &steps);
    }
    let (outputs, all_outputs) = value::outputs(reader, node);
    let read = implied::inputs(&steps, &outputs);
    let inputs = inputs::lower_inputs(reader, types, node, &id, &read);
    complete &= all_outputs && inputs.is_ok();
    let steps = order::in_order(reader, wire, steps);
    let workflow = Workflow {
        id,
        document: reader.document().path.clone(),
        docs: docs(node),
        origin: scope.origin(node.span),
        inputs: inputs.unwrap_or_default(),
        depends_on,
        steps,
        outputs,
        load: load(reader, node),
    };
    (workflow, complete && reader.n_faults() == before)
}

/// `x-workload`
fn load(reader: &Reader<'_>, node: &Node) -> Load {
    let load = node.get("x-workload");
    let weight = load.and_then(|load| load.get("weight"));
    if let Some(weight) = weight.filter(|weight| weight.number().is_some_and(is_no_share)) {
        reader.fault(fault::bad_load(weight.span, "a weight must be 0 or more, and finite"));
    }
    let before = load.and_then(|load| load.count_at("before"));
    if let (Some(1..), Some(entry)) = (before, load.and_then(|load| load.entry("weight"))) {
        let why = "`weight` has no effect with `before`: the workflow does not run during the load";
        reader.warn(fault::load_without_effect(entry.key_span, why, "remove one of them"));
    }
    let weight = weight.and_then(Node::number).unwrap_or("1");
    let after = load.and_then(|load| load.entry("after")).and_then(|after| {
        for key in ["weight", "before"] {
            if let Some(other) = load.and_then(|load| load.entry(key)) {
                let why = format!("`after` cannot be combined with `{key}`");
                reader.fault(fault::bad_load(other.key_span, &why));
            }
        }
        let id = after.value.text()?;
        target::workflow_in(reader, after.value.span, reader.document(), id)
    });
    let before = before.map(|before| u32::try_from(before).unwrap_or(u32::MAX));
    Load { weight: weight.to_owned(), before, after }
}

/// Whether a number is no share of anything.
fn is_no_share(number: &str) -> bool {
    number.starts_with('-') || !number.parse::<f64>().is_ok_and(f64::is_finite)
}
