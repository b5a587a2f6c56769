//! Base paths: what the servers of a contract put before its paths.
//!
//! Owns which server counts: the first of the nearest list, of an operation, its path or the document. Its base path
//! is part of each route. The host is whatever a stage has.

use super::OperationSite;
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
    pub(super) fn of(&self, scope: Scope<'_>, place: &OperationSite<'_, '_>) -> String {
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

/// The base path of the first server that has a known one. The others have to have the same, or it is said that theirs
/// is not served.
fn first(scope: Scope<'_>, servers: &Node) -> Option<String> {
    let bases = servers.items().iter();
    let bases: Vec<(&Node, Result<String, String>)> =
        bases.filter_map(|server| Some((server, base_path(&filled(server, None)?)))).collect();
    let first = bases.iter().find_map(|(_, base)| base.as_ref().ok());
    let served = first.map_or("", String::as_str);
    for (server, base) in &bases {
        let at = server.get("url").unwrap_or(server).span;
        match base {
            Err(variable) => scope.sink.report(fault::unknown_base_path(at, variable, served)),
            Ok(base) if base == served => check_values(scope, server, served),
            Ok(other) => scope.sink.report(fault::other_base_path(at, other, served)),
        }
    }
    first.cloned()
}

/// Tells of the values of a server's variables that lead to another base path than the defaults do.
fn check_values(scope: Scope<'_>, server: &Node, served: &str) {
    for variable in server.get("variables").into_iter().flat_map(Node::entries) {
        let values = variable.value.get("enum").into_iter().flat_map(Node::items);
        let mut others: Vec<&str> = values.filter_map(Node::text).collect();
        others.retain(|value| {
            let url = filled(server, Some((&variable.key, value)));
            url.is_some_and(|url| base_path(&url).as_deref() != Ok(served))
        });
        if !others.is_empty() {
            scope.sink.report(fault::other_base_path_value(variable.named(), &others, served));
        }
    }
}

/// What a server's URL has after the host, without a slash at its end; the name of a variable that nothing stands for
/// is the error.
fn base_path(url: &str) -> Result<String, String> {
    let (host, path) = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').unwrap_or((rest, "")),
        None if url.starts_with("//") => url[2..].split_once('/').unwrap_or((&url[2..], "")),
        None => ("", url),
    };
    let path = path.split(['?', '#']).next().unwrap_or(path);
    if let Some((name, _)) = path.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
        return Err(name.to_owned());
    }
    let mut segments: Vec<&str> = vec![];
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            // RFC 3986, section 5.2.4.
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    // The first segment of an address of API Gateway's own names the stage.
    let is_stage = host.contains(".execute-api.") && host.contains(".amazonaws.com");
    let segments = segments.into_iter().skip(usize::from(is_stage));
    Ok(segments.map(|text| format!("/{}", text.replace(' ', "%20"))).collect())
}

/// A server's URL with the defaults of its variables, but one of them with a value that is chosen.
fn filled(server: &Node, chosen: Option<(&str, &str)>) -> Option<String> {
    let mut url = server.text_at("url")?.to_owned();
    for variable in server.get("variables").into_iter().flat_map(Node::entries) {
        let value = match chosen {
            Some((name, value)) if name == variable.key => Some(value),
            _ => variable.value.text_at("default"),
        };
        if let Some(value) = value {
            url = url.replace(&format!("{{{}}}", variable.key), value);
        }
    }
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_path_is_what_follows_the_host() {
        for (url, expected) in [
            ("https://example.com", ""),
            ("https://example.com/", ""),
            ("https://example.com/v1/", "/v1"),
            ("//example.com/v2?x#y", "/v2"),
            ("/v1//a", "/v1/a"),
            ("v1", "/v1"),
            (".", ""),
            ("./api/../v1/.", "/v1"),
            ("../../v1", "/v1"),
            ("https://example.com/a/./b/../../c d", "/c%20d"),
            ("https://{host}/v1", "/v1"),
            ("https://abc.execute-api.eu-west-1.amazonaws.com/prod/v1", "/v1"),
        ] {
            assert_eq!(base_path(url).as_deref(), Ok(expected), "{url}");
        }
        assert_eq!(base_path("https://example.com/{a}/{b}"), Err("a".to_owned()));
        assert_eq!(base_path("{server}/v1"), Err("server".to_owned()));
    }
}
