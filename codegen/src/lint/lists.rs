//! Operations that answer with many things.

use super::naming::words;
use super::uses::{Shape, Use, shape_of};
use crate::model::{ListType, Operation, Parameter, ParameterLocation, Service};

/// An answer of more properties than these is a thing that has a list, and no list of things.
const MOST_BESIDE: usize = 5;

/// The list that an operation answers with: the answer itself, or the one list in an object made for it.
pub(super) fn list_of<'a>(service: &'a Service, operation: &'a Operation) -> Option<&'a ListType> {
    let success = operation.responses.iter().find(|response| response.is_success())?;
    let body = success.json()?;
    let shape = |ty| shape_of(service, Use { name: "", ty, span: success.origin.span }).0;
    match shape(&body.ty) {
        Shape::List(list) => Some(list),
        Shape::Struct(of) if of.fields.len() <= MOST_BESIDE => {
            let mut lists = of.fields.iter().filter_map(|field| match shape(&field.ty) {
                Shape::List(list) => Some((field, list)),
                _ => None,
            });
            let (field, list) = lists.next().filter(|_| lists.next().is_none())?;
            let beside = of.fields.iter().filter(|other| other.name.wire != field.name.wire);
            let is_about =
                |name: &str| words(name).iter().any(|word| ABOUT_PAGES.contains(&word.as_str()));
            let is_page = beside.into_iter().all(|other| is_about(&other.name.wire));
            is_page.then_some(list)
        }
        _ => None,
    }
}

/// Whether a parameter chooses a page, or bounds it.
pub(super) fn is_paging(parameter: &Parameter) -> bool {
    let of_page = |word: &String| ABOUT_PAGES.contains(&word.as_str());
    parameter.location == ParameterLocation::Query
        && words(&parameter.name.wire).iter().any(of_page)
}

/// Whether a parameter says how much a page holds.
pub(super) fn is_page_size(name: &str) -> bool {
    matches!(
        words(name).join(" ").as_str(),
        "limit" | "page size" | "per page" | "size" | "max results" | "max items" | "top" | "first"
    )
}

/// Words of what stands beside a list because there is more than one page.
const ABOUT_PAGES: [&str; 21] = [
    "next", "page", "pages", "cursor", "token", "limit", "offset", "total", "count", "size",
    "more", "previous", "prev", "last", "first", "marker", "after", "before", "start", "top",
    "links",
];
