//! The REST interface of a service.
//!
//! Owns operations and everything that a request and a response are made of. What an operation does with tables
//! and events is decided by [`super::bindings`] and [`super::service`], which have the tables and the events.

mod base;
mod body;
mod cors;
mod errors;
mod examples;
mod form;
mod media;
mod merge_patch;
mod outgoing;
mod parameters;
mod path;
mod problem;
mod querystring;
mod refusals;
mod responses;
mod schemes;
mod shape;
mod shared_path;
mod style;
mod written_name;

pub(crate) use body::is_json;

use std::collections::BTreeMap;

pub(crate) use base::hosts;
pub(crate) use cors::lower_cors;
pub(crate) use errors::lower_errors;
pub(crate) use merge_patch::settle_patches;
pub(crate) use outgoing::{lower_outgoing, lower_unserved};
pub(crate) use refusals::add_response;
pub(crate) use schemes::{lower_schemes, scheme_name, settle_keys};

use super::names::{self, Unique};
use super::schema::Types;
use super::{PathItem, Scope, docs::docs_of_operation};
use crate::diag::catalog::rest as fault;
use crate::lower::Reported;
use crate::lower::written::written;
use crate::model::{
    FunctionSettings, MODULES, Method, Objective, Operation, PathTemplate, Piece, Segment,
    renamed_module,
};
use crate::parse::{Entry, Node};
use crate::source::Span;

/// An operation, with the node it was made of.
pub(crate) struct Drafted<'a> {
    pub(crate) operation: Operation,
    pub(crate) node: &'a Node,
}

/// The operations of a document. The flag tells whether all of them could be lowered.
pub(crate) fn lower_operations<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    document: &'a Node,
) -> (Vec<Drafted<'a>>, bool) {
    let mut drafted = vec![];
    let mut sound = true;
    let mut ids = Ids::default();
    let security = Security { scope, document };
    let bases = base::Bases::of_document(scope, document);
    security.check_root();
    let paths = document.get("paths");
    if paths.is_some_and(|paths| scope.docs.failed(paths)) {
        return (drafted, false);
    }
    let paths =
        paths.into_iter().flat_map(Node::entries).filter(|path| !path.key.starts_with("x-"));
    // A path as it is has the route before one that adds a fragment to it.
    let (plain, fragments): (Vec<&Entry>, Vec<&Entry>) =
        paths.partition(|path| path::without_fragment(&path.key) == path.key);
    let mut routes: BTreeMap<(&str, Method), Span> = BTreeMap::new();
    for path in plain.into_iter().chain(fragments) {
        let Some(item) = scope.docs.path_item(&path.value) else {
            sound = false;
            continue;
        };
        let Some(template) = path::lower_path(scope, path) else {
            sound = false;
            continue;
        };
        for entry in item.entries() {
            let Some(method) = method(&entry.key) else { continue };
            if method == Method::Trace {
                scope.sink.report(fault::trace_not_served(entry.key_span, &path.key));
                continue;
            }
            let served = path::without_fragment(&path.key);
            if let Some(first) = routes.insert((served, method), entry.key_span)
                && served != path.key
            {
                let route = (method.as_str(), served);
                scope.sink.report(fault::operation_left_out(entry.key_span, route, first));
                continue;
            }
            let place = OperationSite { path, item: &item, entry, method, template: &template };
            match lower_operation(scope, types, &place, &mut ids, (&security, &bases)) {
                Some(operation) => drafted.push(operation),
                None => sound = false,
            }
        }
    }
    shared_path::share(scope, &mut drafted);
    schemes::check_silence(scope, document, drafted.iter().map(|one| one.node));
    (drafted, sound)
}

/// Where an operation stands.
struct OperationSite<'a, 'p> {
    path: &'a Entry,
    item: &'p PathItem<'a>,
    entry: &'a Entry,
    method: Method,
    /// The path as the contract writes it.
    template: &'p PathTemplate,
}

/// The ids that were given out, each with where it stands.
struct Ids {
    unique: Unique,
    /// The operation that has each id, and where the id stands.
    written: BTreeMap<String, (Span, Span)>,
}

impl Default for Ids {
    fn default() -> Self {
        let mut unique = Unique::default();
        // The trait of the operations has this method already.
        unique.keep("tables".to_owned());
        MODULES.into_iter().for_each(|module| unique.keep(renamed_module(module)));
        Self { unique, written: BTreeMap::new() }
    }
}

fn lower_operation<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    place: &OperationSite<'a, '_>,
    ids: &mut Ids,
    (security, bases): (&Security<'a>, &base::Bases),
) -> Option<Drafted<'a>> {
    let node = &place.entry.value;
    if scope.docs.failed(node) {
        return None;
    }
    let (wire, is_named) = match node.get("operationId") {
        None => (made_up_id(place.method, place.template), false),
        Some(id) => {
            let wire = id.text()?.to_owned();
            if !wire.contains(|char: char| char.is_alphanumeric()) {
                scope.sink.report(fault::empty_operation_id(id.span));
                return None;
            }
            match ids.written.insert(wire.clone(), (node.span, id.span)) {
                None => (wire, true),
                // Two paths that refer to one item have its operations each, and need a name for each.
                Some((first, _)) if first == node.span => {
                    (made_up_id(place.method, place.template), false)
                }
                Some((_, first)) => {
                    scope.sink.report(fault::operation_id_twice(&wire, id.span, first));
                    return None;
                }
            }
        }
    };
    let id = ids.unique.among(&wire, &names::stem(&wire, "operation"));
    let parameters = parameters::lower_parameters(scope, types, place, &id.pascal);
    let (body, ignored_body) = match node.entry("requestBody") {
        Some(body) if is_ignored(scope, node, place.method) => {
            let method = place.method.as_str();
            scope.sink.report(fault::body_not_allowed(body.key_span, method));
            (None, Some(written(scope, &body.value)))
        }
        body => (body.map(|body| &body.value), None),
    };
    let body = body.map(|body| body::lower_body(scope, types, body, &id.pascal));
    let objective = objective(scope, node, security.document).ok();
    let security = security.of(node);
    let is_secured = security.iter().flatten().any(|alternative| !alternative.is_empty());
    let responses = responses::lower_responses(scope, types, node, &id.pascal, is_secured);
    let tags = node.get("tags").into_iter().flat_map(Node::items).filter_map(Node::text);
    let security = security?;
    let (mut parameters, mut responses) = (parameters?, responses?);
    parameters::leave_accept(&mut parameters, &responses);
    if is_secured {
        refusals::add_refusals(&mut responses, &scope.origin(node.span));
    }
    let path = base::below(&bases.of(scope, place), place.template);
    if ["/ping", "/sping"].contains(&path.text.as_str()) {
        scope.sink.report(fault::reserved_path(place.path.key_span, &path.text));
    }
    let operation = Operation {
        id,
        is_named,
        method: place.method,
        path,
        docs: docs_of_operation(node, |key| place.item.get(key)),
        tags: tags.map(str::to_owned).collect(),
        origin: scope.origin(node.span),
        parameters,
        body: match body {
            Some(body) => Some(body?),
            None => None,
        },
        ignored_body,
        responses,
        binding: None,
        idempotency: None,
        objective: objective?,
        access: vec![],
        publishes: vec![],
        security,
    };
    Some(Drafted { operation, node })
}

/// What the operation is to achieve; nothing where it says nothing.
fn objective(
    scope: Scope<'_>,
    node: &Node,
    document: &Node,
) -> Result<Option<Objective>, Reported> {
    let Some(entry) = node.entry("x-objective") else { return Ok(None) };
    if scope.docs.failed(&entry.value) {
        return Err(Reported);
    }
    let errors = entry.value.get("errors").and_then(Node::number);
    let latency_ms = entry.value.count_at("latencyMs");
    let is_share = |text: &str| {
        let share = scalars::Decimal::parse(text);
        share.is_some_and(|share| !share.is_negative() && share < scalars::Decimal::ONE)
    };
    let timeout = document.at(&["x-lambda", "timeout"]).and_then(Node::count);
    let timeout = timeout.unwrap_or(FunctionSettings::default().timeout_seconds.into());
    let why = match (errors, latency_ms) {
        (None, None) => "it names neither `errors` nor `latencyMs`",
        (Some(errors), _) if !is_share(errors) => "`errors` must be from 0 to less than 1",
        (_, Some(0)) => "`latencyMs` must be at least 1",
        (_, Some(most)) if most > timeout.saturating_mul(1000) => {
            "no response takes as long as `latencyMs`: the function times out before"
        }
        _ => return Ok(Some(Objective { errors: errors.map(str::to_owned), latency_ms })),
    };
    scope.sink.report(fault::bad_objective(entry.value.span, why));
    Err(Reported)
}

/// Whether the method gives a request's body no meaning.
fn is_ignored(scope: Scope<'_>, node: &Node, method: Method) -> bool {
    match method {
        Method::Get | Method::Head => true,
        // OpenAPI 3.0 ignores it; since 3.1 it counts.
        Method::Delete => scope.docs.is_before(node, "3.1"),
        _ => false,
    }
}

fn method(key: &str) -> Option<Method> {
    Some(match key {
        "get" => Method::Get,
        "put" => Method::Put,
        "post" => Method::Post,
        "delete" => Method::Delete,
        "options" => Method::Options,
        "head" => Method::Head,
        "patch" => Method::Patch,
        "trace" => Method::Trace,
        _ => return None,
    })
}

/// A name for an operation that has none: `getOrderByUserName`.
fn made_up_id(method: Method, path: &PathTemplate) -> String {
    let method = method.as_str().to_lowercase();
    let mut words = String::new();
    for segment in &path.segments {
        match segment {
            Segment::Literal(text) if text.is_empty() => {}
            Segment::Literal(text) => words.push_str(&names::joined(&[text])),
            Segment::Parameter(name) => words.push_str(&names::joined(&["by", name])),
            Segment::Mixed(pieces) => {
                let parts = pieces.iter().map(|piece| match piece {
                    Piece::Text(text) | Piece::Parameter(text) => text.as_str(),
                });
                let parts: Vec<&str> = std::iter::once("by").chain(parts).collect();
                words.push_str(&names::joined(&parts));
            }
        }
    }
    format!("{method}{words}")
}

/// Alternatives, each a list of schemes with their scopes.
type Requirements = Vec<Vec<(String, Vec<String>)>>;

/// The security requirements in force.
struct Security<'a> {
    scope: Scope<'a>,
    document: &'a Node,
}

impl Security<'_> {
    /// What the document requires is checked even where every operation has requirements of its own.
    fn check_root(&self) {
        self.required(self.document.get("security"));
    }

    fn of(&self, operation: &Node) -> Option<Requirements> {
        self.required(operation.get("security").or_else(|| self.document.get("security")))
    }

    fn required(&self, list: Option<&Node>) -> Option<Requirements> {
        let schemes = self.document.at(&["components", "securitySchemes"]);
        let mut sound = true;
        let mut required = vec![];
        for alternative in list.into_iter().flat_map(Node::items) {
            let mut all = vec![];
            for entry in alternative.entries() {
                let name = self.by_uri(schemes, entry).unwrap_or(&entry.key);
                if schemes.is_none_or(|schemes| schemes.get(name).is_none()) {
                    let known = schemes.into_iter().flat_map(Node::entries).map(|e| e.key.as_str());
                    // A misspelled `components` is told already.
                    if schemes.is_some() || !self.scope.docs.failed(self.document) {
                        let is_uri = entry.key.contains('#')
                            && !entry.key.starts_with('#')
                            && !self.scope.docs.is_before(alternative, "3.2");
                        self.scope.sink.report(match is_uri {
                            true => fault::scheme_elsewhere(entry.named()),
                            false => fault::unknown_scheme(entry.named(), known),
                        });
                    }
                    sound = false;
                }
                let scopes = entry.value.items().iter().filter_map(Node::text);
                all.push((name.to_owned(), scopes.map(str::to_owned).collect()));
            }
            required.push(all);
        }
        sound.then_some(required)
    }

    /// The name of a scheme that is required by its URI (since OpenAPI 3.2); one of that name goes before.
    fn by_uri<'n>(&self, schemes: Option<&'n Node>, entry: &Entry) -> Option<&'n str> {
        let schemes = schemes.filter(|schemes| {
            schemes.get(&entry.key).is_none() && !self.scope.docs.is_before(schemes, "3.2")
        })?;
        let target = self.scope.docs.step(entry.key_span, &entry.key).ok()?;
        let named = schemes.entries().iter().find(|scheme| scheme.value.span == target.span);
        named.map(|scheme| scheme.key.as_str())
    }
}
