//! Request bodies: payloads, those written as text of JSON or of a form, and replacements in them.

use scalars::percent::decode_text;

use super::expression;
use super::jsonpath;
use super::reader::Reader;
use super::value::{expression_type, text_value, value};
use crate::diag::catalog::workflows as fault;
use crate::lower::Reported;
use crate::lower::rest::is_json;
use crate::model::{Replacement, StepBody, StepValue, TextPart, ValueKind};
use crate::parse::Node;
use crate::source::Span;

/// The body of a step, where it has one.
pub(super) fn lower_body(
    reader: &Reader<'_>,
    step: &Node,
    usual: Written,
) -> Result<Option<StepBody>, Reported> {
    let Some(node) = step.get("requestBody") else { return Ok(None) };
    if reader.ground.scope.docs.failed(node) {
        return Err(Reported);
    }
    let content_type = node.get("contentType");
    let content_type = content_type.and_then(|node| Some((node.text()?.to_owned(), node.span)));
    let written = content_type.as_ref().map_or(usual, |(name, _)| Written::of(name));
    let payload = match node.get("payload") {
        None => Ok(None),
        Some(payload) => payload_of(reader, payload, written).map(Some).ok_or(Reported),
    };
    let replacements = replacements(reader, node);
    let (mut payload, mut rest) = (payload?, vec![]);
    for replacement in replacements.ok_or(Reported)? {
        let Some(payload) = payload.as_mut() else {
            reader.fault(fault::replaced_nothing(replacement.span));
            continue;
        };
        match replace(payload, &replacement.pointer, &replacement) {
            Replaced::Done => {}
            Replaced::Later => rest.push(replacement),
            Replaced::Nowhere(step) => {
                let target: String =
                    replacement.pointer.iter().map(|one| format!("/{one}")).collect();
                reader.fault(fault::no_place(replacement.span, &target, &step));
            }
        }
    }
    Ok(Some(StepBody { content_type, payload, replacements: rest, span: node.span }))
}

/// What a payload that is written as text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// JSON.
    Json,
    /// `name=value&…`, or an object as JSON.
    Form,
    /// An object as JSON, with a member for each part.
    Parts,
    /// Itself.
    Text,
}

impl Written {
    fn of(media_type: &str) -> Self {
        let plain = scalars::media::essence(media_type);
        match plain.as_str() {
            "application/x-www-form-urlencoded" => Self::Form,
            "multipart/form-data" => Self::Parts,
            _ if is_json(&plain) => Self::Json,
            _ => Self::Text,
        }
    }
}

fn payload_of(reader: &Reader<'_>, payload: &Node, written: Written) -> Option<StepValue> {
    let Some(text) = payload.text().filter(|text| expression::head(text).is_none()) else {
        return value(reader, payload);
    };
    match written {
        Written::Text => value(reader, payload),
        _ if looks_like_json(text) => template(reader, payload, text),
        Written::Json => value(reader, payload),
        Written::Form => form(reader, payload, text),
        Written::Parts => {
            reader.fault(fault::parts_as_text(payload.span));
            None
        }
    }
}

/// The query of a request: an object, or text as of a form.
pub(super) fn query(reader: &Reader<'_>, node: &Node) -> Option<StepValue> {
    payload_of(reader, node, Written::Form)
}

/// A payload that is written as `name=value&…`, as an object. A name that comes again has a list.
fn form(reader: &Reader<'_>, node: &Node, text: &str) -> Option<StepValue> {
    let decoded = |text: &str| decode_text(&text.replace('+', " ")).into_owned();
    let mut entries: Vec<(String, Span, StepValue)> = vec![];
    for pair in text.trim().split('&').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (name, text) = pair.split_once('=').unwrap_or((pair, ""));
        let kind = text_value(reader, node, &decoded(text))?;
        let value = StepValue { span: node.span, kind };
        let name = decoded(name);
        match entries.iter_mut().find(|(known, _, _)| *known == name) {
            None => entries.push((name, node.span, value)),
            Some((_, _, StepValue { kind: ValueKind::List(items), .. })) => items.push(value),
            Some((_, _, first)) => {
                let items = ValueKind::List(vec![first.clone(), value]);
                *first = StepValue { span: node.span, kind: items };
            }
        }
    }
    Some(StepValue { span: node.span, kind: ValueKind::Map(entries) })
}

/// Whether a text is read as JSON.
pub(super) fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// A payload that is written as JSON text. A string that is an expression and nothing else stands for its value with
/// its type, as does an expression outside of strings.
fn template(reader: &Reader<'_>, node: &Node, text: &str) -> Option<StepValue> {
    let json = match expression::sections(text) {
        Ok(sections) => quoted(&sections),
        Err(_) => {
            // Reports what is wrong with it.
            reader.pieces(node, text)?;
            return None;
        }
    };
    match serde_json::from_str(&json) {
        Ok(json) => of_json(reader, node, &json),
        Err(error) => {
            reader.fault(fault::payload_no_json(node.span, &error.to_string()));
            None
        }
    }
}

/// The JSON text with every expression in a string.
fn quoted(sections: &[expression::Section<'_>]) -> String {
    let (mut json, mut in_string) = (String::new(), false);
    for section in sections {
        match section {
            expression::Section::Text(text) => {
                let mut escaped = false;
                for char in text.chars() {
                    in_string ^= char == '"' && !escaped;
                    escaped = char == '\\' && !escaped;
                }
                json.push_str(text);
            }
            expression::Section::Expression(text, _) => {
                let text = text.replace('\\', "\\\\").replace('"', "\\\"");
                let quote = if in_string { "" } else { "\"" };
                json.push_str(&format!("{quote}{{{text}}}{quote}"));
            }
        }
    }
    json
}

fn of_json(reader: &Reader<'_>, node: &Node, json: &serde_json::Value) -> Option<StepValue> {
    use serde_json::Value as Json;
    let kind = match json {
        Json::Null => ValueKind::Null,
        Json::Bool(flag) => ValueKind::Flag(*flag),
        Json::Number(number) => ValueKind::Number(number.to_string()),
        Json::String(text) => match text_value(reader, node, text)? {
            ValueKind::Joined(pieces) => match <[TextPart; 1]>::try_from(pieces) {
                Ok([TextPart::Expression(expression)]) => ValueKind::Expression(expression),
                Ok([piece]) => ValueKind::Joined(vec![piece]),
                Err(pieces) => ValueKind::Joined(pieces),
            },
            kind => kind,
        },
        Json::Array(items) => {
            let values: Vec<_> = items.iter().map(|item| of_json(reader, node, item)).collect();
            ValueKind::List(values.into_iter().collect::<Option<_>>()?)
        }
        Json::Object(entries) => {
            let read = |(name, json): (&String, &Json)| {
                Some((name.clone(), node.span, of_json(reader, node, json)?))
            };
            let values: Vec<_> = entries.iter().map(read).collect();
            ValueKind::Map(values.into_iter().collect::<Option<_>>()?)
        }
    };
    Some(StepValue { span: node.span, kind })
}

fn replacements(reader: &Reader<'_>, body: &Node) -> Option<Vec<Replacement>> {
    let nodes = body.get("replacements").into_iter().flat_map(Node::items);
    let read: Vec<_> = nodes.map(|node| replacement(reader, node)).collect();
    read.into_iter().collect()
}

fn replacement(reader: &Reader<'_>, node: &Node) -> Option<Replacement> {
    if reader.ground.scope.docs.failed(node) {
        return None;
    }
    let target = node.get("target")?;
    let text = target.text()?;
    let kind = match node.get("targetSelectorType") {
        Some(kind) => expression_type(reader, kind)?,
        None if text.starts_with('$') => "jsonpath",
        None => "jsonpointer",
    };
    let pointer = match kind {
        "jsonpointer" => match expression::steps(text) {
            Ok(steps) => Some(steps),
            Err(found) => {
                let at = reader.within(target, found.at, found.length);
                reader.fault(fault::bad_pointer(at, text, &found.why));
                None
            }
        },
        "jsonpath" => match (jsonpath::check(text), jsonpath::pointer(text)) {
            (Ok(()), Some(steps)) => Some(steps),
            (Ok(()), None) => {
                reader.fault(fault::several_targets(target.span, text));
                None
            }
            (Err(found), _) => {
                let at = reader.within(target, found.at, found.length);
                reader.fault(fault::bad_jsonpath(at, &found.why));
                None
            }
        },
        _ => {
            reader.fault(fault::xpath(target.span));
            None
        }
    };
    let value = value(reader, node.get("value")?);
    Some(Replacement { pointer: pointer?, value: value?, span: target.span })
}

/// What came of a replacement.
enum Replaced {
    /// The value stands there.
    Done,
    /// The place is in what an expression leads to.
    Later,
    /// The payload has no such place: the step of the pointer that is not there.
    Nowhere(String),
}

/// Puts a value in its place, where the place can be seen in the payload.
fn replace(payload: &mut StepValue, pointer: &[String], with: &Replacement) -> Replaced {
    let Some((step, rest)) = pointer.split_first() else {
        *payload = with.value.clone();
        return Replaced::Done;
    };
    match &mut payload.kind {
        ValueKind::Map(entries) => {
            if let Some((_, _, value)) = entries.iter_mut().find(|(name, _, _)| name == step) {
                return replace(value, rest, with);
            }
            if rest.is_empty() {
                entries.push((step.clone(), with.span, with.value.clone()));
                return Replaced::Done;
            }
            Replaced::Nowhere(step.clone())
        }
        ValueKind::List(items) => {
            match step.parse::<usize>().ok().and_then(|at| items.get_mut(at)) {
                Some(item) => replace(item, rest, with),
                None => Replaced::Nowhere(step.clone()),
            }
        }
        ValueKind::Expression(_) | ValueKind::Selected { .. } => Replaced::Later,
        _ => Replaced::Nowhere(step.clone()),
    }
}
