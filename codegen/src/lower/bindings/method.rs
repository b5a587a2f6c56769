//! The method of a bound operation against what its action does (RFC 9110, section 9.2), and what an operation declares
//! for code that nobody writes.

use super::super::Scope;
use super::super::rest::Drafted;
use crate::diag::catalog::slips as fault;
use crate::model::Method;
use crate::parse::Node;

/// The actions that change nothing.
const READS: [&str; 5] = ["get", "batchGet", "query", "list", "count"];

/// The actions that `DELETE` may stand for: those that remove an item, or mark it as removed.
const REMOVES: [&str; 3] = ["delete", "update", "increment"];

/// Refuses an action that its method does not announce, and keys about code that is generated.
pub(super) fn check(scope: Scope<'_>, draft: &Drafted<'_>, binding: &Node) -> bool {
    let Some(named) = binding.get("action") else { return true };
    let action = named.text().unwrap_or_default();
    let mut sound = true;
    let methods: &[&str] = match draft.operation.method {
        Method::Get | Method::Head | Method::Options | Method::Trace
            if !READS.contains(&action) =>
        {
            match action {
                "delete" => &["delete", "post"],
                _ => &["put", "patch", "post"],
            }
        }
        Method::Put | Method::Patch if READS.contains(&action) => &["get", "post"],
        Method::Delete if READS.contains(&action) => &["get", "post"],
        Method::Delete if !REMOVES.contains(&action) => &["put", "patch", "post"],
        _ => &[],
    };
    if !methods.is_empty() {
        let method = draft.operation.method.as_str();
        scope.sink.report(fault::other_method(named.span, action, method, methods));
        sound = false;
    }
    for key in ["x-publishes", "x-dynamodb-access"] {
        if let Some(entry) = draft.node.entry(key) {
            scope.sink.report(fault::beside_binding(entry.key_span, key, action, named.span));
            sound = false;
        }
    }
    sound
}
