//! Keys that an object does not have.
//!
//! Owns what was meant by one: a known key that is misspelt or called by the word of another standard, one of our
//! extensions, or `$ref`.

use super::correction::is_pointer;
use super::keywords::ours;
use super::misplaced::{self, fits, resolved};
use super::node::{Entry, Node, Value};
use super::shape::{Form, SCHEMA, Shape};
use crate::diag::{Sink, catalog::shape as fault};

/// A key that was meant as `$ref`: it is `ref`, or resembles `$ref` more than any word (`href`) does, and holds the target
/// of a reference.
pub(super) fn meant_as_ref<'n>(node: &'n Node, shape: &Shape) -> Option<&'n Entry> {
    if !shape.referable || node.get("$ref").is_some() {
        return None;
    }
    node.entries().iter().find(|entry| {
        let is_known = || shape.fields.iter().any(|field| field.key == entry.key);
        let is_word = entry.key.starts_with(char::is_alphabetic);
        let is_near =
            entry.key == "ref" || (!is_word && fault::nearest(&entry.key, ["$ref"]).is_some());
        is_near && !is_known() && entry.value.text().is_some_and(is_pointer)
    })
}

/// The word of this object for one that another object or standard has.
fn synonym(key: &str, shape: &Shape) -> Option<&'static str> {
    match (shape.name, key) {
        ("message", "schema" | "body" | "content") => Some("payload"),
        ("media type", "payload") => Some("schema"),
        _ => None,
    }
}

/// Whether an extension that resembles one of ours was meant as such: it has one letter or two that are wrong, stands
/// where ours may, and holds what ours holds. Everyday words are taken for other tools' when they differ more.
fn is_slip(entry: &Entry, near: &str, changes: usize, shape: &Shape) -> bool {
    let field = shape.fields.iter().find(|field| field.key == near);
    let is_near = changes == 1 || (changes == 2 && !ours::is_everyday(near));
    let is_plain = matches!(entry.value.value, Value::Flag(_) | Value::Number(_));
    is_near
        && field.is_some_and(|field| match resolved(field.form, &entry.value) {
            Form::Any => !is_plain,
            form => fits(form, &entry.value),
        })
}

/// Whether nothing is written below a key.
fn is_empty(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|value| matches!(value.value, Value::Null))
}

/// The key that was meant by one that a shape does not know.
pub(super) fn slip_of(entry: &Entry, shape: &Shape) -> Option<&'static str> {
    let known = || shape.fields.iter().map(|field| field.key);
    let key = entry.key.as_str();
    let is_unknown = !key.starts_with("x-") && known().all(|one| one != key);
    if is_unknown { fault::nearest(key, known()) } else { None }
}

/// Says what there is to say of a key that a shape does not know; whether the object can be used nevertheless.
pub(super) fn unknown(entry: &Entry, node: &Node, shape: &Shape, sink: &Sink) -> bool {
    let key = entry.key.as_str();
    let known = || shape.fields.iter().map(|field| field.key);
    if key.starts_with("x-amazon-apigateway-") {
        sink.report(fault::gateway_extension(entry.named()));
        return true;
    }
    if key.starts_with("x-") {
        if let Some(place) = ours::place_of(key) {
            let is_common = ours::is_common(key, shape.name);
            sink.report(fault::misplaced_extension(entry.named(), shape.name, place, is_common));
            return is_common;
        }
        let Some((changes, near)) = fault::resembling(key, ours::names()) else { return true };
        let is_slip = is_slip(entry, near, changes, shape);
        sink.report(fault::mistaken_extension(entry.named(), near, is_slip));
        return !is_slip;
    }
    if key == "schema" && shape.name == SCHEMA && entry.value.reference().is_some() {
        sink.report(fault::schema_in_schema(entry.named()));
        return false;
    }
    let of_messages =
        |node: &Node| node.reference().is_some_and(|(to, _)| to.contains("/messages/"));
    let is_choice = shape.name == "message" && matches!(key, "oneOf" | "anyOf");
    if is_choice && entry.value.items().iter().any(of_messages) {
        sink.report(fault::messages_as_one(entry.named()));
        return false;
    }
    let near = synonym(key, shape).or_else(|| fault::nearest(key, known()));
    if near.is_some() || shape.ours {
        sink.report(fault::unknown_key(
            entry.named(),
            shape.name,
            near,
            shape.ours.then(|| known().collect()),
        ));
        return false;
    }
    match misplaced::place_of(entry, node, shape) {
        // That nothing stands below the other key is an error already.
        Some((above, true)) if is_empty(node, above) => {}
        place => {
            sink.report(fault::foreign_key(entry.named(), shape.name, place.map(|(at, _)| at)))
        }
    }
    true
}
