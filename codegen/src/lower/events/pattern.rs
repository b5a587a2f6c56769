//! Event patterns: what a rule lets through.
//!
//! Owns the pattern that follows from the messages, and the check of what a contract adds to it. A pattern that
//! EventBridge would refuse, and one that none of the messages could match, are refused here.

use serde_json::{Value as Json, json};

use super::comparison;
use super::reach::check_reach;
use crate::diag::catalog::events as fault;
use crate::lower::Scope;
use crate::lower::schema::Types;
use crate::model::Message;
use crate::parse::{Node, Value, every};

/// The complete pattern of a rule: source and detail-type of the messages, and what the contract adds.
pub(super) fn lower_pattern(
    scope: Scope<'_>,
    types: &Types<'_>,
    added: Option<&Node>,
    messages: &[Message],
) -> Option<Json> {
    let mut pattern = serde_json::Map::new();
    // One message from any source, and the rule cannot ask for one.
    let sources: Option<Vec<&String>> =
        messages.iter().map(|message| message.source.as_ref()).collect();
    if let Some(sources) = sources {
        pattern.insert("source".to_owned(), json!(distinct(sources.into_iter())));
    }
    pattern
        .insert("detail-type".to_owned(), json!(distinct(messages.iter().map(|m| &m.detail_type))));
    let mut sound = true;
    for entry in added.into_iter().flat_map(Node::entries) {
        match entry.key.as_str() {
            "source" | "detail-type" => {
                scope.sink.report(fault::pattern_of_messages(entry.named()));
                sound = false;
            }
            "detail" | "account" | "region" | "resources" => {
                sound &= check(scope, &entry.value);
                pattern.insert(entry.key.clone(), entry.value.to_json());
            }
            _ => {
                scope.sink.report(fault::unknown_event_field(entry.named()));
                sound = false;
            }
        }
    }
    // What EventBridge would not take is not compared with anything.
    sound = sound && added.is_none_or(|added| check_reach(scope, types, added, messages));
    sound.then_some(Json::Object(pattern))
}

fn distinct<'m>(values: impl Iterator<Item = &'m String>) -> Vec<&'m String> {
    let mut distinct: Vec<&String> = vec![];
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    distinct
}

/// Checks one level: each field holds a list of what it may be, or a level of its own.
fn check(scope: Scope<'_>, node: &Node) -> bool {
    match &node.value {
        Value::List(items) if items.is_empty() => {
            scope.sink.report(fault::empty_pattern(node.span));
            false
        }
        Value::List(items) => every(items, |item| check_one(scope, item)),
        Value::Map(entries) => entries.iter().fold(true, |sound, entry| {
            let fits = match (entry.key.as_str(), &entry.value.value) {
                ("$or", Value::List(items)) if items.len() > 1 => {
                    every(items, |item| check(scope, item))
                }
                ("$or", _) => {
                    scope.sink.report(fault::bad_matcher(
                        entry.value.span,
                        "`$or` needs a list of at least two patterns",
                    ));
                    false
                }
                _ => check(scope, &entry.value),
            };
            fits && sound
        }),
        _ => {
            scope.sink.report(fault::pattern_not_list(node.found()));
            false
        }
    }
}

/// Checks one thing that a field may be: a value, or a comparison.
fn check_one(scope: Scope<'_>, item: &Node) -> bool {
    let entries = match &item.value {
        Value::Text(_) | Value::Number(_) | Value::Flag(_) | Value::Null => return true,
        Value::Map(entries) => entries,
        Value::List(_) => {
            scope.sink.report(fault::bad_matcher(
                item.span,
                "a value or a comparison is expected, not a list",
            ));
            return false;
        }
    };
    let [entry] = &entries[..] else {
        scope.sink.report(fault::bad_matcher(item.span, "a comparison must have exactly one key"));
        return false;
    };
    match comparison::fault_of(&entry.key, &entry.value) {
        None => true,
        Some(why) => {
            scope.sink.report(fault::bad_matcher(entry.key_span, why));
            false
        }
    }
}
