//! Tables: keys, indexes, time to live, and whether stored items can still be read.

use super::catalog::SchemaUse;
use super::finding::{Direction, Findings, Site};
use super::owner;
use crate::inclusion::{Form, Here, Walker};
use crate::model::{
    AttributeKind, EnumType, Existing, Index, KeyAttribute, KeySchema, Service, System, Table,
    TypeKind, TypeRef,
};

/// A table and the service that owns it.
#[derive(Clone, Copy)]
struct Owned<'a> {
    system: &'a System,
    service: &'a Service,
    table: &'a Table,
}

/// Compares all tables.
pub(super) fn compare(report: &mut Findings, old: &System, new: &System) {
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
        out.extend(service.tables.iter().map(|table| Owned { system, service, table }));
    }
    out
}

/// Which table became which: by its name and the name of the items' type, else by one of the two.
fn partners(before: &[Owned<'_>], after: &[Owned<'_>]) -> Vec<Option<usize>> {
    let item = |owned: &Owned<'_>| {
        let name = owned.service.type_def(owned.table.item).name.wire.clone();
        (owned.service.name.wire.clone(), name)
    };
    let named = |old: &Owned<'_>, new: &Owned<'_>| old.table.name.wire == new.table.name.wire;
    let by_both =
        |old: &Owned<'_>| after.iter().position(|new| named(old, new) && item(old) == item(new));
    let mut partners: Vec<_> = before.iter().map(by_both).collect();
    for (index, old) in before.iter().enumerate() {
        if partners[index].is_none() {
            partners[index] = after
                .iter()
                .enumerate()
                .position(|(place, new)| !partners.contains(&Some(place)) && named(old, new));
        }
    }
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

fn compare_table(report: &mut Findings, old: Owned<'_>, new: Owned<'_>) {
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
    compare_places(report, &site, before, after);
    compare_layouts(report, &site, before, after);
    compare_indexes(report, &site, before, after);
    compare_streams(report, &site, old, new);
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
        (Some(old), Some(new)) if old.wire != new.wire => {
            report.add("table-version-changed", &site, &old.wire, &new.wire);
        }
        _ => {}
    }
    compare_transitions(report, &site, old, new);
    owner::compare(report, &site, before, after);
    owner::compare_generated(report, &site, (old.service, before), (new.service, after));
    let here = Here { old: before.origin.span, new: after.origin.span };
    let (from, to) = (TypeRef::Named(before.item), TypeRef::Named(after.item));
    let site = site.part("item", Direction::Stored, site.old, site.new);
    let mut walker = Walker::new(old.service, new.service, Form::Stored);
    let changes = walker.compare(&from, &to, here);
    report.add_changes(SchemaUse::StoredItem, SchemaUse::StoredItem, &site, changes);
}

/// A stream has one view, which cannot be changed: there is another stream then.
fn compare_streams(report: &mut Findings, site: &Site, old: Owned<'_>, new: Owned<'_>) {
    let [before, after] = [old, new].map(|one| one.system.stream_view(&one.table.name));
    let (Some(before), Some(after)) = (before, after) else { return };
    // The stream of a table that is there already is not made by the stack.
    if before != after && new.table.existing.is_none() {
        report.add("table-stream-view-changed", site, before.name(), after.name());
    }
}

/// What states of properties that both sides have may become.
fn compare_transitions(report: &mut Findings, site: &Site, old: Owned<'_>, new: Owned<'_>) {
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

/// Where the table is: in the stack, or where others made it.
fn compare_places(report: &mut Findings, site: &Site, old: &Table, new: &Table) {
    let words = |table: &Table| match &table.existing {
        None => "one that the stack makes".to_owned(),
        Some(Existing::Named) => format!("the one called `{}`", table.name.wire),
        Some(Existing::Arn(arn)) => format!("`{arn}`"),
        Some(Existing::Import(export)) => format!("the one that `{export}` names"),
    };
    if old.existing != new.existing {
        report.add("table-elsewhere", site, words(old), words(new));
    }
}

/// How items are stored: under which names, as what, and what their keys are composed of.
fn compare_layouts(report: &mut Findings, site: &Site, old: &Table, new: &Table) {
    let renamed = old.layout.renamed.iter().chain(&new.layout.renamed);
    let mut names: Vec<&str> = renamed.map(|(name, _)| name.wire.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let (from, to) = (old.attribute(name), new.attribute(name));
        if from != to {
            report.add("table-attribute-renamed", site, from, to);
        }
    }
    let is_set =
        |table: &Table, name: &str| table.layout.sets.iter().any(|(set, _)| set.wire == name);
    let sets = old.layout.sets.iter().chain(&new.layout.sets);
    let mut names: Vec<&str> = sets.map(|(name, _)| name.wire.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let words = |is_set: bool| if is_set { "a set" } else { "a list" };
        let (from, to) = (is_set(old, name), is_set(new, name));
        if from != to {
            let change = format!("`{name}` is stored as {} and was {}", words(to), words(from));
            report.add("table-set-changed", site, "", change);
        }
    }
    let (from, to) = (composition(&old.key), composition(&new.key));
    // Another key altogether is told of as that.
    if from != to && shape(&old.key) == shape(&new.key) {
        report.add("table-key-composed-otherwise", site, from, to);
    }
}

/// What a key is composed of, in words.
fn composition(key: &KeySchema) -> String {
    let parts = key.parts().map(|part| match &part.around {
        Some((before, behind)) => {
            format!("{} = {before}{{{}}}{behind}", part.stored, part.name.wire)
        }
        None => part.stored.clone(),
    });
    let fixed = key.fixed_sort.iter().map(|key| format!("{} = {}", key.attribute, key.text));
    parts.chain(fixed).collect::<Vec<_>>().join(", ")
}

fn compare_keys(report: &mut Findings, site: &Site, old: &KeySchema, new: &KeySchema) {
    let (from, to) = (&old.partition, &new.partition);
    if from.stored != to.stored {
        report.add("table-partition-key-changed", site, &from.stored, &to.stored);
    } else {
        compare_key_types(report, site, from, to);
    }
    let second = |key: &'_ KeySchema| key.attributes().get(1).map(|(name, _)| (*name).to_owned());
    match (second(old), second(new)) {
        (None, None) => {}
        (None, Some(new)) => report.add("table-sort-key-added", site, "", new),
        (Some(old), None) => report.add("table-sort-key-removed", site, old, ""),
        (Some(from), Some(to)) if from != to => {
            report.add("table-sort-key-changed", site, from, to);
        }
        (Some(_), Some(_)) => {
            if let (Some(from), Some(to)) = (&old.sort, &new.sort) {
                compare_key_types(report, site, from, to);
            }
        }
    }
}

fn compare_key_types(report: &mut Findings, site: &Site, old: &KeyAttribute, new: &KeyAttribute) {
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

fn compare_indexes(report: &mut Findings, site: &Site, old: &Table, new: &Table) {
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
                let rule = index_rule(index, "table-index-removed");
                report.add(rule, &part(None), &index.name.wire, &index.name.wire);
            }
            Some(kept) if shape(&kept.key) != shape(&index.key) || kept.local != index.local => {
                let change = format!("{} became {}", words(&index.key), words(&kept.key));
                report.add("table-index-key-changed", &part(Some(kept)), change, &kept.name.wire);
            }
            Some(kept) if kept.projection != index.projection => {
                let name = &kept.name.wire;
                report.add("table-index-projection-changed", &part(Some(kept)), "", name);
            }
            Some(kept) if composition(&kept.key) != composition(&index.key) => {
                let (from, to) = (composition(&index.key), composition(&kept.key));
                report.add("table-key-composed-otherwise", &part(Some(kept)), from, to);
            }
            Some(_) => {}
        }
    }
    for index in &new.indexes {
        if find(old, &index.name.wire).is_none() {
            n_changed += 1;
            let label = format!("index {}", index.name.wire);
            let part = site.part(label, Direction::Wiring, site.old, Some(index.origin.span));
            let rule = index_rule(index, "table-index-added");
            report.add(rule, &part, "", &index.name.wire);
        }
    }
    if n_changed > 1 {
        report.add("table-indexes-changed-at-once", site, "", n_changed);
    }
}

/// Local indexes come and go with their table only.
fn index_rule(index: &Index, rule: &'static str) -> &'static str {
    if index.local { "table-local-indexes-changed" } else { rule }
}

fn shape(key: &KeySchema) -> (Vec<(&str, AttributeKind)>, usize) {
    (key.attributes(), key.further_partition.len())
}

fn words(key: &KeySchema) -> String {
    let named = |(name, role)| match key.has_several() {
        true => format!("`{name}` ({role})"),
        false => format!("`{name}`"),
    };
    key.roles().map(named).collect::<Vec<_>>().join(" and ")
}
