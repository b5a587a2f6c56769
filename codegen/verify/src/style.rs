//! Values as texts and bodies of other kinds than JSON: OpenAPI's styles, forms, and forms with parts.
//!
//! Shares no code with the runtime, so that neither hides a fault of the other.

use codegen::model::{Codec, Content, Multipart, Parameter, PartKind, Style};
use scalars::percent::encode;
use serde_json::{Map, Value};

use crate::request::text_of;

/// The names and texts that stand for a parameter of a query or cookie.
pub(crate) fn pairs(name: &str, style: &Style, value: &Value) -> Vec<(String, String)> {
    let own = |text: String| (name.to_owned(), text);
    match (style, value) {
        (Style::Json, value) => vec![own(value.to_string())],
        (Style::Repeated | Style::Rest(_) | Style::Deep, Value::Array(items)) => {
            items.iter().map(|item| own(text_of(item))).collect()
        }
        (Style::Repeated | Style::Rest(_), Value::Object(members)) => {
            members.iter().flat_map(|(name, value)| pairs(name, style, value)).collect()
        }
        (Style::Form(styles), Value::Object(members)) => of_form(styles, members),
        (Style::Deep, Value::Object(members)) => members
            .iter()
            .flat_map(|(step, value)| pairs(&format!("{name}[{step}]"), style, value))
            .collect(),
        (style, value) => vec![own(text(name, style, value))],
    }
}

/// The names and texts that stand for the properties of a form.
fn of_form(styles: &[(String, Style)], members: &Map<String, Value>) -> Vec<(String, String)> {
    let property = |(name, value): (&String, &Value)| {
        let own = styles.iter().find(|(known, _)| known == name);
        let nested = match value {
            Value::Object(_) => Style::Json,
            _ => Style::Repeated,
        };
        pairs(name, own.map_or(&nested, |(_, style)| style), value)
    };
    members.iter().flat_map(property).collect()
}

/// The one text that stands for a parameter.
pub(crate) fn text(name: &str, style: &Style, value: &Value) -> String {
    let (between, assign) = match style {
        Style::Spaces => (" ", " "),
        Style::Pipes => ("|", "|"),
        Style::SimpleExploded => (",", "="),
        Style::LabelExploded => (".", "="),
        Style::MatrixExploded => (";", "="),
        _ => (",", ","),
    };
    let inner = match value {
        Value::Array(items) if *style == Style::MatrixExploded => {
            items.iter().map(|item| format!(";{name}={}", text_of(item))).collect()
        }
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join(between),
        Value::Object(members) => {
            let member =
                |(name, value): (&String, &Value)| format!("{name}{assign}{}", text_of(value));
            members.iter().map(member).collect::<Vec<_>>().join(between)
        }
        value => text_of(value),
    };
    match (style, value) {
        (Style::Json, value) => value.to_string(),
        (Style::Label | Style::LabelExploded, _) => format!(".{inner}"),
        (Style::MatrixExploded, Value::Array(_)) => inner,
        (Style::MatrixExploded, Value::Object(_)) => format!(";{inner}"),
        (Style::Matrix | Style::MatrixExploded, _) => format!(";{name}={inner}"),
        _ => inner,
    }
}

/// A text in a path, where what stands between items is no part of any.
pub(crate) fn in_path(parameter: &Parameter, value: &Value) -> String {
    let text = encode(&text(&parameter.name.wire, &parameter.style, value));
    if parameter.written.is_none() && !value.is_array() {
        return text;
    }
    let marks = [("%2C", ","), ("%3B", ";"), ("%3D", "=")];
    marks.iter().fold(text, |text, (code, mark)| text.replace(code, mark))
}

/// Whether a value can be told from its text in a style: nothing in it is empty, nested, or holds a mark between items.
pub(crate) fn is_clear(style: &Style, value: &Value) -> bool {
    let clean = |item: &Value| {
        let text = text_of(item);
        let is_scalar = item.is_string() || item.is_number() || item.is_boolean();
        is_scalar && !text.is_empty() && !text.contains([',', ';', '=', '.', '|', ' ', '[', ']'])
    };
    match (style, value) {
        (Style::Json, _) => true,
        (_, Value::Array(items)) => !items.is_empty() && items.iter().all(clean),
        (Style::Deep, Value::Object(members)) => {
            !members.is_empty()
                && members.values().all(|value| match value {
                    Value::Object(_) => is_clear(style, value),
                    value => clean(value),
                })
        }
        (Style::Form(styles), Value::Object(members)) => {
            let style_of = |name: &String| styles.iter().find(|(known, _)| known == name);
            !members.is_empty()
                && members.iter().all(|(name, value)| match style_of(name) {
                    Some((_, style)) => is_clear(style, value),
                    None => is_clear(&Style::Repeated, value),
                })
        }
        (_, Value::Object(members)) => !members.is_empty() && members.values().all(clean),
        (_, value) => clean(value),
    }
}

/// Whether a form can say a value: nothing in it is `null`, empty, or a list in a list.
pub(crate) fn is_sent(value: &Value) -> bool {
    value.as_object().is_some_and(|members| {
        members.values().all(|value| match value {
            Value::Null => false,
            Value::Array(items) => {
                !items.is_empty() && items.iter().all(|item| !item.is_array() && !item.is_null())
            }
            _ => true,
        })
    })
}

/// A body of the kind that a contract names, with its media type.
pub(crate) fn body(content: &Content, value: &Value) -> (String, Vec<u8>) {
    const BOUNDARY: &str = "b0undary-0f-parts";
    let media_type = match content.is_range() {
        true => content.media_type.replace('*', "x-any"),
        false => content.media_type.clone(),
    };
    match &content.codec {
        Codec::Json => (media_type, value.to_string().into_bytes()),
        Codec::Text | Codec::Binary => (media_type, text_of(value).into_bytes()),
        Codec::Form(form) => {
            let pairs = value.as_object().map(|members| of_form(&form.styles, members));
            let pair =
                |(name, text): (String, String)| format!("{}={}", encode(&name), encode(&text));
            let text = pairs.into_iter().flatten().map(pair).collect::<Vec<_>>().join("&");
            (media_type, text.into_bytes())
        }
        Codec::Multipart(form) => {
            let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
            (media_type, multipart(form, value, BOUNDARY).into_bytes())
        }
    }
}

fn multipart(form: &Multipart, value: &Value, boundary: &str) -> String {
    let mut out = String::new();
    let mut add = |name: &str, more: &str, text: &str| {
        out.push_str(&format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{text}\r\n"
        ));
    };
    for (name, value) in value.as_object().into_iter().flatten() {
        let Some(part) = form.parts.iter().find(|part| part.name.wire == *name) else { continue };
        match &part.kind {
            PartKind::File(rules) => {
                let media_type =
                    rules.media_types.first().map_or("application/octet-stream", String::as_str);
                let media_type = media_type.replace('*', "x-any");
                let more = format!("; filename=\"{name}\"\r\nContent-Type: {media_type}");
                match value {
                    Value::Array(items) => {
                        items.iter().for_each(|item| add(name, &more, &text_of(item)))
                    }
                    value => add(name, &more, &text_of(value)),
                }
            }
            PartKind::Value { written, .. } => {
                let style = written.as_ref().map_or(&Style::Repeated, |written| &written.style);
                for (name, text) in pairs(name, style, value) {
                    add(&name, "", &text);
                }
            }
        }
    }
    out.push_str(&format!("--{boundary}--\r\n"));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_spelled_as_openapi_has_them() {
        let (list, object) = (json!([1, "a"]), json!({"a": 1, "b": "x"}));
        let spelled = |style, value| {
            pairs("p", &style, value)
                .iter()
                .map(|(n, t)| format!("{n}={t}"))
                .collect::<Vec<_>>()
                .join("&")
        };
        assert_eq!(spelled(Style::Repeated, &list), "p=1&p=a");
        assert_eq!(spelled(Style::Repeated, &object), "a=1&b=x");
        assert_eq!(spelled(Style::Pipes, &list), "p=1|a");
        assert_eq!(spelled(Style::Deep, &object), "p[a]=1&p[b]=x");
        assert_eq!(spelled(Style::Json, &object), r#"p={"a":1,"b":"x"}"#);
        assert_eq!(text("p", &Style::Simple, &object), "a,1,b,x");
        assert_eq!(text("p", &Style::SimpleExploded, &object), "a=1,b=x");
        assert_eq!(text("p", &Style::LabelExploded, &list), ".1.a");
        assert_eq!(text("p", &Style::Matrix, &list), ";p=1,a");
        assert_eq!(text("p", &Style::MatrixExploded, &list), ";p=1;p=a");
        assert_eq!(text("p", &Style::MatrixExploded, &object), ";a=1;b=x");
    }
}
