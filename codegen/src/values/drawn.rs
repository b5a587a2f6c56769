//! Whether a load test draws the values of a schema freely, or from its examples. Draws nothing itself: `harness::draw` does.

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

/// What a schema that values are drawn by describes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// An input for which the workflow itself lists examples.
    Listed,
    /// An input.
    Whole,
    /// A part of one.
    Part,
}

impl Drawn {
    /// What the schema of an input describes.
    #[must_use]
    pub(crate) fn of(input: &Input) -> Self {
        if input.lists_examples { Self::Listed } else { Self::Whole }
    }

    /// What a keyword of such a schema describes.
    #[must_use]
    pub(crate) fn below(self, key: &str) -> Self {
        match key {
            "oneOf" | "anyOf" | "allOf" => self,
            _ => Self::Part,
        }
    }
}

/// Whether values of a schema are taken from its examples. Where values can be drawn freely, a single example of the
/// contract is no reason to send the same each time. Of a text that is a whole input it is: a text of random letters names
/// nothing.
#[must_use]
pub(crate) fn is_given(schema: &Json, what: Drawn) -> bool {
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
