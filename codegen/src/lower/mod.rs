//! From syntax to meaning: references, names and defaults are resolved, and what cannot mean anything is refused.
//!
//! Owns the way from the trees of [`crate::parse`] to [`crate::model`]. Everything that concerns one service
//! alone is decided here; what takes several services to see is a rule in [`crate::rules`].

mod bindings;
mod docs;
mod documents;
mod events;
mod functions;
mod names;
mod pattern;
mod rest;
mod schema;
mod service;
mod tables;

use std::collections::BTreeMap;

pub(crate) use documents::Documents;
pub use documents::{beside, references};

use crate::diag::{Sink, catalog::document as fault};
use crate::model::{Bus, Origin, Service, System};
use crate::parse::shape::Shape;
use crate::parse::{Node, keywords, yaml};
use crate::source::{FileId, SourceMap, Span};

/// What every part of this stage needs, and may not change.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) docs: &'a Documents<'a>,
    pub(crate) sink: &'a Sink,
}

impl Scope<'_> {
    /// The place as generated items cite it.
    pub(crate) fn origin(&self, span: Span) -> Origin {
        Origin { pointer: self.docs.pointer(span), span: self.docs.narrowed(span) }
    }
}

/// The two contracts of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contracts {
    pub(crate) name: String,
    pub(crate) openapi: Option<FileId>,
    pub(crate) asyncapi: Option<FileId>,
}

/// The trees of all files that can be read. What is wrong with the others is reported.
#[must_use]
pub fn trees(sources: &SourceMap, sink: &Sink) -> BTreeMap<FileId, Node> {
    let mut trees = BTreeMap::new();
    for (file, source) in sources.files() {
        if let Some(why) = &source.fault {
            sink.report(crate::diag::catalog::yaml::unreadable(
                Span { file, start: 0, end: 0 },
                why,
            ));
        } else if let Some(tree) = yaml::parse(file, &source.text, sink) {
            trees.insert(file, tree);
        }
    }
    trees
}

/// The system that the contracts describe; `None` when nothing is left that could be one. What is reported to
/// the sink decides whether it is right.
#[must_use]
pub fn lower(sources: &SourceMap, sink: &Sink) -> Option<System> {
    let trees = trees(sources, sink);
    Web::of(sources, &trees, sink).lower(sink)
}

/// The files of all services as one web, before it is known what they mean.
pub(crate) struct Web<'a> {
    /// The files, checked.
    pub(crate) documents: Documents<'a>,
    /// The two contracts of each service, by its name.
    pub(crate) services: Vec<Contracts>,
    is_empty: bool,
}

impl<'a> Web<'a> {
    /// Puts the files together.
    pub(crate) fn of(
        sources: &'a SourceMap,
        trees: &'a BTreeMap<FileId, Node>,
        sink: &Sink,
    ) -> Self {
        let services = services(sources, sink);
        let roots = roots(&services, trees, sink);
        let documents = Documents::check(sources, trees, &roots, sink);
        Self { documents, services, is_empty: sources.is_empty() }
    }

    /// What they mean, as far as they mean anything.
    pub(crate) fn lower(&self, sink: &Sink) -> Option<System> {
        let scope = Scope { docs: &self.documents, sink };
        let mut lowered = vec![];
        let mut sound = true;
        for pair in &self.services {
            match service::lower_service(scope, pair, &self.services) {
                Some(service) => lowered.push(service),
                None => sound = false,
            }
        }
        if self.services.is_empty() && !self.is_empty {
            let first = FileId::default();
            sink.report(fault::no_service(Span { file: first, start: 0, end: 0 }));
        }
        sink.narrow(|span| self.documents.narrowed(span));
        let buses = buses(&lowered);
        sound.then_some(System { services: lowered, buses })
    }
}

/// The services that the files make up, by name: a folder with a document of either kind is one.
fn services(sources: &SourceMap, sink: &Sink) -> Vec<Contracts> {
    let mut services: BTreeMap<&str, Contracts> = BTreeMap::new();
    for (file, source) in sources.files() {
        let Some((folder, kind)) = document_of(&source.path) else { continue };
        let service = services.entry(folder).or_insert_with(|| Contracts {
            name: folder.to_owned(),
            openapi: None,
            asyncapi: None,
        });
        let place = match kind {
            Kind::OpenApi => &mut service.openapi,
            Kind::AsyncApi => &mut service.asyncapi,
        };
        match *place {
            None => *place = Some(file),
            Some(first) => {
                let span = |file| Span { file, start: 0, end: 0 };
                sink.report(fault::two_documents(
                    span(file),
                    span(first),
                    &sources.file(first).path,
                ));
            }
        }
    }
    services.into_values().collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    OpenApi,
    AsyncApi,
}

/// The service and kind of a document, by its path: `spec/<service>/openapi.yaml`.
fn document_of(path: &str) -> Option<(&str, Kind)> {
    let (folders, file) = path.rsplit_once('/')?;
    let service = folders.rsplit('/').next()?;
    let kind = match file {
        "openapi.yaml" | "openapi.yml" | "openapi.json" => Kind::OpenApi,
        "asyncapi.yaml" | "asyncapi.yml" | "asyncapi.json" => Kind::AsyncApi,
        _ => return None,
    };
    Some((service, kind))
}

/// Whether a path is that of a service's document.
#[must_use]
pub fn is_document(path: &str) -> bool {
    document_of(path).is_some()
}

/// The documents whose version is one that is read, each with its shape.
fn roots(
    services: &[Contracts],
    trees: &BTreeMap<FileId, Node>,
    sink: &Sink,
) -> Vec<(FileId, &'static Shape)> {
    let mut roots = vec![];
    for contracts in services {
        let openapi = (contracts.openapi, "openapi", &["3.0"][..], &keywords::openapi::DOCUMENT);
        let asyncapi =
            (contracts.asyncapi, "asyncapi", &["3.0", "3.1"][..], &keywords::asyncapi::DOCUMENT);
        for (file, key, versions, shape) in [openapi, asyncapi] {
            let Some((file, tree)) = file.and_then(|file| Some((file, trees.get(&file)?))) else {
                continue;
            };
            if version_fits(tree, key, versions, sink) {
                roots.push((file, shape));
            }
        }
    }
    roots
}

/// Whether a document says that it is of a version that is read; `3.0` stands for `3.0` and `3.0.1`.
fn version_fits(tree: &Node, key: &str, versions: &[&str], sink: &Sink) -> bool {
    let Some(node) = tree.get(key) else {
        let other = tree
            .entries()
            .iter()
            .find(|entry| ["swagger", "openapi", "asyncapi"].contains(&entry.key.as_str()));
        match other {
            Some(entry) => sink.report(fault::other_standard(entry.named(), key)),
            None => sink.report(fault::no_version(tree.span, key)),
        }
        return false;
    };
    let found = node.text().or_else(|| node.number()).unwrap_or_default();
    let fits = versions.iter().any(|version| {
        found.strip_prefix(version).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    if !fits {
        sink.report(fault::other_version(node.span, key, found, versions));
    }
    fits
}

/// The buses that any service names, by name.
fn buses(services: &[Service]) -> Vec<Bus> {
    let mut buses: BTreeMap<String, Bus> = BTreeMap::new();
    for service in services {
        let sent = service.sends.iter().map(|sent| {
            let crate::model::Destination::Bus(bus) = &sent.destination;
            (bus, &sent.origin)
        });
        // A schedule is no affair of the bus that it formally stands on.
        let received = service.receives.iter().filter_map(|receive| {
            let rule = receive.delivery.rule();
            rule.schedule().is_none().then_some((&rule.bus, &receive.origin))
        });
        for (bus, origin) in sent.chain(received) {
            let entry = || Bus { name: names::name(bus), origin: origin.clone() };
            buses.entry(bus.clone()).or_insert_with(entry);
        }
    }
    buses.into_values().collect()
}
