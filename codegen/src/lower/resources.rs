//! Schema resources (JSON Schema 2020-12, section 8.2): URIs that schemas have by `$id`, and anchors within them.
//!
//! Owns which resource a place belongs to, and what a URI or an anchor names from there. Only the schemas of the
//! contracts have URIs: nothing is fetched.

use std::collections::BTreeMap;

use crate::parse::node::{Node, Value};
use crate::source::{FileId, SourceMap, Span};

/// The index of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ResourceId(usize);

/// All resources of the contracts: each file, and each schema with a URI of its own.
pub(crate) struct Resources<'a> {
    all: Vec<Resource<'a>>,
    by_place: BTreeMap<(FileId, u32), ResourceId>,
    by_uri: BTreeMap<String, ResourceId>,
    has_dynamic: bool,
}

struct Resource<'a> {
    node: &'a Node,
    uri: String,
    /// The resource that it stands in.
    around: Option<ResourceId>,
    /// Its anchors; the flag tells those of `$dynamicAnchor`.
    anchors: BTreeMap<&'a str, (&'a Node, bool)>,
}

/// A node that is still to be looked at, in its resource, and whether its keys are names and not keywords.
type Open<'a> = (&'a Node, ResourceId, bool);

impl<'a> Resources<'a> {
    pub(crate) fn of(sources: &SourceMap, trees: &'a BTreeMap<FileId, Node>) -> Self {
        let (all, by_place, by_uri) = (vec![], BTreeMap::new(), BTreeMap::new());
        let mut resources = Self { all, by_place, by_uri, has_dynamic: false };
        for (file, tree) in trees {
            let root = resources.add(tree, sources.file(*file).path.clone(), None);
            let mut open = vec![(tree, root, false)];
            while let Some(next) = open.pop() {
                resources.look_at(next, &mut open);
            }
        }
        resources
    }

    fn add(&mut self, node: &'a Node, uri: String, around: Option<ResourceId>) -> ResourceId {
        let id = ResourceId(self.all.len());
        self.by_place.insert((node.span.file, node.span.start), id);
        self.by_uri.entry(uri.clone()).or_insert(id);
        self.all.push(Resource { node, uri, around, anchors: BTreeMap::new() });
        id
    }

    fn look_at(&mut self, (node, around, is_names): Open<'a>, open: &mut Vec<Open<'a>>) {
        let mut own = around;
        if !is_names {
            if let Some(id) = node.text_at("$id") {
                let uri = resolved(&self.all[around.0].uri, id.split('#').next().unwrap_or(id));
                if self.all[around.0].node.span == node.span {
                    self.by_uri.entry(uri.clone()).or_insert(around);
                    self.all[around.0].uri = uri;
                } else if !id.starts_with('#') {
                    own = self.add(node, uri, Some(around));
                }
                // Draft 07 has its anchors in `$id`.
                self.anchor(own, id.split_once('#').map_or("", |(_, name)| name), node, false);
            }
            self.anchor(own, node.text_at("$anchor").unwrap_or_default(), node, false);
            self.anchor(own, node.text_at("$dynamicAnchor").unwrap_or_default(), node, true);
            self.has_dynamic |= node.text_at("$dynamicRef").is_some();
        }
        open.extend(node.items().iter().map(|item| (item, own, false)));
        for entry in node.entries() {
            // What stands there are values, whatever their keys are.
            const VALUES: [&str; 5] = ["enum", "const", "default", "example", "examples"];
            const NAMES: [&str; 6] = [
                "properties",
                "patternProperties",
                "dependentSchemas",
                "$defs",
                "definitions",
                "schemas",
            ];
            if is_names || !VALUES.contains(&entry.key.as_str()) {
                let names = !is_names && NAMES.contains(&entry.key.as_str());
                open.push((&entry.value, own, names));
            }
        }
    }

    fn anchor(&mut self, of: ResourceId, name: &'a str, node: &'a Node, is_dynamic: bool) {
        if !name.is_empty() && !name.starts_with('/') {
            let known = self.all[of.0].anchors.entry(name).or_insert((node, is_dynamic));
            known.1 |= is_dynamic && known.0.span == node.span;
        }
    }

    /// The resource that a place belongs to.
    pub(crate) fn around(&self, place: Span) -> Option<ResourceId> {
        let before = self.by_place.range(..=(place.file, place.start)).next_back();
        let mut next = before.filter(|((file, _), _)| *file == place.file).map(|(_, id)| *id);
        while let Some(id) = next {
            if place.end <= self.all[id.0].node.span.end {
                return Some(id);
            }
            next = self.all[id.0].around;
        }
        self.by_place.range((place.file, 0)..).next().map(|(_, id)| *id)
    }

    /// The schema that begins a resource.
    pub(crate) fn root(&self, id: ResourceId) -> &'a Node {
        self.all[id.0].node
    }

    /// The schema that a URI without fragment names, seen from a place.
    pub(crate) fn named(&self, from: Span, uri: &str) -> Option<&'a Node> {
        let base = &self.all[self.around(from)?.0].uri;
        self.by_uri.get(&resolved(base, uri)).map(|id| self.root(*id))
    }

    /// The schema that an anchor names in a resource.
    pub(crate) fn anchored(&self, id: ResourceId, name: &str) -> Option<&'a Node> {
        self.all[id.0].anchors.get(name).map(|(node, _)| *node)
    }

    /// Whether a schema has a dynamic anchor of a name.
    pub(crate) fn is_dynamic(&self, node: &Node, name: &str) -> bool {
        let known = self.around(node.span).and_then(|id| self.all[id.0].anchors.get(name));
        known.is_some_and(|(known, is_dynamic)| *is_dynamic && known.span == node.span)
    }

    /// The dynamic anchors of a resource.
    pub(crate) fn dynamic_anchors(&self, id: ResourceId) -> impl Iterator<Item = &'a str> {
        let anchors = self.all[id.0].anchors.iter();
        anchors.filter(|(_, (_, is_dynamic))| *is_dynamic).map(|(name, _)| *name)
    }

    /// Whether any schema has `$dynamicRef`.
    pub(crate) fn has_dynamic(&self) -> bool {
        self.has_dynamic
    }
}

/// A URI reference seen from a base (RFC 3986, section 5.2), both without fragment.
fn resolved(base: &str, reference: &str) -> String {
    let has_scheme = |text: &str| {
        text.split_once(':').is_some_and(|(scheme, _)| {
            scheme.starts_with(|first: char| first.is_ascii_alphabetic())
                && scheme.chars().all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
        })
    };
    if has_scheme(reference) {
        return reference.to_owned();
    }
    if reference.is_empty() {
        return base.to_owned();
    }
    let scheme_end = if has_scheme(base) { base.find(':').map_or(0, |at| at + 1) } else { 0 };
    let (scheme, rest) = base.split_at(scheme_end);
    if reference.starts_with("//") {
        return format!("{scheme}{reference}");
    }
    let authority_end = match rest.strip_prefix("//") {
        Some(after) => 2 + after.find('/').unwrap_or(after.len()),
        None => 0,
    };
    let (authority, path) = rest.split_at(authority_end);
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    let folder = if folder.is_empty() && !authority.is_empty() { "/" } else { folder };
    let whole = match reference.starts_with('/') {
        true => reference.to_owned(),
        false => format!("{folder}{reference}"),
    };
    format!("{scheme}{authority}{}", without_dots(&whole))
}

/// A path without `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = vec![];
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                if kept.len() > 1 || kept.first().is_some_and(|first| !first.is_empty()) {
                    kept.pop();
                }
            }
            part => kept.push(part),
        }
    }
    kept.join("/")
}

/// Whether a node is a schema that refers by `$dynamicRef`.
pub(crate) fn dynamic_reference(node: &Node) -> Option<(&str, Span)> {
    let target = node.get("$dynamicRef")?;
    match &target.value {
        Value::Text(text) => Some((text, target.span)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn references_are_resolved_as_rfc_3986_says() {
        let cases = [
            ("http://a/b/c/d;p", "g", "http://a/b/c/g"),
            ("http://a/b/c/d;p", "./g", "http://a/b/c/g"),
            ("http://a/b/c/d;p", "g/", "http://a/b/c/g/"),
            ("http://a/b/c/d;p", "/g", "http://a/g"),
            ("http://a/b/c/d;p", "//g", "http://g"),
            ("http://a/b/c/d;p", "", "http://a/b/c/d;p"),
            ("http://a/b/c/d;p", "../g", "http://a/b/g"),
            ("http://a/b/c/d;p", "../../../g", "http://a/g"),
            ("http://a", "g", "http://a/g"),
            ("http://a/b", "urn:uuid:1", "urn:uuid:1"),
            ("spec/shop/openapi.yaml", "../schemas/a.yaml", "spec/schemas/a.yaml"),
            ("spec/a.json", "b", "spec/b"),
        ];
        for (base, reference, expected) in cases {
            assert_eq!(resolved(base, reference), expected, "{base} {reference}");
        }
    }
}
