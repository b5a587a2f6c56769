//! What contracts say that nothing is generated from, as JSON to be compared between two versions.
//!
//! Owns following the references in it, so that a change behind one is seen. Words for people are left out.

use serde_json::{Map, Value as Json};

use super::Scope;
use crate::parse::{Node, Value};
use crate::source::Span;

/// Keywords whose text is for people.
const WORDS: [&str; 6] = ["description", "summary", "title", "example", "examples", "externalDocs"];

/// Keywords below which each key is a name that the contract chose.
const NAMED: [&str; 4] = ["properties", "patternProperties", "headers", "parameters"];

/// A node as JSON, with what it refers to in the place of each reference. A schema within itself is the place it has.
pub(crate) fn written(scope: Scope<'_>, node: &Node) -> Json {
    Written { scope, open: vec![] }.node(node, true)
}

struct Written<'s> {
    scope: Scope<'s>,
    /// The targets of the references that led here.
    open: Vec<Span>,
}

impl Written<'_> {
    fn node(&mut self, node: &Node, is_keyed: bool) -> Json {
        match &node.value {
            Value::List(items) => items.iter().map(|item| self.node(item, true)).collect(),
            Value::Map(_) => self.object(node, is_keyed),
            _ => node.to_json(),
        }
    }

    /// An object; `is_keyed` tells whether its keys are keywords.
    fn object(&mut self, node: &Node, is_keyed: bool) -> Json {
        let named = node.reference();
        let target = named.and_then(|(text, span)| self.scope.docs.step(span, text).ok());
        let mut out = Map::new();
        if let Some(target) = target {
            if let Some(at) = self.open.iter().position(|open| *open == target.span) {
                return Json::from(self.open.len() - at);
            }
            self.open.push(target.span);
            if let Json::Object(inner) = self.node(target, is_keyed) {
                out = inner;
            }
            self.open.pop();
        }
        for entry in node.entries() {
            let is_words = is_keyed && WORDS.contains(&entry.key.as_str());
            if !(is_words || target.is_some() && entry.key == "$ref") {
                let below = !(is_keyed && NAMED.contains(&entry.key.as_str()));
                out.insert(entry.key.clone(), self.node(&entry.value, below));
            }
        }
        Json::Object(out)
    }
}
