//! What a document says of the whole of a service that no generated code has a place for: who is behind it, its servers,
//! tags and security schemes. It is for readers.

use super::Scope;
use super::docs::{append, docs, link};
use crate::model::{Docs, Note, NoteKind};
use crate::parse::{Entry, Node};

/// The words of `info`, with what the document says beside it.
pub(crate) fn lower_about(document: &Node) -> Docs {
    let Some(info) = document.get("info") else { return Docs::default() };
    let mut about = docs(info);
    let outside = docs(document).description.filter(|_| document.get("externalDocs").is_some());
    let servers = document.get("servers").into_iter().flat_map(Node::items).filter_map(server);
    let texts = [contact(info), license(info), terms(info), outside];
    texts.into_iter().flatten().chain(servers).for_each(|text| append(&mut about, &text));
    about
}

fn contact(info: &Node) -> Option<String> {
    let contact = info.get("contact")?;
    let name = contact.text_at("name");
    let at = match (name, contact.text_at("url")) {
        (name, Some(url)) => Some(link(name.unwrap_or(url), url)),
        (name, None) => name.map(str::to_owned),
    };
    let all: Vec<String> =
        at.into_iter().chain(contact.text_at("email").map(str::to_owned)).collect();
    (!all.is_empty()).then(|| format!("Contact: {}.", all.join(", ")))
}

fn license(info: &Node) -> Option<String> {
    let license = info.get("license")?;
    let name = license.text_at("name")?;
    let name = license.text_at("url").map_or_else(|| name.to_owned(), |url| link(name, url));
    let identifier = license.text_at("identifier");
    let identifier = identifier.map_or_else(String::new, |id| format!(" (`{id}`)"));
    Some(format!("License: {name}{identifier}."))
}

fn terms(info: &Node) -> Option<String> {
    let url = info.text_at("termsOfService")?;
    Some(format!("Terms of service: {}.", link(url, url)))
}

/// A server that the contract has words for.
fn server(server: &Node) -> Option<String> {
    let words = ["name", "description"].into_iter().filter_map(|key| server.text_at(key));
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    for variable in server.get("variables").into_iter().flat_map(Node::entries) {
        let text = variable.value.text_at("description");
        words.extend(text.map(|text| format!("`{}`: {text}", variable.key)));
    }
    let url = server.text_at("url")?;
    (!words.is_empty()).then(|| format!("Server `{url}`: {}", words.join(" ")))
}

/// The tags and security schemes of a document.
pub(crate) fn lower_notes(scope: Scope<'_>, document: &Node) -> Vec<Note> {
    let tags = document.get("tags").into_iter().flat_map(Node::items).filter_map(tag);
    let schemes = document.at(&["components", "securitySchemes"]);
    let schemes = schemes.into_iter().flat_map(Node::entries);
    tags.chain(schemes.filter_map(|entry| scheme(scope, entry))).collect()
}

fn tag(tag: &Node) -> Option<Note> {
    let mut text = docs(tag);
    for (key, word) in [("parent", "Part of"), ("kind", "Kind")] {
        if let Some(value) = tag.text_at(key) {
            append(&mut text, &format!("{word} `{value}`."));
        }
    }
    Some(Note { kind: NoteKind::Tag, name: tag.text_at("name")?.to_owned(), docs: text })
}

fn scheme(scope: Scope<'_>, entry: &Entry) -> Option<Note> {
    let scheme = scope.docs.target(&entry.value)?;
    let mut text = docs(scheme);
    for text_of in ["openIdConnectUrl", "oauth2MetadataUrl"] {
        if let Some(url) = scheme.text_at(text_of) {
            append(&mut text, &format!("{}.", link(text_of, url)));
        }
    }
    if let Some(format) = scheme.text_at("bearerFormat") {
        append(&mut text, &format!("Tokens are `{format}`."));
    }
    for flow in scheme.get("flows").into_iter().flat_map(Node::entries) {
        append(&mut text, &flow_text(flow));
    }
    Some(Note { kind: NoteKind::SecurityScheme, name: entry.key.clone(), docs: text })
}

/// A way to get a token, and what its scopes mean.
fn flow_text(flow: &Entry) -> String {
    let urls = flow.value.entries().iter().filter(|entry| entry.key.ends_with("Url"));
    let urls = urls.filter_map(|entry| Some(link(&entry.key, entry.value.text()?)));
    let scopes = flow.value.get("scopes").into_iter().flat_map(Node::entries);
    let scopes = scopes.map(|scope| match scope.value.text().map(str::trim) {
        None | Some("") => format!("`{}`", scope.key),
        Some(text) => format!("`{}` ({text})", scope.key),
    });
    let parts: Vec<String> = urls.chain(scopes).collect();
    format!("Flow `{}`: {}.", flow.key, parts.join(", "))
}
