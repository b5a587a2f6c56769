//! What of an input's schema its values are drawn by. Draws nothing itself: `harness::draw` does.

use serde_json::Value as Json;

use crate::model::Input;

/// The formats of text that the harness draws.
const FORMATS: [&str; 13] = [
    "uuid",
    "date",
    "date-time",
    "time",
    "email",
    "hostname",
    "uri",
    "url",
    "ipv4",
    "ipv6",
    "decimal",
    "password",
    "byte",
];

/// The formats of numbers, whose bounds say everything.
const NUMBERS: [&str; 6] = ["int32", "int64", "float", "double", "uint32", "uint64"];

/// What a schema describes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn {
    /// An input for which the workflow itself lists examples.
    Listed,
    /// An input.
    Whole,
    /// A part of one.
    Part,
}

impl Drawn {
    pub(super) fn of(input: &Input) -> Self {
        if input.lists_examples { Self::Listed } else { Self::Whole }
    }

    fn below(self, key: &str) -> Self {
        match key {
            "oneOf" | "anyOf" | "allOf" => self,
            _ => Self::Part,
        }
    }
}

/// A schema with what values are drawn by and nothing else. Where values can be drawn freely, a single example of the
/// contract is no reason to send the same each time. Of a text that is a whole input it is: a text of random letters names
/// nothing.
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

/// Whether values of a schema are taken from its examples.
fn is_given(schema: &Json, what: Drawn) -> bool {
    let format = schema["format"].as_str();
    let is_several = schema["examples"].as_array().is_some_and(|all| all.len() > 1);
    let is_plain_text = schema["type"] == "string" && format.is_none();
    let is_drawn = |format| FORMATS.contains(&format) || NUMBERS.contains(&format);
    what == Drawn::Listed
        || is_several
        || (what == Drawn::Whole && is_plain_text)
        || schema.get("pattern").is_some()
        || schema.get("properties").is_some()
        || !format.is_none_or(is_drawn)
}
