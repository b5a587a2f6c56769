//! What a bound operation on items with a version (`x-version`) takes and answers besides what its contract says.

use super::super::names::Unique;
use super::super::rest::{Drafted, add_response};
use super::super::tables::Stored;
use super::Scope;
use crate::model::{Docs, Parameter, ParameterLocation, ScalarKind, Style, TypeRef};
use crate::parse::Node;

/// The actions that change one item.
const CHANGES: &[&str] = &["upsert", "replace", "patch", "update", "increment", "delete"];

/// Whether a parameter is the header `If-Match`.
pub(super) fn is_if_match(parameter: &Parameter) -> bool {
    parameter.location == ParameterLocation::Header
        && parameter.name.wire.eq_ignore_ascii_case("if-match")
}

/// Adds `If-Match` and `412` to what changes an item, and `304` to what reads one, where the contract has none.
pub(super) fn add_preconditions(
    scope: Scope<'_>,
    tables: &[Stored],
    draft: &mut Drafted<'_>,
    binding: &Node,
) {
    let table = tables.iter().find(|stored| Some(&*stored.schema) == binding.text_at("table"));
    let (Some(action), Some(stored)) = (binding.text_at("action"), table) else { return };
    if stored.table.version.is_none() {
        return;
    }
    let origin = scope.origin(draft.node.span);
    let operation = &mut draft.operation;
    if action == "get" {
        add_response(&mut operation.responses, &origin, 304, "NotModified", KNOWN);
    }
    if !CHANGES.contains(&action) {
        return;
    }
    add_response(&mut operation.responses, &origin, 412, "PreconditionFailed", CHANGED);
    if operation.parameters.iter().any(is_if_match) {
        return;
    }
    let mut unique = Unique::default();
    for parameter in &operation.parameters {
        unique.name(&parameter.name.wire);
    }
    operation.parameters.push(Parameter {
        unread: Default::default(),
        name: unique.name("If-Match"),
        location: ParameterLocation::Header,
        ty: TypeRef::Scalar(ScalarKind::String),
        required: false,
        default: None,
        style: Style::Simple,
        written: None,
        docs: Docs { summary: Some(IF_MATCH.to_owned()), ..Docs::default() },
        origin,
        example: None,
        sensitive: false,
        owner: None,
    });
}

const KNOWN: &str = "The client already has this version.";
const CHANGED: &str = "The item no longer has the version in `If-Match`.";
const IF_MATCH: &str = "The entity tag of the version to change.";
