//! The documents, and what each describes as its sources.

use super::Ground;
use super::source::{Described, described};
use crate::diag::catalog::workflows as fault;
use crate::lower::Documents;
use crate::parse::{Node, Value};
use crate::source::FileId;

/// One Arazzo document.
pub(super) struct Document<'a> {
    pub(super) file: FileId,
    pub(super) path: String,
    pub(super) version: &'a str,
    pub(super) tree: &'a Node,
    pub(super) sources: Vec<Described<'a>>,
    /// The workflows that can be looked at.
    pub(super) workflows: Vec<&'a Node>,
    /// Where its first workflow stands among all.
    pub(super) first: usize,
}

impl<'a> Document<'a> {
    /// The source description of a name.
    pub(super) fn source(&self, name: &str) -> Option<&Described<'a>> {
        self.sources.iter().find(|source| source.name == name)
    }

    /// The index among all workflows of the one with this id.
    pub(super) fn workflow(&self, id: &str) -> Option<usize> {
        let at = self.workflows.iter().position(|node| node.text_at("workflowId") == Some(id))?;
        Some(self.first + at)
    }

    /// The ids of its workflows, those too that are wrong.
    pub(super) fn workflow_ids(&self) -> impl Iterator<Item = &'a str> {
        let all = self.tree.get("workflows").into_iter().flat_map(Node::items);
        all.filter_map(|node| node.text_at("workflowId"))
    }

    /// A component of a kind.
    pub(super) fn component(&self, kind: &str, name: &str) -> Option<&'a Node> {
        self.tree.at(&["components", kind, name])
    }

    /// Whether what its components hold is known: a misspelt kind was reported, and is not missing besides.
    pub(super) fn holds_components(&self, docs: &Documents<'_>) -> bool {
        self.tree.get("components").is_none_or(|all| !docs.failed(all))
    }

    /// The names of the components of a kind.
    pub(super) fn components(&self, kind: &str) -> impl Iterator<Item = &'a str> {
        let all = self.tree.at(&["components", kind]).into_iter().flat_map(Node::entries);
        all.map(|entry| entry.key.as_str())
    }
}

/// The documents in these files, as far as they can be looked at.
pub(super) fn documents<'a>(ground: Ground<'a>, files: &[FileId]) -> Vec<Document<'a>> {
    let docs = ground.scope.docs;
    let mut documents: Vec<Document<'a>> = vec![];
    let mut first = 0;
    for file in files {
        let Some(tree) = docs.tree(*file).filter(|tree| !docs.failed(tree)) else { continue };
        let all = tree.get("workflows").into_iter().flat_map(Node::items);
        let workflows: Vec<&Node> = all.filter(|node| !docs.failed(node)).collect();
        check_twice(ground, tree);
        let version = tree.get("arazzo").and_then(|node| node.text().or(node.number()));
        documents.push(Document {
            file: *file,
            path: docs.path(*file).to_owned(),
            version: version.unwrap_or_default(),
            tree,
            sources: vec![],
            first,
            workflows,
        });
        first += documents.last().map_or(0, |document| document.workflows.len());
    }
    let sources: Vec<_> = documents.iter().map(|one| described(ground, one, &documents)).collect();
    for (document, sources) in documents.iter_mut().zip(sources) {
        document.sources = sources;
    }
    documents
}

/// Reports ids and names that stand twice in a document, and lists that are empty.
fn check_twice(ground: Ground<'_>, tree: &Node) {
    let sink = ground.scope.sink;
    let named = |key: &str, id: &str, kind: &str| {
        let list = tree.get(key);
        if let Some(list) = list.filter(|list| is_empty_list(list)) {
            sink.report(fault::empty_list(list.span, key));
        }
        let names = list.into_iter().flat_map(Node::items).filter_map(|node| node.get(id));
        twice(names, |at, first, name| sink.report(fault::twice(at, kind, name, first)));
    };
    named("workflows", "workflowId", "workflow");
    named("sourceDescriptions", "name", "source description");
    for workflow in tree.get("workflows").into_iter().flat_map(Node::items) {
        let steps = workflow.get("steps");
        if let Some(steps) = steps.filter(|steps| is_empty_list(steps)) {
            sink.report(fault::empty_list(steps.span, "steps"));
        }
        let ids = steps.into_iter().flat_map(Node::items).filter_map(|step| step.get("stepId"));
        twice(ids, |at, first, name| sink.report(fault::twice(at, "step", name, first)));
    }
}

/// Whether a list has no element. What is no list has been reported as that.
pub(super) fn is_empty_list(node: &Node) -> bool {
    matches!(&node.value, Value::List(elements) if elements.is_empty())
}

/// Tells of each text that stands among others for a second time.
pub(super) fn twice<'a>(
    nodes: impl Iterator<Item = &'a Node>,
    mut tell: impl FnMut(crate::source::Span, crate::source::Span, &str),
) {
    let mut seen = std::collections::BTreeMap::new();
    for node in nodes {
        let Some(text) = node.text() else { continue };
        match seen.get(text) {
            Some(first) => tell(node.span, *first, text),
            None => drop(seen.insert(text, node.span)),
        }
    }
}
