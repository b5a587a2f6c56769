//! Consumers by their Pact files, versions 2 to 4.
//!
//! Owns what an interaction says of the operation that it calls, and a message of the event that it is.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{Consumer, Use, pointers};
use crate::parse::Node;
use crate::source::Span;

/// Whether a file is one of Pact.
pub(super) fn is_one(tree: &Node) -> bool {
    tree.get("consumer").is_some()
        && (tree.get("interactions").is_some() || tree.get("messages").is_some())
}

/// Takes the interactions and messages of a file in.
pub(super) fn read(consumer: &mut Consumer, tree: &Node) {
    if let Some(name) = tree.get("consumer").and_then(|one| one.text_at("name")) {
        name.clone_into(&mut consumer.name);
    }
    let lists = ["interactions", "messages"].into_iter().filter_map(|key| tree.get(key));
    for interaction in lists.flat_map(Node::items) {
        let json = interaction.to_json();
        let request = &json["request"];
        let route = request["method"].as_str().zip(request["path"].as_str());
        match route {
            Some((method, path)) => {
                let name = format!("{} {path}", method.to_ascii_uppercase());
                consumer
                    .places
                    .entry(name.clone())
                    .or_insert(place(interaction, &["request", "path"]));
                merge(&mut consumer.operations, name, used_of_operation(&json));
            }
            None => {
                let Some((name, used)) = message(&json) else { continue };
                consumer.places.entry(name.clone()).or_insert(place(interaction, &["description"]));
                merge(&mut consumer.events, name, used);
            }
        }
    }
}

/// Where an interaction says something; where it begins, if it does not.
fn place(interaction: &Node, keys: &[&str]) -> Span {
    let mut node = interaction;
    for key in keys {
        let Some(below) = node.get(key) else { return interaction.span };
        node = below;
    }
    node.span
}

fn used_of_operation(interaction: &Json) -> Use {
    let (request, response) = (&interaction["request"], &interaction["response"]);
    let (mut reads, mut sends) = (BTreeSet::new(), BTreeSet::new());
    pointers(content(response, "body"), "", &mut reads);
    pointers(content(request, "body"), "", &mut sends);
    sends.extend(query(&request["query"]));
    let headers = request["headers"].as_object().into_iter().flatten();
    for (name, value) in headers {
        sends.insert(name.clone());
        if name.eq_ignore_ascii_case("cookie") {
            sends.extend(cookies(value));
        }
    }
    Use { reads: Some(reads), sends: Some(sends), ..Use::default() }
}

/// The event that a message is: by what its metadata says, by the envelope that its contents are, else by its description.
fn message(message: &Json) -> Option<(String, Use)> {
    let contents = content(message, "contents");
    let metadata = ["metadata", "metaData"].map(|key| &message[key]);
    let named = ["detail-type", "detailType"];
    let in_metadata =
        metadata.iter().flat_map(|of| named.map(|key| of[key].as_str())).flatten().next();
    let is_envelope = contents.get("detail-type").is_some() && contents.get("detail").is_some();
    let detail = if is_envelope { &contents["detail"] } else { contents };
    let in_envelope = contents["detail-type"].as_str().filter(|_| is_envelope);
    let name = in_metadata.or(in_envelope).or(message["description"].as_str())?;
    let mut reads = BTreeSet::new();
    pointers(detail, "", &mut reads);
    Some((name.to_owned(), Use { reads: Some(reads), ..Use::default() }))
}

/// A body: in version 4 within `content`.
fn content<'a>(of: &'a Json, key: &str) -> &'a Json {
    let body = &of[key];
    if body.get("content").is_some() && body.get("contentType").is_some() {
        &body["content"]
    } else {
        body
    }
}

/// The names of cookies in a header, which may be a list.
fn cookies(header: &Json) -> Vec<String> {
    let texts = header.as_array().map_or(std::slice::from_ref(header), Vec::as_slice);
    let pairs = texts.iter().filter_map(Json::as_str).flat_map(|text| text.split(';'));
    pairs.filter_map(|pair| Some(pair.split_once('=')?.0.trim().to_owned())).collect()
}

/// The names in a query: an object since version 3, a text before.
fn query(query: &Json) -> Vec<String> {
    match query {
        Json::Object(names) => names.keys().cloned().collect(),
        Json::String(text) => {
            text.split('&').filter_map(|pair| pair.split('=').next()).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

fn merge(into: &mut BTreeMap<String, Use>, name: String, used: Use) {
    let known = into.entry(name).or_insert_with(|| Use {
        reads: Some(BTreeSet::new()),
        sends: used.sends.as_ref().map(|_| BTreeSet::new()),
        ..Use::default()
    });
    if let (Some(known), Some(more)) = (&mut known.reads, used.reads) {
        known.extend(more);
    }
    if let (Some(known), Some(more)) = (&mut known.sends, used.sends) {
        known.extend(more);
    }
}
