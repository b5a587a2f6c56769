//! Base paths: what the servers of a contract put before its paths.
//!
//! Owns which server counts: the first of the nearest list, of an operation, its path or the document. Its base path
//! is part of each route. The host is whatever a stage has.

use super::Place;
use crate::diag::catalog::rest as fault;
use crate::lower::Scope;
use crate::model::{PathTemplate, Segment};
use crate::parse::Node;
use crate::source::Span;

/// The base paths of a document.
pub(super) struct Bases {
    document: String,
}

impl Bases {
    pub(super) fn of_document(scope: Scope<'_>, document: &Node) -> Self {
        let servers = document.get("servers");
        Self { document: servers.and_then(|list| first(scope, list)).unwrap_or_default() }
    }

    /// The base path of an operation.
    pub(super) fn of(&self, scope: Scope<'_>, place: &Place<'_, '_>) -> String {
        let own = place.entry.value.get("servers").or_else(|| place.item.get("servers"));
        own.and_then(|list| first(scope, list)).unwrap_or_else(|| self.document.clone())
    }
}

/// The scheme and host of each server of a document, with every value of its variables.
pub(crate) fn hosts(document: &Node) -> Vec<(String, Span)> {
    let mut hosts: Vec<(String, Span)> = vec![];
    for server in document.get("servers").into_iter().flat_map(Node::items) {
        let Some(url) = server.text_at("url").filter(|url| url.contains("://")) else { continue };
        let span = server.get("url").map_or(server.span, |node| node.span);
        let end = url.find("://").map_or(0, |at| at + 3);
        let end = url[end..].find('/').map_or(url.len(), |at| end + at);
        let mut urls = vec![url[..end].to_owned()];
        for variable in server.get("variables").into_iter().flat_map(Node::entries) {
            let listed = variable.value.get("enum").into_iter().flat_map(Node::items);
            let mut values: Vec<&str> = listed.filter_map(Node::text).collect();
            if values.is_empty() {
                values.extend(variable.value.text_at("default"));
            }
            let name = format!("{{{}}}", variable.key);
            if urls[0].contains(&name) && urls.len() * values.len() <= MOST_HOSTS {
                let filled =
                    |url: &String| values.iter().map(|value| url.replace(&name, value)).collect();
                urls = urls.iter().flat_map(|url| -> Vec<String> { filled(url) }).collect();
            }
            if urls.is_empty() {
                break;
            }
        }
        hosts.extend(urls.into_iter().map(|url| (url, span)));
    }
    hosts
}

/// How many hosts the variables of a server may stand for before they are left as they are written.
const MOST_HOSTS: usize = 100;

/// A path below a base path.
pub(super) fn below(base: &str, path: &PathTemplate) -> PathTemplate {
    if base.is_empty() {
        return path.clone();
    }
    let before = base.split('/').skip(1).map(|text| Segment::Literal(text.to_owned()));
    // `/` itself is what the base path names.
    let own = if path.segments.is_empty() { "" } else { path.text.as_str() };
    PathTemplate {
        text: format!("{base}{own}"),
        segments: before.chain(path.segments.iter().cloned()).collect(),
    }
}

/// The base path of the first server. The others have to have the same, or it is said that theirs is not served.
fn first(scope: Scope<'_>, servers: &Node) -> Option<String> {
    let mut bases = servers.items().iter().filter_map(|server| Some((server, base_path(server)?)));
    let (_, base) = bases.next()?;
    for (other, differs) in bases.filter(|(_, other)| *other != base) {
        let at = other.get("url").unwrap_or(other).span;
        scope.sink.report(fault::other_base_path(at, &differs, &base));
    }
    Some(base)
}

/// What a server's URL has after the host, without a slash at its end.
fn base_path(server: &Node) -> Option<String> {
    let url = with_defaults(server)?;
    let (host, path) = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').unwrap_or((rest, "")),
        None if url.starts_with("//") => url[2..].split_once('/').unwrap_or((&url[2..], "")),
        None => ("", url.trim_start_matches(['.', '/'])),
    };
    let path = path.split(['?', '#']).next().unwrap_or(path);
    // The first segment of an address of API Gateway's own names the stage.
    let is_stage = host.contains(".execute-api.") && host.contains(".amazonaws.com");
    let segments = path.split('/').filter(|text| !text.is_empty()).skip(usize::from(is_stage));
    Some(segments.map(|text| format!("/{text}")).collect())
}

/// A server's URL with the defaults of its variables; nothing where one has none.
fn with_defaults(server: &Node) -> Option<String> {
    let mut url = server.text_at("url")?.to_owned();
    for variable in server.get("variables").into_iter().flat_map(Node::entries) {
        let default = variable.value.text_at("default")?;
        url = url.replace(&format!("{{{}}}", variable.key), default);
    }
    let path = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let unknown = path.split_once('/').is_some_and(|(_, path)| path.contains(['{', '}', ' ']));
    (!unknown).then_some(url)
}
