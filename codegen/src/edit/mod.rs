//! Edits of contracts in place: a key or an element is added, changed or removed, and every other byte is kept.
//!
//! Text is inserted at the position that the tree gives, in the style of its surroundings (block or flow, and
//! therefore JSON too). The result is parsed again, and must equal the old contract with the change. Otherwise the
//! edit is refused, which aliases and merge keys can cause. This module does not know what contracts mean.

mod change;
mod value;

use serde_json::Value as Json;

use crate::diag::Sink;
use crate::parse::{Node, Value, yaml};
use crate::source::{FileId, Span};
use value::flow;

pub(crate) use change::{erase, remove, set};

/// Adds a key to the mapping at the end of a path of keys. Missing parts of the path are created; `block` is the
/// value of the key, as YAML without indentation.
///
/// # Errors
/// The reason why it cannot be added.
pub(crate) fn insert(text: &str, way: &[&str], key: &str, block: &str) -> Result<String, String> {
    let tree = read(text)?;
    let (depth, node, place) = deepest(&tree, way);
    let (key, block) = match way.get(depth) {
        None => (key.to_owned(), block.trim_end().to_owned()),
        Some(missing) => {
            let inner = format!("{}:{}", written(key), below(block.trim_end()));
            let nested = way[depth + 1..]
                .iter()
                .rev()
                .fold(inner, |inner, step| format!("{}:\n{}", written(step), indented(&inner, 2)));
            ((*missing).to_owned(), nested)
        }
    };
    let told = || {
        if depth == 0 {
            "the document".to_owned()
        } else {
            format!("`{}`", way[..depth].join(" → "))
        }
    };
    if node.reference().is_some() {
        return Err(format!("{} is a reference; edit the file that it refers to", told()));
    }
    if node.get(&key).is_some() {
        return Err(format!("{} already has `{key}`", told()));
    }
    if !matches!(node.value, Value::Map(_) | Value::Null) {
        return Err(format!("{} is {}, not a mapping", told(), node.kind()));
    }
    let entry = format!("{}:{}", written(&key), below(&block));
    let mut expected = tree.to_json();
    let at = json_at(&mut expected, &way[..depth]).ok_or("the path does not exist")?;
    let added = if block.is_empty() { Json::Null } else { read(&block)?.to_json() };
    if at.is_null() {
        *at = Json::Object(serde_json::Map::new());
    }
    at[key.as_str()] = added;
    let edited = match &node.value {
        Value::Map(entries) if entries.is_empty() => {
            let (open, close) = brackets(text, node, '{', '}').ok_or("the layout is unusual")?;
            let in_lines = opened(text, (open, close), place, &entry);
            // Inside of another mapping in braces, or around a comment, the braces stay.
            return match in_lines.map(|edited| verified(edited, &expected)) {
                Some(Ok(edited)) => Ok(edited),
                _ => verified(splice(text, close, close, &member(&entry)?), &expected),
            };
        }
        Value::Map(_) if starts_flow(text, node, '{') => {
            let last =
                node.entries().iter().map(|entry| entry.value.span.end.max(entry.key_span.end));
            let last = last.max().unwrap_or(node.span.start) as usize;
            splice(text, last, last, &format!(",{}{}", between(text, node), member(&entry)?))
        }
        Value::Null => {
            let key_start = place.ok_or("the document is empty")?;
            let indent = column(text, key_start) + 2;
            let line = line_end(text, key_start);
            splice(text, line, line, &format!("\n{}", indented(&entry, indent)))
        }
        _ => {
            let first =
                node.entries().first().map_or(node.span.start, |entry| entry.key_span.start);
            let indent = column(text, first as usize);
            after(text, node, &indented(&entry, indent))?
        }
    };
    verified(edited, &expected)
}

/// Adds an element to the list at the end of a path of keys, which is created when it is missing. An element that
/// exists is not added again.
///
/// # Errors
/// The reason why it cannot be added.
pub(crate) fn append(text: &str, way: &[&str], item: &str) -> Result<String, String> {
    let tree = read(text)?;
    let Some(node) = tree.at(way) else {
        let Some((key, before)) = way.split_last() else {
            return Err("the document is not a list".to_owned());
        };
        return insert(text, before, key, &format!("- {}", hanging(item)));
    };
    let added = read(item)?.to_json();
    let items = node.items();
    if items.iter().any(|known| known.to_json() == added) {
        return Ok(text.to_owned());
    }
    if !matches!(node.value, Value::List(_)) {
        return Err(format!("`{}` is {}, not a list", way.join("/"), node.kind()));
    }
    let edited = match items.first() {
        None => {
            let (_, close) =
                brackets(text, node, '[', ']').ok_or("the end of the list was not found")?;
            splice(text, close, close, &flow(&read(item)?))
        }
        Some(_) if starts_flow(text, node, '[') => {
            let last =
                items.iter().map(|item| item.span.end).max().unwrap_or(node.span.start) as usize;
            splice(text, last, last, &format!(", {}", flow(&read(item)?)))
        }
        Some(first) => {
            let line = line_start(text, first.span.start as usize);
            let indent = text[line..].len() - text[line..].trim_start_matches(' ').len();
            if !text[line + indent..].starts_with('-') {
                return Err(format!(
                    "the layout of `{}` does not allow an addition",
                    way.join("/")
                ));
            }
            after(text, node, &indented(&format!("- {}", hanging(item)), indent))?
        }
    };
    let mut expected = tree.to_json();
    let mut at = &mut expected;
    for step in way {
        at = &mut at[*step];
    }
    if let Some(list) = at.as_array_mut() {
        list.push(added);
    }
    verified(edited, &expected)
}

/// An entry as a member of a mapping in braces.
fn member(entry: &str) -> Result<String, String> {
    let whole = flow(&read(entry)?);
    let member = whole.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    Ok(member.unwrap_or_default().to_owned())
}

/// Where the brackets of an empty mapping or list stand. The place of a node may reach beyond, to the end of a comment.
fn brackets(text: &str, node: &Node, open: char, close: char) -> Option<(usize, usize)> {
    let start = node.span.start as usize;
    let start = start + text[start..].find(open)?;
    let mut at = start + open.len_utf8();
    while let Some(char) = text[at..].chars().next() {
        at = match char {
            _ if char == close => return Some((start, at)),
            '#' => line_end(text, at),
            _ if char.is_whitespace() => at + char.len_utf8(),
            _ => return None,
        };
    }
    None
}

/// A text in which an empty mapping in braces has become one in lines, with an entry. What stands behind the braces stays on
/// its line; nothing where that is more than a comment, or where a comment is between the braces.
fn opened(
    text: &str,
    (open, close): (usize, usize),
    place: Option<usize>,
    entry: &str,
) -> Option<String> {
    let end = line_end(text, close);
    let end = if text[..end].ends_with('\r') { end - 1 } else { end };
    let rest = text[close + 1..end].trim();
    let fits =
        (rest.is_empty() || rest.starts_with('#')) && text[open + 1..close].trim().is_empty();
    let (before, behind) = (&text[..open], &text[close + 1..end]);
    let head = match rest.is_empty() {
        true => before.trim_end_matches(' ').to_owned(),
        false => format!("{}{}", before.trim_end_matches(' '), behind.trim_end()),
    };
    let lines = match place {
        Some(key_start) => format!("\n{}", indented(entry, column(text, key_start) + 2)),
        None if head.is_empty() => entry.to_owned(),
        None => format!("\n{entry}"),
    };
    fits.then(|| format!("{head}{}{}", ended(text, &lines), &text[end..]))
}

/// Whether a way of keys leads to something.
#[must_use]
pub(crate) fn holds(text: &str, way: &[&str]) -> bool {
    read(text).is_ok_and(|tree| tree.at(way).is_some())
}

/// The keys and numbers that lead to places of a text; the place of a key stands for what the key holds.
#[must_use]
pub(crate) fn ways(text: &str, places: &[Span]) -> Vec<Vec<String>> {
    let Ok(tree) = read(text) else { return vec![Vec::new(); places.len()] };
    let way = |place: &Span| {
        let place = Span { file: FileId::default(), ..*place };
        let (exact, _) = tree.pointer_to(place);
        let is_exact = tree.pointer(&exact).is_some_and(|node| node.span == place);
        let pointer = if is_exact { exact } else { tree.pointer_around(place) };
        let steps = pointer.split('/').skip(1);
        steps.map(scalars::pointer::unescape).collect()
    };
    places.iter().map(way).collect()
}

fn read(text: &str) -> Result<Node, String> {
    let sink = Sink::default();
    let tree = yaml::parse(FileId::default(), text, &sink);
    if sink.has_errors() {
        return Err("it is not valid; run `codegen check`".to_owned());
    }
    tree.ok_or_else(|| "it is empty".to_owned())
}

/// How far a way leads, the node at its end, and where the key of that stands.
fn deepest<'a>(tree: &'a Node, way: &[&str]) -> (usize, &'a Node, Option<usize>) {
    let (mut node, mut place) = (tree, None);
    for (depth, step) in way.iter().enumerate() {
        match (node.entry(step), self::step(node, step)) {
            (Some(entry), _) => (node, place) = (&entry.value, Some(entry.key_span.start as usize)),
            (None, Some(element)) => node = element,
            (None, None) => return (depth, node, place),
        }
    }
    (way.len(), node, place)
}

/// The value of a key, or the element of a number.
fn step<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    match &node.value {
        Value::List(items) => key.parse::<usize>().ok().and_then(|at| items.get(at)),
        _ => node.get(key),
    }
}

/// The same in what a contract should mean.
fn json_at<'a>(json: &'a mut Json, way: &[&str]) -> Option<&'a mut Json> {
    way.iter().try_fold(json, |json, key| match json {
        Json::Array(items) => key.parse::<usize>().ok().and_then(|at| items.get_mut(at)),
        Json::Object(map) => map.get_mut(*key),
        _ => None,
    })
}

/// The edit, if it means what it should.
fn verified(edited: String, expected: &Json) -> Result<String, String> {
    if read(&edited).is_ok_and(|tree| tree.to_json() == *expected) {
        return Ok(edited);
    }
    Err("its layout (aliases, merge keys or unusual style) cannot be edited automatically; edit it manually".to_owned())
}

/// Puts lines behind a node that is laid out in lines.
fn after(text: &str, node: &Node, lines: &str) -> Result<String, String> {
    let end = text[..node.span.end as usize].trim_end().len();
    let at = line_end(text, end);
    let rest = text[end..at].trim_start();
    if !rest.is_empty() && !rest.starts_with('#') {
        return Err("there is more content on the same line; edit it manually".to_owned());
    }
    let at = if text[..at].ends_with('\r') { at - 1 } else { at };
    Ok(splice(text, at, at, &format!("\n{lines}")))
}

fn splice(text: &str, start: usize, end: usize, with: &str) -> String {
    format!("{}{}{}", &text[..start], ended(text, with), &text[end..])
}

/// Lines that end as those of a text do.
fn ended(text: &str, lines: &str) -> String {
    if text.contains("\r\n") { lines.replace('\n', "\r\n") } else { lines.to_owned() }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline)
}

/// Where the line after an end of a line begins.
fn after_line(text: &str, end: usize) -> usize {
    if text[end..].starts_with('\n') { end + 1 } else { end }
}

fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}

fn starts_flow(text: &str, node: &Node, bracket: char) -> bool {
    text[node.span.start as usize..].starts_with(bracket)
}

/// What stands between the members of a flow mapping: a line and its indentation, or a blank.
fn between(text: &str, node: &Node) -> String {
    let first = node.entries().first().map_or(0, |entry| entry.key_span.start as usize);
    let line = line_start(text, first);
    if line > node.span.start as usize {
        format!("\n{}", " ".repeat(first - line))
    } else {
        " ".to_owned()
    }
}

/// A block behind its key: on the same line where it is one, below where it is not.
fn below(block: &str) -> String {
    let is_one = !block.contains('\n')
        && !block.starts_with("- ")
        && read(block)
            .is_ok_and(|node| !matches!(node.value, Value::Map(_)) || block.starts_with('{'));
    if block.is_empty() {
        String::new()
    } else if is_one {
        format!(" {block}")
    } else {
        format!("\n{}", indented(block, 2))
    }
}

/// The lines of an element behind its dash.
fn hanging(item: &str) -> String {
    item.trim_end().replace('\n', "\n  ")
}

fn indented(lines: &str, by: usize) -> String {
    let line =
        |line: &str| if line.is_empty() { String::new() } else { format!("{:by$}{line}", "") };
    lines.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A key as YAML writes it.
fn written(key: &str) -> String {
    let is_plain = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_alphabetic() || "/_$".contains(first))
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_/{}$.".contains(&byte))
            && !["true", "false", "null", "yes", "no", "on", "off"]
                .contains(&text.to_lowercase().as_str())
    };
    if is_plain(key) { key.to_owned() } else { format!("'{}'", key.replace('\'', "''")) }
}

#[cfg(test)]
mod tests;
