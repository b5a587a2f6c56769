//! Files that contracts name: how they are spelled, and what is seen of them before anything is checked.

use std::collections::BTreeSet;

use scalars::percent::decode_text;

use crate::diag::Sink;
use crate::parse::node::Node;
use crate::source::FileId;

/// The path of a file that another one names relative to itself.
#[must_use]
pub fn beside(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Whether a text may name other files, as far as that is seen without parsing it: whether a `$ref` is followed by anything
/// but a fragment in quotation marks (without them it is a comment), a `mapping` is there, or an escape may hide one.
pub(super) fn may_refer(text: &str) -> bool {
    let hides = |escape: &str| text.contains(escape);
    let is_between = |char: char| char.is_whitespace() || matches!(char, '"' | '\'' | ':');
    let leads_out = |rest: &str| {
        let value = rest.trim_start_matches(is_between);
        let is_quoted = rest[..rest.len() - value.len()].ends_with(['"', '\'']);
        !(is_quoted && value.starts_with('#'))
    };
    text.contains("sourceDescriptions")
        || text.contains("mapping")
        || ["\\u", "\\U", "\\x", "\\\n", "\\\r"].into_iter().any(hides)
        || text.split("$ref").skip(1).any(leads_out)
}

/// The files that the references of a tree lead to, as it spells them.
pub(super) fn references(tree: &Node) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut add = |text: &str| {
        let path = text.split('#').next().unwrap_or_default();
        if !path.is_empty() && !path.contains("://") && !path.starts_with('/') {
            found.insert(decode_text(path).into_owned());
        }
    };
    let mut open = vec![tree];
    while let Some(node) = open.pop() {
        node.reference().into_iter().for_each(|(text, _)| add(text));
        let mapping = node.at(&["discriminator", "mapping"]).into_iter().flat_map(Node::entries);
        let mapped = mapping.filter_map(|entry| entry.value.text());
        mapped.filter(|text| names_file(text)).for_each(&mut add);
        open.extend(node.items());
        open.extend(node.entries().iter().map(|entry| &entry.value));
    }
    // What an Arazzo document is about it names by `url`.
    let sources = tree.get("sourceDescriptions").into_iter().flat_map(Node::items);
    sources.filter_map(|source| source.text_at("url")).for_each(&mut add);
    found.into_iter().collect()
}

/// Whether a value of `mapping` leads to a file, rather than being the name of a schema.
fn names_file(text: &str) -> bool {
    let path = text.split('#').next().unwrap_or_default();
    path.rsplit_once('.').is_some_and(|(_, ending)| super::files::ENDINGS.contains(&ending))
}

/// The keys at the root of a document, each with its text where it has one, and the title (`info.title`): what can be
/// told of a document before it is known what it means. Nothing for one that cannot be read.
#[must_use]
pub fn outline(text: &str) -> Vec<(String, String)> {
    let Some(tree) = crate::parse::yaml::parse(FileId::default(), text, &Sink::default()) else {
        return vec![];
    };
    let told = |node: &Node| node.text().or_else(|| node.number()).unwrap_or_default().to_owned();
    let keys = tree.entries().iter().map(|entry| (entry.key.clone(), told(&entry.value)));
    let title = tree.at(&["info", "title"]).map(|title| ("info.title".to_owned(), told(title)));
    keys.chain(title).collect()
}
