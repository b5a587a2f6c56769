//! `style`, `explode` and `content`: how a parameter, a header or a property of a form is written.

use super::shape;
use crate::diag::catalog::{rest as fault, shape as shape_fault};
use crate::lower::Scope;
use crate::lower::schema::Types;
use crate::model::{ParameterLocation, Style, TextShape, TypeRef, Written};
use crate::parse::Node;

/// The style of a parameter or header by its node. `None` when it is not a style, which has been reported.
pub(super) fn lower_style(
    scope: Scope<'_>,
    node: &Node,
    location: ParameterLocation,
) -> Option<Style> {
    use ParameterLocation::{Cookie, Header, Path, Query};
    let standard = match location {
        Query | Cookie => "form",
        Path | Header => "simple",
    };
    let style = node.text_at("style").unwrap_or(standard);
    let explode = node.flag_at("explode").unwrap_or(style == "form" || style == "cookie");
    Some(match (location, style, explode) {
        (Query | Cookie, "form", true) => Style::Repeated,
        (Query | Cookie, "form", false) => Style::Commas,
        (Cookie, "cookie", true) => Style::Repeated,
        (Cookie, "cookie", false) => Style::Commas,
        (Query, "spaceDelimited" | "pipeDelimited", true) => Style::Repeated,
        (Query, "spaceDelimited", false) => Style::Spaces,
        (Query, "pipeDelimited", false) => Style::Pipes,
        (Query, "deepObject", _) => Style::Deep,
        (Path | Header, "simple", false) => Style::Simple,
        (Path | Header, "simple", true) => Style::SimpleExploded,
        (Path, "label", false) => Style::Label,
        (Path, "label", true) => Style::LabelExploded,
        (Path, "matrix", false) => Style::Matrix,
        (Path, "matrix", true) => Style::MatrixExploded,
        _ => {
            let known: &[&str] = match location {
                Query => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
                Path => &["simple", "label", "matrix"],
                Header => &["simple"],
                Cookie => &["form", "cookie"],
            };
            let at = node.get("style").map_or(node.span, |style| style.span);
            scope.sink.report(fault::unsupported_style(at, style, location.as_str(), known));
            return None;
        }
    })
}

/// How the text of a type is read in a style: nothing for scalars and lists of them in the usual ones. Where texts in that
/// style cannot be told apart, which is reported, it is JSON.
pub(super) fn written(
    scope: Scope<'_>,
    types: &Types<'_>,
    node: &Node,
    style: &Style,
    ty: &TypeRef,
) -> Option<Written> {
    let is_usual = match style {
        Style::Repeated | Style::Commas | Style::Simple | Style::SimpleExploded => {
            types.is_text(ty)
        }
        Style::Spaces | Style::Pipes => types.scalar_of(ty).is_some(),
        _ => false,
    };
    if is_usual {
        return None;
    }
    if *style == Style::Json {
        return Some(Written { style: Style::Json, shape: TextShape::Json });
    }
    let shape = shape::shape_of(types, ty);
    match shape.and_then(|shape| shape::check(style, &shape).map(|()| shape)) {
        Ok(shape) => {
            let is_named = matches!(&shape, TextShape::Object(named, _) if !named.is_empty());
            if *style == Style::Repeated && is_named {
                check_patterns(scope, node);
            }
            Some(Written { style: style.clone(), shape })
        }
        Err(why) => {
            scope.sink.report(fault::serialized_as_json(node.span, &why));
            Some(Written { style: Style::Json, shape: TextShape::Json })
        }
    }
}

/// Reports the style of several values on a parameter that is a single one.
pub(super) fn check_single(scope: Scope<'_>, types: &Types<'_>, node: &Node, ty: &TypeRef) {
    let of_several = ["deepObject", "spaceDelimited", "pipeDelimited"];
    let style = node.entry("style").filter(|one| {
        one.value.text().is_some_and(|name| of_several.contains(&name))
            && types.scalar_of(ty).is_some()
    });
    if let Some(entry) = style {
        let why = "a single value is written as with `form`";
        scope.sink.report(shape_fault::ignored_key(entry.named(), "parameter", why));
    }
}

/// Reports patterns of an object whose properties are parameters of their own: those that it names.
fn check_patterns(scope: Scope<'_>, node: &Node) {
    if let Some(entry) =
        scope.docs.links(node).iter().find_map(|link| link.entry("patternProperties"))
    {
        let why = "its properties are parameters of their own, and only those that `properties` names are read";
        scope.sink.report(shape_fault::ignored_key(entry.named(), "schema", why));
    }
}

/// The shape of a list of scalars.
pub(super) fn list_shape(types: &Types<'_>, ty: &TypeRef) -> TextShape {
    shape::shape_of(types, ty).unwrap_or(TextShape::Text)
}
