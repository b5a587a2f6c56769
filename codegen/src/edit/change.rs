//! What is replaced or removed of a contract.

use serde_json::Value as Json;

use super::{after_line, json_at, line_end, line_start, read, step, verified};
use crate::parse::{Node, Value};
use crate::source::Span;

/// Replaces the text at the end of a way of keys and numbers.
///
/// # Errors
/// Why it cannot be done.
pub(crate) fn set(text: &str, way: &[&str], new: &str) -> Result<String, String> {
    let tree = read(text)?;
    let node = way.iter().try_fold(&tree, |node, key| step(node, key));
    let node = node.filter(|node| node.text().is_some()).ok_or("the text does not exist")?;
    let start = node.span.start as usize;
    let end = start + written(&text[start..node.span.end as usize]);
    let quoted = Json::from(new).to_string();
    let is_plain = !text[start..end].starts_with(['"', '\'']);
    let plain = read(&format!("a: {new}\n")).ok().filter(|_| is_plain);
    let is_same = plain.is_some_and(|read| read.text_at("a") == Some(new));
    let written = if is_same { new } else { &quoted };
    let mut expected = tree.to_json();
    *json_at(&mut expected, way).ok_or("the text does not exist")? = Json::from(new);
    verified(format!("{}{written}{}", &text[..start], &text[end..]), &expected)
}

/// Removes the key or element at the end of a way of keys and numbers; what would be empty then is written as such.
///
/// # Errors
/// Why it cannot be done.
pub(crate) fn remove(text: &str, way: &[&str]) -> Result<String, String> {
    let tree = read(text)?;
    let (last, before) = way.split_last().ok_or("the whole document cannot be removed")?;
    let parent = before.iter().try_fold(&tree, |node, key| step(node, key));
    let parent = parent.ok_or("the node does not exist")?;
    let members = members(parent);
    let at = match &parent.value {
        Value::Map(entries) => entries.iter().position(|entry| entry.key == **last),
        _ => last.parse().ok().filter(|at| *at < members.len()),
    };
    let at = at.ok_or("the node does not exist")?;
    let mut expected = tree.to_json();
    match json_at(&mut expected, before) {
        Some(Json::Object(map)) => drop(map.remove(*last)),
        Some(Json::Array(items)) => drop(items.remove(at)),
        _ => return Err("the node does not exist".to_owned()),
    }
    let is_flow = text[parent.span.start as usize..].starts_with(['{', '[']);
    let (start, end) = match (members.len(), is_flow) {
        (1, _) => return verified(emptied(text, parent, is_flow), &expected),
        (_, true) if at == 0 => (members[0].start, members[1].start),
        (_, true) => (members[at - 1].end, members[at].end),
        (_, false) => {
            let start = line_start(text, members[at].start as usize);
            let end = members[at].start as usize
                + text[members[at].start as usize..members[at].end as usize].trim_end().len();
            let (start, end) = (start as u32, after_line(text, line_end(text, end)) as u32);
            (start, end)
        }
    };
    verified(format!("{}{}", &text[..start as usize], &text[end as usize..]), &expected)
}

/// How many bytes a text on one line has as it is written: what follows an empty one may count as part of it.
fn written(text: &str) -> usize {
    let Some(quote) = text.chars().next().filter(|first| ['"', '\''].contains(first)) else {
        return text.len();
    };
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, char)) = chars.next() {
        let is_next = chars.peek().is_some_and(|(_, next)| *next == quote);
        if (quote == '\'' && char == quote && is_next) || (quote == '"' && char == '\\') {
            chars.next();
        } else if char == quote {
            return at + 1;
        }
    }
    text.len()
}

/// A contract whose mapping or list is empty. In a block, comments between its key and its member stay.
fn emptied(text: &str, parent: &Node, is_flow: bool) -> String {
    let empty = if matches!(parent.value, Value::Map(_)) { "{}" } else { "[]" };
    let (start, end) = (parent.span.start as usize, parent.span.end as usize);
    let end = start + text[start..end].trim_end().len();
    if is_flow {
        return format!("{}{empty}{}", &text[..start], &text[end..]);
    }
    let before = text[..start].trim_end_matches([' ', '-', '\n', '\r']);
    let mut key = before;
    while key[line_start(text, key.len())..].trim_start().starts_with('#') {
        key = key[..line_start(text, key.len())].trim_end();
    }
    format!("{key} {empty}{}{}", &before[key.len()..], &text[end..])
}

/// Removes a comment, and its line where nothing else is on it.
///
/// # Errors
/// When there is no comment at this place.
pub(crate) fn erase(text: &str, start: usize, end: usize) -> Result<String, String> {
    let is_comment = text.get(start..end).is_some_and(|comment| comment.starts_with('#'));
    if !is_comment {
        return Err("the comment does not exist".to_owned());
    }
    let expected = read(text)?.to_json();
    let line = line_start(text, start);
    let before = text[line..start].trim_end();
    let edited = match before.is_empty() {
        true => format!("{}{}", &text[..line], &text[after_line(text, line_end(text, start))..]),
        false => format!("{}{}", &text[..line + before.len()], &text[end..]),
    };
    verified(edited, &expected)
}

/// Where the members of a mapping or a list stand, keys included.
fn members(node: &Node) -> Vec<Span> {
    match &node.value {
        Value::Map(entries) => entries
            .iter()
            .map(|entry| Span {
                end: entry.value.span.end.max(entry.key_span.end),
                ..entry.key_span
            })
            .collect(),
        Value::List(items) => items.iter().map(|item| item.span).collect(),
        _ => Vec::new(),
    }
}
