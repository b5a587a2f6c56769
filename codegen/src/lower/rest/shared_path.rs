//! Paths that differ in the names of their parameters only: `/a/{x}` with `get` beside `/a/{y}` with `put`.
//!
//! OpenAPI takes them for one path, so they are served as one, under the names of the first; no request tells them apart.
//! Where both have a method, [`crate::rules`] refuses the second.

use std::collections::{BTreeMap, BTreeSet};

use super::Drafted;
use crate::diag::catalog::rest as fault;
use crate::lower::Scope;
use crate::model::{Method, Operation, ParameterLocation, PathTemplate};
use crate::source::Span;

/// The first path of a shape.
struct First {
    path: PathTemplate,
    at: Span,
    methods: BTreeSet<Method>,
}

/// Gives operations the path of the first one that matches the same requests.
pub(super) fn share(scope: Scope<'_>, drafted: &mut [Drafted<'_>]) {
    let mut firsts: BTreeMap<Vec<String>, First> = BTreeMap::new();
    let mut renamed: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for Drafted { operation, .. } in drafted.iter_mut() {
        let at = operation.origin.span;
        let first = firsts.entry(operation.path.shape()).or_insert_with(|| First {
            path: operation.path.clone(),
            at,
            methods: BTreeSet::new(),
        });
        let is_new = first.methods.insert(operation.method);
        if first.path == operation.path || !is_new {
            continue;
        }
        let there = (first.at, first.path.text.as_str());
        scope.sink.report(fault::path_of_other_names(at, &operation.path.text, there));
        renamed.insert(operation.id.wire.clone(), rename(operation, &first.path));
    }
    let operations = drafted.iter_mut().flat_map(|one| &mut one.operation.responses);
    for link in operations.flat_map(|response| &mut response.links) {
        let Some(names) = renamed.get(&link.operation_id) else { continue };
        for (parameter, _) in &mut link.parameters {
            let plain = parameter.strip_prefix("path.").unwrap_or(parameter).to_owned();
            if let Some((_, new)) = names.iter().find(|(old, _)| *old == plain) {
                parameter.clone_from(new);
            }
        }
    }
}

/// Gives an operation another path of the same shape; answers the old name of each parameter with the new one.
fn rename(operation: &mut Operation, path: &PathTemplate) -> Vec<(String, String)> {
    let names: Vec<(String, String)> = operation
        .path
        .parameters()
        .zip(path.parameters())
        .map(|(old, new)| (old.to_owned(), new.to_owned()))
        .collect();
    for parameter in &mut operation.parameters {
        let is_old = |(old, _): &&(String, String)| *old == parameter.name.wire;
        if parameter.location == ParameterLocation::Path
            && let Some((_, new)) = names.iter().find(is_old)
        {
            parameter.name.wire.clone_from(new);
        }
    }
    operation.path = path.clone();
    names
}
