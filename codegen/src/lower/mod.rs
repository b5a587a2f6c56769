//! From syntax to meaning: resolves references, names and defaults, and refuses what is invalid.
//!
//! This module turns the trees of [`crate::parse`] into [`crate::model`]. It decides everything that concerns a
//! single service; checks that need several services are in `rules`.

mod asyncapi;
mod bindings;
mod defaults;
mod docs;
mod documents;
mod dynamic;
mod events;
mod files;
mod functions;
mod names;
mod notes;

mod owner;
mod paths;
mod resources;
mod rest;
mod schema;
mod service;
mod tables;
mod token;
mod unread;
pub(crate) mod url;
mod workflows;
mod written;

pub(crate) use events::tag_fault;
pub(crate) use rest::scheme_name;
pub(crate) use workflows::no_workflows;

use std::collections::BTreeMap;

pub use defaults::DEFAULTS_FILE;
pub(crate) use defaults::Defaults;
pub(crate) use documents::{Documents, MAX_ALL_OF, PathItem, is_base};
pub(crate) use files::{WORKFLOWS, named_role};
pub use files::{is_document, is_read, standard};
pub use paths::{beside, outline};
pub(crate) use service::unfit_name;

use crate::diag::{Sink, catalog::document as fault, catalog::shape};
use crate::model::{Bus, Origin, Service, System, Workflows};
use crate::parse::shape::Shape;
use crate::parse::{Node, keywords, yaml};
use crate::source::{FileId, SourceMap, Span};

/// A part of a contract is invalid, and the sink says why.
///
/// Functions of this module return `None` for such a part. Where `None` says that the contract is silent, they return
/// `Result<Option<T>, Reported>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reported;

/// What every part of this stage needs, and may not change.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) docs: &'a Documents<'a>,
    pub(crate) sink: &'a Sink,
    /// What holds where contracts do not say.
    pub(crate) defaults: &'a Defaults,
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

/// The trees of files. A copy costs little, because trees share what they hold.
pub type Trees = BTreeMap<FileId, Node>;

/// The trees of all files that can be read. What is wrong with the contracts among the others is reported; what is wrong
/// with a file that they refer to, where a reference needs it: an extension of another tool may name any file.
#[must_use]
pub fn trees(sources: &SourceMap, sink: &Sink) -> Trees {
    let mut trees = BTreeMap::new();
    let mut unread = vec![];
    let defaults = defaults::file(sources);
    for (file, source) in sources.files() {
        if let Some(help) = &source.misplaced {
            sink.report(fault::not_read(Span { file, start: 0, end: 0 }, help));
            continue;
        }
        // Settings that are all commented out are the default ones.
        if defaults == Some(file) && is_blank(&source.text) && source.fault.is_none() {
            continue;
        }
        let found = Sink::default();
        match read(sources, file, &found) {
            Some(tree) => {
                found.into_other(sink);
                trees.insert(file, tree);
            }
            None => unread.push((file, found)),
        }
    }
    let services = files::services(sources, &trees, &Sink::default());
    for (file, found) in unread {
        let is_root = |one: &Contracts| one.openapi == Some(file) || one.asyncapi == Some(file);
        let is_contract = files::is_document(&sources.file(file).path)
            || defaults == Some(file)
            || services.iter().any(is_root);
        if is_contract {
            found.into_other(sink);
        }
    }
    asyncapi::make_plain(sources, &services, &mut trees, sink);
    trees
}

/// Whether a file holds comments only.
fn is_blank(text: &str) -> bool {
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#'))
}

/// The tree of a file; why it cannot be read is reported.
fn read(sources: &SourceMap, file: FileId, sink: &Sink) -> Option<Node> {
    let source = sources.file(file);
    match &source.fault {
        Some(fault) => {
            sink.report(crate::diag::catalog::yaml::unreadable(file, fault));
            None
        }
        None => yaml::parse(file, &source.text, sink),
    }
}

/// The files that a file names, as it spells them: what a reader must fetch beside it.
#[must_use]
pub fn references(path: &str, text: &str) -> Vec<String> {
    if !files::is_service_file(path) && !paths::may_refer(text) {
        return vec![];
    }
    match yaml::parse(FileId::default(), text, &Sink::default()) {
        None => vec![],
        Some(tree) if files::is_service_file(path) => files::named_in(&tree),
        Some(tree) => paths::references(&tree),
    }
}

/// The system that the contracts describe; `None` when nothing is left that could be one. What is reported to
/// the sink decides whether it is right.
#[must_use]
pub fn lower(sources: &SourceMap, sink: &Sink) -> Option<System> {
    let trees = trees(sources, sink);
    ContractSet::of(sources, &trees, sink).lower(sink)
}

/// The files of all services as one web, before it is known what they mean.
pub(crate) struct ContractSet<'a> {
    /// The files, checked.
    pub(crate) documents: Documents<'a>,
    /// The two contracts of each service, by its name.
    pub(crate) services: Vec<Contracts>,
    defaults: Defaults,
    sources: &'a SourceMap,
    /// The Arazzo documents of a version that is read.
    workflows: Vec<FileId>,
    /// Files of which nothing is known, because they cannot be read.
    unread: Vec<FileId>,
}

impl<'a> ContractSet<'a> {
    /// Puts the files together.
    pub(crate) fn of(sources: &'a SourceMap, trees: &'a Trees, sink: &Sink) -> Self {
        let services = files::services(sources, trees, sink);
        let mut roots = roots(&services, trees, sink);
        roots.extend(defaults::file(sources).map(|file| (file, Defaults::shape())));
        let mut workflows = files::workflow_documents(sources, trees);
        workflows.retain(|file| {
            let tree = trees.get(file);
            tree.is_some_and(|tree| version(tree, "arazzo", &["1.0", "1.1"], sink).is_some())
        });
        roots.extend(workflows.iter().map(|file| (*file, &keywords::arazzo::DOCUMENT)));
        let documents = Documents::check(sources, trees, &roots, sink);
        let defaults = Defaults::read(sources, &documents, sink);
        let files = sources.files().map(|(file, _)| file);
        let unread = files.filter(|file| !trees.contains_key(file)).collect();
        Self { documents, services, defaults, sources, workflows, unread }
    }

    /// What they mean, as far as they mean anything.
    pub(crate) fn lower(&self, sink: &Sink) -> Option<System> {
        let scope = Scope { docs: &self.documents, sink, defaults: &self.defaults };
        let senders = events::Senders::of(scope, &self.services);
        let (mut lowered, mut outgoing, mut unserved) = (vec![], vec![], vec![]);
        let mut sound = true;
        for pair in &self.services {
            // What the other document misses may be in the one that cannot be read, which is told already.
            let files = [pair.openapi, pair.asyncapi];
            if files.iter().flatten().any(|file| self.unread.contains(file)) {
                sound = false;
                continue;
            }
            // A document that cannot be read has nothing that workflows could name.
            let roots = files.iter().flatten().filter_map(|file| self.documents.tree(*file));
            sound &= crate::parse::every(roots, |root| self.documents.is_sound(root));
            match service::lower_service(scope, pair, &self.services, &senders) {
                Some(service) => lowered.push(service),
                None => sound = false,
            }
            let document = pair.openapi.and_then(|file| self.documents.tree(file));
            let sent = document.and_then(|one| rest::lower_outgoing(scope, one, &pair.name));
            outgoing.extend(sent);
            unserved.extend(document.and_then(|one| rest::lower_unserved(scope, one, &pair.name)));
        }
        unread::check(scope, &self.services);
        // No part of a workflow is in the template.
        let files = self.sources.files().map(|(file, _)| file);
        let files = files.filter(|file| !self.workflows.contains(file));
        let trees = files.filter_map(|file| self.documents.tree(file));
        sound &= crate::parse::every(trees, |tree| dynamic::check(tree, sink));
        rest::settle_keys(&mut lowered);
        if self.services.is_empty() && !self.sources.is_empty() {
            let first = FileId::default();
            sink.report(fault::no_service(Span { file: first, start: 0, end: 0 }));
        }
        let mut workflows = None;
        if sound && !self.workflows.is_empty() {
            workflows = self.lower_workflows(&lowered, sink);
            sound = workflows.is_some();
        }
        self.defaults.report(self.sources, sink);
        sink.narrow(|span| self.documents.narrowed(span));
        let buses = buses(&lowered);
        let sums = self.sources.sums();
        let (alarms, layout) = (self.defaults.alarms, self.defaults.layout);
        let services = lowered;
        let system =
            System { services, outgoing, unserved, buses, workflows, alarms, layout, sums };
        sound.then_some(system)
    }

    fn lower_workflows(&self, services: &[Service], sink: &Sink) -> Option<Workflows> {
        let scope = Scope { docs: &self.documents, sink, defaults: &self.defaults };
        let ground = workflows::Ground { scope, contracts: &self.services, services };
        workflows::lower_workflows(ground, &self.workflows)
    }
}

/// The workflows of contracts whose services are known already.
#[must_use]
pub(crate) fn lower_workflows(
    sources: &SourceMap,
    trees: &Trees,
    services: &[Service],
    sink: &Sink,
) -> Option<Workflows> {
    let contracts = ContractSet::of(sources, trees, sink);
    let workflows = contracts.lower_workflows(services, sink);
    sink.narrow(|span| contracts.documents.narrowed(span));
    workflows.filter(|_| !sink.has_errors())
}

/// The documents whose version is one that is read, each with its shape.
fn roots(services: &[Contracts], trees: &Trees, sink: &Sink) -> Vec<(FileId, &'static Shape)> {
    let mut roots = vec![];
    for contracts in services {
        let openapi = (
            contracts.openapi,
            "openapi",
            &["3.0", "3.1", "3.2"][..],
            &keywords::openapi::DOCUMENT,
        );
        let asyncapi =
            (contracts.asyncapi, "asyncapi", &["3.0", "3.1"][..], &keywords::asyncapi::DOCUMENT);
        for (file, key, versions, shape) in [openapi, asyncapi] {
            let Some((file, tree)) = file.and_then(|file| Some((file, trees.get(&file)?))) else {
                continue;
            };
            match version(tree, key, versions, sink) {
                Some("3.1" | "3.2") if key == "openapi" => {
                    let parts = ["paths", "components", "webhooks"];
                    if parts.iter().all(|key| tree.get(key).is_none()) {
                        sink.report(fault::nothing_described(tree.span, &parts));
                    }
                    roots.push((file, &keywords::openapi::LATER_DOCUMENT));
                }
                Some(_) => roots.push((file, shape)),
                None => {}
            }
        }
    }
    roots
}

/// The version that a document says it has, of those that are read; `3.0` stands for `3.0` and `3.0.1`.
fn version<'v>(tree: &Node, key: &str, versions: &[&'v str], sink: &Sink) -> Option<&'v str> {
    let Some(node) = tree.get(key) else {
        let other = tree.entries().iter().find(|entry| {
            ["swagger", "openapi", "asyncapi", "arazzo"].contains(&entry.key.as_str())
        });
        match other {
            Some(entry) => sink.report(fault::other_standard(entry.named(), key)),
            None => {
                let slip = tree.entries().iter().find(|entry| {
                    let version = entry.value.text().or_else(|| entry.value.number());
                    version.is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()))
                        && shape::nearest(&entry.key, [key]).is_some()
                });
                match slip {
                    Some(entry) => sink.report(fault::misspelt_version(entry.named(), key)),
                    None => sink.report(fault::no_version(tree.span, key)),
                }
            }
        }
        return None;
    };
    let found = node.text().or_else(|| node.number()).unwrap_or_default();
    let fits = versions.iter().find(|version| {
        let rest = found.strip_prefix(**version);
        // `-rc1` and the like are what a version may end with.
        let is_plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-');
        rest.is_some_and(|rest| {
            rest.is_empty() || (rest.starts_with('.') && rest.chars().all(is_plain))
        })
    });
    if fits.is_none() {
        sink.report(fault::other_version(node.span, key, found, versions));
    }
    fits.copied()
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
            let rule = receive.delivery.rule()?;
            rule.schedule().is_none().then_some((&rule.bus, &receive.origin))
        });
        for (bus, origin) in sent.chain(received) {
            let entry = || Bus { name: names::name(bus), origin: origin.clone() };
            buses.entry(bus.clone()).or_insert_with(entry);
        }
    }
    buses.into_values().collect()
}
