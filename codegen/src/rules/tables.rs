//! A table belongs to one service, and has one schema.

use std::collections::BTreeMap;

use crate::diag::{Sink, catalog::rules as fault};
use crate::model::{Service, System, Table};

pub(super) fn check(system: &System, sink: &Sink) {
    // Names that differ in their signs only would meet in the template.
    let mut owners: BTreeMap<&str, (&Service, &Table)> = BTreeMap::new();
    for service in &system.services {
        for table in &service.tables {
            let (owner, first) = *owners.entry(&table.name.pascal).or_insert((service, table));
            if !std::ptr::eq(first, table) {
                let other = (owner.name != service.name).then_some(owner.name.wire.as_str());
                sink.report(fault::table_twice(
                    table.origin.span,
                    &table.name.wire,
                    first.origin.span,
                    other,
                ));
            }
        }
    }
}
