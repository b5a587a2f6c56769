//! `x-owner`: which claim of the caller a value must equal.

use super::Scope;
use super::names;
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
        Some(text) => text.strip_prefix("$claims."),
        None => {
            declared.text_at("claim").map(|claim| claim.strip_prefix("$claims.").unwrap_or(claim))
        }
    };
    let claim = claim.map(str::to_owned);
    if let Some(scope_of_all) = declared.get("unless").filter(|node| node.text() == Some("")) {
        scope.sink.report(fault::owner_unless_nothing(scope_of_all.span));
        return None;
    }
    let Some(claim) = claim.filter(|claim| !claim.is_empty()) else {
        scope.sink.report(fault::bad_owner(declared.span));
        return None;
    };
    let origin = scope.origin(declared.span);
    Some(Owner { attribute: names::name(name), claim, unless: text("unless"), origin })
}

/// `x-owner` of a property or a parameter's schema: there, or on a schema that it builds on.
pub(super) fn declared_owner<'a>(scope: Scope<'a>, schema: &'a Node) -> Option<&'a Node> {
    let direct = schema.get("x-owner");
    direct.or_else(|| scope.docs.builds_on(schema).into_iter().find_map(|one| one.get("x-owner")))
}

/// `x-owner` of the first property of an object that has one.
pub(super) fn property_owner<'a>(scope: Scope<'a>, schema: &'a Node) -> Option<&'a Node> {
    let parts = scope.docs.builds_on(schema);
    let mut properties =
        parts.into_iter().flat_map(|part| part.get("properties")).flat_map(Node::entries);
    properties.find_map(|property| declared_owner(scope, &property.value))
}
