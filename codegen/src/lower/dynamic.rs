//! Dynamic references of CloudFormation (`{{resolve:…}}`) in contracts: in a template, each is replaced by a secret or a
//! parameter of the account.
//!
//! Owns where none may stand. In words for people, the template says the same so that nothing is replaced (`emit`).

use crate::diag::{Sink, catalog::document as fault};
use crate::parse::{Node, Value, every};

/// Keywords whose text is for people, and those of values that no template has.
const WORDS: [&str; 11] = [
    "description",
    "summary",
    "title",
    "example",
    "examples",
    "externalDocs",
    "default",
    "$comment",
    "contact",
    "license",
    "version",
];

/// Keywords below which each key is a name that the contract chose.
const NAMED: [&str; 7] = [
    "properties",
    "patternProperties",
    "headers",
    "parameters",
    "schemas",
    "messages",
    "responses",
];

/// Reports every dynamic reference in a document, but for those in words for people. Whether there is none.
pub(super) fn check(document: &Node, sink: &Sink) -> bool {
    node(document, true, sink)
}

/// `is_keyed` tells whether the keys of the node are keywords.
fn node(of: &Node, is_keyed: bool, sink: &Sink) -> bool {
    match &of.value {
        Value::Text(text) if is_dynamic(text) => {
            sink.report(fault::dynamic_reference(of.span));
            false
        }
        Value::List(items) => every(items, |item| node(item, true, sink)),
        _ => every(of.entries(), |entry| {
            let key = entry.key.as_str();
            if is_dynamic(key) {
                sink.report(fault::dynamic_reference(entry.key_span));
                return false;
            }
            let is_words = is_keyed && WORDS.contains(&key);
            let is_below = !(is_keyed && NAMED.contains(&key));
            is_words || node(&entry.value, is_below, sink)
        }),
    }
}

fn is_dynamic(text: &str) -> bool {
    text.contains("{{resolve:")
}
