//! `x-dynamodb` on an operation: what its generated body does.
//!
//! Owns the match of an operation with a table: where keys come from, what the answers must be, conditions and
//! pages. Whatever a generated body could not do right is refused here, so that emission need not ask.

mod access;
mod amount;
mod answers;
mod condition;
mod fits;
mod fixed;
mod idempotency;
mod keys;
mod location;
mod method;
mod never;
mod operand;
mod page;
mod read;
mod states;
mod version;
mod write;

pub(crate) use access::{access, united};

use super::Scope;
use super::rest::Drafted;
use super::schema::Types;
use super::tables::{Loose, Stored};
use crate::diag::catalog::{shape::nearest, tables as fault};
use crate::model::{
    Binding, BoundAction, Change, Operand, Parameter, ParameterLocation, SortBy, Table, TableId,
};
use crate::parse::Node;

/// Binds the operations that ask for it; the flag tells whether all could be bound. `are_all`: none of the document's
/// operations is missing.
pub(crate) fn bind_operations<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    tables: &[Stored],
    drafted: &mut [Drafted<'a>],
    are_all: bool,
) -> bool {
    let mut sound = true;
    for draft in drafted.iter_mut() {
        sound &= idempotency::lower_idempotency(scope, types, tables, draft).is_some();
        let bound = draft.node.get("x-dynamodb").map(|node| {
            version::add_preconditions(scope, tables, draft, node);
            sound &= method::check(scope, draft, node);
            bind(scope, types, tables, draft, node)
        });
        if let Some(binding) = bound {
            sound &= binding.is_some();
            draft.operation.binding = binding;
        }
        match access(scope, tables, draft.node, draft.operation.binding.as_ref()) {
            Some(access) => {
                let receipts = draft.operation.idempotency.as_ref().map(idempotency::access);
                let scanned = draft
                    .operation
                    .binding
                    .as_ref()
                    .and_then(|binding| access::scanned(binding, &draft.operation.parameters));
                let all = access.into_iter().chain(receipts).chain(scanned);
                draft.operation.access = united(all);
            }
            None => sound = false,
        }
    }
    // An operation that failed may be the one that reads an item.
    let is_known = are_all && sound;
    let are_placed = location::place_locations(scope, tables, drafted, is_known);
    sound && are_placed
}

fn bind<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    tables: &[Stored],
    draft: &Drafted<'a>,
    node: &'a Node,
) -> Option<Binding> {
    if scope.docs.failed(node) {
        return None;
    }
    let action = node.text_at("action")?;
    let (table_id, stored) = find_table(scope, tables, node.get("table")?)?;
    let table = &stored.table;
    let (item, loose) = (&*stored.schema, &*stored.loose);
    let binder = Binder { scope, types, draft, node, action, table, item, loose };
    binder.check_keys()?;
    let bound = match action {
        "get" => binder.get(),
        "batchGet" => binder.batch_get(),
        "create" => binder.create(),
        "put" => binder.put(),
        "upsert" => binder.upsert(),
        "replace" => binder.replace(),
        "patch" => binder.patch(),
        "update" | "increment" => binder.update(),
        "delete" => binder.delete(),
        "query" => binder.query(),
        "count" => binder.count(),
        _ => binder.list(),
    };
    let action = bound?;
    binder.check_nested(&action)?;
    binder.check_reached(&action);
    let guard = binder.guard_of(&action).ok()?;
    never::check(&binder, &action);
    let (asks, if_match) = (binder.asks(&action), binder.if_match());
    let if_none_match = binder.if_none_match(&action);
    let origin = scope.origin(node.span);
    let binding = Binding { table: table_id, action, guard, if_match, if_none_match, asks, origin };
    binder.check_used(&binding)?;
    Some(binding)
}

/// A table by the name of its schema.
pub(crate) fn find_table<'t>(
    scope: Scope<'_>,
    tables: &'t [Stored],
    named: &Node,
) -> Option<(TableId, &'t Stored)> {
    let name = named.text()?;
    if let Some(at) = tables.iter().position(|stored| stored.schema == name) {
        return Some((TableId(at), &tables[at]));
    }
    let known: Vec<&str> = tables.iter().map(|stored| stored.schema.as_str()).collect();
    let by_table = tables
        .iter()
        .find(|stored| stored.table.name.wire == name)
        .map(|stored| stored.schema.as_str());
    let near = by_table.or_else(|| nearest(name, known.iter().copied()));
    scope.sink.report(fault::unknown_table(named.span, name, near, &known));
    None
}

/// One operation on its way to a binding.
struct Binder<'a, 'b> {
    scope: Scope<'a>,
    types: &'b Types<'a>,
    draft: &'b Drafted<'a>,
    node: &'a Node,
    action: &'a str,
    table: &'b Table,
    /// The name of the item's schema.
    item: &'b str,
    /// The states of the items that no condition reaches.
    loose: &'b [Loose],
}

impl Binder<'_, '_> {
    fn parameters(&self) -> &[Parameter] {
        &self.draft.operation.parameters
    }

    /// The header `If-Match`, which means something where the items have a version.
    fn if_match(&self) -> Option<usize> {
        self.table.version.as_ref()?;
        self.parameters().iter().position(version::is_if_match)
    }

    /// The header `If-None-Match`, which means something where an item may be there or not.
    fn if_none_match(&self, action: &BoundAction) -> Option<usize> {
        let stores = matches!(action, BoundAction::Put { .. } | BoundAction::Upsert { .. });
        self.parameters().iter().position(version::is_if_none_match).filter(|_| stores)
    }

    /// Keys of `x-dynamodb` that mean nothing for the action.
    fn check_keys(&self) -> Option<()> {
        const MANY: &[&str] = &["query", "list", "count"];
        const ONE: &[&str] =
            &["get", "upsert", "replace", "patch", "update", "increment", "delete"];
        const ACTIONS: &[(&str, &[&[&str]])] = &[
            ("index", &[MANY]),
            ("limit", &[&["query", "list"]]),
            ("next", &[&["query", "list"]]),
            ("sort", &[MANY]),
            ("order", &[&["query", "list"]]),
            ("filter", &[MANY]),
            ("key", &[ONE, MANY]),
            ("keys", &[&["batchGet"]]),
            ("consistent", &[&["get", "batchGet"], MANY]),
            ("set", &[&["update"]]),
            ("remove", &[&["update"]]),
            ("add", &[&["update", "increment"]]),
            ("condition", &[&["put", "replace", "patch", "update", "increment", "delete"]]),
            (
                "onConditionFailed",
                &[&[
                    "create",
                    "put",
                    "upsert",
                    "replace",
                    "patch",
                    "update",
                    "increment",
                    "delete",
                ]],
            ),
        ];
        let mut sound = true;
        for (key, actions) in ACTIONS {
            let actions = actions.concat();
            if let Some(entry) = self.node.entry(key).filter(|_| !actions.contains(&self.action)) {
                self.scope.sink.report(fault::key_of_other_action(
                    entry.key_span,
                    key,
                    self.action,
                    &actions,
                ));
                sound = false;
            }
        }
        sound.then_some(())
    }

    /// Every parameter is one that the generated body uses: what a client asks for must not be ignored.
    fn check_used(&self, binding: &Binding) -> Option<()> {
        let mut used = used_parameters(binding);
        match &self.draft.operation.idempotency {
            Some(once) => {
                let is_key = |one: &Parameter| one.name.wire.eq_ignore_ascii_case(&once.header);
                used.extend(self.parameters().iter().position(is_key));
            }
            // One that failed may have been about any of the headers.
            None if self.draft.node.get("x-idempotency").is_some() => {
                let of = self.parameters().iter().enumerate();
                let headers = of.filter(|(_, one)| one.location == ParameterLocation::Header);
                used.extend(headers.map(|(at, _)| at));
            }
            None => {}
        }
        let unused = (0..self.parameters().len()).filter(|at| !used.contains(at));
        let unused: Vec<&Parameter> = unused.map(|at| &self.parameters()[at]).collect();
        for parameter in &unused {
            let (place, name) = (parameter.location.as_str(), &parameter.name.wire);
            self.scope.sink.report(fault::parameter_unused(
                parameter.origin.span,
                self.action,
                place,
                name,
                self.node.span,
            ));
        }
        unused.is_empty().then_some(())
    }
}

/// The parameters that a generated body uses.
fn used_parameters(binding: &Binding) -> Vec<usize> {
    let action = &binding.action;
    let mut used: Vec<usize> = binding.if_match.into_iter().chain(binding.if_none_match).collect();
    used.extend(action.key().into_iter().flat_map(|key| [Some(key.partition), key.sort]).flatten());
    if let BoundAction::BatchGet { partition, keys, .. } = action {
        used.extend(partition.iter().chain([keys]));
    }
    if let Some(by) = action.by() {
        used.push(by.partition);
        used.extend(&by.further);
        used.extend(by.sort.iter().flat_map(SortBy::parameters));
    }
    used.extend(action.page().into_iter().flat_map(|page| [page.limit, page.next]).flatten());
    let guard = binding.guard.as_ref().and_then(|guard| guard.term.as_ref());
    let terms = action.filter().iter().chain(guard);
    let values = terms.flat_map(|term| term.values.iter().map(|(_, value)| value));
    let changes = match action {
        BoundAction::Update { changes, .. } => changes.as_slice(),
        _ => &[],
    };
    let changed = changes.iter().filter_map(Change::operand);
    used.extend(values.chain(changed).filter_map(|value| match value {
        Operand::Parameter(at) => Some(*at),
        Operand::Literal(..) | Operand::Body(_) | Operand::Now => None,
    }));
    used
}
