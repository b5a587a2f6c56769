//! `x-owner`: which claim of the caller a value must equal.

use super::names;
use super::{Reported, Scope};
use crate::diag::catalog::tables as fault;
use crate::model::Owner;
use crate::parse::Node;

/// The owner that a key, a parameter or a property of a body declares; `None` where it names no claim, which is reported.
pub(super) fn lower_owner(scope: Scope<'_>, declared: &Node, name: &str) -> Option<Owner> {
    if scope.docs.failed(declared) {
        return None;
    }
    let text = |key: &str| declared.text_at(key).map(str::to_owned);
    let claim = match declared.text() {
        Some(text) => text.strip_prefix("$claims.").map(str::to_owned),
        None => text("claim"),
    };
    let Some(claim) = claim.filter(|claim| !claim.is_empty()) else {
        scope.sink.report(fault::bad_owner(declared.span));
        return None;
    };
    let origin = scope.origin(declared.span);
    Some(Owner { attribute: names::name(name), claim, unless: text("unless"), origin })
}

/// The owner among the properties of a body's schema, where one is declared.
pub(super) fn lower_body_owner(scope: Scope<'_>, schema: &Node) -> Result<Option<Owner>, Reported> {
    let schema = scope.docs.target(schema).ok_or(Reported)?;
    let properties = schema.get("properties").into_iter().flat_map(Node::entries);
    let mut owners = properties.filter_map(|one| Some((one, one.value.get("x-owner")?)));
    let Some((property, declared)) = owners.next() else { return Ok(None) };
    if let Some((second, _)) = owners.next() {
        scope.sink.report(fault::owner_twice(second.key_span, property.key_span));
        return Err(Reported);
    }
    lower_owner(scope, declared, &property.key).map(Some).ok_or(Reported)
}
