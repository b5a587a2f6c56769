//! One service: its two documents put together.

use std::collections::BTreeMap;

use super::docs::one_line;
use super::events::{Events, Received, Senders, Way, lower_events, lower_stream};
use super::functions::{Declared, api_function, receive_function};
use super::names::{self, Unique};
use super::notes::{lower_about, lower_notes};
use super::rest::{
    hosts, lower_cors, lower_errors, lower_operations, lower_schemes, settle_patches,
};
use super::schema::Types;
use super::tables::lower_tables;
use super::{Contracts, Scope, bindings};
use crate::diag::catalog::{document as document_fault, events as fault, shape::nearest};
use crate::model::{
    Codec, Function, Name, Operation, Origin, PartKind, Receive, Response, SentMessage, Service,
    Status, TypeDef, TypeId, TypeRef, UsedTypes,
};
use crate::parse::Node;
use crate::source::{FileId, Span};

/// A service by its documents; `None` when any part of it failed, which has been reported.
pub(crate) fn lower_service<'a>(
    scope: Scope<'a>,
    contracts: &Contracts,
    all: &[Contracts],
    senders: &Senders,
) -> Option<Service> {
    let name = service_name(scope, contracts)?;
    let tree = |file: Option<FileId>| file.and_then(|file| scope.docs.tree(file));
    let (openapi, asyncapi) = (tree(contracts.openapi), tree(contracts.asyncapi));
    let mut types = Types::new(scope);
    let (mut drafted, all_operations) = match openapi {
        Some(document) => lower_operations(scope, &mut types, document),
        None => (vec![], true),
    };
    let mut sound = all_operations;
    let schemes = match openapi {
        Some(document) => lower_schemes(scope, document),
        None => Some(vec![]),
    };
    sound &= schemes.is_some();
    let cors = openapi.map_or(Ok(None), |document| lower_cors(scope, document));
    sound &= cors.is_ok();
    let events = match asyncapi {
        Some(document) => lower_events(scope, &mut types, document, &name, senders),
        None => Some(Events::default()),
    };
    sound &= events.is_some();
    let (tables, all_tables) = lower_tables(scope, &mut types, contracts, all);
    sound &= all_tables;
    let stored = tables.iter().map(|stored| stored.table.item);
    let payloads = events.iter().flat_map(Events::payloads);
    settle_patches(&mut types, &mut drafted, payloads.chain(stored).map(TypeRef::Named).collect());
    // A table that failed would make every operation on it look wrong.
    if all_tables {
        sound &= bindings::bind_operations(scope, &types, &tables, &mut drafted, all_operations);
    }
    types.check_unused(&[openapi, asyncapi]);
    if !sound {
        return None;
    }
    let Events { sends, mut receives } = events?;
    let items = tables.iter().map(|stored| stored.schema.as_str());
    let made = kept_names(drafted.iter().map(|one| &one.operation), &[], items, Kept::Emitted);
    name_receivers(&mut receives, made);
    for draft in &mut drafted {
        let published = publishes(scope, draft.node, &sends);
        sound &= published.is_some();
        draft.operation.publishes = published.unwrap_or_default();
    }
    let errors = lower_errors(scope, &types, &drafted);
    sound &= errors.is_some();
    let operations: Vec<Operation> = drafted.into_iter().map(|draft| draft.operation).collect();
    let mut lowered = vec![];
    for received in receives {
        match lower_receive(scope, &tables, &sends, received) {
            Some(received) => lowered.push(received),
            None => sound = false,
        }
    }
    let first = openapi.or(asyncapi)?;
    let origin = scope.origin(first.get("info").unwrap_or(first).span);
    let (functions, receives) = functions(scope, &name, openapi, &operations, lowered)?;
    if !sound {
        return None;
    }
    let info = first.get("info");
    let text =
        |key: &str| info.and_then(|info| info.text_at(key)).map(one_line).unwrap_or_default();
    let mut service = Service {
        name,
        title: text("title"),
        version: text("version"),
        docs: lower_about(first),
        notes: openapi.map(|document| lower_notes(scope, document)).unwrap_or_default(),
        origin,
        types: vec![],
        used: UsedTypes::default(),
        schemas: BTreeMap::new(),
        tables: tables.into_iter().map(|stored| stored.table).collect(),
        errors: errors.unwrap_or_default(),
        hosts: openapi.map(hosts).unwrap_or_default(),
        operations,
        cors: cors.ok()?,
        schemes: schemes?,
        sends,
        receives,
        functions,
    };
    finish_types(types, &mut service)?;
    Some(service)
}

/// Gives a service its types, once everything that uses them is known.
fn finish_types(types: Types<'_>, service: &mut Service) -> Option<()> {
    let bodies = service.operations.iter().filter_map(|operation| operation.body.as_ref());
    let bodies = bodies.flat_map(|body| &body.contents).map(|content| &content.ty);
    let parameters = service.operations.iter().flat_map(|operation| &operation.parameters);
    let requests = bodies.chain(parameters.map(|parameter| &parameter.ty));
    let requests: Vec<TypeRef> = requests.cloned().collect();
    let events = service.messages().map(|message| message.payload);
    let tables = service.tables.iter();
    let stored: Vec<TypeId> = tables.map(|table| table.item).chain(events).collect();
    let items = service.tables.iter().map(|table| types.wanted(table.item));
    let mut kept = kept_names(service.operations.iter(), &service.receives, items, Kept::Possible);
    if service.functions.iter().any(|function| !function.settings.environment.is_empty()) {
        kept.push("Settings".to_owned());
    }
    let finished = types.finish(&requests, &stored, kept)?;
    let parameters = service.operations.iter_mut().flat_map(|operation| &mut operation.parameters);
    parameters.for_each(|parameter| parameter.ty = finished.requested(&parameter.ty));
    let bodies = service.operations.iter_mut().filter_map(|operation| operation.body.as_mut());
    for content in bodies.flat_map(|body| &mut body.contents) {
        content.ty = finished.requested(&content.ty);
        let Codec::Multipart(form) = &mut content.codec else { continue };
        for part in &mut form.parts {
            if let PartKind::Value { ty, .. } = &mut part.kind {
                *ty = finished.requested(ty);
            }
        }
    }
    (service.types, service.schemas) = (finished.types, finished.schemas);
    service.used = UsedTypes::of(service);
    Some(())
}

/// A service of nothing but types.
pub(super) fn of_types(
    name: Name,
    types: Vec<TypeDef>,
    schemas: BTreeMap<String, serde_json::Value>,
) -> Service {
    Service {
        name,
        title: String::new(),
        version: String::new(),
        docs: Default::default(),
        notes: vec![],
        origin: Origin { pointer: String::new(), span: Span::default() },
        types,
        used: UsedTypes::default(),
        schemas,
        tables: vec![],
        errors: Default::default(),
        hosts: vec![],
        operations: vec![],
        cors: None,
        schemes: vec![],
        sends: vec![],
        receives: vec![],
        functions: vec![],
    }
}

/// Which names of responses are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// Those that are emitted.
    Emitted,
    /// All, so that a type keeps its name when a response gets a header.
    Possible,
}

/// The names that emission gives to what it makes of operations, receivers and tables, which no type may have too.
fn kept_names<'a>(
    operations: impl Iterator<Item = &'a Operation>,
    receives: &[Receive],
    items: impl Iterator<Item = &'a str>,
    which: Kept,
) -> Vec<String> {
    let mut kept = ["Operations", "Publisher", "Routes", "Tables"].map(str::to_owned).to_vec();
    for Operation { id, responses, .. } in operations {
        let suffixes = ["Input", "Output", "Error", "Accept", "Form", "Content", "Fill"];
        kept.extend(suffixes.map(|suffix| format!("{}{suffix}", id.pascal)));
        for response in responses.iter().filter(|one| which == Kept::Possible || is_held(one)) {
            let name = &response.name.pascal;
            kept.extend(["", "Content"].map(|suffix| format!("{}{name}{suffix}", id.pascal)));
        }
    }
    for Receive { id, .. } in receives {
        kept.extend([id.pascal.clone(), format!("{}Consumer", id.pascal)]);
    }
    for item in items {
        // `aB` is the type `Ab`.
        let item = names::name(&names::type_name(item)).pascal;
        kept.extend(["Key", "Fields", "Indexes"].map(|suffix| format!("{item}{suffix}")));
    }
    kept
}

/// Whether a response becomes a type of its own: it has headers, an open status or bodies of several kinds.
fn is_held(response: &Response) -> bool {
    let is_open = !matches!(response.status, Status::Code(_));
    is_open || !response.headers.is_empty() || response.contents.len() > 1
}

/// Gives receivers names of their own: traits, each with a type for its consumer, beside all that emission names.
fn name_receivers(receives: &mut [Received<'_>], kept: Vec<String>) {
    let mut unique = Unique::default();
    kept.into_iter().chain(["Settings".to_owned()]).for_each(|name| unique.keep(name));
    receives.iter().for_each(|one| unique.keep(format!("{}Consumer", one.id.pascal)));
    for receive in receives {
        let wire = &receive.id.wire;
        receive.id = unique.among(wire, &names::stem(wire, "receiver"));
    }
}

/// The service's name, which is that of its folder and of a crate.
fn service_name(scope: Scope<'_>, contracts: &Contracts) -> Option<Name> {
    let Some((why, better)) = unfit_name(&contracts.name) else {
        return Some(names::name(&contracts.name));
    };
    let file = contracts.openapi.or(contracts.asyncapi)?;
    let at = Span { file, start: 0, end: 0 };
    scope.sink.report(document_fault::bad_service_name(at, &contracts.name, why, &better));
    None
}

/// Why a text cannot be the name of a service, and a name near it; none for one that can.
pub(crate) fn unfit_name(text: &str) -> Option<(&'static str, String)> {
    let name = names::name(text);
    let wire = name.wire.as_str();
    let why = if wire != name.kebab {
        "use lowercase letters, digits and `-`, starting with a letter"
    } else if wire.len() > MAX_SERVICE_NAME {
        "use at most 40 characters"
    } else if TAKEN_FOLDERS.contains(&wire) {
        "generated code already has a folder with this name"
    } else if ["consumers", "schemas"].contains(&wire) {
        "this folder holds what services share"
    } else if TAKEN_CRATES.contains(&wire.replace('-', "_").as_str()) {
        "its crate would have the name of a crate that generated code depends on"
    } else if TAKEN_MODULES.contains(&wire) {
        "its module in the client would have the name of a file that Cargo looks for"
    } else {
        return None;
    };
    let short: String = name.kebab.chars().take(MAX_SERVICE_NAME - 8).collect();
    let short = short.trim_end_matches('-');
    let better = if wire == short { format!("{short}-service") } else { short.to_owned() };
    Some((why, better))
}

/// How long the name of a service may be.
const MAX_SERVICE_NAME: usize = 40;

/// The folders of what is generated for all services together.
const TAKEN_FOLDERS: [&str; 5] = ["cdk", "client", "docs", "infra", "workflows"];

/// The crates that a generated crate sees by name, and words that name the crate itself.
const TAKEN_CRATES: [&str; 9] =
    ["alloc", "core", "crate", "proc_macro", "runtime", "self", "std", "super", "test"];

/// The files of a crate beside which no module can stand.
const TAKEN_MODULES: [&str; 2] = ["lib", "main"];

/// `x-publishes`, as places in what the service sends.
fn publishes(scope: Scope<'_>, node: &Node, sends: &[SentMessage]) -> Option<Vec<usize>> {
    let mut found = vec![];
    let mut sound = true;
    for named in node.get("x-publishes").into_iter().flat_map(Node::items) {
        let name = named.text()?;
        let known = || sends.iter().map(|sent| sent.message.name.wire.as_str());
        let before = found.len();
        found.extend(known().enumerate().filter(|(_, known)| *known == name).map(|(at, _)| at));
        if found.len() == before {
            scope.sink.report(fault::unknown_message(named.span, name, nearest(name, known())));
            sound = false;
        }
    }
    sound.then_some(found)
}

fn lower_receive<'a>(
    scope: Scope<'a>,
    tables: &[super::tables::Stored],
    sends: &[SentMessage],
    received: Received<'a>,
) -> Option<(Receive, Option<&'a Node>)> {
    let access = bindings::access(scope, tables, received.node, None);
    let publishes = publishes(scope, received.node, sends).map(|named| {
        let replies = received.replies.iter().filter(|reply| !named.contains(reply));
        named.iter().chain(replies).copied().collect()
    });
    let delivery = match received.way {
        Way::Bus(delivery) => Some(delivery),
        Way::Stream(binding) => lower_stream(scope, tables, received.node, binding),
    };
    let receive = Receive {
        id: received.id,
        docs: received.docs,
        messages: received.messages,
        delivery: delivery?,
        external: received.external,
        access: access?,
        publishes: publishes?,
        function: 0,
        origin: received.origin,
    };
    Some((receive, received.node.get("x-lambda")))
}

/// The functions, and the receivers with theirs.
fn functions(
    scope: Scope<'_>,
    service: &Name,
    openapi: Option<&Node>,
    operations: &[Operation],
    lowered: Vec<(Receive, Option<&Node>)>,
) -> Option<(Vec<Function>, Vec<Receive>)> {
    let mut functions: Vec<Function> = vec![];
    let mut receives = vec![];
    let mut sound = true;
    if let (Some(document), Some(first)) = (openapi, operations.first()) {
        let origin: Origin = first.origin.clone();
        let declared = Declared { lambda: document.get("x-lambda"), origin };
        match api_function(scope, service, declared, operations) {
            Some(function) => functions.push(function),
            None => sound = false,
        }
    }
    for (index, (mut receive, lambda)) in lowered.into_iter().enumerate() {
        match receive_function(scope, service, lambda, index, &receive) {
            Some(function) => {
                receive.function = functions.len();
                functions.push(function);
            }
            None => sound = false,
        }
        receives.push(receive);
    }
    sound.then_some((functions, receives))
}
