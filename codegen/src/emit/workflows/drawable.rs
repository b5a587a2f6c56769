//! What of an input's schema its values are drawn by. Draws nothing itself: `harness::draw` does.

use serde_json::Value as Json;

use crate::values::{Drawn, is_given};

/// A schema with what values are drawn by and nothing else.
pub(super) fn drawable(schema: &Json, what: Drawn) -> Json {
    const WORDS: [&str; 5] = ["description", "title", "$comment", "deprecated", "externalDocs"];
    const GIVEN: [&str; 5] = ["default", "example", "examples", "enum", "const"];
    match schema {
        Json::Object(members) => {
            let is_left_out = |key: &str| match key {
                "example" | "examples" => !is_given(schema, what),
                key => WORDS.contains(&key) || key.starts_with("x-"),
            };
            let kept = members.iter().filter(|(key, _)| !is_left_out(key));
            kept.map(|(key, value)| {
                let value = match (key.as_str(), value) {
                    ("properties", Json::Object(names)) => names
                        .iter()
                        .map(|(name, value)| (name.clone(), drawable(value, Drawn::Part)))
                        .collect(),
                    (key, value) if GIVEN.contains(&key) => value.clone(),
                    (key, value) => drawable(value, what.below(key)),
                };
                (key.clone(), value)
            })
            .collect()
        }
        Json::Array(items) => items.iter().map(|item| drawable(item, what)).collect(),
        other => other.clone(),
    }
}
