//! Places in the contracts' files: where the schema of a part of an operation stands, and where references lead.

use std::collections::BTreeMap;

use codegen::lower::beside;
use codegen::model::{Operation, Response};
use codegen::parse::Node;
use codegen::source::{FileId, SourceMap, Span};
use scalars::percent::{decode_text, encode_path};
use scalars::pointer::escape;

use super::Part;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SchemaPlace {
    /// The path of the file.
    pub(super) file: String,
    /// The JSON Pointer.
    pub(super) pointer: String,
}

impl SchemaPlace {
    fn child(&self, key: &str) -> Self {
        Self { file: self.file.clone(), pointer: format!("{}/{}", self.pointer, escape(key)) }
    }
}

/// Where the contracts' files live, as far as references are concerned: no such host exists, and nothing is fetched.
const BASE: &str = "https://contracts.invalid/";

/// More references in a row lead nowhere.
const MAX_REFERENCES: usize = 100;

/// The trees of all files, by path.
#[derive(Debug)]
pub(super) struct Documents {
    trees: BTreeMap<String, Node>,
    paths: BTreeMap<FileId, String>,
    /// The URIs of files and of schemas that name themselves, each with its place.
    named: BTreeMap<String, SchemaPlace>,
}

impl Documents {
    pub(super) fn of(sources: &SourceMap, trees: BTreeMap<FileId, Node>) -> Self {
        let paths: BTreeMap<_, _> =
            sources.files().map(|(id, file)| (id, file.path.clone())).collect();
        let trees: BTreeMap<String, Node> = trees
            .into_iter()
            .filter_map(|(id, tree)| Some((paths.get(&id)?.clone(), tree)))
            .collect();
        let mut named = BTreeMap::new();
        for (path, tree) in &trees {
            let place = SchemaPlace { file: path.clone(), pointer: String::new() };
            note_names(tree, &place, &base_of(path, tree), &mut named);
            named.insert(format!("{BASE}{}", encode_path(path)), place);
        }
        Self { trees, paths, named }
    }

    /// The schema of a part of an operation.
    pub(super) fn schema_of(&self, operation: &Operation, part: Part<'_>) -> Option<SchemaPlace> {
        let (file, pointer) = operation.origin.pointer.split_once('#')?;
        let operation = SchemaPlace { file: file.to_owned(), pointer: pointer.to_owned() };
        let schema = match part {
            Part::Request(media_type) => {
                let body = self.end(operation.child("requestBody"))?;
                self.content(&body, media_type)?
            }
            Part::Response(response, media_type) => {
                self.content(&self.response(&operation, response)?, media_type)?
            }
            Part::Header(response, name) => {
                let headers = self.response(&operation, response)?.child("headers");
                let entries = self.node(&headers)?.entries();
                let key = entries.iter().find(|one| one.key.eq_ignore_ascii_case(name))?;
                self.end(headers.child(&key.key))?.child("schema")
            }
        };
        self.node(&schema).map(|_| schema)
    }

    fn response(&self, operation: &SchemaPlace, response: &Response) -> Option<SchemaPlace> {
        let status = response.status.to_string();
        let responses = operation.child("responses");
        let entries = self.node(&responses)?.entries();
        let named = |wanted: &str| entries.iter().find(|one| one.key.eq_ignore_ascii_case(wanted));
        // Successes that no key names are those of `default`.
        let key = named(&status).or_else(|| named("default"))?;
        self.end(responses.child(&key.key))
    }

    fn content(&self, holder: &SchemaPlace, media_type: &str) -> Option<SchemaPlace> {
        let content = holder.child("content");
        let is_it = |key: &str| scalars::media::bare(key).eq_ignore_ascii_case(media_type);
        let key = self.node(&content)?.entries().iter().find(|one| is_it(&one.key))?;
        Some(self.end(content.child(&key.key))?.child("schema"))
    }

    /// Follows references from a place to their end.
    fn end(&self, mut place: SchemaPlace) -> Option<SchemaPlace> {
        for _ in 0..MAX_REFERENCES {
            match self.node(&place)?.text_at("$ref") {
                None => return Some(place),
                Some(reference) => place = self.target(&place.file, reference),
            }
        }
        None
    }

    /// Where a reference in a file leads.
    fn target(&self, file: &str, reference: &str) -> SchemaPlace {
        let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let pointer = decode_text(pointer);
        let file = match (path, self.named.get(path)) {
            ("", _) => file.to_owned(),
            (_, Some(named)) => named.file.clone(),
            _ => beside(file, &decode_text(path)),
        };
        SchemaPlace { file, pointer: pointer.into_owned() }
    }

    /// The schema that a schema refers to.
    pub(super) fn referred(&self, node: &Node) -> Option<&Node> {
        let file = self.paths.get(&node.span.file)?;
        self.node(&self.end(self.target(file, node.text_at("$ref")?))?)
    }

    fn node(&self, place: &SchemaPlace) -> Option<&Node> {
        self.trees.get(&place.file)?.pointer(&place.pointer)
    }

    /// Whether a node is written in the schemas of OpenAPI 3.0.
    pub(super) fn is_30(&self, node: &Node) -> bool {
        let version = |tree: &Node| tree.text_at("openapi").map(|text| text.starts_with("3.0"));
        let own = self.paths.get(&node.span.file).and_then(|path| self.trees.get(path));
        // A file of schemas is written as the documents are that refer to it.
        own.and_then(version)
            .unwrap_or_else(|| self.trees.values().filter_map(version).all(|is_30| is_30))
    }

    /// Everything that a reference may name as a whole: its URI, itself, and whether it is an OpenAPI document.
    pub(super) fn resources(&self) -> impl Iterator<Item = (String, &Node, bool)> {
        self.named.iter().filter_map(|(uri, place)| {
            let node = self.node(place)?;
            let is_openapi = place.pointer.is_empty() && node.get("openapi").is_some();
            Some((uri.clone(), node, is_openapi))
        })
    }

    /// The URI of a place.
    pub(super) fn uri(&self, place: &SchemaPlace) -> String {
        let base = self.trees.get(&place.file).map(|tree| base_of(&place.file, tree));
        format!("{}#{}", base.unwrap_or_default(), encode_path(&place.pointer))
    }

    /// The part of the text that a URI names, or the nearest around it.
    pub(super) fn span(&self, uri: &str) -> Option<Span> {
        let (resource, pointer) = uri.split_once('#').unwrap_or((uri, ""));
        let place = self.named.get(resource)?;
        let mut pointer = format!("{}{}", place.pointer, decode_text(pointer));
        loop {
            let inner = SchemaPlace { file: place.file.clone(), pointer: pointer.clone() };
            if let Some(node) = self.node(&inner) {
                return Some(node.span);
            }
            pointer.truncate(pointer.rfind('/')?);
        }
    }
}

/// The URI that references in a file are relative to.
fn base_of(path: &str, tree: &Node) -> String {
    let own = format!("{BASE}{}", encode_path(path));
    let named = tree.text_at("$self").or_else(|| tree.text_at("$id"));
    named.map_or(own.clone(), |name| joined(&own, name))
}

/// A reference against a base, as far as names of schemas need it.
fn joined(base: &str, reference: &str) -> String {
    let reference = reference.trim_end_matches('#');
    match (reference.contains("://") || reference.starts_with("urn:"), base.strip_prefix(BASE)) {
        (false, Some(path)) => format!("{BASE}{}", beside(path, reference)),
        (false, None) => {
            let (host, path) =
                base.split_at(base.find("://").map_or(0, |at| {
                    base[at + 3..].find('/').map_or(base.len(), |end| at + 3 + end)
                }));
            format!("{host}/{}", beside(path.trim_start_matches('/'), reference))
        }
        (true, _) => reference.to_owned(),
    }
}

/// Notes every schema that names itself by `$id`.
fn note_names(
    node: &Node,
    place: &SchemaPlace,
    base: &str,
    named: &mut BTreeMap<String, SchemaPlace>,
) {
    let id =
        node.text_at("$id").or_else(|| node.text_at("$self").filter(|_| place.pointer.is_empty()));
    let own = id.filter(|id| !id.starts_with('#')).map(|id| match place.pointer.is_empty() {
        true => base.to_owned(),
        false => joined(base, id),
    });
    if let Some(own) = &own {
        named.insert(own.clone(), place.clone());
    }
    let base = own.as_deref().unwrap_or(base);
    for entry in node.entries() {
        note_names(&entry.value, &place.child(&entry.key), base, named);
    }
    for (at, item) in node.items().iter().enumerate() {
        note_names(item, &place.child(&at.to_string()), base, named);
    }
}
