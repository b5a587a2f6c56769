//! The preconditions of bound operations (RFC 9110, section 13.1): what they take and answer besides what their contract
//! says.

use super::super::names::Unique;
use super::super::rest::{Drafted, add_response};
use super::super::tables::Stored;
use super::Scope;
use crate::model::{
    Docs, Method, Origin, Parameter, ParameterLocation, ScalarKind, Style, TypeRef,
};
use crate::parse::Node;

/// The actions that change one item.
const CHANGES: &[&str] = &["upsert", "replace", "patch", "update", "increment", "delete"];

/// The actions that store an item, whether there is one or not.
const STORES: &[&str] = &["put", "upsert"];

/// Whether a parameter is the header `If-Match`.
pub(super) fn is_if_match(parameter: &Parameter) -> bool {
    is_header(parameter, "If-Match")
}

/// Whether a parameter is the header `If-None-Match`.
pub(super) fn is_if_none_match(parameter: &Parameter) -> bool {
    is_header(parameter, "If-None-Match")
}

fn is_header(parameter: &Parameter, name: &str) -> bool {
    parameter.location == ParameterLocation::Header
        && parameter.name.wire.eq_ignore_ascii_case(name)
}

/// Adds `If-Match`, `If-None-Match` and `412` to what changes or stores an item, and `304` to what reads one, where the
/// contract has none.
pub(super) fn add_preconditions(
    scope: Scope<'_>,
    tables: &[Stored],
    draft: &mut Drafted<'_>,
    binding: &Node,
) {
    let table = tables.iter().find(|stored| Some(&*stored.schema) == binding.text_at("table"));
    let (Some(action), Some(stored)) = (binding.text_at("action"), table) else { return };
    let has_version = stored.table.version.is_some();
    let origin = scope.origin(draft.node.span);
    let operation = &mut draft.operation;
    if action == "get" && has_version {
        add_response(&mut operation.responses, &origin, 304, "NotModified", KNOWN);
    }
    let changes = has_version && CHANGES.contains(&action);
    // What other methods are sent to is no item.
    let stores = operation.method == Method::Put && STORES.contains(&action);
    if changes || stores {
        let says = if changes { CHANGED } else { EXISTS };
        add_response(&mut operation.responses, &origin, 412, "PreconditionFailed", says);
    }
    if changes {
        add_header(&mut operation.parameters, "If-Match", IF_MATCH, &origin);
    }
    if stores {
        add_header(&mut operation.parameters, "If-None-Match", IF_NONE_MATCH, &origin);
    }
}

/// Adds a header to the parameters, unless the contract declares it.
pub(super) fn add_header(parameters: &mut Vec<Parameter>, name: &str, says: &str, origin: &Origin) {
    if parameters.iter().any(|one| is_header(one, name)) {
        return;
    }
    let mut unique = Unique::default();
    for parameter in parameters.iter() {
        unique.name(&parameter.name.wire);
    }
    parameters.push(Parameter {
        unread: Default::default(),
        name: unique.name(name),
        location: ParameterLocation::Header,
        ty: TypeRef::Scalar(ScalarKind::String),
        required: false,
        default: None,
        style: Style::Simple,
        raw: false,
        written: None,
        docs: Docs { summary: Some(says.to_owned()), ..Docs::default() },
        origin: origin.clone(),
        example: None,
        sensitive: false,
        owner: None,
    });
}

const KNOWN: &str = "The client already has this version.";
const CHANGED: &str = "The item no longer has the version in `If-Match`.";
const EXISTS: &str = "The item exists already.";
const IF_MATCH: &str = "The entity tag of the version to change.";
const IF_NONE_MATCH: &str = "`*` to store the item only if it does not exist yet.";
