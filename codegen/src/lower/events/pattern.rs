//! Event patterns: what a rule lets through.
//!
//! Owns the pattern that follows from the messages, and the check of what a contract adds to it. A pattern that
//! EventBridge would refuse, and one that none of the messages could match, are refused here.

use serde_json::{Value as Json, json};

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
    match fault_of(&entry.key, &entry.value) {
        None => true,
        Some(why) => {
            scope.sink.report(fault::bad_matcher(entry.key_span, why));
            false
        }
    }
}

/// What is wrong with a comparison.
fn fault_of(key: &str, value: &Node) -> Option<&'static str> {
    let text = |node: &Node| node.text().is_some();
    let folded =
        |node: &Node| node.entries().len() == 1 && node.text_at("equals-ignore-case").is_some();
    let fits = match key {
        "prefix" | "suffix" => (text(value) || folded(value), "the value must be a string"),
        "equals-ignore-case" | "wildcard" | "cidr" => (text(value), "the value must be a string"),
        "exists" => (matches!(value.value, Value::Flag(_)), "the value must be `true` or `false`"),
        "numeric" => {
            (is_numeric(value), "write a list of operators and numbers: `['>', 0, '<=', 5]`")
        }
        "anything-but" => {
            let scalar = |node: &Node| text(node) || node.number().is_some();
            let list = !value.items().is_empty() && value.items().iter().all(scalar);
            let inner = value.entries().len() == 1
                && value.entries().iter().all(|entry| {
                    let names = ["prefix", "suffix", "equals-ignore-case", "wildcard"];
                    let texts = text(&entry.value)
                        || (!entry.value.items().is_empty()
                            && entry.value.items().iter().all(text));
                    names.contains(&entry.key.as_str()) && texts
                });
            (
                scalar(value) || list || inner,
                "the value must be a value, a list of values, or one `prefix`, `suffix`, `equals-ignore-case` or `wildcard`",
            )
        }
        _ => (
            false,
            "EventBridge supports `prefix`, `suffix`, `equals-ignore-case`, `wildcard`, `anything-but`, `numeric`, `exists` and `cidr`",
        ),
    };
    (!fits.0).then_some(fits.1)
}

/// `['=', 5]`, or `['>', 0, '<=', 5]`
fn is_numeric(value: &Node) -> bool {
    let pairs: Vec<_> = value.items().chunks(2).collect();
    let fits = |pair: &&[Node]| match pair {
        [operator, number] => {
            operator.text().is_some_and(|sign| ["=", "<", "<=", ">", ">="].contains(&sign))
                && number.number().is_some()
        }
        _ => false,
    };
    (1..=2).contains(&pairs.len()) && pairs.iter().all(fits)
}
