//! Values of parameters, payloads and outputs.

use super::expression;
use super::jsonpath;
use super::reader::Reader;
use crate::diag::catalog::workflows as fault;
use crate::lower::names;
use crate::model::{Expression, Output, Selector, StepValue, TextPart, ValueKind};
use crate::parse::{Node, Value};
use scalars::pointer::escape;

/// A value as it stands in the document; `None` when a part of it failed.
pub(super) fn value(reader: &Reader<'_>, node: &Node) -> Option<StepValue> {
    let kind = match &node.value {
        Value::Null => ValueKind::Null,
        Value::Flag(flag) => ValueKind::Flag(*flag),
        Value::Number(number) => ValueKind::Number(number.clone()),
        Value::Text(text) => text_value(reader, node, text)?,
        Value::List(items) => {
            let values: Vec<_> = items.iter().map(|item| value(reader, item)).collect();
            ValueKind::List(values.into_iter().collect::<Option<_>>()?)
        }
        Value::Map(_) if is_selector(node) => return selected(reader, node),
        Value::Map(entries) => {
            let read = |entry: &crate::parse::Entry| {
                Some((entry.key.clone(), entry.key_span, value(reader, &entry.value)?))
            };
            let values: Vec<_> = entries.iter().map(read).collect();
            ValueKind::Map(values.into_iter().collect::<Option<_>>()?)
        }
    };
    Some(StepValue { span: node.span, kind })
}

/// A text: an expression, or one with expressions in it, or neither.
pub(super) fn text_value(reader: &Reader<'_>, node: &Node, text: &str) -> Option<ValueKind> {
    if expression::head(text).is_some() {
        return Some(ValueKind::Expression(reader.expression_in(node, text, 0)?));
    }
    let pieces = reader.pieces(node, text)?;
    Some(match <[TextPart; 1]>::try_from(pieces) {
        Ok([TextPart::Text(text)]) => {
            if let Some(meant) = expression::without_dollar(&text) {
                reader.warn(fault::literal(node.span, &text, &meant));
            }
            lacks_braces(reader, node, &text);
            ValueKind::Text(text)
        }
        Ok([piece]) => ValueKind::Joined(vec![piece]),
        Err(pieces) => {
            for piece in &pieces {
                if let TextPart::Text(text) = piece {
                    lacks_braces(reader, node, text);
                }
            }
            ValueKind::Joined(pieces)
        }
    })
}

/// Warns of expressions that are text because they stand in it without braces.
fn lacks_braces(reader: &Reader<'_>, node: &Node, text: &str) {
    for found in expression::without_braces(text) {
        reader.warn(fault::lacks_braces(node.span, found));
    }
}

/// Whether a mapping is a Selector Object and not a part of a payload.
fn is_selector(node: &Node) -> bool {
    let context = node.text_at("context").is_some_and(|text| expression::head(text).is_some());
    context
        && node.entries().len() == 3
        && node.get("selector").is_some()
        && node.get("type").is_some()
}

fn selected(reader: &Reader<'_>, node: &Node) -> Option<StepValue> {
    let (context, selector) = (node.get("context")?, node.get("selector")?);
    let text = selector.text()?;
    let kind = node.get("type")?;
    if let Some(proper) = input_below(context, text) {
        reader.warn(fault::other_notation(context.span, "context: $inputs", &proper));
        let expression = reader.expression_in(selector, &proper, 0)?;
        // What it leads to is said by the selector.
        return Some(StepValue {
            span: node.span,
            kind: ValueKind::Expression(Expression { span: selector.span, ..expression }),
        });
    }
    let context = reader.expression(context);
    if kind.text() == Some("x-path") {
        let has_parameter = |segment: &str| segment.starts_with('{') && segment.ends_with('}');
        if !text.starts_with('/') || !text.split('/').any(has_parameter) {
            reader.fault(fault::bad_path_selector(selector.span, text));
            return None;
        }
        let kind =
            ValueKind::Selected { context: context?, selector: Selector::Path(text.to_owned()) };
        return Some(StepValue { span: node.span, kind });
    }
    let selector = match expression_type(reader, kind)? {
        "jsonpointer" => match expression::steps(text) {
            Ok(steps) => Some(Selector::Pointer(steps)),
            Err(found) => {
                let at = reader.within(selector, found.at, found.length);
                reader.fault(fault::bad_expression(at, text, &found.why, None));
                None
            }
        },
        "jsonpath" => match jsonpath::check(text) {
            Ok(()) => Some(jsonpath::pointer(text).map_or_else(
                || {
                    if !jsonpath::is_single(text) {
                        reader.warn(fault::several_selected(selector.span, text));
                    }
                    Selector::JsonPath(text.to_owned())
                },
                Selector::Pointer,
            )),
            Err(found) => {
                let at = reader.within(selector, found.at, found.length);
                reader.fault(fault::bad_jsonpath(at, &found.why));
                None
            }
        },
        _ => {
            reader.fault(fault::xpath(kind.span));
            None
        }
    };
    let kind = ValueKind::Selected { context: context?, selector: selector? };
    Some(StepValue { span: node.span, kind })
}

/// The input that a selector of names finds below all inputs, which are no value of Arazzo.
fn input_below(context: &Node, selector: &str) -> Option<String> {
    let is_all = context.text() == Some("$inputs");
    let steps = jsonpath::pointer(selector).or_else(|| expression::steps(selector).ok());
    let steps = steps.filter(|_| is_all)?;
    let (name, below) = steps.split_first()?;
    let below: String = below.iter().map(|step| format!("/{}", escape(step))).collect();
    Some(if below.is_empty() {
        format!("$inputs.{name}")
    } else {
        format!("$inputs.{name}#{below}")
    })
}

/// The kind of an expression by its name, or by an object with its version; one of `simple`, `regex`, `jsonpath`,
/// `jsonpointer` and `xpath`.
pub(super) fn expression_type(reader: &Reader<'_>, node: &Node) -> Option<&'static str> {
    const KINDS: [&str; 5] = ["simple", "regex", "jsonpath", "jsonpointer", "xpath"];
    let name = match node.value {
        Value::Map(_) => node.get("type")?,
        _ => node,
    };
    let text = name.text()?;
    let Some(kind) = KINDS.into_iter().find(|kind| *kind == text) else {
        reader.fault(crate::diag::catalog::shape::not_a_choice(name.span, text, &KINDS));
        return None;
    };
    let Some(version) = node.get("version") else { return Some(kind) };
    is_version(reader, kind, version).then_some(kind)
}

/// Whether a version of a kind of expression is one that is honoured.
pub(super) fn is_version(reader: &Reader<'_>, kind: &str, version: &Node) -> bool {
    let known: &[&'static str] = match kind {
        // The one that Arazzo 1.0 names. RFC 9535 came of it, and what it lacks of the draft does not parse.
        "jsonpath" => &["rfc9535", "draft-goessner-dispatch-jsonpath-00"],
        "jsonpointer" => &["rfc6901"],
        // XPath is refused as such, whatever its version.
        _ => return true,
    };
    let text = version.text().unwrap_or_default();
    let is_known = known.contains(&text);
    if !is_known {
        reader.fault(fault::expression_version(version.span, kind, text, known));
    }
    is_known
}

/// The outputs of a step or a workflow, and whether all of them could be read.
pub(super) fn outputs(reader: &Reader<'_>, node: &Node) -> (Vec<Output>, bool) {
    let mut outputs = vec![];
    let mut complete = true;
    let mut unique = names::Unique::default();
    for entry in node.get("outputs").into_iter().flat_map(Node::entries) {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
        if entry.key.is_empty() || !entry.key.bytes().all(fits) {
            match expression::is_spaced(&entry.key) {
                true => reader.warn(fault::spaced_name(entry.key_span, "output", &entry.key)),
                false => reader.fault(fault::bad_name(entry.key_span, "output", &entry.key)),
            }
        }
        if let Some(text) = entry.value.text().filter(|text| expression::lacks_sign(text)) {
            reader.fault(fault::output_is_text(entry.value.span, text));
            complete = false;
            continue;
        }
        if let (Some(context), Some(_)) = (entry.value.get("context"), entry.value.get("selector"))
            && !is_selector(&entry.value)
            && reader.expression(context).is_none()
        {
            complete = false;
            continue;
        }
        match value(reader, &entry.value) {
            Some(value) => {
                if value.kind.is_fixed() {
                    reader.warn(fault::output_is_fixed(value.span));
                }
                outputs.push(Output { name: unique.name(&entry.key), value, span: entry.key_span })
            }
            None => complete = false,
        }
    }
    (outputs, complete)
}
