//! Bodies: which media types are JSON, and what they hold.

use crate::diag::catalog::{rest as fault, schema as schema_fault};
use crate::lower::Scope;
use crate::lower::names;
use crate::lower::schema::{Types, values::Direction};
use crate::model::{Body, TypeRef};
use crate::parse::{Entry, Node};

/// A request body.
pub(super) fn lower_body<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    node: &'a Node,
    hint: &str,
) -> Option<Body> {
    let target = scope.docs.target(node)?;
    let content = target.get("content")?;
    let Some(media) = json_of(content) else {
        refuse_media(scope, content, "request body");
        return None;
    };
    for other in content.entries().iter().filter(|entry| entry.key != media.key) {
        scope.sink.report(fault::media_type_unused(other.named(), &media.key));
    }
    let hint = match node.reference() {
        Some(_) => scope.docs.name_of(target),
        None => names::joined(&[hint, "body"]),
    };
    let ty = lower_media(scope, types, &media.value, &hint)?;
    let examples = media.value.get("examples").into_iter().flat_map(Node::entries);
    let examples = examples.filter_map(|entry| {
        let value = scope.docs.target(&entry.value)?.get("value")?;
        Some((entry.key.clone(), value))
    });
    let single = media.value.get("example").map(|value| ("example".to_owned(), value));
    let examples: Vec<_> = single.into_iter().chain(examples).collect();
    for (_, value) in &examples {
        for misfit in types.misfits(value, &ty, Direction::Request) {
            scope.sink.report(schema_fault::bad_example(misfit.span, &misfit.why));
        }
    }
    Some(Body {
        media_type: concrete(&media.key),
        ty,
        required: target.is_set("required"),
        examples: examples.into_iter().map(|(name, value)| (name, value.to_json())).collect(),
        origin: scope.origin(target.span),
    })
}

/// Says that none of the media types is one that is supported.
pub(super) fn refuse_media(scope: Scope<'_>, content: &Node, what: &str) {
    let names: Vec<&str> = content.entries().iter().map(|entry| entry.key.as_str()).collect();
    let at = content.entries().first().map_or(content.span, |entry| entry.key_span);
    scope.sink.report(fault::not_json(at, &names, what));
}

/// What a media type holds; anything where it has no schema.
pub(super) fn lower_media<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    media: &'a Node,
    hint: &str,
) -> Option<TypeRef> {
    if scope.docs.failed(media) {
        return None;
    }
    match media.get("schema") {
        Some(schema) => Some(types.lower(schema, hint)?.ty),
        None => Some(TypeRef::Json),
    }
}

/// The first media type that is JSON: `application/json`, then `…+json`, then any.
pub(super) fn json_of(content: &Node) -> Option<&Entry> {
    let find =
        |fits: fn(&str) -> bool| content.entries().iter().find(|entry| fits(&essence(&entry.key)));
    find(|name| name == "application/json")
        .or_else(|| find(|name| name.ends_with("+json") || name == "text/json"))
        .or_else(|| find(|name| name == "*/*" || name == "application/*"))
}

/// A media type without its parameters; any JSON where a range is given.
pub(super) fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or(name).trim().to_lowercase()
}

/// The media type that a service answers with: a range is answered with plain JSON.
pub(super) fn concrete(name: &str) -> String {
    let name = essence(name);
    if name.contains('*') { "application/json".to_owned() } else { name }
}
