//! What operations may do with tables.

use super::super::tables::Stored;
use super::{Scope, find_table};
use crate::diag::catalog::tables as fault;
use crate::model::{Binding, BoundAction, Parameter, QueryBy, TableAccess, TableAction, TableId};
use crate::parse::Node;
use crate::source::Span;

/// What an operation may do with tables: what its binding does, and what `x-dynamodb-access` adds.
pub(crate) fn access(
    scope: Scope<'_>,
    tables: &[Stored],
    node: &Node,
    binding: Option<&Binding>,
) -> Option<Vec<TableAccess>> {
    let mut access: Vec<TableAccess> = binding.map(bound_access).into_iter().collect();
    let mut sound = true;
    for granted in node.get("x-dynamodb-access").into_iter().flat_map(Node::items) {
        match granted_access(scope, tables, granted) {
            Some(granted) => access.push(granted),
            None => sound = false,
        }
    }
    sound.then(|| united(access))
}

/// Accesses with one entry for each table, actions and indexes sorted and without repetition.
pub(crate) fn united(access: impl IntoIterator<Item = TableAccess>) -> Vec<TableAccess> {
    let mut by_table: std::collections::BTreeMap<TableId, TableAccess> =
        std::collections::BTreeMap::new();
    for one in access {
        let empty = TableAccess { table: one.table, actions: vec![], indexes: vec![] };
        let all = by_table.entry(one.table).or_insert(empty);
        all.actions.extend(one.actions);
        all.indexes.extend(one.indexes);
        all.actions.sort_unstable();
        all.actions.dedup();
        all.indexes.sort_unstable();
        all.indexes.dedup();
    }
    by_table.into_values().collect()
}

fn bound_access(binding: &Binding) -> TableAccess {
    let index = |by: &QueryBy| by.index.into_iter().collect::<Vec<_>>();
    // A query through an index asks for nothing of the table itself.
    let query = |by: &QueryBy| by.index.is_none().then_some(TableAction::Query);
    let by = binding.action.by();
    let indexes = by.map(index).unwrap_or_default();
    let queried = || by.into_iter().filter_map(query).collect::<Vec<_>>();
    let actions = match &binding.action {
        BoundAction::Get { .. } => vec![TableAction::Get],
        BoundAction::BatchGet { .. } => vec![TableAction::BatchGet],
        BoundAction::Create { .. }
        | BoundAction::Put { .. }
        | BoundAction::Replace { keeps: false, .. } => vec![TableAction::Put],
        BoundAction::Upsert { .. } => vec![TableAction::Put, TableAction::Update],
        BoundAction::Replace { keeps: true, .. } | BoundAction::Update { .. } => {
            vec![TableAction::Update]
        }
        BoundAction::Patch { .. } => vec![TableAction::Get, TableAction::Update],
        BoundAction::Delete { .. } => vec![TableAction::Delete],
        BoundAction::Query { .. } => queried(),
        BoundAction::List { by: Some(_), .. } | BoundAction::Count { by: Some(_), .. } => queried(),
        BoundAction::List { by: None, .. } | BoundAction::Count { by: None, .. } => {
            vec![TableAction::Scan]
        }
    };
    TableAccess { table: binding.table, actions, indexes }
}

/// The whole table, which is read where the parameter that names a partition is absent.
pub(super) fn scanned(binding: &Binding, parameters: &[Parameter]) -> Option<TableAccess> {
    let (BoundAction::List { by: Some(by), .. } | BoundAction::Count { by: Some(by), .. }) =
        &binding.action
    else {
        return None;
    };
    let partition = &parameters[by.partition];
    let is_there = partition.required || partition.default.is_some();
    let actions = vec![TableAction::Scan];
    (!is_there).then(|| TableAccess { table: binding.table, actions, indexes: vec![] })
}

/// Refuses lists that grant nothing, or say something twice.
fn check_lists(scope: Scope<'_>, node: &Node, actions: &Node) -> Option<()> {
    let mut sound = true;
    let mut refuse = |at: Span, why: &str| {
        scope.sink.report(fault::bad_access(at, why));
        sound = false;
    };
    if actions.items().is_empty() {
        refuse(actions.span, "it grants no action");
    }
    let indexes = node.get("indexes");
    for list in std::iter::once(actions).chain(indexes) {
        for (at, item) in list.items().iter().enumerate() {
            if list.items()[..at].iter().any(|other| other.text() == item.text()) {
                refuse(item.span, "it is listed twice");
            }
        }
    }
    let reads = |name: &Node| matches!(name.text(), Some("query" | "scan"));
    if let Some(indexes) = indexes
        && !actions.items().iter().any(reads)
    {
        refuse(indexes.span, "only `query` and `scan` read an index");
    }
    sound.then_some(())
}

fn granted_access(scope: Scope<'_>, tables: &[Stored], node: &Node) -> Option<TableAccess> {
    if scope.docs.failed(node) {
        return None;
    }
    let (table, stored) = find_table(scope, tables, node.get("table")?)?;
    let listed = node.get("actions")?;
    check_lists(scope, node, listed)?;
    let actions = listed.items().iter().filter_map(Node::text).map(|name| match name {
        "get" => TableAction::Get,
        "put" => TableAction::Put,
        "update" => TableAction::Update,
        "delete" => TableAction::Delete,
        "query" => TableAction::Query,
        "batchGet" => TableAction::BatchGet,
        "batchWrite" => TableAction::BatchWrite,
        "check" => TableAction::Check,
        _ => TableAction::Scan,
    });
    let mut indexes = vec![];
    for named in node.get("indexes").into_iter().flat_map(Node::items) {
        let name = named.text()?;
        let known = stored.table.indexes.iter().map(|index| index.name.wire.as_str());
        let known: Vec<&str> = known.collect();
        match known.iter().position(|known| *known == name) {
            Some(at) => indexes.push(at),
            None => {
                let origin = stored.table.origin.span;
                scope.sink.report(fault::unknown_index(named.span, name, &known, origin));
                return None;
            }
        }
    }
    Some(TableAccess { table, actions: actions.collect(), indexes })
}
