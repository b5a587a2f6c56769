//! AsyncAPI documents made plain, before anything is asked of them.
//!
//! Owns four rewritings of the trees: traits are merged into the operations and messages that name them, a payload
//! that is no object is put into one, because the `detail` of an event always is one, a reference to a schema with its
//! format leads to the schema, and one from a schema to a message leads to the message's payload. What is written keeps
//! its place, so that every diagnostic still points at the contract's own text.

use std::collections::BTreeMap;

use super::documents::Documents;
use super::{Contracts, events::data};
use crate::diag::{Sink, catalog::events as fault};
use crate::parse::keywords::asyncapi::{is_schema_format, with_format};

use crate::parse::{Entry, List, Map, Node, Value};
use crate::source::{FileId, SourceMap, Span};
use scalars::pointer::escape;

/// Objects by the place of what they stand for.
type Rewritten = BTreeMap<Span, Node>;

/// Rewrites what the AsyncAPI documents of all services name.
pub(super) fn make_plain(
    sources: &SourceMap,
    services: &[Contracts],
    trees: &mut BTreeMap<FileId, Node>,
    sink: &Sink,
) {
    let rewritten = {
        let follow = Documents::check(sources, trees, &[], &Sink::default());
        let roots = services.iter().filter_map(|contracts| trees.get(&contracts.asyncapi?));
        let mut rewritten = Rewritten::new();
        for root in roots {
            rewrite(&follow, root, &mut rewritten, sink);
        }
        rewritten
    };
    if !rewritten.is_empty() {
        for tree in trees.values_mut() {
            if let Some(plain) = changed(tree, &|node| rewritten.get(&node.span).cloned()) {
                *tree = plain;
            }
        }
    }
    for file in services.iter().filter_map(|contracts| contracts.asyncapi) {
        let Some(tree) = trees.get_mut(&file) else { continue };
        if let Some(plain) = past_formats(tree) {
            *tree = plain;
        }
        if let Some(plain) = past_messages(tree, sink) {
            *tree = plain;
        }
    }
}

/// A document whose references to schemas with their format lead to the schemas; `None` where there are none.
fn past_formats(root: &Node) -> Option<Node> {
    let schemas = root.at(&["components", "schemas"])?.entries().iter();
    let named: BTreeMap<String, String> = schemas
        .filter(|entry| entry.value.get("schema").is_some())
        .filter(|entry| with_format(&entry.value).is_some_and(|(name, _)| is_schema_format(name)))
        .map(|entry| {
            let pointer = format!("#/components/schemas/{}", escape(&entry.key));
            (pointer.clone(), format!("{pointer}/schema"))
        })
        .collect();
    let led_on = |node: &Node| Some(redirected(node, named.get(node.reference()?.0)?));
    if named.is_empty() { None } else { changed(root, &led_on) }
}

/// A reference that leads elsewhere.
fn redirected(node: &Node, pointer: &str) -> Node {
    replaced(node, "$ref", |old| Node { span: old.span, value: Value::Text(pointer.to_owned()) })
}

/// A document whose schemas refer to the payloads of messages where they refer to the messages; `None` where none does.
fn past_messages(root: &Node, sink: &Sink) -> Option<Node> {
    let messages: BTreeMap<String, &Node> = root
        .at(&["components", "messages"])?
        .entries()
        .iter()
        .map(|entry| (format!("#/components/messages/{}", escape(&entry.key)), &entry.value))
        .collect();
    let to_payload = |node: &Node| {
        let (pointer, span) = node.reference()?;
        let payload = messages.get(pointer)?.get("payload");
        let schema = if payload.and_then(with_format).is_some() { "/schema" } else { "" };
        let payload = format!("{pointer}/payload{schema}");
        sink.report(fault::message_as_schema(span, pointer, &payload));
        Some(redirected(node, &payload))
    };
    // Schemas stand among the components and in messages.
    changed_below(root, &["payload", "headers", "schemas"], &|schema| changed(schema, &to_payload))
}

/// A node with what is to stand in the place of the values of some keys, at any depth.
fn changed_below(
    node: &Node,
    keys: &[&str],
    instead: &dyn Fn(&Node) -> Option<Node>,
) -> Option<Node> {
    let below = |entry: &Entry| match keys.contains(&entry.key.as_str()) {
        true => instead(&entry.value),
        false => changed_below(&entry.value, keys, instead),
    };
    let new: Vec<_> = node.entries().iter().map(below).collect();
    if new.iter().all(Option::is_none) {
        return None;
    }
    let entries = node.entries().iter().zip(new).map(|(old, new)| match new {
        Some(value) => Entry { value, ..old.clone() },
        None => old.clone(),
    });
    Some(Node { span: node.span, value: Value::Map(Map::new(entries.collect())) })
}

fn rewrite(follow: &Documents<'_>, root: &Node, rewritten: &mut Rewritten, sink: &Sink) {
    let holders: Vec<&Node> = [Some(root), root.get("components")].into_iter().flatten().collect();
    for operation in holders.iter().flat_map(|holder| targets(follow, holder, "operations")) {
        if let Some(merged) = with_traits(follow, operation) {
            rewritten.insert(operation.span, merged);
        }
    }
    let channels = holders.iter().flat_map(|holder| targets(follow, holder, "channels"));
    let messages = channels.flat_map(|channel| targets(follow, channel, "messages"));
    let shared = root.get("components").map(|node| targets(follow, node, "messages"));
    for message in messages.chain(shared.unwrap_or_default()) {
        if rewritten.contains_key(&message.span) {
            continue;
        }
        let merged = with_traits(follow, message);
        let wrapped = with_data(follow, merged.as_ref().unwrap_or(message), sink);
        if let Some(plain) = wrapped.or(merged) {
            rewritten.insert(message.span, plain);
        }
    }
}

/// What the entries of a mapping lead to.
fn targets<'n, 'd: 'n>(follow: &Documents<'d>, node: &'n Node, key: &str) -> Vec<&'n Node> {
    let entries = node.get(key).into_iter().flat_map(Node::entries);
    entries.filter_map(|entry| follow.follow(&entry.value).ok()).collect()
}

/// A node with what is to stand in the place of nodes in it; `None` where nothing changes.
fn changed(node: &Node, instead: &dyn Fn(&Node) -> Option<Node>) -> Option<Node> {
    if let Some(other) = instead(node) {
        return Some(other);
    }
    let value = match &node.value {
        Value::List(items) => {
            let new: Vec<_> = items.iter().map(|item| changed(item, instead)).collect();
            if new.iter().all(Option::is_none) {
                return None;
            }
            let items = items.iter().zip(new);
            Value::List(List::new(
                items.map(|(old, new)| new.unwrap_or_else(|| old.clone())).collect(),
            ))
        }
        Value::Map(entries) => {
            let new: Vec<_> = entries.iter().map(|entry| changed(&entry.value, instead)).collect();
            if new.iter().all(Option::is_none) {
                return None;
            }
            let entries = entries.iter().zip(new).map(|(old, new)| match new {
                Some(value) => Entry { value, ..old.clone() },
                None => old.clone(),
            });
            Value::Map(Map::new(entries.collect()))
        }
        _ => return None,
    };
    Some(Node { span: node.span, value })
}

/// An object with its traits merged into it: a later trait over an earlier one, its own keys over all (AsyncAPI 3,
/// "Traits Merge Mechanism"; RFC 7386). `None` where there are none; a trait that cannot be followed is left out, and
/// reported where it is named.
fn with_traits(follow: &Documents<'_>, node: &Node) -> Option<Node> {
    let traits = node.get("traits").map(Node::items).filter(|traits| !traits.is_empty())?;
    let mut shared: Vec<Entry> = vec![];
    for one in traits.iter().filter_map(|one| follow.follow(one).ok()) {
        shared = patched(&shared, one.entries(), Some(follow));
    }
    shared.retain(|entry| !matches!(entry.value.value, Value::Null));
    let value = Value::Map(Map::new(patched(&shared, node.entries(), Some(follow))));
    Some(Node { span: node.span, value })
}

/// The entries of one mapping with those of another over them; the latter come first. With `follow`, what a reference
/// leads to is merged; further down, a reference is a value like any other.
fn patched(base: &[Entry], over: &[Entry], follow: Option<&Documents<'_>>) -> Vec<Entry> {
    let mapping = |node: &Node| match follow {
        Some(follow) => follow.follow(node).ok().map(|node| node.entries().to_vec()),
        None => node.reference().is_none().then(|| node.entries().to_vec()),
    };
    let find = |entries: &[Entry], key: &str| entries.iter().position(|entry| entry.key == key);
    let merge = |entry: &Entry| {
        let below = find(base, &entry.key).and_then(|at| mapping(&base[at].value));
        let pair = below.zip(mapping(&entry.value));
        let value = match pair.filter(|(below, above)| !below.is_empty() && !above.is_empty()) {
            Some((below, above)) => {
                let value = Value::Map(Map::new(patched(&below, &above, None)));
                Node { span: entry.value.span, value }
            }
            None => entry.value.clone(),
        };
        Entry { value, ..entry.clone() }
    };
    let merged = over.iter().map(merge);
    let kept = base.iter().filter(|entry| find(over, &entry.key).is_none()).cloned();
    merged.chain(kept).collect()
}

/// A message whose payload is no object, with the payload and the payloads of its examples inside of one; `None` for
/// any other message.
fn with_data(follow: &Documents<'_>, message: &Node, sink: &Sink) -> Option<Node> {
    let entry = message.entry("payload")?;
    let formatted = with_format(&entry.value);
    let schema = match formatted {
        None => &entry.value,
        Some((format, schema)) if is_schema_format(format) => schema,
        Some(_) => return None,
    };
    let is_refused = schema.value == Value::Flag(false);
    if is_refused || is_anything(schema) || may_be_object(follow, schema, 0) {
        return None;
    }
    sink.report(fault::payload_wrapped(entry.key_span));
    let wrapped = data::schema_around(entry, schema);
    let payload = match formatted {
        None => wrapped,
        Some(_) => replaced(&entry.value, "schema", |_| wrapped.clone()),
    };
    let message = replaced(message, "payload", |_| payload.clone());
    Some(replaced(&message, "examples", |examples| {
        let items = examples.items().iter();
        let items = items.map(|one| replaced(one, "payload", data::value_around)).collect();
        Node { span: examples.span, value: Value::List(List::new(items)) }
    }))
}

/// A mapping with another value under one of its keys.
fn replaced(node: &Node, key: &str, with: impl Fn(&Node) -> Node) -> Node {
    let Value::Map(entries) = &node.value else { return node.clone() };
    let entries = entries.iter().map(|entry| match entry.key == key {
        true => Entry { value: with(&entry.value), ..entry.clone() },
        false => entry.clone(),
    });
    Node { span: node.span, value: Value::Map(Map::new(entries.collect())) }
}

/// `{}` and `true`
fn is_anything(schema: &Node) -> bool {
    match &schema.value {
        Value::Map(entries) => entries.iter().all(|entry| {
            ["description", "title", "examples", "$comment"].contains(&entry.key.as_str())
                || entry.key.starts_with("x-")
        }),
        Value::Flag(flag) => *flag,
        _ => false,
    }
}

/// Whether an object is all that a schema allows, or what it says leaves that open; a schema that is broken counts as
/// one that is, because what is wrong with it is told elsewhere.
fn may_be_object(follow: &Documents<'_>, schema: &Node, depth: usize) -> bool {
    const OF_OBJECTS: [&str; 6] = [
        "properties",
        "required",
        "additionalProperties",
        "patternProperties",
        "discriminator",
        "x-dynamodb-table",
    ];
    let Ok(schema) = follow.follow(schema) else { return true };
    if depth > 50 {
        return true;
    }
    if let Some(ty) = schema.get("type") {
        let is_object = ty.text() == Some("object")
            || matches!(ty.items(), [one] if one.text() == Some("object"));
        return is_object && !schema.is_set("nullable");
    }
    if schema
        .get("const")
        .or(schema.get("enum").and_then(|all| all.items().first()))
        .is_some_and(|value| !matches!(value.value, Value::Map(_)))
    {
        return false;
    }
    let parts = |key: &str| schema.get(key).map(Node::items).filter(|parts| !parts.is_empty());
    if let Some(parts) = parts("allOf")
        && parts.iter().any(|part| !is_anything(part))
    {
        return parts.iter().any(|part| may_be_object(follow, part, depth + 1));
    }
    if let Some(parts) = parts("oneOf").or(parts("anyOf")) {
        return parts.iter().all(|part| may_be_object(follow, part, depth + 1));
    }
    OF_OBJECTS.iter().any(|key| schema.get(key).is_some())
}
