//! `Fn::ForEach` of the transform `AWS::LanguageExtensions`: a loop is replaced by what it stands for, before anything
//! else is read.
//!
//! Works on keys and texts, as the transform does: `${Name}` and `&{Name}` (only letters and digits) become each value in
//! turn. What a loop goes through must be known by then: a list, or a parameter by its default.

use indexmap::IndexMap;

use super::error::Fault;
use super::syntax::{Node, Value};

const LOOP: &str = "Fn::ForEach::";
/// Loops within loops at most (AWS::LanguageExtensions).
const MAX_DEPTH: usize = 5;
/// More nodes than a template (1 MB) could have in place of its loops.
const MAX_NODES: usize = 50_000;

/// What replaces the loops of a template.
pub(super) struct Expanded {
    pub(super) root: Node,
    /// The parameters that loops go through.
    pub(super) parameters: Vec<String>,
}

/// The template without loops.
///
/// # Errors
/// Every loop that cannot be replaced.
pub(super) fn expand(root: &Node) -> Result<Expanded, Vec<Fault>> {
    let parameters = root.as_map().and_then(|map| map.get("Parameters")).and_then(Node::as_map);
    let metadata = root.as_map().and_then(|map| map.get("Metadata")).and_then(Node::as_map);
    let local = metadata.and_then(|map| map.get("LocalParameters")).and_then(Node::as_map);
    let mut loops = Loops { parameters, local, ..Loops::default() };
    let root = loops.without(root, &[]);
    if loops.faults.is_empty() {
        Ok(Expanded { root, parameters: loops.used })
    } else {
        Err(loops.faults)
    }
}

/// The names of the loops around a place, with the values that they have there.
type Around<'a> = &'a [(String, String)];

#[derive(Default)]
struct Loops<'t> {
    parameters: Option<&'t IndexMap<String, Node>>,
    local: Option<&'t IndexMap<String, Node>>,
    used: Vec<String>,
    faults: Vec<Fault>,
    /// How many nodes there are in place of loops.
    n_nodes: usize,
    is_too_much: bool,
}

impl Loops<'_> {
    fn without(&mut self, node: &Node, around: Around<'_>) -> Node {
        self.n_nodes += usize::from(!around.is_empty());
        let value = match &node.value {
            Value::Map(map) => match map.first() {
                Some((key, Node { value: Value::String(name), .. }))
                    if key == "Ref" && map.len() == 1 =>
                {
                    if let Some(value) = value_of(name, around) {
                        return Node::text(node.line, value);
                    }
                    node.value.clone()
                }
                _ => Value::Map(self.map(map, around)),
            },
            Value::List(items) => {
                Value::List(items.iter().map(|item| self.without(item, around)).collect())
            }
            Value::String(text) => Value::String(filled(text, around)),
            _ => node.value.clone(),
        };
        Node { line: node.line, value }
    }

    fn map(&mut self, map: &IndexMap<String, Node>, around: Around<'_>) -> IndexMap<String, Node> {
        let mut out = IndexMap::with_capacity(map.len());
        for (key, node) in map {
            if key.starts_with(LOOP) {
                let repeated = self.repeated(key, node, around);
                for (key, found) in repeated {
                    if out.insert(key.clone(), found).is_some() {
                        self.refuse(key.as_str(), node.line, "is made more than once");
                    }
                }
            } else {
                out.insert(filled(key, around), self.without(node, around));
            }
        }
        out
    }

    /// What a loop stands for.
    fn repeated(&mut self, key: &str, node: &Node, around: Around<'_>) -> Vec<(String, Node)> {
        let parts = node.as_list().unwrap_or_default();
        let [name, collection, body] = parts else {
            self.refuse(
                key,
                node.line,
                "must be a list of a name, the values and what is repeated",
            );
            return Vec::new();
        };
        let (Some(name), Some(body)) = (name.as_str(), body.as_map()) else {
            self.refuse(key, node.line, "must have a name and a map that is repeated");
            return Vec::new();
        };
        if around.len() >= MAX_DEPTH {
            self.refuse(key, node.line, &format!("is nested in more than {MAX_DEPTH} loops"));
            return Vec::new();
        }
        let Some(values) = self.values(collection, around) else {
            let why = "must go through a list of texts, or a parameter with a default: the stage looks nothing up here";
            self.refuse(key, collection.line, why);
            return Vec::new();
        };
        let mut made = Vec::new();
        for value in values {
            // Loops within loops multiply.
            self.n_nodes += 1;
            if self.n_nodes > MAX_NODES {
                if !std::mem::replace(&mut self.is_too_much, true) {
                    self.refuse(
                        key,
                        node.line,
                        &format!("and the loops in it stand for more than {MAX_NODES} values"),
                    );
                }
                break;
            }
            let mut around = around.to_vec();
            around.push((name.to_owned(), value));
            made.extend(self.map(body, &around));
        }
        made
    }

    fn values(&mut self, collection: &Node, around: Around<'_>) -> Option<Vec<String>> {
        if let Some(items) = collection.as_list() {
            let mut values = Vec::new();
            for item in items {
                match item.to_text() {
                    Some(text) => values.push(filled(&text, around)),
                    None => values.extend(self.parameter(item)?),
                }
            }
            return Some(values);
        }
        self.parameter(collection)
    }

    fn parameter(&mut self, reference: &Node) -> Option<Vec<String>> {
        let name = reference.as_map()?.get("Ref")?.as_str()?;
        let declared = self.parameters?.get(name)?.as_map()?;
        let local = self.local.and_then(|local| local.get(name));
        let text = local.or_else(|| declared.get("Default"))?.to_parameter()?;
        self.used.push(name.to_owned());
        let is_list = declared.get("Type").and_then(Node::as_str) == Some("CommaDelimitedList");
        Some(if is_list {
            text.split(',').map(|item| item.trim().to_owned()).collect()
        } else {
            vec![text]
        })
    }

    fn refuse(&mut self, key: &str, line: usize, message: &str) {
        self.faults.push(Fault::new("template", format!("`{key}` {message}")).at(line));
    }
}

fn value_of<'a>(name: &str, around: Around<'a>) -> Option<&'a str> {
    let found = around.iter().rev().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

/// A text with the values of the loops around it.
fn filled(text: &str, around: Around<'_>) -> String {
    let mut text = text.to_owned();
    for (name, value) in around.iter().rev() {
        let plain: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
        text =
            text.replace(&format!("${{{name}}}"), value).replace(&format!("&{{{name}}}"), &plain);
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;
    use crate::template::syntax;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let expanded = expand(&syntax::parse(text).unwrap());
        let shown = match expanded {
            Ok(expanded) => expanded.root.to_json().to_string(),
            Err(faults) => faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        };
        assert!(shown.contains(expected), "{shown}");
    }

    #[test]
    fn loops_are_replaced_by_what_they_stand_for() {
        check(
            "Resources: {'Fn::ForEach::Q': [Name, [a, b-c], {'Queue&{Name}': {Type: T, Properties: {N: '${Name}', R: !Ref Name}}}]}",
            r#""Resources":{"Queuea":{"Properties":{"N":"a","R":"a"},"Type":"T"},"Queuebc":{"Properties":{"N":"b-c","R":"b-c"},"Type":"T"}}"#,
        );
        check(
            "R: {'Fn::ForEach::A': [X, [1, 2], {'Fn::ForEach::B': [Y, ['${X}a'], {'${X}${Y}': '${Z}'}]}]}",
            r#""R":{"11a":"${Z}","22a":"${Z}"}"#,
        );
        check(
            "{Parameters: {L: {Type: CommaDelimitedList, Default: 'x, y'}}, R: {'Fn::ForEach::A': [X, !Ref L, {'${X}': 1}]}}",
            r#""R":{"x":1,"y":1}"#,
        );
    }

    #[test]
    fn loops_that_cannot_be_replaced_are_refused() {
        for (text, told) in [
            ("R: {'Fn::ForEach::A': [X, !GetAtt A.B, {'${X}': 1}]}", "a list of texts"),
            ("R: {'Fn::ForEach::A': [X, [a]]}", "must be a list of a name"),
            ("R: {'Fn::ForEach::A': [X, [a, b], {same: 1}]}", "`same` is made more than once"),
            (
                "{Parameters: {L: {Type: String}}, R: {'Fn::ForEach::A': [X, !Ref L, {'${X}': 1}]}}",
                "a default",
            ),
        ] {
            check(text, told);
        }
    }
}
