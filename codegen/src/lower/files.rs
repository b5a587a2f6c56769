//! Which files of a folder are a service's documents.
//!
//! A folder below the folder of contracts is a service. Its documents are `openapi` and `asyncapi` with the ending
//! `.yaml`, `.yml` or `.json`, or whatever files its `service.yaml` names. Workflows stand below `workflows/`. Owns these
//! names, and nothing of what the documents hold.

use std::collections::BTreeMap;

use super::Contracts;
use super::paths::beside;
use crate::diag::{Sink, catalog::document as fault, catalog::shape::nearest};
use crate::parse::Node;
use crate::parse::keywords::ours::SERVICE_FILE;
use crate::parse::shape::Checked;
use crate::source::{FileId, SourceMap, Span};

/// The two kinds of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    OpenApi,
    AsyncApi,
}

/// What a file is to a service, by its name.
enum Role {
    Document(Kind),
    /// It names the documents.
    Service,
}

pub(super) const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// The service and role of a file, by its path: `spec/<service>/openapi.yaml`.
fn role_of(path: &str) -> Option<(&str, Role)> {
    let [_, service, file] = path.split('/').collect::<Vec<_>>()[..] else { return None };
    let (stem, ending) = file.rsplit_once('.')?;
    let role = match stem {
        "openapi" => Role::Document(Kind::OpenApi),
        "asyncapi" => Role::Document(Kind::AsyncApi),
        "service" => Role::Service,
        _ => return None,
    };
    ENDINGS.contains(&ending).then_some((service, role))
}

/// The service that a file is part of by its name, and as what: `openapi`, `asyncapi`, or the `service` file.
#[must_use]
pub(crate) fn named_role(path: &str) -> Option<(&str, &'static str)> {
    role_of(path).map(|(service, role)| match role {
        Role::Document(Kind::OpenApi) => (service, "openapi"),
        Role::Document(Kind::AsyncApi) => (service, "asyncapi"),
        Role::Service => (service, "service"),
    })
}

/// The folder below the folder of contracts that holds workflows, at any depth.
pub(crate) const WORKFLOWS: &str = "workflows";

/// Whether a file is one of contracts by its name alone: a document of a service, the file that names them, or a file
/// of workflows.
#[must_use]
pub fn is_document(path: &str) -> bool {
    may_hold_workflows(path) || role_of(path).is_some()
}

/// Whether a file is read by its name alone: a document, or the defaults of the system.
#[must_use]
pub fn is_read(path: &str) -> bool {
    is_document(path) || super::defaults::is_defaults(path)
}

/// Whether a file holds workflows if it is an Arazzo document: JSON only where it is called so.
fn may_hold_workflows(path: &str) -> bool {
    let mut parts = path.split('/').skip(1);
    let is_there = parts.next() == Some(WORKFLOWS) && parts.next().is_some();
    is_there
        && (path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".arazzo.json"))
}

/// The Arazzo documents: the files below `workflows/` that are called so, or that say so by their first key.
pub(super) fn workflow_documents(
    sources: &SourceMap,
    trees: &BTreeMap<FileId, Node>,
) -> Vec<FileId> {
    let is_one = |file: FileId, path: &str| {
        let says_so = trees.get(&file).is_some_and(|tree| tree.get("arazzo").is_some());
        may_hold_workflows(path) && (says_so || path.contains(".arazzo."))
    };
    let mut found: Vec<(&str, FileId)> = sources
        .files()
        .filter(|(file, source)| is_one(*file, &source.path))
        .map(|(file, source)| (source.path.as_str(), file))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, file)| file).collect()
}

/// The standard of a document and its version, by its text: `openapi` and `3.1`. Nothing for any other text.
#[must_use]
pub fn standard(text: &str) -> Option<(&'static str, String)> {
    let tree = crate::parse::yaml::parse(FileId::default(), text, &Sink::default())?;
    ["openapi", "asyncapi"].into_iter().find_map(|key| {
        let version = tree.get(key)?;
        let version = version.text().or_else(|| version.number())?;
        Some((key, version.split('.').take(2).collect::<Vec<_>>().join(".")))
    })
}

/// Whether a tree says of which standard it is: it is a document then, rather than schemas that documents share.
pub(super) fn names_standard(tree: &Node) -> bool {
    ["openapi", "swagger", "asyncapi", "arazzo"].iter().any(|key| tree.get(key).is_some())
}

/// Whether a file names the documents of a service.
pub(super) fn is_service_file(path: &str) -> bool {
    matches!(role_of(path), Some((_, Role::Service)))
}

/// The files that a service file names, as it spells them.
pub(super) fn named_in(tree: &Node) -> Vec<String> {
    tree.entries().iter().filter_map(|entry| entry.value.text()).map(str::to_owned).collect()
}

/// The services that the files make up, by name.
pub(super) fn services(
    sources: &SourceMap,
    trees: &BTreeMap<FileId, Node>,
    sink: &Sink,
) -> Vec<Contracts> {
    let mut services: BTreeMap<&str, Contracts> = BTreeMap::new();
    for (file, source) in sources.files() {
        let Some((folder, role)) = role_of(&source.path) else { continue };
        let service = services.entry(folder).or_insert_with(|| Contracts {
            name: folder.to_owned(),
            openapi: None,
            asyncapi: None,
        });
        let at = Span { file, start: 0, end: 0 };
        match role {
            Role::Document(kind) => add(service, kind, file, at, sources, sink),
            Role::Service => {
                if let Some(tree) = trees.get(&file) {
                    add_named(service, tree, sources, sink);
                }
            }
        }
    }
    services.into_values().collect()
}

/// Whether a key says of which version of a standard a tree is, rather than where a document is.
fn is_version(tree: &Node, key: &str) -> bool {
    tree.get(key).is_some_and(|value| {
        let version = value.text().or_else(|| value.number()).unwrap_or_default();
        version.starts_with(|first: char| first.is_ascii_digit())
            && version.chars().all(|char| char.is_ascii_digit() || char == '.')
    }) && tree.entries().len() > 1
}

/// Adds the documents that a service file names.
fn add_named(service: &mut Contracts, tree: &Node, sources: &SourceMap, sink: &Sink) {
    if let Some(standard) = ["openapi", "asyncapi"].into_iter().find(|key| is_version(tree, key)) {
        let path = &sources.file(tree.span.file).path;
        sink.report(fault::document_as_service_file(tree.span, standard, path));
        return;
    }
    if !Checked::default().check(tree, &SERVICE_FILE, sink) {
        return;
    }
    for (key, kind) in [("openapi", Kind::OpenApi), ("asyncapi", Kind::AsyncApi)] {
        let Some(node) = tree.get(key) else { continue };
        let Some(name) = node.text() else { continue };
        let path = beside(&sources.file(tree.span.file).path, name);
        match sources.find(&path) {
            Some(file) => add(service, kind, file, node.span, sources, sink),
            None if name.contains("://") => {
                sink.report(fault::remote_document(node.span, name));
            }
            None => {
                let known = sources.files().map(|(_, file)| file.path.as_str());
                sink.report(fault::no_document(node.span, &path, nearest(&path, known)));
            }
        }
    }
}

fn add(
    service: &mut Contracts,
    kind: Kind,
    file: FileId,
    at: Span,
    sources: &SourceMap,
    sink: &Sink,
) {
    let place = match kind {
        Kind::OpenApi => &mut service.openapi,
        Kind::AsyncApi => &mut service.asyncapi,
    };
    match *place {
        None => *place = Some(file),
        Some(first) if first == file => {}
        Some(first) => {
            let there = Span { file: first, start: 0, end: 0 };
            sink.report(fault::two_documents(at, there, &sources.file(first).path));
        }
    }
}
