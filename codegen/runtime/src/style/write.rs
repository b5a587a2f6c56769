//! From JSON to texts.

use super::{Style, is_line_each};
use crate::Json;

/// The pairs that stand for a value.
pub(crate) fn write_pairs(name: &str, style: Style, value: &Json) -> Vec<(String, String)> {
    let one = |text: String| vec![(name.to_owned(), text)];
    match (style, value) {
        (Style::Json, value) => one(value.to_string()),
        (Style::Repeated | Style::Rest(_), Json::Array(items)) => {
            items.iter().map(|item| (name.to_owned(), scalar(item))).collect()
        }
        (Style::Repeated | Style::Rest(_), Json::Object(members)) => {
            members.iter().flat_map(|(name, value)| write_pairs(name, style, value)).collect()
        }
        (Style::Form(styles), Json::Object(members)) => {
            let own = |name: &str| {
                styles.iter().find(|(known, _)| *known == name).map(|(_, style)| *style)
            };
            let usual = |value: &Json| match value {
                Json::Object(_) => Style::Json,
                _ => Style::Repeated,
            };
            let pairs =
                |(name, value)| write_pairs(name, own(name).unwrap_or_else(|| usual(value)), value);
            members.iter().flat_map(pairs).collect()
        }
        (Style::Deep, value) => {
            let mut pairs = Vec::new();
            deep(name, value, &mut pairs);
            pairs
        }
        (style, value) => one(joined(value, style)),
    }
}

/// The text that stands for a value in a path or header.
pub(crate) fn write_text(name: &str, style: Style, value: &Json) -> String {
    let inner = || joined(value, style);
    match style {
        Style::Json => value.to_string(),
        Style::Label | Style::LabelExploded => format!(".{}", inner()),
        Style::Matrix => format!(";{name}={}", inner()),
        Style::MatrixExploded => match value {
            Json::Object(_) => format!(";{}", inner()),
            Json::Array(items) => {
                items.iter().map(|item| format!(";{name}={}", scalar(item))).collect()
            }
            value => format!(";{name}={}", scalar(value)),
        },
        _ => inner(),
    }
}

/// The lines that stand for a value in a header: one, but of `Set-Cookie` one for each item or property.
pub(crate) fn write_lines(name: &str, style: Style, value: &Json) -> Vec<String> {
    match value {
        Json::Array(items) if is_line_each(name, style) => items.iter().map(scalar).collect(),
        Json::Object(members) if is_line_each(name, style) => {
            members.iter().map(|(key, value)| format!("{key}={}", scalar(value))).collect()
        }
        value => vec![write_text(name, style, value)],
    }
}

fn joined(value: &Json, style: Style) -> String {
    let delimiter = style.delimiter();
    match value {
        Json::Array(items) => items.iter().map(scalar).collect::<Vec<_>>().join(delimiter),
        Json::Object(members) => {
            let between = if style.assigns() { "=" } else { delimiter };
            let pair = |(name, value): (&str, &Json)| format!("{name}{between}{}", scalar(value));
            members.iter().map(pair).collect::<Vec<_>>().join(delimiter)
        }
        value => scalar(value),
    }
}

fn deep(name: &str, value: &Json, pairs: &mut Vec<(String, String)>) {
    match value {
        Json::Object(members) => {
            members.iter().for_each(|(step, value)| deep(&format!("{name}[{step}]"), value, pairs));
        }
        Json::Array(items) => items.iter().for_each(|item| match item {
            Json::Object(_) | Json::Array(_) => deep(&format!("{name}[]"), item, pairs),
            item => pairs.push((name.to_owned(), scalar(item))),
        }),
        value => pairs.push((name.to_owned(), scalar(value))),
    }
}

/// A scalar as text; anything else as JSON.
fn scalar(value: &Json) -> String {
    match value {
        Json::String(text) => text.to_string(),
        Json::Null => String::new(),
        value => value.to_string(),
    }
}
