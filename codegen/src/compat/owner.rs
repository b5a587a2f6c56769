//! Items of tables: whose they are, and what the service fills in.

use super::finding::{Report, Site};
use crate::model::{Field, Generated, Owner, Service, Table, TypeKind};

/// Compares whose items of a table are, and who may use those of others.
pub(super) fn compare(report: &mut Report, site: &Site, old: &Table, new: &Table) {
    let rule =
        |owner: &Owner| format!("`{}` and the claim `{}`", owner.attribute.wire, owner.claim);
    let scope = |owner: &Owner| format!("`{}`", owner.unless.as_deref().unwrap_or_default());
    match (&old.owner, &new.owner) {
        (None, None) => {}
        (None, Some(new)) => report.add("item-owner-added", site, "", rule(new)),
        (Some(old), None) => report.add("item-owner-removed", site, rule(old), ""),
        (Some(old), Some(new)) => {
            if rule(old) != rule(new) {
                report.add("item-owner-changed", site, rule(old), rule(new));
            }
            if old.unless != new.unless {
                if old.unless.is_some() {
                    report.add("item-owner-exception-removed", site, scope(old), "");
                }
                if new.unless.is_some() {
                    report.add("item-owner-exception-added", site, "", scope(new));
                }
            }
        }
    }
}

/// Compares what the service fills properties of items with.
pub(super) fn compare_generated(
    report: &mut Report,
    site: &Site,
    old: (&Service, &Table),
    new: (&Service, &Table),
) {
    let after = fields(new.0, new.1);
    for was in fields(old.0, old.1) {
        let Some(is) = after.iter().find(|is| is.name.wire == was.name.wire) else { continue };
        // Who counts versions is told of as that.
        let is_version = [was.generated, is.generated].contains(&Some(Generated::Version));
        if was.generated.is_some() && was.generated != is.generated && !is_version {
            report.add("item-generated-changed", site, &was.name.wire, words(is.generated));
        }
    }
}

fn fields<'a>(service: &'a Service, table: &Table) -> &'a [Field] {
    match &service.type_def(table.item).kind {
        TypeKind::Struct(item) => &item.fields,
        _ => &[],
    }
}

fn words(generated: Option<Generated>) -> &'static str {
    match generated {
        None => "nothing",
        Some(Generated::Uuid) => "a random UUID",
        Some(Generated::Now) => "the time at which the item is made",
        Some(Generated::Updated) => "the time of the last write",
        Some(Generated::Version) => "the number of writes",
    }
}
