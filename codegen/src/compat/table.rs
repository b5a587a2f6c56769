//! Tables: keys, indexes, time to live, and whether stored items can still be read.

use super::catalog::Place;
use super::finding::{Direction, Report, Site};
use super::schema::{Form, Here, Walker};
use crate::model::{
    AttributeKind, EnumType, Index, KeyAttribute, KeySchema, Service, System, Table, TypeKind,
    TypeRef,
};

/// A table and the service that owns it.
#[derive(Clone, Copy)]
struct Owned<'a> {
    service: &'a Service,
    table: &'a Table,
}

/// Compares all tables.
pub(super) fn compare(report: &mut Report, old: &System, new: &System) {
    let (before, after) = (tables(old), tables(new));
    let partners = partners(&before, &after);
    for (old, partner) in before.iter().zip(&partners) {
        match partner {
            Some(index) => compare_table(report, *old, after[*index]),
            None => {
                let site = site(old.table, Some(old.table), None);
                report.add("table-removed", &site, "", "");
            }
        }
    }
    for (index, new) in after.iter().enumerate() {
        if !partners.contains(&Some(index)) {
            report.add("table-added", &site(new.table, None, Some(new.table)), "", "");
        }
    }
}

fn tables(system: &System) -> Vec<Owned<'_>> {
    let mut out = Vec::new();
    for service in &system.services {
        out.extend(service.tables.iter().map(|table| Owned { service, table }));
    }
    out
}

/// Which table became which: by name, and else by service and the name of the items' type.
fn partners(before: &[Owned<'_>], after: &[Owned<'_>]) -> Vec<Option<usize>> {
    let by_name =
        |old: &Owned<'_>| after.iter().position(|new| old.table.name.wire == new.table.name.wire);
    let mut partners: Vec<_> = before.iter().map(by_name).collect();
    let item = |owned: &Owned<'_>| {
        let name = owned.service.type_def(owned.table.item).name.wire.clone();
        (owned.service.name.wire.clone(), name)
    };
    for (index, old) in before.iter().enumerate() {
        if partners[index].is_none() {
            partners[index] = after.iter().enumerate().position(|(place, new)| {
                !partners.contains(&Some(place)) && item(old) == item(new)
            });
        }
    }
    partners
}

fn site(named: &Table, old: Option<&Table>, new: Option<&Table>) -> Site {
    let span = |table: Option<&Table>| table.map(|table| table.origin.span);
    Site::new(format!("table {}", named.name.wire), Direction::Wiring, span(old), span(new))
}

fn compare_table(report: &mut Report, old: Owned<'_>, new: Owned<'_>) {
    let (before, after) = (old.table, new.table);
    let site = site(after, Some(before), Some(after));
    if before.name.wire != after.name.wire {
        report.add("table-renamed", &site, &before.name.wire, &after.name.wire);
    }
    if old.service.name.wire != new.service.name.wire {
        let (from, to) = (&old.service.name.wire, &new.service.name.wire);
        report.add("table-owner-changed", &site, from, to);
    }
    compare_keys(report, &site, &before.key, &after.key);
    compare_indexes(report, &site, before, after);
    match (&before.ttl, &after.ttl) {
        (None, Some(new)) => report.add("table-ttl-added", &site, "", &new.wire),
        (Some(old), None) => report.add("table-ttl-removed", &site, &old.wire, ""),
        (Some(old), Some(new)) if old.wire != new.wire => {
            report.add("table-ttl-changed", &site, &old.wire, &new.wire);
        }
        _ => {}
    }
    match (&before.version, &after.version) {
        (None, Some(new)) => report.add("table-version-added", &site, "", &new.wire),
        (Some(old), None) => report.add("table-version-removed", &site, &old.wire, ""),
        _ => {}
    }
    compare_transitions(report, &site, old, new);
    let here = Here { old: before.origin.span, new: after.origin.span };
    let (from, to) = (TypeRef::Named(before.item), TypeRef::Named(after.item));
    let site = site.part("item", Direction::Stored, site.old, site.new);
    let mut walker = Walker::new(old.service, new.service, Form::Stored);
    let changes = walker.compare(&from, &to, here);
    report.add_changes(Place::StoredItem, Place::StoredItem, &site, changes);
}

/// What states of properties that both sides have may become.
fn compare_transitions(report: &mut Report, site: &Site, old: Owned<'_>, new: Owned<'_>) {
    let (before, after) = (states(old), states(new));
    for (name, from) in &before {
        let Some((_, to)) = after.iter().find(|(other, _)| other == name) else { continue };
        let both: Vec<&str> = from.values().filter(|value| to.has(value)).collect();
        let mut removed = vec![];
        let mut added = vec![];
        for (one, next) in both.iter().flat_map(|one| both.iter().map(move |next| (*one, *next))) {
            match (from.allows(one, next), to.allows(one, next)) {
                (true, false) => removed.push(format!("`{one}` to `{next}`")),
                (false, true) => added.push(format!("`{one}` to `{next}`")),
                _ => {}
            }
        }
        for (rule, ways) in
            [("table-transition-removed", removed), ("table-transition-added", added)]
        {
            if !ways.is_empty() {
                report.add(rule, site, ways.join(", "), name);
            }
        }
    }
}

/// An enumeration as the states of a property.
struct States<'a>(&'a EnumType);

impl<'a> States<'a> {
    fn values(&self) -> impl Iterator<Item = &'a str> {
        self.0.variants.iter().map(|variant| variant.wire.as_str())
    }

    fn has(&self, value: &str) -> bool {
        self.values().any(|known| known == value)
    }

    fn allows(&self, from: &str, to: &str) -> bool {
        let Some(transitions) = &self.0.transitions else { return true };
        let leads =
            |(one, next): &(String, Vec<String>)| one == from && next.iter().any(|next| next == to);
        from == to || transitions.iter().any(leads)
    }
}

/// The properties of the items that are enumerations.
fn states(owned: Owned<'_>) -> Vec<(String, States<'_>)> {
    let TypeKind::Struct(item) = &owned.service.type_def(owned.table.item).kind else {
        return vec![];
    };
    let states = item.fields.iter().filter_map(|field| {
        let mut ty = &field.ty;
        loop {
            match ty {
                TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => ty = inner,
                TypeRef::Named(id) => match &owned.service.type_def(*id).kind {
                    TypeKind::Alias(inner) => ty = inner,
                    TypeKind::Enum(states) => {
                        return Some((field.name.wire.clone(), States(states)));
                    }
                    _ => return None,
                },
                _ => return None,
            }
        }
    });
    states.collect()
}

fn compare_keys(report: &mut Report, site: &Site, old: &KeySchema, new: &KeySchema) {
    let (from, to) = (&old.partition, &new.partition);
    if from.name.wire != to.name.wire {
        report.add("table-partition-key-changed", site, &from.name.wire, &to.name.wire);
    } else {
        compare_key_types(report, site, from, to);
    }
    match (&old.sort, &new.sort) {
        (None, None) => {}
        (None, Some(new)) => report.add("table-sort-key-added", site, "", &new.name.wire),
        (Some(old), None) => report.add("table-sort-key-removed", site, &old.name.wire, ""),
        (Some(old), Some(new)) if old.name.wire != new.name.wire => {
            report.add("table-sort-key-changed", site, &old.name.wire, &new.name.wire);
        }
        (Some(old), Some(new)) => compare_key_types(report, site, old, new),
    }
}

fn compare_key_types(report: &mut Report, site: &Site, old: &KeyAttribute, new: &KeyAttribute) {
    if old.attribute != new.attribute {
        let words = |key: &KeyAttribute| format!("{} `{}`", attribute(key), key.name.wire);
        report.add("table-key-type-changed", site, words(old), words(new));
    }
}

fn attribute(key: &KeyAttribute) -> &'static str {
    match key.attribute {
        AttributeKind::String => "the string",
        AttributeKind::Number => "the number",
    }
}

fn compare_indexes(report: &mut Report, site: &Site, old: &Table, new: &Table) {
    let find = |table: &'_ Table, name: &str| {
        table.indexes.iter().position(|index| index.name.wire == name)
    };
    let mut n_changed = 0;
    for index in &old.indexes {
        let part = |new: Option<&Index>| {
            let new_span = new.map_or(site.new, |new| Some(new.origin.span));
            let label = format!("index {}", index.name.wire);
            site.part(label, Direction::Wiring, Some(index.origin.span), new_span)
        };
        match find(new, &index.name.wire).map(|place| &new.indexes[place]) {
            None => {
                n_changed += 1;
                report.add("table-index-removed", &part(None), &index.name.wire, "");
            }
            Some(kept) if shape(&kept.key) != shape(&index.key) => {
                let change = format!("{} became {}", words(&index.key), words(&kept.key));
                report.add("table-index-key-changed", &part(Some(kept)), change, &kept.name.wire);
            }
            Some(_) => {}
        }
    }
    for index in &new.indexes {
        if find(old, &index.name.wire).is_none() {
            n_changed += 1;
            let label = format!("index {}", index.name.wire);
            let part = site.part(label, Direction::Wiring, site.old, Some(index.origin.span));
            report.add("table-index-added", &part, "", &index.name.wire);
        }
    }
    if n_changed > 1 {
        report.add("table-indexes-changed-at-once", site, "", n_changed);
    }
}

fn shape(key: &KeySchema) -> Vec<(&str, AttributeKind)> {
    let attributes = std::iter::once(&key.partition).chain(&key.sort);
    attributes.map(|attribute| (attribute.name.wire.as_str(), attribute.attribute)).collect()
}

fn words(key: &KeySchema) -> String {
    let attributes = std::iter::once(&key.partition).chain(&key.sort);
    let names: Vec<_> = attributes.map(|attribute| format!("`{}`", attribute.name.wire)).collect();
    names.join(" and ")
}
