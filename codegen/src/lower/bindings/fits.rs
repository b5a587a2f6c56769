//! Whether a page fits its response: as many items as may be asked for, and the token of the next page.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::super::schema::values::Direction;
use super::Binder;
use crate::diag::catalog::bindings as fault;
use crate::model::{AttributeKind, KeyAttribute, ListType, Page, ScalarKind, TypeKind, TypeRef};
use crate::parse::{Node, Value};

/// Checks the page of a query of the table, or of this index.
pub(super) fn check_page(binder: &Binder<'_, '_>, page: &Page, index: Option<usize>) -> Option<()> {
    let most = page.limit.and_then(|limit| {
        let parameter = &binder.parameters()[limit];
        let is_there = parameter.required || parameter.default.is_some();
        maximum(binder, &parameter.ty).filter(|_| is_there)
    });
    let counts = check_count(binder, page, most);
    check_token(binder, page, index).and(counts)
}

/// Checks that the response takes as many items as there may be; `most` is `None` where nothing limits them.
pub(super) fn check_count(binder: &Binder<'_, '_>, page: &Page, most: Option<u64>) -> Option<()> {
    let success = binder.success()?;
    let [body] = success.contents.as_slice() else { return Some(()) };
    let (ty, span) = match &page.items_field {
        None => (body.ty.clone(), success.origin.span),
        Some(name) => {
            let fields = binder.types.fields(binder.types.id_of(&body.ty)?)?;
            let (field, _) = fields.into_iter().find(|(field, _)| field.name == *name)?;
            (field.ty.clone(), field.origin.span)
        }
    };
    let Some(list) = list_of(binder, &ty) else { return Some(()) };
    let at = binder.node.get("limit").map_or(binder.span(), |node| node.span);
    if list.min_items.is_some_and(|least| least > 0) {
        binder.scope.sink.report(fault::page_never_empty(at, span));
        return None;
    }
    let Some(holds) = list.max_items else { return Some(()) };
    if most.is_none_or(|most| most > holds) {
        let limit = page.limit.map(|limit| binder.parameters()[limit].name.wire.as_str());
        binder.scope.sink.report(fault::page_too_long(at, holds, most, limit, span));
        return None;
    }
    Some(())
}

/// The items that a list parameter may ask for.
pub(super) fn most_of_list(binder: &Binder<'_, '_>, ty: &TypeRef) -> Option<u64> {
    list_of(binder, ty)?.max_items
}

fn list_of<'t>(binder: &'t Binder<'_, '_>, ty: &'t TypeRef) -> Option<&'t ListType> {
    match ty {
        TypeRef::List(list) => Some(list),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => list_of(binder, inner),
        TypeRef::Named(id) => list_of(binder, binder.types.alias(*id)?),
        _ => None,
    }
}

/// The greatest value of an integer.
fn maximum(binder: &Binder<'_, '_>, ty: &TypeRef) -> Option<u64> {
    let Some(TypeKind::Newtype(scalar)) = binder.types.kind(binder.types.id_of(ty)?) else {
        return None;
    };
    let bound = scalar.number.maximum.as_ref()?;
    let value: u64 = bound.value.parse().ok()?;
    Some(if bound.exclusive { value.saturating_sub(1) } else { value })
}

/// Checks that response and parameter take the tokens of this query.
fn check_token(binder: &Binder<'_, '_>, page: &Page, index: Option<usize>) -> Option<()> {
    let (Some(next), Some(next_field)) = (page.next, &page.next_field) else { return Some(()) };
    let [shortest, longest] = [0, 1].map(|end| token(binder, index, end));
    let body = binder.success()?.contents.first()?;
    let fields = binder.types.fields(binder.types.id_of(&body.ty)?)?;
    let (field, _) = fields.into_iter().find(|(field, _)| field.name == *next_field)?;
    let parameter = &binder.parameters()[next];
    let mut sound = true;
    for (ty, span, way) in [
        (&parameter.ty, parameter.origin.span, Direction::Request),
        (&field.ty, field.origin.span, Direction::Response),
    ] {
        let misfit = |token: &str| {
            let node = Node { span, value: Value::Text(token.to_owned()) };
            binder.types.misfits(&node, ty, way).into_iter().next()
        };
        let (name, lengths) = (&next_field.wire, (shortest.len(), longest.len()));
        if let Some(misfit) = misfit(&shortest) {
            let report = fault::token_refused(span, name, &misfit.why, lengths, binder.node.span);
            binder.scope.sink.report(report);
            sound = false;
        } else if misfit(&longest).is_some() {
            let report = fault::token_cut(span, name, lengths, binder.node.span);
            binder.scope.sink.report(report);
        }
    }
    sound.then_some(())
}

/// A token as the runtime makes it, of keys with the fewest characters, or with the most.
fn token(binder: &Binder<'_, '_>, index: Option<usize>, end: usize) -> String {
    let table = binder.table;
    let index = index.map(|at| &table.indexes[at]);
    let keys = std::iter::once(&table.key).chain(index.map(|index| &index.key));
    let mut attributes: Vec<(&str, &str, usize)> = vec![];
    for key in keys {
        let partition =
            key.partition_parts().map(|part| (part, limits::DYNAMODB_PARTITION_BYTES as usize));
        let sort = key
            .sort
            .iter()
            .chain(&key.further_sort)
            .map(|part| (part, limits::DYNAMODB_SORT_BYTES as usize));
        for (part, most) in partition.chain(sort) {
            let kind = if part.attribute == AttributeKind::Number { "N" } else { "S" };
            attributes.push((&part.stored, kind, lengths(binder, part, most)[end]));
        }
        let fixed = key.fixed_sort.iter();
        attributes.extend(fixed.map(|one| (one.attribute.as_str(), "S", one.text.len())));
    }
    attributes.sort_unstable();
    attributes.dedup_by_key(|(name, ..)| *name);
    let members = attributes.iter().map(|(name, kind, length)| {
        let value = "a".repeat(*length);
        format!(r#""{name}":{{"{kind}":"{value}"}}"#)
    });
    let members: Vec<String> = members.collect();
    let index = index.map_or("", |index| index.name.wire.as_str());
    let name = &table.name.screaming;
    URL_SAFE_NO_PAD.encode(format!(r#"["{name}_TABLE/{index}",{{{}}}]"#, members.join(",")))
}

/// How many bytes the value of a key has at least and at most.
fn lengths(binder: &Binder<'_, '_>, part: &KeyAttribute, most: usize) -> [usize; 2] {
    let [least, greatest] = match part.scalar {
        ScalarKind::Uuid => [36, 36],
        ScalarKind::Date => [10, 10],
        ScalarKind::DateTime => [20, 35],
        ScalarKind::Int32 => [1, 11],
        ScalarKind::Int64 => [1, 20],
        kind if kind.is_number() => [1, 45],
        _ => text_lengths(binder, &part.ty, most),
    };
    let around = part.around.as_ref().map_or(0, |(before, after)| before.len() + after.len());
    [least + around, (greatest + around).min(most)]
}

fn text_lengths(binder: &Binder<'_, '_>, ty: &TypeRef, most: usize) -> [usize; 2] {
    let kind = binder.types.id_of(ty).and_then(|id| binder.types.kind(id));
    let size = |length: u64| usize::try_from(length).unwrap_or(most);
    match kind {
        Some(TypeKind::Enum(kind)) => {
            let lengths = || kind.variants.iter().map(|variant| variant.wire.len());
            [lengths().min().unwrap_or(1), lengths().max().unwrap_or(most)]
        }
        Some(TypeKind::Newtype(scalar)) => {
            // A pattern mostly allows letters of one byte.
            let bytes = if scalar.text.pattern.is_some() { 1 } else { 4 };
            let greatest = scalar.text.max_length.map(size);
            let greatest = greatest.map_or(most, |length| length.saturating_mul(bytes));
            [scalar.text.min_length.map_or(1, size).clamp(1, most), greatest.min(most)]
        }
        _ => [1, most],
    }
}
