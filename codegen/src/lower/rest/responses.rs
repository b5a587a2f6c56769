//! Responses, with their headers, bodies and links.

use limits::Arrival;

use super::{body, parameters, problem, style, written_name};
use crate::diag::catalog::{rest as fault, rules as rule_fault, shape as shape_fault};
use crate::lower::names::{self, Unique};
use crate::lower::schema::{Types, values::Direction};
use crate::lower::{Scope, docs::docs_of_use};
use crate::model::{
    Docs, Header, Link, ParameterLocation, Response, Status, Style, TypeRef, Written,
};
use crate::parse::{Entry, Node};

/// The responses of an operation.
pub(super) fn lower_responses<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    operation: &'a Node,
    hint: &str,
    is_secured: bool,
) -> Option<Vec<Response>> {
    let mut names = Unique::default();
    let Some(list) = operation.entry("responses") else {
        if scope.docs.is_before(operation, "3.1") {
            scope.sink.report(shape_fault::missing_key(operation.span, "operation", "responses"));
            return None;
        }
        scope.sink.report(fault::no_success(operation.span));
        return Some(vec![nothing(scope, operation, &mut names)]);
    };
    let mut responses: Vec<Response> = vec![];
    let mut sound = true;
    for entry in list.value.entries().iter().filter(|entry| !entry.key.starts_with("x-")) {
        let Some(status) = Status::of(&entry.key) else {
            scope.sink.report(fault::bad_status(entry.named()));
            sound = false;
            continue;
        };
        if entry.key.ends_with("xx") {
            scope.sink.report(fault::status_in_small_letters(entry.named()));
        }
        match lower_response(scope, types, entry, status, hint, &mut names) {
            Some(response) => {
                let is_challenge = is_secured && status == Status::Code(401);
                check_arrival(scope, &entry.value, is_challenge);
                responses.push(response);
            }
            None => sound = false,
        }
    }
    let answers = |response: &Response| response.is_success() || redirects(response.status);
    if sound && !responses.iter().any(answers) {
        // `default` alone stands for every status, those of successes among them.
        let all = responses.iter().find(|response| response.status == Status::Default);
        responses.push(match all.filter(|response| !response.is_problem()) {
            Some(all) => any_success(all, &mut names),
            None => {
                scope.sink.report(fault::no_success(list.key_span));
                nothing(scope, &list.value, &mut names)
            }
        });
    }
    sound.then_some(responses)
}

/// What an operation answers that says only how it fails.
fn nothing(scope: Scope<'_>, place: &Node, names: &mut Unique) -> Response {
    let status = Status::Code(204);
    Response {
        status,
        name: names.name(&phrase(status)),
        docs: Docs::default(),
        origin: scope.origin(place.span),
        headers: vec![],
        contents: vec![],
        unserved: vec![],
        links: vec![],
    }
}

/// The successes of an operation whose `default` response is the only one that they can have.
fn any_success(all: &Response, names: &mut Unique) -> Response {
    let status = Status::Range(2);
    Response { status, name: names.name(&phrase(status)), unserved: vec![], ..all.clone() }
}

fn redirects(status: Status) -> bool {
    matches!(status, Status::Code(300..=399) | Status::Range(3))
}

fn lower_response<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    entry: &'a Entry,
    status: Status,
    hint: &str,
    names: &mut Unique,
) -> Option<Response> {
    let node = scope.docs.target(&entry.value)?;
    if node.get("description").is_none() && scope.docs.is_before(node, "3.2") {
        scope.sink.report(shape_fault::missing_key(node.span, "response", "description"));
        return None;
    }
    let name = names.name(&phrase(status));
    // A response that several operations share is named after itself.
    let hint = match entry.value.reference() {
        Some(_) => scope.docs.name_of(node),
        None => names::joined(&[hint, &name.pascal]),
    };
    let headers = lower_headers(scope, types, node, &hint);
    let (contents, unserved) =
        match node.get("content").filter(|content| !content.entries().is_empty()) {
            None => (vec![], vec![]),
            Some(content) => {
                let hint = names::joined(&[&hint, "body"]);
                body::lower_contents(scope, types, content, &hint, Direction::Response)?
            }
        };
    let mut response = Response {
        status,
        name,
        docs: docs_of_use(scope, &entry.value),
        origin: scope.origin(node.span),
        headers: headers?,
        contents,
        unserved,
        links: lower_links(scope, node),
    };
    problem::mark(types, &mut response);
    Some(response)
}

/// Warns of headers that API Gateway renames or drops. A challenge of the gateway's own answers arrives.
fn check_arrival(scope: Scope<'_>, response: &Node, is_challenge: bool) {
    let Some(response) = scope.docs.target(response) else { return };
    for entry in response.get("headers").into_iter().flat_map(Node::entries) {
        match limits::arrival(&entry.key) {
            _ if is_challenge && entry.key.eq_ignore_ascii_case("www-authenticate") => {}
            Arrival::Kept => {}
            Arrival::Remapped => {
                let arrives = format!("{}{}", limits::REMAPPED, entry.key);
                scope.sink.report(fault::header_remapped(entry.named(), &arrives));
            }
            Arrival::Dropped => scope.sink.report(fault::header_dropped(entry.named())),
        }
    }
}

fn lower_headers<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    node: &'a Node,
    hint: &str,
) -> Option<Vec<Header>> {
    let mut names = Unique::default();
    // What the response has beside its headers, and what a client reads them from.
    ["answer", "body", "status"].into_iter().for_each(|name| names.keep(name.to_owned()));
    let mut headers = vec![];
    let mut sound = true;
    let entries = node.get("headers").map(Node::entries).unwrap_or_default();
    for entry in entries {
        if entry.key.eq_ignore_ascii_case("content-type") {
            scope.sink.report(fault::reserved_header(entry.value.span, &entry.key));
            continue;
        }
        let same = |other: &&Entry| other.key.eq_ignore_ascii_case(&entry.key);
        let before = entries.iter().take_while(|other| other.key_span != entry.key_span);
        if let Some(first) = before.into_iter().find(same) {
            scope.sink.report(fault::header_twice(entry.named(), first.key_span));
            sound = false;
            continue;
        }
        if written_name::check(scope, entry.named(), ParameterLocation::Header).is_err() {
            sound = false;
            continue;
        }
        match lower_header(scope, types, entry, hint, &mut names) {
            Some(header) => headers.push(header),
            None => sound = false,
        }
    }
    sound.then_some(headers)
}

fn lower_header<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    entry: &'a Entry,
    hint: &str,
    names: &mut Unique,
) -> Option<Header> {
    let node = scope.docs.target(&entry.value)?;
    let (schema, content) = parameters::described(scope, node, "header", &entry.key)?;
    let style = match content {
        Some(style) => style,
        None => style::lower_style(scope, node, ParameterLocation::Header)?,
    };
    let used = types.lower_alone(schema, &names::joined(&[hint, &entry.key]))?;
    let ty = match used.ty {
        TypeRef::Nullable(inner) => *inner,
        ty => ty,
    };
    let written = if types.scalar_of(&ty).is_some() && style != Style::Json {
        None
    } else {
        let written = style::written(scope, types, schema, &style, &ty);
        // A list of scalars is read by its shape too: a header is one text.
        Some(match written {
            Some(written) => written,
            None => Written { shape: style::list_shape(types, &ty), style },
        })
    };
    let example = parameters::fitting_example(scope, types, node, &ty).map(Node::to_json);
    let own = docs_of_use(scope, &entry.value);
    Some(Header {
        name: names.name(&entry.key),
        ty,
        written,
        required: node.is_set("required"),
        example,
        docs: match own.summary {
            None => Docs { deprecated: own.deprecated, ..used.docs },
            Some(_) => Docs { meaning: used.docs.meaning, ..own },
        },
    })
}

fn lower_links<'a>(scope: Scope<'a>, node: &'a Node) -> Vec<Link> {
    let mut links = vec![];
    for entry in node.get("links").into_iter().flat_map(Node::entries) {
        let Some(target) = scope.docs.target(&entry.value) else { continue };
        let Some(operation_id) = target.text_at("operationId").map(str::to_owned) else {
            if target.get("operationId").is_none() && target.get("operationRef").is_none() {
                scope.sink.report(rule_fault::link_without_operation(entry.key_span, &entry.key));
            }
            continue;
        };
        let parameters = target.get("parameters").into_iter().flat_map(Node::entries);
        let text = |node: &Node| match node.to_json() {
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        };
        links.push(Link {
            name: entry.key.clone(),
            docs: docs_of_use(scope, &entry.value),
            operation_id,
            parameters: parameters.map(|entry| (entry.key.clone(), text(&entry.value))).collect(),
            body: target.get("requestBody").map(Node::to_json),
            origin: scope.origin(target.span),
        });
    }
    links
}

/// What a response is called: by the reason phrase of its status.
fn phrase(status: Status) -> String {
    let text = match status {
        Status::Default => "Default",
        Status::Range(1) => "Informational",
        Status::Range(2) => "Success",
        Status::Range(3) => "Redirection",
        Status::Range(4) => "Client Error",
        Status::Range(_) => "Server Error",
        Status::Code(code) => match scalars::status::phrase(code) {
            Some(phrase) => phrase,
            None => return format!("Status {code}"),
        },
    };
    text.to_owned()
}
