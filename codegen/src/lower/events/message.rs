//! Messages: what names them on the bus, and what they carry.

use crate::diag::catalog::{events as fault, schema as schema_fault};
use crate::lower::schema::{Types, values::Direction};
use crate::lower::{Scope, docs::docs, names};
use crate::model::{Message, Schedule, TypeId, TypeKind, TypeRef};
use crate::parse::Node;

/// Who makes the events of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The service itself: it sends them.
    Us,
    /// Another service, or AWS.
    Anybody,
    /// A schedule.
    Schedule,
}

/// A message that an operation lists.
pub(super) fn lower_message<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    listed: &'a Node,
    default_content_type: Option<&'a Node>,
    from: From,
) -> Option<Message> {
    let node = scope.docs.target(listed)?;
    let key = scope.docs.name_of(node);
    let mut sound = true;
    if let Some(content_type) = node.get("contentType").or(default_content_type) {
        let name = content_type.text().unwrap_or_default();
        if name != "application/json" && !name.ends_with("+json") {
            scope.sink.report(fault::not_json(content_type.span, name));
            sound = false;
        }
    }
    let (source, detail_type) = match from {
        From::Schedule => (Some(Schedule::SOURCE), Schedule::DETAIL_TYPE),
        _ => (
            node.text_at("x-amazon-events-source"),
            node.text_at("x-amazon-events-detail-type").unwrap_or(&key),
        ),
    };
    sound &= check_source(scope, node, &key, from);
    let schema = payload(scope, node.get("payload")?)?;
    let used = types.lower(schema, &key)?;
    let Some(payload) = types.id_of(&used.ty).filter(|id| is_object(types, *id, 0)) else {
        scope.sink.report(fault::payload_not_object(schema.span, &key));
        return None;
    };
    for example in node.get("examples").into_iter().flat_map(Node::items) {
        for misfit in
            example.get("payload").map_or(vec![], |v| types.misfits(v, &used.ty, Direction::Both))
        {
            scope.sink.report(schema_fault::bad_example(misfit.span, &misfit.why));
        }
    }
    sound.then(|| Message {
        name: names::name(&key),
        source: source.unwrap_or_default().to_owned(),
        detail_type: detail_type.to_owned(),
        version: version(types, payload),
        payload,
        docs: docs(node),
        origin: scope.origin(node.span),
    })
}

/// Whether a message says rightly where it comes from.
fn check_source(scope: Scope<'_>, node: &Node, key: &str, from: From) -> bool {
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
        None => {
            scope.sink.report(fault::no_source(node.span, key));
            false
        }
        Some(named) => match named.text() {
            Some(source) if from == From::Us && source.starts_with("aws.") => {
                scope.sink.report(fault::reserved_source(named.span, source));
                false
            }
            _ => true,
        },
    }
}

/// The schema of a payload, out of the object that names its format.
fn payload<'a>(scope: Scope<'a>, node: &'a Node) -> Option<&'a Node> {
    let Some(format) = node.get("schemaFormat") else { return Some(node) };
    if scope.docs.failed(node) {
        return None;
    }
    let name = format.text()?;
    const READ: &[&str] = &[
        "application/vnd.aai.asyncapi",
        "application/schema+json",
        "application/schema+yaml",
        "application/vnd.oai.openapi",
    ];
    if !READ.iter().any(|known| name.starts_with(known)) {
        scope.sink.report(fault::schema_format(format.span, name));
        return None;
    }
    node.get("schema")
}

/// Whether a type is an object, or several of them to choose from.
fn is_object(types: &Types<'_>, id: TypeId, depth: usize) -> bool {
    match types.kind(id) {
        Some(TypeKind::Struct(_)) => true,
        Some(TypeKind::Union(union)) => {
            depth < 20
                && union.variants.iter().all(|variant| match &variant.ty {
                    TypeRef::Named(id) => is_object(types, *id, depth + 1),
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
