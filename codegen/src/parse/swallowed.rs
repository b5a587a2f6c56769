//! Keys that a text of several lines swallowed: they are indented as far as the text above them.
//!
//! Owns the search in a text as the file has it. Only its last lines are looked at, and only for keys that the object
//! may have, lacks, and would take with the value that stands there. One such line may be prose (`style: form`): it takes
//! two of them, or one that the object must have or that is an extension, after a sentence or an empty line.

use super::misplaced::fits;
use super::node::{Node, Value};
use super::shape::{Form, Shape};
use super::yaml::plain;
use super::{List, Map};
use crate::source::Span;

/// The keys at the end of a text, each with the byte at which it starts.
pub(super) fn find<'s>(text: &str, node: &Node, shape: &'s Shape) -> Vec<(u32, &'s str)> {
    let mut found = vec![];
    let mut end = text.len();
    // How far the lines below are indented: they belong to the value of a key that is indented less.
    let mut deepest = usize::MAX;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let body = lines.iter().skip(1).filter(|line| !line.trim().is_empty());
    let base = body.map(|line| indent_of(line)).min();
    // The first line is what a text of one line has, or what a key is followed by.
    let mut above = "";
    for (index, line) in lines.iter().enumerate().skip(1).rev() {
        let start = end - line.len();
        end = start;
        let body = line.trim();
        if body.is_empty() {
            continue;
        }
        let indent = indent_of(line);
        let has_more = indent < deepest && deepest != usize::MAX;
        let key = key_of(body, has_more, node, shape).filter(|_| Some(indent) == base);
        if let Some(key) = key {
            found.push((u32::try_from(start + indent).unwrap_or(0), key));
            deepest = usize::MAX;
            above = lines[index - 1].trim();
        } else if is_nested(body) {
            deepest = deepest.min(indent);
        } else {
            break;
        }
    }
    found.reverse();
    let telling = |key: &str| shape.required.contains(&key) || key.starts_with("x-");
    let n_keys = found.iter().filter(|(_, key)| !EXPLAINED.contains(key)).count();
    let is_meant = n_keys >= 2 || found.iter().any(|(_, key)| telling(key));
    if is_meant && ends_sentence(above) { found } else { vec![] }
}

/// The keys that descriptions write in this manner, too: `example: 5`.
const EXPLAINED: [&str; 2] = ["example", "default"];

/// Whether what follows a line begins anew.
fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches([')', '"', '\'', '`', '*', '_']);
    line.is_empty() || line.ends_with(['.', '!', '?', '。'])
}

/// The key that a line is, where the object may have it; `has_more`: lines below are indented further.
fn key_of<'s>(line: &str, has_more: bool, node: &Node, shape: &'s Shape) -> Option<&'s str> {
    let (key, value) = line.split_once(':')?;
    let field = shape.fields.iter().find(|field| field.key == key)?;
    let value = value.strip_prefix(' ').or(value.is_empty().then_some(""))?.trim();
    let holds = match (value.chars().next(), has_more) {
        (None, true) => takes_more(field.form),
        (Some(_), false) => fits(field.form, &read(value, node.span)?),
        _ => false,
    };
    (holds && node.get(key).is_none()).then_some(field.key)
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// What a value in one line means.
fn read(value: &str, span: Span) -> Option<Node> {
    let value = match value.chars().next()? {
        '[' if value.ends_with(']') => Value::List(List::new(vec![])),
        '{' if value.ends_with('}') => Value::Map(Map::new(vec![])),
        '\'' | '"' => Value::Text(value.trim_matches(['\'', '"']).to_owned()),
        _ => plain(value)?,
    };
    Some(Node { span, value })
}

fn takes_more(form: Form) -> bool {
    matches!(form, Form::Any | Form::Choose(_) | Form::List(_) | Form::Map(_))
        || matches!(form, Form::Patterned(_) | Form::Object(_))
}

/// Whether a line may stand below a key: an element of a list, or a key of its own.
fn is_nested(line: &str) -> bool {
    let is_key = |word: &str| !word.is_empty() && !word.contains(' ');
    line.starts_with("- ") || line.split_once(':').is_some_and(|(word, _)| is_key(word))
}
