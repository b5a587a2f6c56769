//! The way along references, within a file and across files.

use std::collections::BTreeSet;

use scalars::percent::decode_text;

use super::Documents;
use crate::diag::catalog::{refs as fault, refs::RefFault, shape::nearest};
use crate::lower::paths::beside;
use crate::parse::node::{Entry, Node};
use crate::source::{FileId, Span};

/// How many references a pointer may lead through before it comes to its end.
const MAX_THROUGH: usize = 100;

/// How deep `allOf` may lead.
pub(crate) const MAX_ALL_OF: usize = 100;

impl<'a> Documents<'a> {
    /// The end of a chain of references; the node itself when it is not a reference. `None` when a link is broken or the
    /// end failed, which has been reported.
    pub(crate) fn target(&self, node: &'a Node) -> Option<&'a Node> {
        if self.failed(node) {
            return None;
        }
        self.follow(node).ok().filter(|target| !self.failed(target))
    }

    /// The path item that a node is: the node, and what it refers to, which a path item may do beside keys of its
    /// own.
    pub(crate) fn path_item(&self, node: &'a Node) -> Option<PathItem<'a>> {
        let mut nodes = vec![node];
        while let Some((text, span)) = nodes.last().and_then(|node| node.reference()) {
            let next = self.step(span, text).ok()?;
            if nodes.iter().any(|known| known.span == next.span) {
                return None;
            }
            nodes.push(next);
        }
        nodes.iter().all(|node| !self.failed(node)).then_some(PathItem { nodes })
    }

    /// What a reference names, which may be a reference in turn where something stands beside that one. `None` when it
    /// is broken, which has been reported.
    pub(crate) fn next(&self, node: &'a Node) -> Option<&'a Node> {
        node.reference()?;
        self.target(node)?;
        self.named_by(node, &mut vec![])
    }

    /// As [`Documents::next`], of a reference that is sound; notes the places of references for which it was not known.
    pub(super) fn named_by(&self, node: &'a Node, passed: &mut Vec<Span>) -> Option<&'a Node> {
        let mut next = node;
        while let Some((text, span)) = next.reference() {
            let is_first = next.span == node.span;
            if !is_first && next.entries().len() != 1 {
                break;
            }
            if !is_first && self.dialect(next).refers_alone() {
                passed.clear();
                return self.target(next);
            }
            if let Some(known) = self.nexts.get(&next.span) {
                return Some(*known);
            }
            passed.push(next.span);
            next = self.step(span, text).ok()?;
        }
        Some(next)
    }

    /// A schema and what it refers to, link by link, without those beside whose reference nothing counts. Nothing where the
    /// reference is broken, which has been reported.
    pub(crate) fn links(&self, node: &'a Node) -> Vec<&'a Node> {
        let mut found = vec![];
        let mut next = self.target(node).map(|_| node);
        while let Some(link) = next {
            if link.reference().is_none() || !self.dialect(link).refers_alone() {
                found.push(link);
            }
            next = self.next(link);
        }
        found
    }

    /// A schema and all that it refers to or builds on by `allOf`, each once, the nearest first, as far as `allOf` may lead.
    pub(crate) fn builds_on(&self, node: &'a Node) -> Vec<&'a Node> {
        if node.reference().is_none() && node.get("allOf").is_none() {
            return if self.failed(node) { vec![] } else { vec![node] };
        }
        let mut found: Vec<&Node> = vec![];
        let mut seen = BTreeSet::new();
        let mut open = vec![(node, 0)];
        while let Some((node, depth)) = open.pop() {
            let links = self.links(node).into_iter();
            let links: Vec<&Node> = links.take_while(|link| seen.insert(link.span)).collect();
            let members = links.iter().flat_map(|link| link.get("allOf")).flat_map(Node::items);
            let members: Vec<&Node> = members.filter(|_| depth < MAX_ALL_OF).collect();
            open.extend(members.into_iter().rev().map(|member| (member, depth + 1)));
            found.extend(links);
        }
        found
    }

    /// The end of a chain of references, whatever was reported of it.
    pub(crate) fn follow<'n>(&self, node: &'n Node) -> Result<&'n Node, RefFault>
    where
        'a: 'n,
    {
        self.walk(node, 0, &mut vec![])
    }

    /// Goes along a chain of references, and notes the places of those that were not checked before.
    pub(super) fn walk<'n>(
        &self,
        node: &'n Node,
        n_through: usize,
        passed: &mut Vec<Span>,
    ) -> Result<&'n Node, RefFault>
    where
        'a: 'n,
    {
        let mut seen = BTreeSet::new();
        let mut end = node;
        while let Some((text, span)) = end.reference() {
            if let Some(known) = self.ends.get(&end.span) {
                return (*known).ok_or(RefFault::Circle);
            }
            if !seen.insert(end.span) {
                return Err(RefFault::Circle);
            }
            passed.push(end.span);
            end = self.step_within(span, text, n_through)?;
        }
        Ok(end)
    }

    /// What one reference names, seen from where it stands.
    pub(crate) fn step(&self, from: Span, text: &str) -> Result<&'a Node, RefFault> {
        self.step_within(from, text, 0)
    }

    fn step_within(&self, from: Span, text: &str, n_through: usize) -> Result<&'a Node, RefFault> {
        if n_through > MAX_THROUGH {
            return Err(RefFault::Circle);
        }
        let (path, pointer) = text.split_once('#').unwrap_or((text, ""));
        let mut node = self.resource(from, path)?;
        let pointer = decode_text(pointer).into_owned();
        // Below an `$id` a pointer leads into that schema. Many mean the document that it stands in, nevertheless.
        if path.is_empty()
            && pointer.starts_with("/components/")
            && node.get("components").is_none()
        {
            node = self.trees.get(&from.file).ok_or(RefFault::Unread)?;
        }
        if pointer.is_empty() {
            return Ok(node);
        }
        let Some(steps) = pointer.strip_prefix('/') else {
            let inside = self.resources.around(node.span);
            let found = inside.and_then(|inside| self.resources.anchored(inside, &pointer));
            return found.ok_or(RefFault::NoPointer);
        };
        for step in steps.split('/') {
            // A pointer may lead through an object that is itself a reference.
            let name = scalars::pointer::unescape(step);
            if node.reference().is_some() && node.get(&name).is_none() {
                node = self.walk(node, n_through + 1, &mut vec![])?;
            }
            let next = node.get(&name).or_else(|| node.items().get(name.parse::<usize>().ok()?));
            // A key that was reported, such as `component`, would make every reference through it a fault of its own.
            let is_told = self.checked.shape_of(node).is_some() && self.checked.failed(node);
            node =
                next.ok_or_else(|| if is_told { RefFault::Unread } else { no_name(node, name) })?;
        }
        Ok(node)
    }

    /// What a reference without its fragment names: the schema with that URI, or else the file at that path.
    fn resource(&self, from: Span, path: &str) -> Result<&'a Node, RefFault> {
        let own = || self.resources.around(from).map(|id| self.resources.root(id));
        let named = if path.is_empty() { own() } else { self.resources.named(from, path) };
        if let Some(node) = named {
            return Ok(node);
        }
        let file = if path.is_empty() { from.file } else { self.file(from.file, path)? };
        self.trees.get(&file).ok_or(RefFault::Unread)
    }

    /// The file that another one names.
    pub(crate) fn file(&self, from: FileId, path: &str) -> Result<FileId, RefFault> {
        if let Some(file) = self.named(from, path) {
            return Ok(file);
        }
        if path.contains("://") || path.starts_with("//") {
            return Err(RefFault::Remote);
        }
        if path.starts_with('/') {
            return Err(RefFault::Outside);
        }
        let from = &self.sources.file(from).path;
        let path = beside(from, &decode_text(path));
        let root = |path: &str| path.split('/').next().map(str::to_owned);
        if root(&path) != root(from) {
            return Err(RefFault::Outside);
        }
        self.sources.find(&path).ok_or_else(|| {
            let known = self.sources.files().map(|(_, file)| file.path.as_str());
            let near = nearest(&path, known).map(str::to_owned);
            RefFault::NoFile { path, near }
        })
    }

    /// The document that calls itself by a URI (`$self`), which may be relative to that of the referring one.
    fn named(&self, from: FileId, uri: &str) -> Option<FileId> {
        let own = self.trees.get(&from).and_then(|tree| tree.text_at("$self"));
        let whole = own.filter(|_| !uri.contains("://")).map(|own| beside(own, uri));
        let whole = whole.as_deref().unwrap_or(uri);
        let is_called =
            |tree: &Node| tree.text_at("$self").is_some_and(|name| same_uri(name, whole));
        self.trees.iter().find(|(_, tree)| is_called(tree)).map(|(file, _)| *file)
    }
}

/// A path item, which may stand in several places that refer to each other.
#[derive(Debug, Clone)]
pub(crate) struct PathItem<'a> {
    /// The item as it stands in the document, then what it refers to.
    nodes: Vec<&'a Node>,
}

impl<'a> PathItem<'a> {
    /// All keys with their values, those of the item itself first, each key once.
    pub(crate) fn entries(&self) -> Vec<&'a Entry> {
        let mut seen = BTreeSet::new();
        let all = self.nodes.iter().flat_map(|node| node.entries());
        all.filter(|entry| entry.key != "$ref" && seen.insert(entry.key.as_str())).collect()
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Node> {
        self.nodes.iter().find_map(|node| node.get(key))
    }
}

/// Whether two URIs name the same document; a fragment and leading slashes do not matter here.
fn same_uri(one: &str, other: &str) -> bool {
    let plain = |uri: &str| uri.split('#').next().unwrap_or(uri).trim_start_matches('/').to_owned();
    plain(one) == plain(other)
}

/// A step that leads nowhere, with the nearest name that there is.
fn no_name(inside: &Node, name: String) -> RefFault {
    let entries = inside.entries();
    let near = nearest(&name, entries.iter().map(|entry| entry.key.as_str()));
    let near = near.and_then(|near| inside.entry(near));
    let known = entries.iter().take(fault::MAX_NAMES).map(|entry| entry.key.clone()).collect();
    let near = near.map(|entry| (entry.key.clone(), entry.key_span));
    RefFault::NoName { near, name, known, n_known: entries.len() }
}
