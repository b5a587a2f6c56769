//! Keys of new things: which operation works on what another one creates, and from where the key is known.

use serde_json::{Value, json};

use super::resource::{names, success};
use crate::model::{Method, Operation, Segment, Service};

/// Where the key of a new thing is known from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum From {
    /// The response of the request that creates it: the value of an output.
    Response(Value),
    /// This property of the request, which is also its key.
    Request(String),
    /// The path of the request.
    Path,
}

/// What an operation does with what another one created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Read,
    /// Replaces, changes or deletes it.
    Changed,
}

/// Whether an operation works on what another one creates: by which parameter, and from where that is known.
pub(super) fn reads(
    service: &Service,
    creator: &Operation,
    reader: &Operation,
    wanted: Wanted,
) -> Option<(String, From)> {
    let is_wanted = match wanted {
        Wanted::Read => reader.method == Method::Get,
        Wanted::Changed => {
            matches!(reader.method, Method::Put | Method::Patch | Method::Delete)
        }
    };
    if !is_wanted {
        return None;
    }
    let is_same = creator.path.is_like(&reader.path);
    let is_next = reader.path.segments.len() == creator.path.segments.len() + 1
        && reader.path.is_below(&creator.path);
    let table = |operation: &Operation| operation.binding.as_ref().map(|binding| binding.table);
    let is_stored = table(creator).is_some() && table(creator) == table(reader);
    let mut links = creator.responses.iter().flat_map(|response| &response.links);
    // Most operations have nothing to do with each other.
    if !(is_same || is_next || is_stored || links.any(|one| one.operation_id == reader.id.wire)) {
        return None;
    }
    let parameters: Vec<&str> = reader.path.parameters().collect();
    let (key, parents) = parameters.split_last()?;
    // What is above it is known when it is created.
    let above: Vec<&str> = creator.path.parameters().collect();
    if creator.method == Method::Put && is_same {
        return Some(((*key).to_owned(), From::Path));
    }
    if creator.method == Method::Put || above != parents {
        return None;
    }
    let sent = creator.body.as_ref().and_then(|body| body.described());
    let sent = sent.map(|content| names(service, &content.ty)).unwrap_or_default();
    let is_sent = |name: &str| sent.iter().any(|one| one == name);
    if let Some(from) = linked(creator, reader, key, &is_sent) {
        return Some(((*key).to_owned(), from));
    }
    if !is_next && !is_stored {
        return None;
    }
    if is_sent(key) {
        return Some(((*key).to_owned(), From::Request((*key).to_owned())));
    }
    let answer = success(creator).map(|content| names(service, &content.ty)).unwrap_or_default();
    let candidates = [*key, "id"];
    let name = candidates.into_iter().find(|name| answer.iter().any(|one| one == name));
    let from = name.map(|name| From::Response(json!(format!("$response.body#/{name}"))));
    Some(((*key).to_owned(), from.or_else(|| location(creator, reader))?))
}

/// The end of the URL in the header `Location`, where the response that creates it declares that.
fn location(creator: &Operation, reader: &Operation) -> Option<From> {
    let successes = creator.responses.iter().filter(|response| response.is_success());
    let mut headers = successes.flat_map(|response| &response.headers);
    headers.find(|header| header.name.wire.eq_ignore_ascii_case("location"))?;
    let is_last = matches!(reader.path.segments.last(), Some(Segment::Parameter(_)));
    is_last.then(|| From::Response(end_of_location(reader)))
}

fn end_of_location(reader: &Operation) -> Value {
    json!({ "context": "$response.header.Location", "selector": reader.path.text, "type": "x-path" })
}

/// Where a link of the creating operation takes a parameter of the other one from.
fn linked(
    creator: &Operation,
    reader: &Operation,
    key: &str,
    is_sent: &dyn Fn(&str) -> bool,
) -> Option<From> {
    let responses = creator.responses.iter().filter(|response| response.is_success());
    let mut links = responses.flat_map(|response| &response.links);
    links.find_map(|link| {
        let given = link.parameters.iter().filter(|_| link.operation_id == reader.id.wire);
        let mut given = given.filter(|(name, _)| name.trim_start_matches("path.") == key);
        let (_, expression) = given.next()?;
        if let Some(pointer) = expression.strip_prefix("$response.body#") {
            let name = pointer.trim_start_matches('/').to_owned();
            return Some(match is_sent(&name) {
                true => From::Request(name),
                false => From::Response(json!(expression)),
            });
        }
        if let Some(name) = expression.strip_prefix("$request.body#/") {
            return is_sent(name).then(|| From::Request(name.to_owned()));
        }
        let header = expression.strip_prefix("$response.header.")?;
        Some(From::Response(match header.eq_ignore_ascii_case("location") {
            true => end_of_location(reader),
            false => json!(expression),
        }))
    })
}
