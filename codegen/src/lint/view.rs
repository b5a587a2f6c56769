//! The contracts as rules see them.
//!
//! Owns the ways through the text of the documents, references followed, and the model beside it. Judges nothing.

use std::cell::Cell;

use crate::lower::{ContractSet, Documents};
use crate::model::System;
use crate::parse::keywords::schema::SCHEMA;
use crate::parse::{Entry, Node};
use crate::source::{FileId, Span};

/// The keys of a path item that are operations.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// All contracts of a run.
pub(super) struct View<'a> {
    docs: &'a Documents<'a>,
    /// What they mean; of contracts with errors, nothing.
    system: &'a System,
    /// Whether they have no errors.
    is_sound: bool,
    /// Whether a rule asked what they mean.
    is_asked: Cell<bool>,
    /// The OpenAPI documents, by service.
    pub(super) openapi: Vec<Document<'a>>,
    /// The AsyncAPI documents, by service.
    pub(super) asyncapi: Vec<Document<'a>>,
}

/// One document.
#[derive(Clone, Copy)]
pub(super) struct Document<'a> {
    /// Its whole tree.
    pub(super) root: &'a Node,
}

/// An operation of an OpenAPI document.
#[derive(Clone, Copy)]
pub(super) struct Operation<'a> {
    /// The document.
    pub(super) document: Document<'a>,
    /// The path, with its item.
    pub(super) path: &'a Entry,
    /// The parameters of the path item.
    shared: Option<&'a Node>,
    /// The method, with the operation.
    pub(super) entry: &'a Entry,
}

impl<'a> View<'a> {
    pub(super) fn new(web: &'a ContractSet<'a>, system: &'a System, is_sound: bool) -> Self {
        let docs = &web.documents;
        let document = |file: Option<FileId>| Some(Document { root: docs.tree(file?)? });
        let services = &web.services;
        Self {
            docs,
            system,
            is_sound,
            is_asked: Cell::new(false),
            openapi: services.iter().filter_map(|of| document(of.openapi)).collect(),
            asyncapi: services.iter().filter_map(|of| document(of.asyncapi)).collect(),
        }
    }

    /// What the contracts mean.
    pub(super) fn system(&self) -> &'a System {
        self.is_asked.set(true);
        self.system
    }

    /// Whether the contracts have no errors. In others, a broken reference makes what it should name look unused.
    pub(super) fn is_sound(&self) -> bool {
        self.is_asked.set(true);
        self.is_sound
    }

    /// Whether what the contracts mean was asked for since the last time.
    pub(super) fn was_asked(&self) -> bool {
        self.is_asked.replace(false)
    }

    /// All documents.
    pub(super) fn documents(&self) -> impl Iterator<Item = Document<'a>> {
        self.openapi.iter().chain(&self.asyncapi).copied()
    }

    /// The trees of all files, those that documents refer to too.
    pub(super) fn trees(&self) -> impl Iterator<Item = (FileId, &'a Node)> {
        self.docs.trees()
    }

    /// Every object of the contracts, those of other files that they refer to included. What stands in examples, defaults
    /// and enumerations is data, and no object.
    pub(super) fn objects(&self) -> impl Iterator<Item = &'a Node> {
        let (docs, mut open) = (self.docs, Vec::new());
        let mut trees = self.trees().map(|(_, tree)| tree).collect::<Vec<_>>().into_iter();
        let next = move || {
            let node = open.pop().or_else(|| trees.next())?;
            open.extend(node.entries().iter().map(|entry| &entry.value));
            open.extend(node.items());
            Some(node)
        };
        std::iter::from_fn(next).filter(|node| docs.shape_of(node).is_some())
    }

    /// Every schema of the contracts.
    pub(super) fn schemas(&self) -> impl Iterator<Item = &'a Node> {
        self.objects().filter(|node| self.docs.shape_of(node) == Some(SCHEMA.name))
    }

    /// Whether a file holds workflows, whose components only they use.
    pub(super) fn is_workflows(&self, tree: &Node) -> bool {
        tree.get("arazzo").is_some()
    }

    /// Whether a file is `spec/defaults.yaml`.
    pub(super) fn is_defaults(&self, file: FileId) -> bool {
        self.docs.defaults() == Some(file)
    }

    /// The node that a reference leads to; any other node itself.
    pub(super) fn target(&self, node: &'a Node) -> Option<&'a Node> {
        self.docs.target(node)
    }

    /// A schema and all that it refers to or builds on by `allOf`, the nearest first.
    pub(super) fn whole(&self, schema: Option<&'a Node>) -> Vec<&'a Node> {
        schema.map(|schema| self.docs.builds_on(schema)).unwrap_or_default()
    }

    /// Whether a text at a key says anything: of an object, or beside a reference to it that may have one (OpenAPI 3.1).
    pub(super) fn says(&self, node: &'a Node, key: &str) -> bool {
        self.docs.links(node).into_iter().any(|link| says(link, key))
    }

    /// The schemas that the discriminator of a schema may select.
    pub(super) fn told_apart(&self, node: &'a Node) -> Vec<&'a Node> {
        let Some(discriminator) = node.get("discriminator") else { return vec![] };
        let mapping = discriminator.get("mapping").into_iter().flat_map(Node::entries);
        let texts = mapping.map(|entry| &entry.value).chain(discriminator.get("defaultMapping"));
        let schemas = self.docs.tree(node.span.file);
        let schemas = schemas.and_then(|tree| tree.at(&["components", "schemas"]));
        let target = |at: &Node| {
            let text = at.text()?;
            schemas.and_then(|schemas| schemas.get(text)).or_else(|| self.step(at.span, text))
        };
        let children = self.docs.children_of(node).iter().map(|child| child.node);
        texts.filter_map(target).chain(children).collect()
    }

    /// The node that one reference names, seen from where it stands.
    pub(super) fn step(&self, from: Span, reference: &str) -> Option<&'a Node> {
        self.docs.step(from, reference).ok()
    }

    /// The narrowest place that stands for a node: its key, where it has one.
    pub(super) fn place(&self, node: &Node) -> Span {
        self.docs.narrowed(node.span)
    }

    /// A node as the contract writes it.
    pub(super) fn text_of(&self, node: &Node) -> Option<&'a str> {
        let Span { file, start, end } = node.span;
        let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
        self.docs.sources().file(file).text.get(start..end)
    }

    /// Every path of every OpenAPI document.
    pub(super) fn paths(&self) -> impl Iterator<Item = (Document<'a>, &'a Entry)> {
        self.openapi.iter().flat_map(|document| {
            entries(document.root, &["paths"])
                .filter(|path| !path.key.starts_with("x-"))
                .map(|path| (*document, path))
        })
    }

    /// Every operation of every OpenAPI document.
    pub(super) fn operations(&self) -> impl Iterator<Item = Operation<'a>> {
        self.paths().flat_map(|(document, path)| {
            let item = self.docs.path_item(&path.value);
            item.into_iter().flat_map(move |item| {
                let shared = item.get("parameters");
                item.entries()
                    .into_iter()
                    .filter(|entry| METHODS.contains(&entry.key.as_str()))
                    .map(move |entry| Operation { document, path, shared, entry })
            })
        })
    }

    /// Every operation of every AsyncAPI document.
    pub(super) fn event_operations(&self) -> impl Iterator<Item = &'a Entry> {
        self.asyncapi.iter().flat_map(|document| entries(document.root, &["operations"]))
    }

    /// Every parameter: of operations, of their paths, and of the components.
    pub(super) fn parameters(&self) -> Vec<&'a Node> {
        let mut found = vec![];
        for document in &self.openapi {
            let shared = entries(document.root, &["components", "parameters"]);
            found.extend(shared.filter_map(|entry| self.target(&entry.value)));
        }
        for operation in self.operations() {
            found.extend(self.parameters_of(operation));
        }
        unique(found)
    }

    /// The parameters of an operation, those of its path before its own.
    pub(super) fn parameters_of(&self, operation: Operation<'a>) -> Vec<&'a Node> {
        operation.listed().filter_map(|node| self.target(node)).collect()
    }

    /// The responses of an operation, each with its status.
    pub(super) fn responses_of(&self, operation: Operation<'a>) -> Vec<(&'a Entry, &'a Node)> {
        entries(operation.node(), &["responses"])
            .filter(|entry| !entry.key.starts_with("x-"))
            .filter_map(|entry| Some((entry, self.target(&entry.value)?)))
            .collect()
    }

    /// Every message that a channel or an operation names, or that stands among the components.
    pub(super) fn messages(&self) -> Vec<&'a Node> {
        let mut found = vec![];
        for document in &self.asyncapi {
            let shared = entries(document.root, &["components", "messages"]);
            let channels = entries(document.root, &["channels"]);
            let channels = channels.filter_map(|entry| self.target(&entry.value));
            let own = channels.flat_map(|channel| entries(channel, &["messages"]));
            found.extend(shared.chain(own).filter_map(|entry| self.target(&entry.value)));
        }
        unique(found)
    }

    /// The channel of an AsyncAPI operation.
    pub(super) fn channel_of(&self, operation: &'a Entry) -> Option<&'a Node> {
        self.target(self.target(&operation.value)?.get("channel")?)
    }

    /// A binding of a channel.
    pub(super) fn binding_of(&self, channel: &'a Node, name: &str) -> Option<&'a Node> {
        self.target(self.target(channel.get("bindings")?)?.get(name)?)
    }
}

impl<'a> Operation<'a> {
    /// The operation itself.
    pub(super) fn node(&self) -> &'a Node {
        &self.entry.value
    }

    /// Its parameters as they are listed, those of its path first.
    pub(super) fn listed(&self) -> impl Iterator<Item = &'a Node> + use<'a> {
        let own = self.node().get("parameters");
        self.shared.into_iter().chain(own).flat_map(Node::items)
    }

    /// What it is called in a message: its id, or else its method and path.
    pub(super) fn name(&self) -> String {
        match self.node().text_at("operationId") {
            Some(id) => format!("`{id}`"),
            None => format!("`{} {}`", self.entry.key.to_uppercase(), self.path.key),
        }
    }
}

/// The entries of the mapping at the end of a way of keys.
pub(super) fn entries<'a>(
    node: &'a Node,
    keys: &[&str],
) -> impl Iterator<Item = &'a Entry> + use<'a> {
    node.at(keys).into_iter().flat_map(Node::entries)
}

/// Whether a text at a key says anything.
pub(super) fn says(node: &Node, key: &str) -> bool {
    node.text_at(key).is_some_and(|text| !text.trim().is_empty())
}

fn unique(nodes: Vec<&Node>) -> Vec<&Node> {
    let mut seen = std::collections::BTreeSet::new();
    nodes.into_iter().filter(|node| seen.insert(node.span)).collect()
}
