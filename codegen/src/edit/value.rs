//! A value on one line, as JSON, in the order in which it is written.

use crate::parse::{Node, Value};

/// The value of a node as JSON, which YAML's flow style reads too.
pub(super) fn flow(node: &Node) -> String {
    match &node.value {
        Value::Map(_) => {
            let entries = node.entries().iter();
            let member = |key: &str, value: &Node| {
                format!("{}: {}", serde_json::Value::from(key), flow(value))
            };
            let members: Vec<_> = entries.map(|entry| member(&entry.key, &entry.value)).collect();
            format!("{{{}}}", members.join(", "))
        }
        Value::List(_) => {
            let items: Vec<_> = node.items().iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        _ => node.to_json().to_string(),
    }
}
