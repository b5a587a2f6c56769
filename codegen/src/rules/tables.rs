//! A table belongs to one service; schemas that share one describe it alike, and tell their items apart.

use std::collections::BTreeMap;

use crate::diag::Sink;
use crate::diag::catalog::{rules as fault, tables as shared};
use crate::model::{Index, KeySchema, Service, System, Table};

pub(super) fn check(system: &System, sink: &Sink) {
    // Names that differ in their signs only would meet in the template.
    let mut owners: BTreeMap<&str, (&Service, &Table)> = BTreeMap::new();
    for service in &system.services {
        for table in &service.tables {
            let (owner, first) = *owners.entry(&table.name.pascal).or_insert((service, table));
            if std::ptr::eq(first, table) {
                continue;
            }
            if owner.name == service.name && first.name.wire == table.name.wire {
                let before = service.tables.iter().take_while(|one| !std::ptr::eq(*one, table));
                for other in before.filter(|other| other.name == table.name) {
                    check_shared(other, table, sink);
                }
            } else {
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

/// Two types of items in one table.
fn check_shared(first: &Table, second: &Table, sink: &Sink) {
    let (at, place, name) = (second.origin.span, first.origin.span, &second.name.wire);
    let differs = |what: &str| sink.report(shared::tables_differ(at, name, what, place));
    if first.key.attributes() != second.key.attributes() {
        return differs("key");
    }
    if first.existing != second.existing {
        return differs("place (`existing`)");
    }
    let ttl = |table: &Table| table.ttl.as_ref().map(|ttl| table.attribute(&ttl.wire).to_owned());
    if let (Some(one), Some(other)) = (ttl(first), ttl(second))
        && one != other
    {
        return differs("`ttl`");
    }
    let shape = |index: &Index| {
        let attributes =
            index.key.attributes().into_iter().map(|(name, kind)| (name.to_owned(), kind));
        (attributes.collect::<Vec<_>>(), index.local)
    };
    for index in &second.indexes {
        let same = first.indexes.iter().find(|one| one.name == index.name);
        if same
            .is_some_and(|same| shape(same) != shape(index) || same.projection != index.projection)
        {
            let (at, place) = (index.origin.span, first.origin.span);
            sink.report(shared::tables_differ(at, name, "index of this name", place));
        }
    }
    if !are_apart(&first.key, &second.key) {
        sink.report(shared::items_alike(at, name, place));
    }
}

/// Whether no item of one type has a key that an item of the other may have.
fn are_apart(one: &KeySchema, other: &KeySchema) -> bool {
    let one = texts(one);
    one.iter().zip(texts(other)).any(|((text, is_all), (other, other_is_all))| {
        match (is_all, other_is_all) {
            (true, true) => *text != other,
            (true, false) => !text.starts_with(other),
            (false, true) => !other.starts_with(text),
            (false, false) => !text.starts_with(other) && !other.starts_with(text),
        }
    })
}

/// What each key attribute begins with, and whether that is all of it.
fn texts(key: &KeySchema) -> Vec<(&str, bool)> {
    let begins = key
        .parts()
        .map(|part| (part.around.as_ref().map_or("", |(before, _)| before.as_str()), false));
    begins.chain(key.fixed_sort.iter().map(|key| (key.text.as_str(), true))).collect()
}
