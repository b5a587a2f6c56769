//! What to write instead of a value of another kind.
//!
//! Owns guesses about people: what was meant by a value that its place does not take, where that is plain to see.

use super::effect::is_type;
use super::node::{Entry, Node, Value};
use super::shape::{Form, SCHEMA};
use crate::diag::catalog::shape::nearest;

/// What to write instead of a value of another kind, where what was meant is plain to see.
pub(super) fn correction(node: &Node, form: Form) -> Option<String> {
    let is_plain =
        |text: &str| !text.is_empty() && !text.contains(['[', ']', '{', '}', '#', ':', '\n']);
    match (form, &node.value) {
        (Form::Text | Form::Choice(_), Value::Number(text)) => {
            Some(format!("for a string, write `'{text}'`"))
        }
        (Form::Text | Form::Choice(_), Value::Flag(flag)) => {
            Some(format!("for a string, write `'{flag}'`"))
        }
        (Form::Choice(choices), Value::Null) if choices.contains(&"null") => Some(
            "quote the type, because `null` alone is the absence of a value: `'null'`".to_owned(),
        ),
        (Form::Text, Value::Map(_)) => node.reference().map(|(path, _)| {
            format!(
                "write the text here, or bundle the document first: only some tools insert `{path}`"
            )
        }),
        (Form::Count | Form::Number, Value::Text(text)) => {
            let text = text.replace('_', "");
            let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
            let digits = &text[..text.len() - rest.len()];
            let is_amount = rest.chars().all(|char| char.is_ascii_alphabetic() || char == ' ');
            (is_amount && !digits.is_empty())
                .then(|| format!("write the number without quotes and unit: `{digits}`"))
        }
        (Form::Flag | Form::Object(_), Value::Text(text)) if flag_meant(text, form).is_some() => {
            flag_meant(text, form).map(|flag| format!("did you mean `{flag}`?"))
        }
        (Form::Object(shape), Value::Text(text))
            if shape.name == SCHEMA && ["true", "false"].contains(&text.as_str()) =>
        {
            Some(format!("write `{text}` without quotes"))
        }
        (Form::Flag, Value::Text(text)) => match text.to_lowercase().as_str() {
            "true" | "yes" | "on" => Some("write `true`".to_owned()),
            "false" | "no" | "off" => Some("write `false`".to_owned()),
            _ => None,
        },
        (Form::List(_), Value::Text(text)) => {
            let is_safe = text.starts_with(|first: char| first.is_alphanumeric() || first == '$');
            match is_plain(text) {
                true if is_safe => Some(format!("write a list: `[{text}]`")),
                true if !text.contains('\'') => Some(format!("write a list: `['{text}']`")),
                _ => None,
            }
        }
        (Form::List(_), Value::Map(entries)) => {
            let is_slip = entries.iter().any(|entry| entry.key.starts_with('-'));
            let help = if is_slip {
                "write a space after each `-`"
            } else {
                "start each element with `- `"
            };
            Some(help.to_owned())
        }
        (Form::Map(_) | Form::Patterned(_) | Form::Object(_), Value::Null) => Some(
            "nothing is written below this key; its content must be indented further".to_owned(),
        ),
        (Form::Object(shape), Value::Text(text)) if shape.name == "response" => {
            Some(format!("write a mapping:\ndescription: {text}"))
        }
        (Form::Object(shape), Value::Text(text)) if shape.referable && is_pointer(text) => {
            Some(format!("write `$ref:` before it: `$ref: '{text}'`"))
        }
        (Form::Object(shape), Value::Text(text)) if shape.name == SCHEMA && is_type(text) => {
            Some(format!("write a mapping: `type: {text}`"))
        }
        (Form::Object(shape), Value::Text(text))
            if shape.referable && is_plain(text) && !text.contains(' ') =>
        {
            let place = match shape.name {
                "channel" => "channels",
                "schema" => "components/schemas",
                "message" => "components/messages",
                "parameter" => "components/parameters",
                _ => return None,
            };
            Some(format!("refer to it: `$ref: '#/{place}/{text}'`"))
        }
        _ => None,
    }
}

/// Whether a text is the target of a reference rather than a name.
pub(super) fn is_pointer(text: &str) -> bool {
    let is_file = [".yaml", ".yml", ".json"].iter().any(|ending| text.ends_with(ending));
    !text.contains([' ', '\n']) && (text.contains("#/") || is_file)
}

/// The boolean that was misspelt.
fn flag_meant(text: &str, form: Form) -> Option<&'static str> {
    let takes_flag = match form {
        Form::Flag => true,
        Form::Object(shape) => shape.name == SCHEMA,
        _ => false,
    };
    let is_word = text.len() >= 3 && !["true", "false"].contains(&text.to_lowercase().as_str());
    nearest(text, ["true", "false"]).filter(|_| takes_flag && is_word)
}

/// Units, each with how many of the smallest of its kind it is: milliseconds, and bytes.
const UNITS: [(&str, Quantity, f64); 15] = [
    ("ms", Quantity::Time, 1.0),
    ("msec", Quantity::Time, 1.0),
    ("s", Quantity::Time, 1e3),
    ("sec", Quantity::Time, 1e3),
    ("second", Quantity::Time, 1e3),
    ("seconds", Quantity::Time, 1e3),
    ("m", Quantity::Time, 6e4),
    ("min", Quantity::Time, 6e4),
    ("minutes", Quantity::Time, 6e4),
    ("h", Quantity::Time, 3.6e6),
    ("d", Quantity::Time, 8.64e7),
    ("mb", Quantity::Size, 1.0),
    ("mib", Quantity::Size, 1.0),
    ("gb", Quantity::Size, 1024.0),
    ("gib", Quantity::Size, 1024.0),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quantity {
    Time,
    Size,
}

/// What a key of an object counts, and how many of the smallest unit one of them is.
fn unit_of(shape: &str, key: &str) -> Option<(Quantity, f64)> {
    Some(match key {
        "timeout" if shape == "step" => (Quantity::Time, 1.0),
        "latencyMs" => (Quantity::Time, 1.0),
        "timeout"
        | "retryAfter"
        | "visibilityTimeout"
        | "messageRetentionPeriod"
        | "deliveryDelay"
        | "receiveMessageWaitTime" => (Quantity::Time, 1e3),
        key if key.ends_with("Seconds") => (Quantity::Time, 1e3),
        "memory" | "ephemeralStorage" => (Quantity::Size, 1.0),
        _ => return None,
    })
}

/// A number that is written with its unit, in the unit of its key: `30000` for `30s` where milliseconds are counted.
pub(super) fn in_unit(shape: &str, entry: &Entry, form: Form) -> Option<String> {
    let text = entry.value.text().filter(|_| matches!(form, Form::Count | Form::Number))?;
    let (quantity, size) = unit_of(shape, &entry.key)?;
    let text = text.trim().to_lowercase();
    let number = text.trim_end_matches(|char: char| char.is_ascii_alphabetic()).trim_end();
    let unit = text[number.len()..].trim();
    let (.., of_unit) = UNITS.iter().find(|(name, of, _)| *name == unit && *of == quantity)?;
    let amount = number.parse::<f64>().ok().filter(|amount| *amount >= 0.0)? * of_unit / size;
    let amount = if matches!(form, Form::Count) { amount.ceil() } else { amount };
    let name = match (quantity, size as u32) {
        (Quantity::Time, 1) => "milliseconds",
        (Quantity::Time, _) => "seconds",
        (Quantity::Size, _) => "MB",
    };
    Some(format!("write the number of {name}, without quotes and unit: `{amount}`"))
}
