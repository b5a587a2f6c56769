//! `in: querystring` (OpenAPI 3.2): the whole query as one form.

use super::form;
use crate::diag::catalog::rest as fault;
use crate::lower::schema::Types;
use crate::lower::{Reported, Scope};
use crate::model::{Style, TextShape, TypeRef, Written};
use crate::parse::Node;

/// Where a parameter stands that is the whole query.
pub(super) const QUERYSTRING: &str = "querystring";

/// Whether a parameter is the whole query.
pub(super) fn is_whole(node: &Node) -> bool {
    node.text_at("in") == Some(QUERYSTRING)
}

/// Whether the whole query is described once, and nothing of it beside that.
pub(super) fn check_alone(scope: Scope<'_>, parameters: &[&Node]) -> bool {
    let Some(whole) = parameters.iter().find(|node| is_whole(node)) else { return true };
    let mut others = parameters.iter().filter(|node| {
        node.span != whole.span && matches!(node.text_at("in"), Some("query" | QUERYSTRING))
    });
    let Some(other) = others.next() else { return true };
    let name = |node: &Node| node.text_at("name").unwrap_or_default().to_owned();
    scope.sink.report(fault::querystring_beside(
        whole.span,
        &name(whole),
        other.span,
        &name(other),
    ));
    false
}

/// How the whole query is read where its properties are not written as usual: each in the style that its encoding names, or
/// as JSON where it holds an object.
pub(super) fn written<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    node: &'a Node,
    ty: &TypeRef,
) -> Result<Option<Written>, Reported> {
    let content = node.get("content").and_then(|content| content.entries().first());
    let media = content.and_then(|entry| scope.docs.target(&entry.value)).ok_or(Reported)?;
    let found = form::lower_form(scope, types, media, ty).ok_or(Reported)?;
    let mut styles = found.styles;
    add_json(&found.shape, &mut styles);
    let is_unusual = |(_, style): &(String, Style)| *style != Style::Repeated;
    let is_needed = styles.iter().any(is_unusual);
    Ok(is_needed.then_some(Written { style: Style::Form(styles), shape: found.shape }))
}

/// Names the properties that are JSON: what writes a query knows no shape.
fn add_json(shape: &TextShape, styles: &mut Vec<(String, Style)>) {
    match shape {
        TextShape::Object(properties, _) => {
            for (name, _) in properties.iter().filter(|(_, shape)| *shape == TextShape::Json) {
                if styles.iter().all(|(known, _)| known != name) {
                    styles.push((name.clone(), Style::Json));
                }
            }
        }
        TextShape::Union(parts) => parts.iter().for_each(|part| add_json(part, styles)),
        _ => {}
    }
}
