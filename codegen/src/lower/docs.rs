//! What contracts say in words.

use super::Scope;
use crate::model::{Deprecation, Docs, TextFormat};
use crate::parse::Node;

/// The words of an object: `summary` (or the first sentence of `description`), `description`, `deprecated`.
pub(crate) fn docs(node: &Node) -> Docs {
    worded(node, |key| node.text_at(key))
}

/// The same of what may be a reference: since OpenAPI 3.1 its `summary` and `description` go before those that it leads to
/// (Reference Object).
pub(crate) fn docs_of_use<'a>(scope: Scope<'a>, used: &'a Node) -> Docs {
    let mut way = vec![used];
    while let Some(last) = way.last().filter(|_| way.len() < MAX_REFERENCES)
        && let Some((text, span)) = last.reference()
        && let Ok(next) = scope.docs.step(span, text)
    {
        way.push(next);
    }
    let counts =
        |node: &&&Node| node.reference().is_none() || !scope.docs.dialect(node).refers_alone();
    let counting: Vec<&'a Node> = way.iter().filter(counts).copied().collect();
    let node = way.last().copied().unwrap_or(used);
    worded(node, |key| counting.iter().find_map(|node| node.text_at(key)))
}

/// How many references are followed to words.
const MAX_REFERENCES: usize = 16;

/// The words of an object with its `summary`, `title` and `description`, however they are found.
fn worded<'n>(node: &'n Node, text_at: impl Fn(&str) -> Option<&'n str>) -> Docs {
    let description = text_at("description").map(str::trim).filter(|text| !text.is_empty());
    let summary = text_at("summary").or_else(|| text_at("title").filter(|_| description.is_none()));
    let summary = summary.map(str::trim).filter(|text| !text.is_empty());
    let summary = summary.map(one_line).or_else(|| description.map(first_sentence));
    let says_more = |text: &&str| summary.as_deref() != Some(one_line(text).as_str());
    let mut docs = Docs {
        description: description.filter(says_more).map(str::to_owned),
        deprecated: node
            .is_set("deprecated")
            .then(|| Deprecation { sunset: node.text_at("x-sunset").map(str::to_owned) }),
        summary,
        meaning: meaning(node),
    };
    if let Some(outside) = node.get("externalDocs")
        && let Some(url) = outside.text_at("url")
    {
        let text = outside.text_at("description").unwrap_or(url);
        append(&mut docs, &format!("See {}.", link(&one_line(text), url)));
    }
    docs
}

/// The words of an operation, and those of its path, which are about each of its operations.
pub(crate) fn docs_of_operation<'a>(
    operation: &Node,
    of_path: impl Fn(&str) -> Option<&'a Node>,
) -> Docs {
    let mut docs = docs(operation);
    let text =
        |key| of_path(key).and_then(Node::text).map(str::trim).filter(|text| !text.is_empty());
    let (summary, description) = (text("summary"), text("description"));
    if docs.summary.is_none() {
        docs.summary = summary.map(one_line).or_else(|| description.map(first_sentence));
        let is_more = |text: &&str| docs.summary.as_deref() != Some(one_line(text).as_str());
        if let Some(description) = description.filter(is_more) {
            append(&mut docs, description);
        }
        return docs;
    }
    [summary, description].into_iter().flatten().for_each(|text| append(&mut docs, text));
    docs
}

/// Adds a paragraph to a description.
pub(super) fn append(docs: &mut Docs, text: &str) {
    docs.description = Some(match docs.description.take() {
        Some(description) => format!("{description}\n\n{text}"),
        None => text.to_owned(),
    });
}

/// A link in Markdown; a text where the URL could not stand in one.
pub(super) fn link(text: &str, url: &str) -> String {
    let is_plain = |c: char| c.is_ascii_graphic() && !"()<>\\\"`|".contains(c);
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    match is_web && url.chars().all(is_plain) {
        true => format!("[{}]({url})", text.replace(['[', ']'], "")),
        false if text == url => format!("`{}`", url.replace('`', "")),
        false => format!("{text} (`{}`)", url.replace('`', "")),
    }
}

/// What a schema says of the meaning of its values, and nothing checks.
fn meaning(node: &Node) -> Vec<(String, String)> {
    // Since 3.1, `type` may be a list, as in `[integer, 'null']`.
    let is_text = node.get("type").is_none_or(|kind| {
        kind.text() == Some("string") || kind.items().iter().any(|one| one.text() == Some("string"))
    });
    let said = ["format", "contentEncoding", "contentMediaType"].into_iter().filter_map(|key| {
        let text = node.text_at(key)?;
        let is_unchecked = key != "format" || (is_text && !is_known(text));
        is_unchecked.then(|| (key.to_owned(), text.to_owned()))
    });
    let content = node.get("contentSchema");
    let content = content.map(|schema| ("contentSchema".to_owned(), schema.to_json().to_string()));
    said.chain(content).collect()
}

/// Whether a format of texts has a type or is checked, or asks nothing of them.
fn is_known(format: &str) -> bool {
    let checked = TextFormat::ALL.iter().any(|known| known.name() == format);
    checked || OF_TYPES.contains(&format) || SILENT.contains(&format)
}

/// Formats with a type of their own.
const OF_TYPES: [&str; 5] = ["uuid", "date-time", "date", "byte", "decimal"];

/// Formats that say how a text is shown or sent.
const SILENT: [&str; 4] = ["password", "binary", "html", "commonmark"];

/// A text with every run of white space as one blank.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text up to the first full stop, or the first paragraph where that is shorter.
fn first_sentence(text: &str) -> String {
    let paragraph = text.split("\n\n").next().unwrap_or(text);
    let line = one_line(paragraph);
    let end = line.match_indices(['.', '!', '?']).map(|(at, mark)| at + mark.len()).find(|end| {
        let after = &line[*end..];
        let next = after.trim_start().chars().next();
        // A small letter goes on with the sentence: "e.g. this".
        after.starts_with(' ') && next.is_some_and(|next| !next.is_lowercase())
    });
    line[..end.unwrap_or(line.len())].to_owned()
}
