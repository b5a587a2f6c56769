//! Path templates.

use std::collections::BTreeSet;

use crate::diag::catalog::rest as fault;
use crate::lower::Scope;
use crate::model::{PathTemplate, Segment};
use crate::parse::Entry;

/// A path: literal segments, and segments that are a parameter as a whole.
pub(super) fn lower_path(scope: Scope<'_>, path: &Entry) -> Option<PathTemplate> {
    let refuse = |why: &str| {
        scope.sink.report(fault::bad_path(path.named(), why));
        None
    };
    let Some(rest) = path.key.strip_prefix('/') else { return refuse("a path begins with `/`") };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let mut segments = vec![];
    let mut seen = BTreeSet::new();
    for text in rest.split('/').filter(|_| !rest.is_empty()) {
        let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        match inner {
            Some(name) if name.is_empty() || name.contains(['{', '}']) => {
                return refuse("a parameter is written `{name}`");
            }
            Some(name) if name.ends_with('+') => {
                return refuse("a parameter that takes several segments is not supported");
            }
            Some(name) if !seen.insert(name) => {
                return refuse("the same parameter stands in it twice");
            }
            Some(name) => segments.push(Segment::Parameter(name.to_owned())),
            None if text.contains(['{', '}']) => {
                return refuse(
                    "a parameter must be a whole segment; API Gateway takes no other form",
                );
            }
            None if text.is_empty() => return refuse("a segment is empty"),
            None if text.contains(['?', '#', ' ']) => {
                return refuse("a query is described by parameters, not in the path");
            }
            None => segments.push(Segment::Literal(text.to_owned())),
        }
    }
    Some(PathTemplate { text: format!("/{rest}"), segments })
}
