//! What contracts say in words.

use crate::model::{Deprecation, Docs, TextFormat};
use crate::parse::Node;

/// The words of an object: `summary` (or the first sentence of `description`), `description`, `deprecated`.
pub(crate) fn docs(node: &Node) -> Docs {
    let description = node.text_at("description").map(str::trim).filter(|text| !text.is_empty());
    let summary =
        node.text_at("summary").or_else(|| node.text_at("title").filter(|_| description.is_none()));
    let summary = summary.map(str::trim).filter(|text| !text.is_empty());
    let summary = summary.map(one_line).or_else(|| description.map(first_sentence));
    let says_more = |text: &&str| summary.as_deref() != Some(one_line(text).as_str());
    Docs {
        description: description.filter(says_more).map(str::to_owned),
        deprecated: node
            .is_set("deprecated")
            .then(|| Deprecation { sunset: node.text_at("x-sunset").map(str::to_owned) }),
        summary,
        meaning: meaning(node),
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

fn one_line(text: &str) -> String {
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
