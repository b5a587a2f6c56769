//! What steps and actions name: operations, channels, messages, steps and workflows.

use std::collections::BTreeSet;

use super::Ground;
use super::body::Written;
use super::document::Document;
use super::reader::Reader;
use super::source::{Described, Leads};
use crate::diag::Sink;
use crate::diag::catalog::{shape::nearest, workflows as fault};
use crate::lower::Scope;
use crate::lower::schema::Members;
use crate::model::{
    Codec, ExpressionKind, MessageReference, Operation, OperationReference, Origin, Service, Target,
};
use crate::parse::Node;
use crate::source::Span;

/// The target of a step.
pub(super) struct Called {
    pub(super) target: Target,
    /// Where it is named.
    pub(super) span: Span,
}

impl Called {
    /// What a body is that is written as text, where the step does not say.
    pub(super) fn written(&self, ground: Ground<'_>) -> Written {
        let Target::Operation(reference) = &self.target else { return Written::Json };
        let body = reference.of(ground.services).1.body.as_ref();
        match body.and_then(|body| body.contents.first()).map(|first| &first.codec) {
            None | Some(Codec::Json) => Written::Json,
            Some(Codec::Form(_)) => Written::Form,
            Some(Codec::Multipart(_)) => Written::Parts,
            Some(Codec::Text | Codec::Binary) => Written::Text,
        }
    }
}

/// The keys of a step that name a target.
const KEYS: [&str; 4] = ["operationId", "operationPath", "channelPath", "workflowId"];

/// What a step calls; `None` when it is not there, which has been reported.
pub(super) fn called(reader: &Reader<'_>, step: &Node) -> Option<Called> {
    let named: Vec<(&str, &Node)> =
        KEYS.iter().filter_map(|key| Some((*key, step.get(key)?))).collect();
    match named[..] {
        [] => {
            let id = step.get("stepId").map_or(step.span, |id| id.span);
            reader.fault(fault::no_target(id, step.text_at("stepId").unwrap_or_default()));
            None
        }
        [(key, node)] => {
            let target = match key {
                "operationId" => by_id(reader, step, node)?,
                "operationPath" => by_path(reader, step, node)?,
                "channelPath" => by_channel(reader, step, node)?,
                _ => Target::Workflow(workflow(reader, node)?),
            };
            Some(Called { target, span: node.span })
        }
        [(_, first), (_, second), ..] => {
            let keys: Vec<&str> = named.iter().map(|(key, _)| *key).collect();
            reader.fault(fault::two_targets(second.span, &keys, first.span));
            None
        }
    }
}

/// `operationId`, alone or with its source.
pub(super) fn by_id(reader: &Reader<'_>, step: &Node, node: &Node) -> Option<Target> {
    let text = node.text()?;
    if text.starts_with('$') {
        if text.contains("#/") {
            return by_path(reader, step, node);
        }
        let expression = reader.expression(node)?;
        let ExpressionKind::Source { source, reference, .. } = &expression.kind else {
            reader.fault(fault::no_operation_expression(expression.span, text));
            return None;
        };
        let leads = source_of(reader, expression.span, source)?;
        return operation(reader, step, node, leads, reference);
    }
    let sources = &reader.document().sources;
    if let Some((source, id)) = source_before_dot(reader, text) {
        let leads = source.leads?;
        if ids(reader, leads).iter().any(|known| known == id) {
            let proper = format!("$sourceDescriptions.{}.{id}", source.name);
            reader.warn(fault::other_notation(node.span, text, &proper));
            return operation(reader, step, node, leads, id);
        }
    }
    let mut leads = sources.iter().filter_map(|source| Some((source.name, source.leads?)));
    let of_apis = |found: &(&str, Leads)| !matches!(found.1, Leads::Workflows(_));
    let apis: Vec<(&str, Leads)> = leads.by_ref().filter(of_apis).collect();
    match apis[..] {
        [] => None,
        [(_, leads)] if sources.iter().all(|source| source.leads.is_some()) => {
            operation(reader, step, node, leads, text)
        }
        _ => {
            let has = |(_, leads): &&(&str, Leads)| ids(reader, *leads).iter().any(|id| id == text);
            let owners: Vec<&str> = apis.iter().filter(has).map(|(name, _)| *name).collect();
            let known: Vec<String> =
                apis.iter().flat_map(|(_, leads)| ids(reader, *leads)).collect();
            match owners[..] {
                [owner] => {
                    let proper = format!("$sourceDescriptions.{owner}.{text}");
                    reader.warn(fault::other_notation(node.span, text, &proper));
                    let leads = apis.iter().find(|(name, _)| *name == owner)?.1;
                    operation(reader, step, node, leads, text)
                }
                [owner, ..] => {
                    reader.fault(fault::source_not_said(node.span, text, owner));
                    None
                }
                [] => {
                    let near = nearest(text, known.iter().map(String::as_str));
                    let known: Vec<&str> = known.iter().map(String::as_str).collect();
                    reader.fault(fault::unknown(node.span, "operation", text, near, &known));
                    None
                }
            }
        }
    }
}

/// The parts of `source.operation`, which the standard does not know and other tools write, where no operation is
/// called that as a whole.
fn source_before_dot<'t, 'r>(
    reader: &'r Reader<'_>,
    text: &'t str,
) -> Option<(&'r Described<'r>, &'t str)> {
    let sources = &reader.document().sources;
    let is_known = |leads| ids(reader, leads).iter().any(|id| id == text);
    if sources.iter().filter_map(|source| source.leads).any(is_known) {
        return None;
    }
    let (name, id) = text.split_once('.')?;
    Some((reader.document().source(name)?, id))
}

/// The source description of a name; an unknown one is reported.
pub(super) fn source_of(reader: &Reader<'_>, at: Span, name: &str) -> Option<Leads> {
    let document = reader.document();
    match document.source(name) {
        Some(source) => source.leads,
        None => {
            let known: Vec<&str> = document.sources.iter().map(|source| source.name).collect();
            let near = nearest(name, known.iter().copied());
            reader.fault(fault::unknown(at, "source description", name, near, &known));
            None
        }
    }
}

/// The ids of the operations of a source.
fn ids(reader: &Reader<'_>, leads: Leads) -> Vec<String> {
    match leads {
        Leads::Rest(service) => {
            let operations = &reader.ground.services[service].operations;
            operations.iter().map(|operation| operation.id.wire.clone()).collect()
        }
        Leads::Events(service) => {
            let entries =
                events_tree(reader.ground, service).and_then(|tree| tree.get("operations"));
            let entries = entries.into_iter().flat_map(Node::entries);
            entries.map(|entry| entry.key.clone()).collect()
        }
        Leads::Workflows(document) => {
            reader.documents[document].workflow_ids().map(str::to_owned).collect()
        }
    }
}

/// The AsyncAPI document of a service.
fn events_tree(ground: Ground<'_>, service: usize) -> Option<&Node> {
    let name = &ground.services[service].name.wire;
    let contracts = ground.contracts.iter().find(|contracts| contracts.name == *name)?;
    ground.scope.docs.tree(contracts.asyncapi?)
}

/// The operation of a source by its id.
fn operation(
    reader: &Reader<'_>,
    step: &Node,
    node: &Node,
    leads: Leads,
    id: &str,
) -> Option<Target> {
    let unknown = || {
        let known = ids(reader, leads);
        let near = nearest(id, known.iter().map(String::as_str));
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        reader.fault(fault::unknown(node.span, "operation", id, near, &known));
    };
    match leads {
        Leads::Rest(service) => {
            let operations = &reader.ground.services[service].operations;
            let Some(operation) = operations.iter().position(|operation| operation.id.wire == id)
            else {
                unknown();
                return None;
            };
            Some(Target::Operation(OperationReference { service, operation }))
        }
        Leads::Events(service) => {
            let docs = reader.ground.scope.docs;
            let entry =
                events_tree(reader.ground, service).and_then(|tree| tree.at(&["operations", id]));
            let Some(operation) = entry else {
                unknown();
                return None;
            };
            let origins =
                super::super::events::message_origins(reader.ground.scope, docs.target(operation)?);
            messages(reader, step, node, &origins)
        }
        Leads::Workflows(_) => {
            reader.fault(fault::workflow_as_operation(node.span, id));
            None
        }
    }
}

/// `operationPath: '{$sourceDescriptions.pets.url}#/paths/~1pets/get'`
fn by_path(reader: &Reader<'_>, step: &Node, node: &Node) -> Option<Target> {
    let text = node.text()?;
    // The specification's own example has the form of an `operationId` here.
    if text.starts_with('$') && !text.contains('#') {
        return by_id(reader, step, node);
    }
    let (leads, pointer) = source_and_pointer(reader, node, "#/paths/~1pets/get")?;
    match leads {
        Leads::Rest(service) => {
            let found = reader.ground.services.get(service)?;
            let file = file_of(reader.ground, service, true)?;
            let path = reader.ground.scope.docs.path(file);
            let wanted = format!("{path}#{pointer}");
            // A path item may be written elsewhere, so the route is looked for, too.
            let is_it = |operation: &Operation| {
                operation.origin.pointer == wanted || route(operation) == pointer
            };
            let operation = found.operations.iter().position(is_it);
            let operation = operation.or_else(|| only_of_path(reader, node, found, &pointer));
            let Some(operation) = operation else {
                let known: Vec<String> = found.operations.iter().map(route).collect();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let near = nearest(&pointer, known.iter().copied());
                reader.fault(fault::unknown(node.span, "operation", &pointer, near, &known));
                return None;
            };
            Some(Target::Operation(OperationReference { service, operation }))
        }
        Leads::Events(_) => {
            let id = pointer.strip_prefix("/operations/").map(scalars::pointer::unescape);
            match id {
                Some(id) => operation(reader, step, node, leads, &id),
                None => {
                    reader.fault(fault::no_operation_pointer(node.span, &pointer));
                    None
                }
            }
        }
        Leads::Workflows(_) => {
            reader.fault(fault::workflow_as_operation(node.span, &pointer));
            None
        }
    }
}

/// The pointer to an operation in a document that has its path item in place: `/paths/~1pets/get`.
fn route(operation: &Operation) -> String {
    let path = scalars::pointer::escape(&operation.path.text);
    let method = operation.method.as_str();
    let below = match operation.origin.pointer.contains("/additionalOperations/") {
        true => format!("additionalOperations/{method}"),
        false => method.to_ascii_lowercase(),
    };
    format!("/paths/{path}/{below}")
}

/// The operation of a path that has one alone, where the method is left out, as in the specification's own examples.
fn only_of_path(
    reader: &Reader<'_>,
    node: &Node,
    service: &Service,
    wanted: &str,
) -> Option<usize> {
    let below = |operation: &Operation| {
        let route = route(operation);
        let rest = route.strip_prefix(wanted).and_then(|rest| rest.strip_prefix('/'));
        rest.is_some_and(|method| !method.contains('/'))
    };
    let mut found = service.operations.iter().enumerate().filter(|(_, one)| below(one));
    let (index, one) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    let pointer = route(one);
    let text = node.text().unwrap_or_default();
    let before = text.split_once('#').map_or(text, |(before, _)| before);
    reader.warn(fault::other_notation(node.span, text, &format!("'{before}#{pointer}'")));
    Some(index)
}

/// `channelPath: '{$sourceDescriptions.events.url}#/channels/orders'`
fn by_channel(reader: &Reader<'_>, step: &Node, node: &Node) -> Option<Target> {
    let (leads, pointer) = source_and_pointer(reader, node, "#/channels/orders")?;
    let Leads::Events(service) = leads else {
        reader.fault(fault::channel_of_no_events(node.span, leads.kind()));
        return None;
    };
    let ground = reader.ground;
    let tree = events_tree(ground, service)?;
    let channels = tree.get("channels").into_iter().flat_map(Node::entries);
    let known: Vec<&str> = channels.map(|entry| entry.key.as_str()).collect();
    let name = pointer.strip_prefix("/channels/").unwrap_or(&pointer);
    let Some(channel) = tree.pointer(&pointer).filter(|_| pointer.starts_with("/channels/")) else {
        let near = nearest(name, known.iter().copied());
        reader.fault(fault::unknown(node.span, "channel", name, near, &known));
        return None;
    };
    let channel = ground.scope.docs.target(channel)?;
    let origins = super::super::events::channel_origins(ground.scope, channel);
    messages(reader, step, node, &origins)
}

/// The source and the pointer of `{$sourceDescriptions.pets.url}#/pointer`.
fn source_and_pointer(reader: &Reader<'_>, node: &Node, example: &str) -> Option<(Leads, String)> {
    let text = node.text()?;
    // A fragment of a URL is percent-encoded (RFC 6901, section 6).
    let decoded = |after: &str| format!("/{}", scalars::percent::decode_text(after));
    let split = text.split_once("#/").map(|(before, after)| (before, decoded(after)));
    let inner = |before: &'_ str| {
        let before = before.trim();
        before
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
            .unwrap_or(before)
            .to_owned()
    };
    let Some((before, pointer)) = split else {
        reader.fault(fault::no_path(node.span, text, example));
        return None;
    };
    let before = inner(before);
    if before.starts_with('{') {
        reader.fault(fault::no_path(node.span, text, example));
        return None;
    }
    // Other tools name the source alone: `pets#/paths/…`, `$sourceDescriptions.pets#/paths/…`.
    let name = before.strip_prefix("$sourceDescriptions.").unwrap_or(&before);
    if let Some(source) = reader.document().source(name) {
        let proper = format!("'{{$sourceDescriptions.{name}.url}}#{pointer}'");
        reader.warn(fault::other_notation(node.span, text, &proper));
        return Some((source.leads?, pointer));
    }
    if !before.starts_with('$') {
        reader.fault(fault::no_path(node.span, text, example));
        return None;
    }
    let at = text.find(&before).unwrap_or_default();
    let expression = reader.expression_in(node, &before, at)?;
    match &expression.kind {
        ExpressionKind::Source { source, reference, .. } if reference == "url" => {
            Some((source_of(reader, expression.span, source)?, pointer))
        }
        _ => {
            reader.fault(fault::no_path(node.span, text, example));
            None
        }
    }
}

fn file_of(ground: Ground<'_>, service: usize, rest: bool) -> Option<crate::source::FileId> {
    let name = &ground.services[service].name.wire;
    let contracts = ground.contracts.iter().find(|contracts| contracts.name == *name)?;
    if rest { contracts.openapi } else { contracts.asyncapi }
}

/// The messages of these origins, with what the step does with them.
fn messages(reader: &Reader<'_>, step: &Node, node: &Node, origins: &[Origin]) -> Option<Target> {
    let mut found = vec![];
    for (at, service) in reader.ground.services.iter().enumerate() {
        for (message, sent) in service.sends.iter().enumerate() {
            if origins.contains(&sent.message.origin) {
                found.push(MessageReference::Sent { service: at, message });
            }
        }
    }
    for (at, service) in reader.ground.services.iter().enumerate() {
        for (receive, one) in service.receives.iter().enumerate() {
            for (message, received) in one.messages.iter().enumerate() {
                let known = |known: &MessageReference| {
                    known.of(reader.ground.services).1.origin == received.origin
                };
                if origins.contains(&received.origin) && !found.iter().any(known) {
                    found.push(MessageReference::Received { service: at, receive, message });
                }
            }
        }
    }
    if found.is_empty() {
        reader.fault(fault::nothing_passes(node.span));
        return None;
    }
    match step.text_at("action") {
        Some("send") => Some(Target::Send(found)),
        Some(_) => Some(Target::Receive(found)),
        None => {
            reader.fault(fault::no_action(node.span));
            None
        }
    }
}

/// The workflow that a text names: of this document, or `$sourceDescriptions.source.workflow`.
pub(super) fn workflow(reader: &Reader<'_>, node: &Node) -> Option<usize> {
    let text = node.text()?;
    if !text.starts_with('$') {
        return workflow_in(reader, node.span, reader.document(), text);
    }
    let expression = reader.expression(node)?;
    let ExpressionKind::Source { source, reference, .. } = &expression.kind else {
        reader.fault(fault::no_workflow_expression(expression.span, text));
        return None;
    };
    match source_of(reader, expression.span, source)? {
        Leads::Workflows(document) => {
            let document = &reader.documents[document];
            // Other tools write the kind of what is named as well.
            let short = reference.strip_prefix("workflows.");
            let short = short.filter(|id| document.workflow_ids().any(|known| known == *id));
            if let Some(id) = short {
                let proper = format!("$sourceDescriptions.{source}.{id}");
                reader.warn(fault::other_notation(expression.span, text, &proper));
            }
            workflow_in(reader, expression.span, document, short.unwrap_or(reference))
        }
        leads => {
            reader.fault(fault::source_of_other_kind(
                expression.span,
                source,
                leads.kind(),
                "arazzo",
            ));
            None
        }
    }
}

/// The names of the inputs that a workflow declares, which need not have been read yet. What is wrong with them is told
/// when they are.
pub(super) fn inputs(reader: &Reader<'_>, index: usize) -> BTreeSet<String> {
    let holds = |one: &&Document<'_>| (one.first..one.first + one.workflows.len()).contains(&index);
    let document = reader.documents.iter().find(holds);
    let node = document.and_then(|one| one.workflows.get(index - one.first)?.get("inputs"));
    let sink = Sink::default();
    let scope = Scope { sink: &sink, ..reader.ground.scope };
    let members = node.and_then(|node| Members::of(scope, node));
    members.map_or_else(BTreeSet::new, |members| {
        members.properties.keys().map(|name| (*name).to_owned()).collect()
    })
}

pub(super) fn workflow_in(
    reader: &Reader<'_>,
    at: Span,
    document: &Document<'_>,
    id: &str,
) -> Option<usize> {
    if let Some(index) = document.workflow(id) {
        return Some(index);
    }
    let known: Vec<&str> = document.workflow_ids().collect();
    // One that is there, but failed, has been reported.
    if !known.contains(&id) {
        let near = nearest(id, known.iter().copied());
        reader.fault(fault::unknown(at, "workflow", id, near, &known));
    }
    None
}
