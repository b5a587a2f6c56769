//! The contract files as one web: which file is whose, and what is wrong with their references.
//!
//! Owns the way along `$ref`, within a file and across files, and the check of everything that references reach.
//! A reference that leads nowhere, to something else than its place asks for, in a circle, or out of the folder
//! of contracts is reported here once; later stages follow what is left without asking.

mod bases;
mod follow;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use bases::is_base;
pub(crate) use follow::{MAX_ALL_OF, PathItem};

use super::resources::{Resources, dynamic_reference};
use super::{files, paths};
use crate::diag::Sink;
use crate::diag::catalog::{refs as fault, refs::RefFault, shape::nearest};
use crate::parse::dialect::Links;
use crate::parse::node::{Node, Value};
use crate::parse::shape::{Checked, Link, Shape, Site};
use crate::parse::{Dialect, keywords, misplaced};
use crate::source::{FileId, SourceMap, Span};

/// The trees of all files, checked.
pub(crate) struct Documents<'a> {
    sources: &'a SourceMap,
    trees: &'a BTreeMap<FileId, Node>,
    checked: Checked<'a>,
    resources: Resources<'a>,
    /// Where each reference that was checked ends, by its place; nothing for those in a circle.
    ends: BTreeMap<Span, Option<&'a Node>>,
    /// What each reference that was checked names, by its place.
    nexts: BTreeMap<Span, &'a Node>,
    /// The files that a reference needs and that cannot be read.
    unread: BTreeSet<FileId>,
    /// The schemas that discriminators tell apart.
    bases: bases::Bases<'a>,
    /// The places of the schemas of `components`.
    components: BTreeSet<Span>,
    /// The values that counted, of those whose readers say so.
    read: RefCell<BTreeSet<Span>>,
}

/// Which files each file refers to.
fn links(sources: &SourceMap, trees: &BTreeMap<FileId, Node>) -> Links {
    let named: BTreeMap<&str, FileId> =
        sources.files().map(|(file, source)| (source.path.as_str(), file)).collect();
    let of_file = |file: FileId, tree: &Node| {
        let from = &sources.file(file).path;
        let paths = paths::references(tree).into_iter().map(|path| paths::beside(from, &path));
        paths.filter_map(|path| named.get(path.as_str()).copied()).collect()
    };
    // Where every file is a document, none is read as its readers are.
    let is_alone = trees.values().all(files::names_standard);
    let among = trees.iter().filter(|_| !is_alone);
    Links(among.map(|(file, tree)| (*file, of_file(*file, tree))).collect())
}

impl<'a> Documents<'a> {
    /// Checks the given documents, each against its shape, and all that they refer to.
    pub(crate) fn check(
        sources: &'a SourceMap,
        trees: &'a BTreeMap<FileId, Node>,
        roots: &[(FileId, &'static Shape)],
        sink: &Sink,
    ) -> Self {
        let checked = Checked::of(sources, trees, &links(sources, trees));
        let (ends, unread) = (BTreeMap::new(), BTreeSet::new());
        let resources = Resources::of(sources, trees);
        let nexts = BTreeMap::new();
        let (bases, read) = (bases::Bases::default(), RefCell::default());
        let components = trees.values().filter_map(|tree| tree.at(&["components", "schemas"]));
        let components = components.flat_map(Node::entries).map(|one| one.value.span).collect();
        let mut documents = Self {
            sources,
            trees,
            checked,
            resources,
            ends,
            nexts,
            unread,
            bases,
            components,
            read,
        };
        for (file, shape) in roots {
            if let Some(tree) = trees.get(file) {
                documents.checked.check(tree, shape, sink);
            }
        }
        let mut next = 0;
        while let Some(site) = documents.checked.sites.get(next).copied() {
            documents.check_site(site, sink);
            next += 1;
        }
        for tree in trees.values().filter(|tree| !files::names_standard(tree)) {
            documents.checked.check_names(tree, sink);
        }
        // Nothing is made of requests that a service sends, so what is wrong with them is not reported.
        let silent = Sink::default();
        let sent: Vec<&Node> = trees.values().flat_map(|tree| documents.sent(tree)).collect();
        for item in sent {
            documents.checked.check(item, &keywords::openapi::PATH_ITEM, &silent);
        }
        while let Some(site) = documents.checked.sites.get(next).copied() {
            documents.check_site(site, &silent);
            next += 1;
        }
        documents.bases = bases::Bases::of(&documents);
        documents
    }

    /// The path items of webhooks and callbacks.
    fn sent(&self, tree: &'a Node) -> Vec<&'a Node> {
        let below = |node: Option<&'a Node>| node.into_iter().flat_map(Node::entries);
        let mut items: Vec<&Node> = below(tree.get("webhooks")).map(|entry| &entry.value).collect();
        for path in below(tree.get("paths").filter(|_| tree.get("openapi").is_some())) {
            for operation in path.value.entries() {
                for callback in below(operation.value.get("callbacks")) {
                    let target = self.follow(&callback.value).ok();
                    let urls = below(target).filter(|url| !url.key.starts_with("x-"));
                    items.extend(urls.map(|url| &url.value));
                }
            }
        }
        items
    }

    fn check_site(&mut self, site: Site<'a>, sink: &Sink) {
        let found = match site.link {
            Link::Reference => site.node.reference(),
            Link::Dynamic => dynamic_reference(site.node),
            Link::Mapping => return self.check_mapped(site, sink),
        };
        let Some((text, span)) = found else { return };
        let mut passed = vec![];
        let end = match site.link {
            Link::Dynamic => Ok(site.node),
            _ => self.walk(site.node, 0, &mut passed),
        };
        match &end {
            Ok(end) => {
                self.ends.extend(passed.into_iter().map(|link| (link, Some(*end))));
                // Schemas of a long chain each ask for what their own reference names.
                let mut passed = vec![];
                if let Some(next) = self.named_by(site.node, &mut passed) {
                    self.nexts.extend(passed.into_iter().map(|link| (link, next)));
                }
            }
            Err(RefFault::Circle) => self.ends.extend(passed.into_iter().map(|link| (link, None))),
            Err(_) => {}
        }
        match (self.step(span, text), end) {
            // What is wrong further on is told there.
            (Ok(target), Err(reason)) if !matches!(reason, RefFault::Circle) => {
                self.checked.check(target, site.shape, sink);
                self.checked.fail(site.node);
            }
            (Ok(target), Ok(_)) if self.is_file_of_schemas(target, site.shape) => {
                let name = self.trees.get(&span.file).map(|tree| tree.pointer_to(site.node.span).0);
                let name = name.as_deref().and_then(|pointer| pointer.rsplit('/').next());
                let known = target.entries().iter().map(|one| one.key.as_str());
                let known: Vec<&str> = known.filter(|name| !name.starts_with('$')).collect();
                let near = nearest(name.unwrap_or_default(), known.iter().copied());
                sink.report(fault::whole_file(span, text, near, &known));
                self.checked.fail(site.node);
            }
            (Ok(target), Ok(_)) => {
                self.checked.check(target, site.shape, sink);
                let found = self.checked.shape_of(target).unwrap_or(site.shape.name);
                if found != site.shape.name {
                    sink.report(fault::other_kind(span, text, site.shape.name, found, target.span));
                    self.checked.fail(site.node);
                }
            }
            (Err(reason), _) | (Ok(_), Err(reason)) => {
                if matches!(reason, RefFault::Unread) {
                    self.report_unread(span, text, sink);
                }
                let kind = site.shape.name;
                let right = fault::in_section(text, kind).filter(|right| {
                    matches!(reason, RefFault::NoName { .. }) && self.step(span, right).is_ok()
                });
                let report = match right {
                    Some(right) => Some(fault::other_section(span, text, kind, &right)),
                    None => fault::broken(self.sources, span, text, kind, &reason),
                };
                report.into_iter().for_each(|report| sink.report(report));
                self.checked.fail(site.node);
            }
        }
    }

    /// Checks what a `mapping` leads to. Whoever reads the discriminator reports one that leads nowhere.
    fn check_mapped(&mut self, site: Site<'a>, sink: &Sink) {
        let text = site.node.text().unwrap_or_default();
        if let Ok(target) = self.step(site.node.span, text)
            && !self.is_file_of_schemas(target, site.shape)
            && self.checked.shape_of(target).is_none()
        {
            self.checked.check(target, site.shape, sink);
        }
    }

    /// Reports why the file that a reference leads to cannot be read, once. Of contracts that is told already.
    fn report_unread(&mut self, from: Span, text: &str, sink: &Sink) {
        let path = text.split('#').next().unwrap_or_default();
        let Ok(file) = self.file(from.file, path) else { return };
        let is_told = super::is_document(self.path(file)) || self.trees.contains_key(&file);
        if !is_told && self.unread.insert(file) {
            super::read(self.sources, file, sink);
        }
    }

    /// Whether a node is a whole file that gives names to schemas, where one schema is expected.
    fn is_file_of_schemas(&self, node: &Node, shape: &Shape) -> bool {
        let is_whole =
            || self.trees.get(&node.span.file).is_some_and(|tree| tree.span == node.span);
        shape.name == keywords::schema::SCHEMA.name && is_whole() && misplaced::names_schemas(node)
    }

    /// The tree of a file, if it could be read.
    pub(crate) fn tree(&self, file: FileId) -> Option<&'a Node> {
        self.trees.get(&file)
    }

    /// Whether a node stands in an OpenAPI document of an earlier version than this one: `3.1`.
    pub(crate) fn is_before(&self, node: &Node, version: &str) -> bool {
        let own = self.tree(node.span.file).and_then(|tree| tree.text_at("openapi"));
        own.is_some_and(|own| own < version)
    }

    /// The dialect of JSON Schema that a schema is written in.
    pub(crate) fn dialect(&self, node: &Node) -> Dialect {
        self.checked.dialect(node.span.file)
    }

    /// `spec/defaults.yaml`, where it is there.
    pub(crate) fn defaults(&self) -> Option<FileId> {
        super::defaults::file(self.sources)
    }

    /// The files.
    pub(crate) fn sources(&self) -> &'a SourceMap {
        self.sources
    }

    /// The path of a file.
    pub(crate) fn path(&self, file: FileId) -> &'a str {
        &self.sources.file(file).path
    }

    /// Notes that a value counts.
    pub(crate) fn note_read(&self, node: &Node) {
        self.read.borrow_mut().insert(node.span);
    }

    /// Whether a value is known to count.
    pub(crate) fn was_read(&self, node: &Node) -> bool {
        self.read.borrow().contains(&node.span)
    }

    /// The shape that an object was checked against.
    pub(crate) fn shape_of(&self, node: &Node) -> Option<&'static str> {
        self.checked.shape_of(node)
    }

    /// A part of a text by its bytes: its very place where the file has the text as it is, else the whole of it.
    pub(crate) fn within(&self, node: &Node, at: usize, length: usize) -> Span {
        let text = node.text().unwrap_or_default();
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        let raw = self.sources.file(node.span.file).text.get(start..end).unwrap_or_default();
        let place = |byte: usize| u32::try_from(start + byte).unwrap_or(u32::MAX);
        let end = at.saturating_add(length).min(text.len());
        let at = at.min(text.len());
        match (in_raw(raw, text, at), in_raw(raw, text, end)) {
            (Some(at), Some(end)) if !text.is_empty() => {
                Span { start: place(at), end: place(end), ..node.span }
            }
            _ => node.span,
        }
    }

    /// The trees of all files.
    pub(crate) fn trees(&self) -> impl Iterator<Item = (FileId, &'a Node)> {
        self.trees.iter().map(|(file, tree)| (*file, tree))
    }

    /// Whether an object was checked, and nothing was reported of it.
    pub(crate) fn is_sound(&self, node: &Node) -> bool {
        self.checked.shape_of(node).is_some() && !self.checked.failed(node)
    }

    /// Whether something was reported of this very object, so that nothing more is to be said.
    pub(crate) fn failed(&self, node: &Node) -> bool {
        self.checked.failed(node)
    }

    /// The schemas that have URIs and anchors.
    pub(crate) fn resources(&self) -> &Resources<'a> {
        &self.resources
    }

    /// What a schema is called where it stands: its key, the file that is it, or for a schema inside of another
    /// one the words on the way to it.
    pub(crate) fn name_of(&self, node: &Node) -> String {
        let place = self.pointer(node.span);
        let (path, pointer) = place.split_once('#').unwrap_or((&place, ""));
        const SAYS_NOTHING: &[&str] = &[
            "components",
            "schemas",
            "messages",
            "payload",
            "schema",
            "properties",
            "items",
            "additionalProperties",
            "allOf",
            "oneOf",
            "anyOf",
            "definitions",
            "$defs",
            "paths",
            "responses",
            "requestBody",
            "content",
            "mediaTypes",
            "parameters",
            "channels",
            "headers",
        ];
        let steps = pointer.split('/').map(scalars::pointer::unescape);
        let told: Vec<String> = steps
            .filter(|step| !step.is_empty() && !SAYS_NOTHING.contains(&step.as_str()))
            .collect();
        match told.as_slice() {
            [] => {
                let file = path.rsplit('/').next().unwrap_or(path);
                file.split('.').next().unwrap_or(file).to_owned()
            }
            [one] => one.clone(),
            several => {
                super::names::joined(&several.iter().map(String::as_str).collect::<Vec<_>>())
            }
        }
    }

    /// Whether a node is a schema of `components`.
    pub(crate) fn is_component(&self, node: &Node) -> bool {
        self.components.contains(&node.span)
    }

    /// The JSON pointer of a place, with the file before it: what generated items cite.
    pub(crate) fn pointer(&self, span: Span) -> String {
        let pointer = self.tree(span.file).map(|tree| tree.pointer_to(span).0).unwrap_or_default();
        format!("{}#{pointer}", self.sources.file(span.file).path)
    }

    /// The narrowest place that stands for another one: for a mapping or list, the key that it is the value of.
    pub(crate) fn narrowed(&self, span: Span) -> Span {
        let Some(tree) = self.tree(span.file) else { return span };
        match tree.find(span) {
            Some((node, Some(key))) if matches!(node.value, Value::Map(_) | Value::List(_)) => key,
            _ => span,
        }
    }
}

/// Where a byte of a text stands in what the file has for it: the text itself, or lines that were folded into one.
fn in_raw(raw: &str, text: &str, at: usize) -> Option<usize> {
    if let Some(offset) = raw.find(text) {
        return Some(offset + at);
    }
    let mut rest = raw.char_indices().filter(|(_, char)| !char.is_whitespace()).peekable();
    // A mark of a block (`>-`) or a quote may stand before the text.
    let first = text.chars().find(|char| !char.is_whitespace())?;
    while rest.next_if(|(_, char)| *char != first).is_some() {}
    let mut end = rest.peek()?.0;
    for (byte, char) in text.char_indices().filter(|(_, char)| !char.is_whitespace()) {
        let (place, found) = rest.next()?;
        if byte >= at {
            // Behind the last letter, not before the next one, where a range ends with a word.
            return Some(if byte == at { place } else { end });
        }
        if found != char {
            return None;
        }
        end = place + found.len_utf8();
    }
    Some(end)
}
