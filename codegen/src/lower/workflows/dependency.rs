//! `dependsOn` of workflows and steps.

use super::reader::Reader;
use super::source::Leads;
use super::target::{source_of, workflow, workflow_in};
use crate::diag::catalog::workflows as fault;
use crate::model::StepReference;
use crate::parse::Node;

/// `dependsOn` of a workflow.
pub(super) fn workflow_dependencies(reader: &Reader<'_>, node: &Node) -> Vec<usize> {
    let named = node.get("dependsOn").into_iter().flat_map(Node::items);
    named.filter_map(|node| workflow(reader, node)).collect()
}

/// `dependsOn` of a step: `step`, `$workflows.workflow.steps.step` or
/// `$sourceDescriptions.source.workflow.steps.step`.
pub(super) fn step_dependencies(reader: &Reader<'_>, node: &Node) -> Vec<StepReference> {
    let named = node.get("dependsOn").into_iter().flat_map(Node::items);
    named.filter_map(|node| step_dependency(reader, node)).collect()
}

fn step_dependency(reader: &Reader<'_>, node: &Node) -> Option<StepReference> {
    let (text, span) = (node.text()?, node.span);
    if !text.starts_with('$') {
        return Some(StepReference { workflow: None, step: text.to_owned(), span });
    }
    let parts: Vec<&str> = text.split('.').collect();
    let (document, workflow, step) = match parts[..] {
        ["$workflows", workflow, "steps", step] => (reader.document(), workflow, step),
        ["$sourceDescriptions", source, workflow, "steps", step] => {
            match source_of(reader, span, source)? {
                Leads::Workflows(document) => (&reader.documents[document], workflow, step),
                leads => {
                    reader.fault(fault::source_of_other_kind(span, source, leads.kind(), "arazzo"));
                    return None;
                }
            }
        }
        ["$steps", step, ..] => {
            reader.fault(fault::step_by_expression(span, step));
            return None;
        }
        _ => {
            reader.fault(fault::no_step_reference(span, text));
            return None;
        }
    };
    let workflow = workflow_in(reader, span, document, workflow)?;
    Some(StepReference { workflow: Some(workflow), step: step.to_owned(), span })
}
