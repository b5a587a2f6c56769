//! Event patterns: what a rule lets through.
//!
//! Owns the pattern that follows from the messages, and the check of what a contract adds to it. A pattern that
//! EventBridge would refuse, and one that none of the messages could match, are refused here.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use super::comparison;
use super::reach::check_reach;
use crate::diag::catalog::patterns as fault;
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
    let mut pattern = of_messages(messages);
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
            "id" | "time" | "version" | "$or" => {
                scope.sink.report(fault::event_field_not_asked(entry.named()));
                sound = false;
            }
            _ => {
                scope.sink.report(fault::unknown_event_field(entry.named()));
                sound = false;
            }
        }
    }
    // What EventBridge would not take is not compared with anything.
    sound = sound && added.is_none_or(|added| check_reach(scope, types, added, messages));
    let pattern = Json::Object(pattern);
    sound = sound && check_size(scope, &pattern, added, messages);
    sound.then_some(pattern)
}

/// The pattern of all events that are one of these messages, and of no others: `source` and `detail-type`, or a `$or` of
/// both where not every source goes with every detail-type.
fn of_messages(messages: &[Message]) -> serde_json::Map<String, Json> {
    // The sources of each detail-type; one without a source may come from any.
    let mut types: IndexMap<&str, Option<BTreeSet<&str>>> = IndexMap::new();
    for message in messages {
        let known = types.entry(&message.detail_type).or_insert_with(|| Some(BTreeSet::new()));
        match (known.as_mut(), &message.source) {
            (Some(sources), Some(source)) => drop(sources.insert(source)),
            _ => *known = None,
        }
    }
    // The detail-types that have the same sources.
    let mut groups: IndexMap<Option<BTreeSet<&str>>, Vec<&str>> = IndexMap::new();
    for (detail_type, sources) in types {
        groups.entry(sources).or_default().push(detail_type);
    }
    let mut patterns: Vec<serde_json::Map<String, Json>> = groups
        .into_iter()
        .map(|(sources, types)| {
            let sources =
                sources.map(|sources| ("source".to_owned(), json!(in_order(sources, messages))));
            sources.into_iter().chain([("detail-type".to_owned(), json!(types))]).collect()
        })
        .collect();
    match patterns.len() {
        1 => patterns.remove(0),
        _ => [("$or".to_owned(), json!(patterns))].into_iter().collect(),
    }
}

/// Sources in the order of the messages that have them.
fn in_order<'m>(mut sources: BTreeSet<&'m str>, messages: &'m [Message]) -> Vec<&'m str> {
    let all = messages.iter().filter_map(|message| message.source.as_deref());
    all.filter(|source| sources.remove(source)).collect()
}

/// Whether EventBridge takes a pattern of this length, and with so many ways through its `$or`s.
fn check_size(
    scope: Scope<'_>,
    pattern: &Json,
    added: Option<&Node>,
    messages: &[Message],
) -> bool {
    let first = messages.first().map_or_else(Default::default, |one| one.origin.span);
    let at = added.map_or(first, |added| added.span);
    let length = pattern.to_string().chars().count();
    let choices = choices(pattern);
    if length > limits::EVENT_PATTERN as usize {
        scope.sink.report(fault::long_pattern(at, length, limits::EVENT_PATTERN));
    } else if choices > u64::from(limits::EVENT_PATTERN_CHOICES) {
        scope.sink.report(fault::many_choices(at, choices, limits::EVENT_PATTERN_CHOICES));
    } else {
        return true;
    }
    false
}

/// How many combinations the `$or`s of a pattern make.
fn choices(pattern: &Json) -> u64 {
    let entries = pattern.as_object().into_iter().flatten();
    entries.fold(1, |before: u64, (key, value)| {
        let here = match value {
            Json::Array(ways) if key == "$or" => {
                ways.iter().fold(0, |sum: u64, way| sum.saturating_add(choices(way)))
            }
            value => choices(value),
        };
        before.saturating_mul(here)
    })
}

/// Checks one level: each field holds a list of what it may be, or a level of its own.
fn check(scope: Scope<'_>, node: &Node) -> bool {
    match &node.value {
        Value::List(items) if items.is_empty() => {
            scope.sink.report(fault::empty_pattern(node.span));
            false
        }
        Value::List(items) => every(items, |item| check_one(scope, item)),
        Value::Map(entries) if entries.is_empty() => {
            scope.sink.report(fault::empty_level(node.span));
            false
        }
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
