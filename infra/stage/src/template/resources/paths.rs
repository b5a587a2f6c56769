//! What API Gateway refuses of the paths and methods of a REST API.
//!
//! A resource has one child of a name, and one child at most that is a parameter, whatever its name.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::template::error::Fault;
use crate::template::plan::{Api, RestParts};

/// What is wrong with a segment of a path (`PathPart`).
pub(super) fn wrong_part(part: &str) -> Option<&'static str> {
    let inside = part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let name = inside.map_or(part, |name| name.strip_suffix('+').unwrap_or(name));
    let is_illegal = |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '{' | '}');
    if inside.is_some() && name.is_empty() {
        return Some("must have a name between its braces");
    }
    name.contains(is_illegal).then_some(
        "must be one segment of a path: letters, digits and `._-:`, or a parameter such as `{id}` or `{proxy+}`",
    )
}

/// Resources and methods that are there already.
pub(super) fn twice(parts: &RestParts) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut known = BTreeMap::new();
    for one in &parts.resources {
        let subject = || format!("resource `{}` (AWS::ApiGateway::Resource)", one.id);
        let parent = parts.resources.iter().find(|parent| parent.resource_id == one.parent);
        if let Some(parent) = parent.filter(|parent| parent.part.ends_with("+}")) {
            let message = format!(
                "its parent `{}` is the greedy `{}`, which has no children",
                parent.id, parent.part
            );
            faults.push(Fault::new(subject(), message));
        }
        match known.entry((&one.api, &one.parent, &one.part)) {
            Entry::Vacant(free) => drop(free.insert(&one.id)),
            Entry::Occupied(other) => {
                let message =
                    format!("`{}` is `{}` of the same parent already", other.get(), one.part);
                faults.push(Fault::new(subject(), message));
            }
        }
    }
    let mut known = BTreeMap::new();
    for one in &parts.methods {
        match known.entry((&one.api, &one.resource, &one.method)) {
            Entry::Vacant(free) => drop(free.insert(&one.id)),
            Entry::Occupied(other) => {
                let subject = format!("resource `{}` (AWS::ApiGateway::Method)", one.id);
                let message =
                    format!("`{}` is `{}` of the same resource already", other.get(), one.method);
                faults.push(Fault::new(subject, message));
            }
        }
    }
    faults
}

/// Two parameters of different names in one place of the paths of an API.
pub(super) fn siblings(api: &Api) -> Option<Fault> {
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    for path in api.routes.iter().map(|route| route.path.as_str()) {
        for (at, _) in path.match_indices("/{") {
            let part = path[at + 1..].split('/').next().unwrap_or_default();
            let first = *known.entry(&path[..=at]).or_insert(part);
            if first != part {
                let message = format!(
                    "`{path}`: below `{}` there is the parameter `{first}` already, and API Gateway takes only one there, not \
                     `{part}` too",
                    &path[..=at]
                );
                let subject = format!("resource `{}` (AWS::ApiGateway::RestApi)", api.id);
                return Some(Fault::new(subject, message));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_one_segment() {
        for part in ["orders", "{id}", "{proxy+}", "a.b-c_d:e", "v1"] {
            assert_eq!(wrong_part(part), None, "{part}");
        }
        for part in ["a/b", "a b", "{}", "{+}", "a{id}", "{id}x", "{a}{b}"] {
            assert!(wrong_part(part).is_some(), "{part}");
        }
    }
}
