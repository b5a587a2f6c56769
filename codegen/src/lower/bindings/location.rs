//! The `Location` header of a created item.

use super::super::rest::Drafted;
use super::super::tables::Stored;
use super::Scope;
use crate::diag::catalog::tables as fault;
use crate::model::{BoundAction, KeySource, Location, ParameterLocation, Table, TableId};

/// Fills in `Location`: the path of the operation that reads one item of the table. `is_known`: where no operation does,
/// none is missing.
pub(super) fn place_locations(
    scope: Scope<'_>,
    tables: &[Stored],
    drafted: &mut [Drafted<'_>],
    is_known: bool,
) -> bool {
    let readers: Vec<(TableId, Location)> = drafted
        .iter()
        .filter_map(|draft| {
            let binding = draft.operation.binding.as_ref()?;
            let BoundAction::Get { key, .. } = &binding.action else { return None };
            let table = &tables.get(binding.table.0)?.table;
            Some((binding.table, location(draft, table, key)?))
        })
        .collect();
    let mut sound = true;
    for draft in drafted {
        let success = draft.operation.responses.iter().find(|response| response.is_success());
        let header = success.and_then(|response| {
            response.headers.iter().find(|header| header.name.wire.eq_ignore_ascii_case("location"))
        });
        let (Some(_), Some(success), Some(binding)) =
            (header, success, draft.operation.binding.as_mut())
        else {
            continue;
        };
        let BoundAction::Create { location, .. } = &mut binding.action else { continue };
        match readers.iter().find(|(table, _)| *table == binding.table) {
            Some((_, reader)) => *location = Some(reader.clone()),
            None if !is_known => sound = false,
            None => {
                let name = &tables[binding.table.0].schema;
                scope.sink.report(fault::no_location(
                    success.origin.span,
                    name,
                    binding.origin.span,
                ));
                sound = false;
            }
        }
    }
    sound
}

/// The path of a reading operation, with the property for each of its parameters.
fn location(draft: &Drafted<'_>, table: &Table, key: &KeySource) -> Option<Location> {
    let mut parameters = vec![];
    for name in draft.operation.path.parameters() {
        let at = draft
            .operation
            .parameters
            .iter()
            .position(|p| p.location == ParameterLocation::Path && p.name.wire == name);
        let property = match at {
            Some(at) if at == key.partition => table.key.partition.name.clone(),
            Some(at) if key.sort == Some(at) => table.key.sort.as_ref()?.name.clone(),
            _ => return None,
        };
        parameters.push((name.to_owned(), property));
    }
    Some(Location { path: draft.operation.path.text.clone(), parameters })
}
