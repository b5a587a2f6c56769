//! Messages: what names them on the bus, and what they carry.

use super::channel::Channel;
use super::correlation::{lower_correlation, missing};
use super::data::{DATA, is_around};
use super::identity::{From, Identity, Senders};
use crate::diag::catalog::{events as fault, schema as schema_fault, shape as shape_fault};
use crate::lower::rest::is_json;
use crate::lower::schema::{Types, stands_for, values::Direction};
use crate::lower::{Scope, docs::docs, names, written::written};
use crate::model::{MapType, Message, Schedule, TypeId, TypeKind, TypeRef, UnionTag};
use crate::parse::keywords::asyncapi::{is_schema_format, with_format};
use crate::parse::{Node, Value};

/// What is known of a message before it is looked at.
pub(super) struct Listed<'a, 'c> {
    /// Where the operation or the channel lists it.
    pub(super) node: &'a Node,
    pub(super) channel: &'c Channel<'a>,
    pub(super) from: From,
    /// Whose document it stands in.
    pub(super) service: &'c str,
    pub(super) senders: &'c Senders,
    pub(super) content_type: Option<&'a Node>,
}

/// A message that an operation lists.
pub(super) fn lower_message<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    listed: &Listed<'a, '_>,
    unique: &mut names::Unique,
) -> Option<Message> {
    let node = scope.docs.target(listed.node)?;
    let Listed { channel, from, service, senders, .. } = *listed;
    let identity = Identity::of(scope, service, channel, node, from, senders);
    let key = &identity.name;
    let mut sound = check_content_type(scope, node, listed.content_type);
    sound &= check_source(scope, node, from);
    sound &= check_detail_type(scope, node, &identity);
    if node.get("x-amazon-events-detail-type").is_none()
        && from == From::Anybody
        && scope.defaults.tells_services()
        && !senders.knows(channel.bus(scope), node)
    {
        scope.sink.report(fault::sender_unknown(node.span, key, &identity.detail_type));
    }
    if node.get("x-amazon-events-detail-type").is_none() && from != From::Schedule {
        channel.check_detail_type(scope, key, &identity.detail_type);
    }
    if node.get("x-amazon-events-source").is_none() && from == From::Us {
        scope.defaults.assume_source(node.span);
    }
    if let Some(entry) = node.entry("headers") {
        let why = "EventBridge events have no headers; move the data to the payload";
        scope.sink.report(shape_fault::ignored_key(entry.named(), "message", why));
    }
    let (payload, ty) = lower_payload(scope, types, node, key)?;
    for example in node.get("examples").into_iter().flat_map(Node::items) {
        for misfit in
            example.get("payload").map_or(vec![], |v| types.misfits(v, &ty, Direction::Both))
        {
            scope.sink.report(schema_fault::bad_example(misfit.span, &misfit.why));
        }
    }
    check_examples(scope, node);
    let is_wrapped = node.entry("payload").is_some_and(is_around);
    let sent = |pointer: &str| match is_wrapped {
        true => format!("/{DATA}{pointer}"),
        false => pointer.to_owned(),
    };
    let lacks = |pointer: &str| missing(types, payload, &sent(pointer));
    channel.check_places(scope, key, lacks, |pointer| schema_at(scope, node, &sent(pointer)));
    if let Some((key, detail_type)) = identity.with_channel() {
        scope.sink.report(fault::named_alike(node.span, key, detail_type));
    }
    let correlation = match node.get("correlationId") {
        Some(place) => Some(lower_correlation(scope, types, place, payload, (key, is_wrapped))?),
        None => None,
    };
    sound.then(|| Message {
        name: unique.name(key),
        source: identity.source,
        detail_type: identity.detail_type,
        version: version(types, payload),
        payload,
        address: channel.address().to_owned(),
        parameters: channel.node.get("parameters").map(|node| written(scope, node)),
        headers: node.get("headers").map(|node| written(scope, node)),
        correlation,
        docs: docs(node),
        origin: scope.origin(node.span),
    })
}

/// Says which examples of a message nothing reads.
fn check_examples(scope: Scope<'_>, message: &Node) {
    const KEYS: [&str; 4] = ["headers", "name", "payload", "summary"];
    for example in message.get("examples").into_iter().flat_map(Node::items) {
        let other = example
            .entries()
            .iter()
            .find(|entry| !KEYS.contains(&entry.key.as_str()) && !entry.key.starts_with("x-"));
        let is_empty = example.get("payload").is_none() && example.get("headers").is_none();
        let first = example.entries().first().filter(|_| is_empty);
        if let Some(entry) = other.or(first) {
            scope.sink.report(fault::example_without_payload(entry.named()));
        }
    }
}

/// The type of what a message carries. A message that says nothing of it carries any object.
fn lower_payload<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    message: &'a Node,
    key: &str,
) -> Option<(TypeId, TypeRef)> {
    let any = MapType { value: TypeRef::Json, min_properties: None, max_properties: None };
    let any = TypeRef::Map(Box::new(any));
    let ty = match message.get("payload") {
        None => any,
        Some(node) if node.value == Value::Flag(false) => {
            scope.sink.report(schema_fault::nothing_fits(node.span));
            return None;
        }
        Some(node) => {
            let schema = payload(scope, node)?;
            if is_envelope(scope, schema, key) {
                return None;
            }
            let ty = types.lower(schema, key)?.ty;
            // Of a schema of objects that names no type, the object: a `detail` is nothing else.
            let ty = object_of(types, &ty).unwrap_or(ty);
            match types.id_of(&ty).filter(|id| is_object(types, *id, 0)) {
                Some(id) => return Some((id, ty)),
                None if matches!(ty, TypeRef::Json) => any,
                None if matches!(ty, TypeRef::Map(_)) => ty,
                None => {
                    scope.sink.report(fault::payload_not_object(schema.span, key));
                    return None;
                }
            }
        }
    };
    let id = types.alias_of(ty, key, message);
    Some((id, TypeRef::Named(id)))
}

fn check_content_type(scope: Scope<'_>, node: &Node, default: Option<&Node>) -> bool {
    let Some(content_type) = node.get("contentType").or(default) else { return true };
    let name = content_type.text().unwrap_or_default();
    let is_json = is_json(name);
    if !is_json {
        scope.sink.report(fault::not_json(content_type.span, name));
    }
    is_json
}

/// Whether a message says rightly where it comes from.
fn check_source(scope: Scope<'_>, node: &Node, from: From) -> bool {
    if from == From::Schedule {
        let fixed = [
            ("source", "x-amazon-events-source", Schedule::SOURCE),
            ("detail-type", "x-amazon-events-detail-type", Schedule::DETAIL_TYPE),
        ];
        return fixed.iter().fold(true, |sound, (what, key, expected)| {
            let Some(other) = node.get(key).filter(|found| found.text() != Some(expected)) else {
                return sound;
            };
            let found = other.text().unwrap_or_default();
            scope.sink.report(fault::schedule_is_source(other.span, what, found, expected));
            false
        });
    }
    match node.get("x-amazon-events-source") {
        Some(named) if from == From::Us => match named.text() {
            Some(source) if source.starts_with("aws.") => {
                scope.sink.report(fault::reserved_source(named.span, source));
                false
            }
            _ => true,
        },
        _ => true,
    }
}

/// Whether EventBridge takes the detail-type.
fn check_detail_type(scope: Scope<'_>, node: &Node, identity: &Identity) -> bool {
    let found = &identity.detail_type;
    let fits = !found.is_empty() && found.len() <= limits::EVENT_DETAIL_TYPE as usize;
    if !fits {
        let at = node.get("x-amazon-events-detail-type").unwrap_or(node).span;
        scope.sink.report(fault::bad_detail_type(at, found));
    }
    fits
}

/// The schema of a payload, out of the object that names its format.
fn payload<'a>(scope: Scope<'a>, node: &'a Node) -> Option<&'a Node> {
    let Some((format, schema)) = with_format(node) else { return Some(node) };
    if scope.docs.failed(node) {
        return None;
    }
    if !is_schema_format(format) {
        let at = node.get("schemaFormat").unwrap_or(node).span;
        scope.sink.report(fault::schema_format(at, format));
        return None;
    }
    Some(schema)
}

/// Reports the schema of a whole event, as EventBridge's schema registry writes it.
fn is_envelope(scope: Scope<'_>, schema: &Node, key: &str) -> bool {
    let Some(target) = scope.docs.target(schema) else { return false };
    let names = ["x-amazon-events-source", "x-amazon-events-detail-type"];
    let named = names.iter().filter_map(|name| Some((*name, target.text_at(name)?)));
    let named: Vec<_> = named.collect();
    if !named.is_empty() {
        scope.sink.report(fault::payload_is_envelope(schema.span, key, &named));
    }
    !named.is_empty()
}

/// The object of a type that is one or whatever else.
fn object_of(types: &Types<'_>, ty: &TypeRef) -> Option<TypeRef> {
    let ty = match ty {
        TypeRef::Nullable(inner) => inner,
        ty => ty,
    };
    let TypeKind::Union(union) = types.kind(types.id_of(ty)?)? else { return None };
    match union.variants.as_slice() {
        [object, other] if union.tag == UnionTag::First && other.ty == TypeRef::Json => {
            let is_map = matches!(object.ty, TypeRef::Map(_));
            let id = types.id_of(&object.ty);
            let is_it = is_map || id.is_some_and(|id| is_object(types, id, 0));
            is_it.then(|| object.ty.clone())
        }
        _ => None,
    }
}

/// The schema of a property of a payload whose schemas are written out; nothing where they are made of others.
fn schema_at<'a>(scope: Scope<'a>, message: &'a Node, pointer: &str) -> Option<&'a Node> {
    let alone = |node: &'a Node| stands_for(scope, node).filter(|node| node.reference().is_none());
    let mut node = alone(payload(scope, message.get("payload")?)?)?;
    for step in pointer.split('/').skip(1) {
        let properties = node.get("properties")?;
        node = alone(properties.get(&scalars::pointer::unescape(step))?)?;
    }
    (node.get("type").is_some() && node.get("const").is_none()).then_some(node)
}

/// Whether a type is an object, or several of them to choose from.
fn is_object(types: &Types<'_>, id: TypeId, depth: usize) -> bool {
    match types.kind(id) {
        Some(TypeKind::Struct(_) | TypeKind::Alias(TypeRef::Map(_))) => true,
        Some(TypeKind::Union(union)) => {
            depth < 20
                && union.variants.iter().all(|variant| match &variant.ty {
                    TypeRef::Named(id) => is_object(types, *id, depth + 1),
                    TypeRef::Map(_) => true,
                    _ => false,
                })
        }
        _ => false,
    }
}

/// The version of a payload that says it itself: a required `version` with a single value.
fn version(types: &Types<'_>, payload: TypeId) -> Option<i64> {
    let fields = types.fields(payload)?;
    let (field, _) =
        fields.iter().find(|(field, _)| field.name.wire == "version" && field.required)?;
    let TypeRef::Named(id) = &field.ty else { return None };
    match types.kind(*id)? {
        TypeKind::Newtype(scalar) => match scalar.number.one_of.as_slice() {
            [version] => Some(*version),
            _ => None,
        },
        _ => None,
    }
}
