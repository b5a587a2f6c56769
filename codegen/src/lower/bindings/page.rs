//! Pages of a list: how they are asked for, and what they look like.

use super::Binder;
use crate::diag::catalog::{shape::nearest, tables as fault};
use crate::lower::Reported;
use crate::model::{Name, Page, ParameterLocation, ScalarKind, TypeRef};

/// The page that an operation answers with.
pub(super) fn lower_page(binder: &Binder<'_, '_>) -> Option<Page> {
    let limit = parameter(
        binder,
        "limit",
        &[ScalarKind::Int32, ScalarKind::Int64, ScalarKind::Integer],
        "an integer",
    )
    .ok()?;
    let next = parameter(binder, "next", &[ScalarKind::String], "a string").ok()?;
    let success = binder.success()?;
    let refuse = || {
        let expected =
            format!("an array of `{}`, or an object with such an array as a property", binder.item);
        let at = success.origin.span;
        binder.scope.sink.report(fault::response_of_other_type(
            at,
            binder.action,
            &expected,
            binder.node.span,
        ));
        None
    };
    let [body] = success.contents.as_slice() else { return refuse() };
    if is_items(binder, &body.ty) {
        return Some(Page { limit, next: None, items_field: None, next_field: None });
    }
    let Some(fields) = binder.types.id_of(&body.ty).and_then(|id| binder.types.fields(id)) else {
        return refuse();
    };
    let Some((items, _)) = fields.iter().find(|(field, _)| is_items(binder, &field.ty)) else {
        return refuse();
    };
    let wanted = binder.node.text_at("next").unwrap_or("next");
    let next_field: Option<Name> = fields
        .iter()
        .find(|(field, _)| {
            field.name.wire == wanted
                && binder.types.scalar_of(&field.ty) == Some(ScalarKind::String)
        })
        .map(|(field, _)| field.name.clone());
    if let (Some(named), None) = (binder.node.get("next"), &next_field) {
        binder.scope.sink.report(fault::no_next_field(named.span, wanted, success.origin.span));
        return None;
    }
    // Any other required property of the answer would have to be made up.
    let unknown = fields.iter().find(|(field, _)| {
        field.required && field.name != items.name && Some(&field.name) != next_field.as_ref()
    });
    if let Some((field, _)) = unknown {
        let report =
            fault::page_field_unknown(field.origin.span, &field.name.wire, binder.node.span);
        binder.scope.sink.report(report);
        return None;
    }
    let next_field = next_field.filter(|_| next.is_some());
    Some(Page { limit, next, items_field: Some(items.name.clone()), next_field })
}

/// Whether a type is a list of the table's items.
fn is_items(binder: &Binder<'_, '_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::List(list) => binder.types.id_of(&list.item) == Some(binder.table.item),
        TypeRef::Named(id) => match binder.types.alias(*id) {
            Some(inner) => is_items(binder, inner),
            None => false,
        },
        _ => false,
    }
}

/// The query parameter that a key of the binding names.
fn parameter(
    binder: &Binder<'_, '_>,
    key: &str,
    kinds: &[ScalarKind],
    expected: &str,
) -> Result<Option<usize>, Reported> {
    let Some(named) = binder.node.get(key) else { return Ok(None) };
    let name = named.text().ok_or(Reported)?;
    let in_query = |at: &usize| binder.parameters()[*at].location == ParameterLocation::Query;
    let found = (0..binder.parameters().len())
        .filter(in_query)
        .find(|at| binder.parameters()[*at].name.wire == name);
    let Some(at) = found else {
        let known = (0..binder.parameters().len()).filter(in_query);
        let near = nearest(name, known.map(|at| binder.parameters()[at].name.wire.as_str()));
        let is_number = name.parse::<u32>().is_ok();
        binder.scope.sink.report(match is_number {
            true => fault::number_for_parameter(named.span, key, name),
            false => fault::unknown_parameter(named.span, name, near),
        });
        return Err(Reported);
    };
    let parameter = &binder.parameters()[at];
    let fits = binder.types.scalar_of(&parameter.ty).is_some_and(|kind| kinds.contains(&kind));
    if !fits {
        binder.scope.sink.report(fault::bad_page_parameter(
            named.span,
            name,
            expected,
            parameter.origin.span,
        ));
        return Err(Reported);
    }
    Ok(Some(at))
}
