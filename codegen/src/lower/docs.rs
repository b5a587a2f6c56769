//! What contracts say in words.

use crate::model::{Deprecation, Docs};
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
    }
}

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
