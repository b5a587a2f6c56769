//! Building nodes of a template, and reading a map so that what nobody read can be refused.

use indexmap::IndexMap;

use crate::template::error::Fault;
use crate::template::syntax::{Node, Value};

/// The entries of a map.
pub(super) type Map = IndexMap<String, Node>;

/// A map at a line.
pub(super) fn map<'k>(line: usize, entries: impl IntoIterator<Item = (&'k str, Node)>) -> Node {
    let entries = entries.into_iter().map(|(key, node)| (key.to_owned(), node)).collect();
    Node { line, value: Value::Map(entries) }
}

/// A list at a line.
pub(super) fn list(line: usize, items: Vec<Node>) -> Node {
    Node { line, value: Value::List(items) }
}

/// `Ref`
pub(super) fn reference(line: usize, id: &str) -> Node {
    map(line, [("Ref", Node::text(line, id))])
}

/// `Fn::GetAtt`
pub(super) fn attribute(line: usize, id: &str, name: &str) -> Node {
    map(line, [("Fn::GetAtt", Node::text(line, format!("{id}.{name}")))])
}

/// `Fn::Sub`
pub(super) fn substituted(line: usize, text: String) -> Node {
    map(line, [("Fn::Sub", Node::text(line, text))])
}

/// The logical id that a `Ref` names, or the text itself.
pub(super) fn referred(node: &Node) -> Option<&str> {
    match node.as_map() {
        Some(map) => map.get("Ref")?.as_str(),
        None => node.as_str(),
    }
}

/// The map of a node; empty for anything else.
pub(super) fn entries(node: Option<&Node>) -> Map {
    node.and_then(Node::as_map).cloned().unwrap_or_default()
}

/// Adds what a more general map says to a special one: maps are united, lists come after the general one's, anything
/// else is the special one's (SAM, "Globals").
pub(super) fn inherit(special: &mut Map, general: &Map) {
    for (name, node) in general {
        let Some(own) = special.get_mut(name) else {
            special.insert(name.clone(), node.clone());
            continue;
        };
        let is_function = |map: &Map| map.keys().any(|key| key == "Ref" || key.starts_with("Fn::"));
        match (&mut own.value, &node.value) {
            (Value::Map(own), Value::Map(node)) if !is_function(own) && !is_function(node) => {
                inherit(own, node);
            }
            (Value::List(own), Value::List(node)) => {
                *own = node.iter().chain(own.iter()).cloned().collect();
            }
            _ => {}
        }
    }
}

/// A map that is being read.
pub(super) struct Part {
    pub(super) line: usize,
    subject: String,
    map: Map,
}

impl Part {
    /// The map of something, in the words of messages about it.
    pub(super) fn new(line: usize, subject: String, map: Map) -> Self {
        Self { line, subject, map }
    }

    /// Removes and returns an entry.
    pub(super) fn take(&mut self, name: &str) -> Option<Node> {
        self.map.shift_remove(name)
    }

    /// Whether an entry is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    /// The text of an entry, which stays.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.map.get(name).and_then(Node::to_text)
    }

    /// The entries of an entry, which stays.
    pub(super) fn entries(&self, name: &str) -> Map {
        entries(self.map.get(name))
    }

    /// Removes entries that are without effect here.
    pub(super) fn skip(&mut self, names: &[&str]) {
        for name in names {
            self.map.shift_remove(*name);
        }
    }

    /// Removes entries under their own or another name: `("CodeUri", "Code")`.
    pub(super) fn renamed(&mut self, names: &[(&str, &str)]) -> Map {
        let taken =
            names.iter().filter_map(|(from, to)| Some(((*to).to_owned(), self.take(from)?)));
        taken.collect()
    }

    /// Removes entries that mean the same under the same name.
    pub(super) fn same(&mut self, names: &[&str]) -> Map {
        let names: Vec<_> = names.iter().map(|name| (*name, *name)).collect();
        self.renamed(&names)
    }

    /// A fault about it.
    pub(super) fn fault(&self, message: impl Into<String>) -> Fault {
        Fault::new(self.subject.clone(), message).at(self.line)
    }

    /// What nobody read, refused by name.
    pub(super) fn finish(self) -> Vec<Fault> {
        let refuse = |(name, node): (&String, &Node)| {
            let message = format!("property `{name}` is not supported by the stage");
            Fault::new(self.subject.clone(), message).at(node.line).left_out_on_request()
        };
        self.map.iter().map(refuse).collect()
    }
}
