//! Source descriptions: which contracts a document is about.

use super::Ground;
use super::document::Document;
use crate::diag::catalog::{refs as ref_fault, refs::RefFault, shape::nearest, workflows as fault};
use crate::parse::Node;
use crate::source::FileId;

/// A source description.
pub(super) struct Described<'a> {
    pub(super) name: &'a str,
    /// What it leads to; nothing where that failed, which has been reported.
    pub(super) leads: Option<Leads>,
    pub(super) node: &'a Node,
}

/// What a source description leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leads {
    /// The OpenAPI document of the service with this index.
    Rest(usize),
    /// The AsyncAPI document of the service with this index.
    Events(usize),
    /// The Arazzo document with this index.
    Workflows(usize),
}

impl Leads {
    /// The `type` of such a source.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Rest(_) => "openapi",
            Self::Events(_) => "asyncapi",
            Self::Workflows(_) => "arazzo",
        }
    }
}

/// The source descriptions of a document.
pub(super) fn described<'a>(
    ground: Ground<'a>,
    document: &Document<'a>,
    all: &[Document<'a>],
) -> Vec<Described<'a>> {
    let nodes = document.tree.get("sourceDescriptions").into_iter().flat_map(Node::items);
    let sound = nodes.filter(|node| !ground.scope.docs.failed(node));
    sound
        .map(|node| {
            let name = node.text_at("name").unwrap_or_default();
            check_name(ground, node);
            Described { name, leads: leads(ground, document, all, node), node }
        })
        .collect()
}

/// Expressions name sources, so a name has only what stands in an expression.
fn check_name(ground: Ground<'_>, node: &Node) {
    let Some(name) = node.get("name") else { return };
    let text = name.text().unwrap_or_default();
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if text.is_empty() || !text.bytes().all(fits) {
        ground.scope.sink.report(fault::bad_name(name.span, "source description", text));
    }
}

fn leads(
    ground: Ground<'_>,
    document: &Document<'_>,
    all: &[Document<'_>],
    node: &Node,
) -> Option<Leads> {
    let (docs, sink) = (ground.scope.docs, ground.scope.sink);
    let url = node.get("url")?;
    let text = url.text()?;
    let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
    if !fragment.is_empty() {
        sink.report(fault::source_fragment(url.span, path));
        return None;
    }
    let file = match docs.file(document.file, path) {
        Ok(file) => file,
        Err(RefFault::Remote | RefFault::Outside) => {
            sink.report(fault::remote_source(url.span, text));
            return None;
        }
        Err(reason) => {
            let kind = "source description";
            if let Some(report) = ref_fault::broken(docs.sources(), url.span, text, kind, &reason) {
                sink.report(report);
            }
            return None;
        }
    };
    let Some(found) = of_file(ground, all, file) else {
        let known = known_documents(ground);
        let near = nearest(docs.path(file), known.iter().map(String::as_str));
        sink.report(fault::source_of_nobody(url.span, docs.path(file), near));
        return None;
    };
    let kind = node.get("type");
    let said = kind.and_then(Node::text);
    if let (Some(kind), Some(said)) = (kind, said)
        && said != found.kind()
    {
        sink.report(fault::source_type(kind.span, said, found.kind()));
        return None;
    }
    Some(found)
}

/// Whose document a file is.
fn of_file(ground: Ground<'_>, all: &[Document<'_>], file: FileId) -> Option<Leads> {
    let service = |has: &dyn Fn(&super::Contracts) -> bool| {
        let name = &ground.contracts.iter().find(|contracts| has(contracts))?.name;
        ground.services.iter().position(|service| service.name.wire == *name)
    };
    if let Some(at) = service(&|contracts| contracts.openapi == Some(file)) {
        return Some(Leads::Rest(at));
    }
    if let Some(at) = service(&|contracts| contracts.asyncapi == Some(file)) {
        return Some(Leads::Events(at));
    }
    all.iter().position(|document| document.file == file).map(Leads::Workflows)
}

/// The paths of all documents of services.
fn known_documents(ground: Ground<'_>) -> Vec<String> {
    let files = ground.contracts.iter().flat_map(|of| [of.openapi, of.asyncapi]).flatten();
    files.map(|file| ground.scope.docs.path(file).to_owned()).collect()
}
