//! `x-idempotency` on an operation: the table of its receipts, the header that has the key, and what it answers besides
//! what its contract says.

use super::super::rest::{Drafted, add_response};
use super::super::tables::Stored;
use super::version::add_header;
use super::{Scope, find_table};
use crate::diag::catalog::{bindings as fault, shape::nearest, tables as table_fault};
use crate::lower::schema::Types;
use crate::lower::token::is_token;
use crate::model::{
    AttributeKind, Idempotency, Method, Parameter, ParameterLocation, ScalarKind, TableAccess,
    TableAction, TableId,
};
use crate::parse::Node;

/// How long an answer is kept unless the contract says otherwise, and at most: a day, and a year.
const KEEP_SECONDS: u32 = 86_400;
const MAX_KEEP_SECONDS: u32 = 31_536_000;

/// Reads what an operation says of its repetitions; `None` when that is wrong.
pub(super) fn lower_idempotency(
    scope: Scope<'_>,
    types: &Types<'_>,
    tables: &[Stored],
    draft: &mut Drafted<'_>,
) -> Option<()> {
    let Some(entry) = draft.node.entry("x-idempotency") else { return Some(()) };
    let node = &entry.value;
    if scope.docs.failed(node) {
        return None;
    }
    if matches!(draft.operation.method, Method::Get | Method::Head | Method::Options) {
        scope.sink.report(fault::idempotency_of_read(entry.key_span));
        return None;
    }
    let (table, ttl) = receipts(scope, types, tables, node.get("table")?)?;
    let keep_seconds = keep_seconds(scope, node)?;
    let header = header(scope, node, &draft.operation.parameters)?;
    let origin = scope.origin(draft.node.span);
    let operation = &mut draft.operation;
    add_response(&mut operation.responses, &origin, 409, "Conflict", BUSY);
    add_response(&mut operation.responses, &origin, 422, "UnprocessableContent", OTHER);
    add_header(&mut operation.parameters, &header, KEY, &origin);
    let origin = scope.origin(node.span);
    operation.idempotency = Some(Idempotency { table, header, ttl, keep_seconds, origin });
    Some(())
}

/// The table of the receipts, with the property that says when one ends: it holds nothing that the runtime does not
/// fill in.
fn receipts(
    scope: Scope<'_>,
    types: &Types<'_>,
    tables: &[Stored],
    named: &Node,
) -> Option<(TableId, String)> {
    let (id, stored) = find_table(scope, tables, named)?;
    let table = &stored.table;
    let (at, place) = (named.span, table.origin.span);
    if !table.is_plain() {
        scope.sink.report(table_fault::receipts_composed(at, place));
        return None;
    }
    let is_text = table.key.partition.scalar == ScalarKind::String
        && table.key.partition.attribute == AttributeKind::String;
    if !is_text || table.key.sort.is_some() {
        scope.sink.report(fault::receipts_key(at, place));
        return None;
    }
    let Some(ttl) = &table.ttl else {
        scope.sink.report(fault::receipts_without_end(at, place));
        return None;
    };
    let own = [&table.key.partition.name, ttl];
    let fields = types.fields(table.item).unwrap_or_default();
    let other = fields.iter().find(|(field, _)| {
        let is_own = own.contains(&&field.name);
        let is_kept = Idempotency::KEPT.contains(&field.name.wire.as_str());
        if is_own { is_kept } else { field.required || is_kept }
    });
    if let Some((field, _)) = other {
        let report = match own.contains(&&field.name) {
            true => fault::receipts_name_taken,
            false => fault::receipts_property,
        };
        scope.sink.report(report(at, &field.name.wire, field.origin.span));
        return None;
    }
    Some((id, ttl.wire.clone()))
}

/// How long an answer is kept.
fn keep_seconds(scope: Scope<'_>, node: &Node) -> Option<u32> {
    let Some(keep) = node.get("keepSeconds") else { return Some(KEEP_SECONDS) };
    let seconds = keep.count().and_then(|seconds| u32::try_from(seconds).ok());
    let seconds = seconds.filter(|seconds| (1..=MAX_KEEP_SECONDS).contains(seconds));
    if seconds.is_none() {
        scope.sink.report(fault::receipts_kept(keep.span, MAX_KEEP_SECONDS));
    }
    seconds
}

/// The header that holds the key of a request.
fn header(scope: Scope<'_>, node: &Node, parameters: &[Parameter]) -> Option<String> {
    let Some(named) = node.get("header") else { return Some("Idempotency-Key".to_owned()) };
    let header = named.text()?;
    let is_one_of = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(header));
    let headers = parameters.iter().filter(|one| one.location == ParameterLocation::Header);
    let declared: Vec<&str> = headers.map(|one| one.name.wire.as_str()).collect();
    let near = nearest(header, declared.iter().copied()).filter(|_| !is_one_of(&declared));
    if !is_token(header) || is_one_of(OF_EVERY_REQUEST) {
        scope.sink.report(fault::bad_header(named.span, header));
        return None;
    }
    if let Some(near) = near {
        scope.sink.report(fault::other_header(named.span, header, near));
        return None;
    }
    Some(header.to_owned())
}

/// Headers that say something else of a request.
const OF_EVERY_REQUEST: &[&str] = &[
    "Accept",
    "Authorization",
    "Content-Length",
    "Content-Type",
    "Cookie",
    "Host",
    "If-Match",
    "If-None-Match",
    "Origin",
    "User-Agent",
    "X-Api-Key",
];

/// What the runtime does with the receipts of an operation.
pub(super) fn access(idempotency: &Idempotency) -> TableAccess {
    let actions = vec![TableAction::Put, TableAction::Delete];
    TableAccess { table: idempotency.table, actions, indexes: vec![] }
}

const BUSY: &str = "The same request is already being processed.";
const OTHER: &str = "The key was already used for a different request.";
const KEY: &str =
    "A key that identifies the request. A retry with the same key has no further effect.";
