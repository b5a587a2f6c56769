//! `application/x-www-form-urlencoded`: names with values (WHATWG URL, "urlencoded parsing").
//!
//! Owns the pairs. How lists and objects are spelled in them is [`Style`]'s affair, as it is in a query.

use std::borrow::Cow;

use crate::json::{Json, Members};
use crate::style::{Pairs, Shape, Style, grouped, read_pairs, several, write_pairs};

/// The pairs of a body, or of a query.
pub(crate) fn parse_pairs(text: &str) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

/// Undoes percent-encoding, and takes `+` for a space.
fn decoded(text: &str) -> Cow<'_, str> {
    match text.contains('+') {
        true => Cow::Owned(scalars::percent::decode_text(&text.replace('+', " ")).into_owned()),
        false => scalars::percent::decode_text(text),
    }
}

/// The ways in which properties are written that are no plain text.
pub(crate) type Styles = [(&'static str, Style)];

/// The way in which a property is written.
fn style_of(name: &str, shape: &Shape, styles: &Styles) -> Style {
    let own = styles.iter().find(|(known, _)| *known == name).map(|(_, style)| *style);
    own.unwrap_or(match shape {
        Shape::Json => Style::Json,
        _ => Style::Repeated,
    })
}

/// The object that a form stands for.
pub(crate) fn read_form(pairs: &Pairs<'_>, shape: &Shape, styles: &Styles) -> Result<Json, String> {
    let mut map = Members::default();
    let mut properties = shape.properties();
    properties.extend(styles.iter().map(|(name, _)| *name));
    properties.sort_unstable();
    properties.dedup();
    for name in &properties {
        let below = shape.property(name).unwrap_or(&Shape::Text);
        let value = read_pairs(pairs, name, style_of(name, below, styles), below);
        let value = value.map_err(|why| format!("`{name}`: {why}"))?;
        if let Some(value) = value {
            map.insert(*name, value);
        }
    }
    let is_deep =
        |name: &str| styles.iter().any(|(known, style)| *known == name && *style == Style::Deep);
    let is_read = |name: &str| {
        properties.iter().any(|known| match name.strip_prefix(known) {
            Some(rest) => rest.is_empty() || (rest.starts_with('[') && is_deep(known)),
            None => false,
        })
    };
    let others = shape.property("").unwrap_or(&Shape::Text);
    for (name, values) in grouped(pairs, |name| !is_read(name)) {
        // More values than one of a name that the contract does not know make a list.
        let below = match others {
            Shape::Any if values.len() > 1 => &Shape::List(&Shape::Any),
            _ if values.len() > 1 => &Shape::List(&Shape::Text),
            others => others,
        };
        if let Some(value) = several(values, below)? {
            map.insert(name.to_owned(), value);
        }
    }
    Ok(Json::Object(map))
}

/// A form as text.
pub(crate) fn write_form(value: &Json, shape: &Shape, styles: &Styles) -> String {
    let members = value.as_object().into_iter().flatten();
    let pairs = members.flat_map(|(name, value)| {
        let below = shape.property(name).unwrap_or(&Shape::Text);
        write_pairs(name, style_of(name, below, styles), value)
    });
    let encode = crate::percent_encode;
    let pair = |(name, value): (String, String)| format!("{}={}", encode(&name), encode(&value));
    pairs.map(pair).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::json;

    use super::*;

    const SHAPE: Shape = Shape::Object(
        &[
            ("age", Shape::Number),
            ("tags", Shape::List(&Shape::Text)),
            ("place", Shape::Object(&[("floor", Shape::Number)], &Shape::Text)),
            ("more", Shape::Json),
            ("all", Shape::List(&Shape::Json)),
        ],
        &Shape::Text,
    );
    const STYLES: &Styles = &[("place", Style::Deep)];

    #[test]
    fn a_form_is_read_as_it_is_written() {
        let value = Json::from(json!({
            "age": 7, "name": "Ünal & Söhne", "tags": ["a", "b+c"], "place": {"floor": 2, "city": "x=y"},
            "more": {"deep": [null, 1.5]}, "all": [{"a": 1}, {"b": [2]}],
        }));
        let text = write_form(&value, &SHAPE, STYLES);
        assert_eq!(read_form(&parse_pairs(&text), &SHAPE, STYLES), Ok(value));
    }

    /// Every name of a body is new, and the largest that API Gateway takes has many: seconds for each would stop a function.
    #[test]
    fn many_names_are_read_at_once() {
        let names = (0..60_000).rev().map(|n| format!("n{n}=1&f[a{n}]=1"));
        let text = names.collect::<Vec<_>>().join("&");
        let pairs = parse_pairs(&text);
        let shape = Shape::Object(&[("f", Shape::Object(&[], &Shape::Text))], &Shape::Text);
        let begin = std::time::Instant::now();
        let value = read_form(&pairs, &shape, &[("f", Style::Deep)]).unwrap();
        assert_eq!(value.as_object().map(Members::len), Some(60_001));
        let all: String = (0..60_000).rev().map(|n| format!("n{n},1,")).collect();
        let list = parse_pairs(&all);
        assert!(read_pairs(&list, "x", Style::Commas, &shape).unwrap().is_none());
        let listed = [("f".into(), all.trim_end_matches(',').into())];
        let value = read_pairs(&listed, "f", Style::Commas, &Shape::Object(&[], &Shape::Text));
        assert_eq!(value.unwrap().unwrap().as_object().map(Members::len), Some(60_000));
        assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
    }

    #[test]
    fn browsers_are_understood() {
        let pairs = parse_pairs("a=1+2&a=%33&&b&%C3%A9=%zz");
        let value = read_form(&pairs, &Shape::Text, &[]);
        assert_eq!(value, Ok(json!({"a": ["1 2", "3"], "b": "", "é": "%zz"}).into()));
    }
}
