//! Owners of items and of requests, and what the service fills in.

use super::finding::{Findings, Site};
use super::rest::Kept;
use crate::model::{Field, Generated, Operation, Owner, Service, Table, TypeKind};

/// The rules about an owner: added, removed, changed; the scope that stands in for it removed, added.
struct Rules {
    added: &'static str,
    removed: &'static str,
    changed: &'static str,
    exception_removed: &'static str,
    exception_added: &'static str,
}

const OF_ITEM: Rules = Rules {
    added: "item-owner-added",
    removed: "item-owner-removed",
    changed: "item-owner-changed",
    exception_removed: "item-owner-exception-removed",
    exception_added: "item-owner-exception-added",
};

const OF_REQUEST: Rules = Rules {
    added: "request-owner-added",
    removed: "request-owner-removed",
    changed: "request-owner-changed",
    exception_removed: "request-owner-exception-removed",
    exception_added: "request-owner-exception-added",
};

/// Compares whose items of a table are, and who may use those of others.
pub(super) fn compare(report: &mut Findings, site: &Site, old: &Table, new: &Table) {
    compare_owners(report, site, [old.owner.as_ref(), new.owner.as_ref()], &OF_ITEM);
}

/// Compares whom a request may name, where a parameter or the body says it. What follows from a table's key is told there.
pub(super) fn compare_request(report: &mut Findings, kept: &Kept<'_>) {
    let [old, new] = [kept.old, kept.new];
    let declared = [declared(old.service, old.operation), declared(new.service, new.operation)];
    let rule = |owner: &Owner| (owner.claim.clone(), owner.unless.clone());
    let of_key = |service: &Service, operation| Some(rule(service.owner_source(operation)?.0));
    let is_same = match declared {
        [None, Some(owner)] => of_key(old.service, old.operation) == Some(rule(owner)),
        [Some(owner), None] => of_key(new.service, new.operation) == Some(rule(owner)),
        _ => false,
    };
    if !is_same {
        compare_owners(report, &kept.site, declared, &OF_REQUEST);
    }
}

fn declared<'a>(service: &'a Service, operation: &'a Operation) -> Option<&'a Owner> {
    let of_parameter = operation.parameters.iter().find_map(|one| one.owner.as_ref());
    of_parameter.or_else(|| service.body_owners(operation.body.as_ref()?).next())
}

fn compare_owners(report: &mut Findings, site: &Site, owners: [Option<&Owner>; 2], rules: &Rules) {
    let rule =
        |owner: &Owner| format!("`{}` and the claim `{}`", owner.attribute.wire, owner.claim);
    let scope = |owner: &Owner| format!("`{}`", owner.unless.as_deref().unwrap_or_default());
    match owners {
        [None, None] => {}
        [None, Some(new)] => report.add(rules.added, site, "", rule(new)),
        [Some(old), None] => report.add(rules.removed, site, rule(old), ""),
        [Some(old), Some(new)] => {
            if rule(old) != rule(new) {
                report.add(rules.changed, site, rule(old), rule(new));
            }
            if old.unless != new.unless {
                if old.unless.is_some() {
                    report.add(rules.exception_removed, site, scope(old), "");
                }
                if new.unless.is_some() {
                    report.add(rules.exception_added, site, "", scope(new));
                }
            }
        }
    }
}

/// Compares what the service fills properties of items with.
pub(super) fn compare_generated(
    report: &mut Findings,
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
