//! Stacks: what has a name of its own and belongs to another stack than before.

use std::collections::BTreeMap;

use super::finding::{Direction, Findings, Site};
use crate::model::{AlarmsPer, Service, StackLayout, System};
use crate::source::Span;

/// Compares which stack has what.
pub(super) fn compare(report: &mut Findings, old: &System, new: &System) {
    let first = |system: &System| system.services.first().map(|one| one.origin.span);
    let site = |subject| Site::new(subject, Direction::Wiring, first(old), first(new));
    if old.alarms != new.alarms {
        let words = |alarms| match alarms {
            AlarmsPer::Service => "service",
            AlarmsPer::Operation => "operation",
        };
        report.add("alarms-changed", &site("alarms"), words(old.alarms), words(new.alarms));
    }
    if old.layout != new.layout {
        let site = site("stacks");
        report.add("stack-layout-changed", &site, words(old.layout), words(new.layout));
        return;
    }
    if new.layout == StackLayout::Single {
        return;
    }
    let after = homes(new);
    for (thing, was) in homes(old) {
        let Some(is) = after.get(&thing).filter(|is| is.0 != was.0) else { continue };
        let (kind, name) = thing;
        let subject = format!("{kind} {name}");
        let site = Site::new(subject, Direction::Wiring, Some(was.1), Some(is.1));
        report.add("stack-changed", &site, was.0, is.0);
    }
}

fn words(layout: StackLayout) -> &'static str {
    match layout {
        StackLayout::Single => "single",
        StackLayout::PerService => "per-service",
    }
}

/// The service in whose stack everything is that is made with a name of its own, by kind and name, and its place.
fn homes(system: &System) -> BTreeMap<(&'static str, &str), (&str, Span)> {
    let mut homes = BTreeMap::new();
    for service in &system.services {
        let own = service.name.wire.as_str();
        homes.extend(named(service).map(|(thing, span)| (thing, (own, span))));
    }
    homes
}

fn named(service: &Service) -> impl Iterator<Item = ((&'static str, &str), Span)> {
    let functions = service.functions.iter();
    let functions = functions.map(|one| (("function", one.name.wire.as_str()), one.origin.span));
    let tables = service.tables.iter().filter(|one| one.existing.is_none());
    let tables = tables.map(|one| (("table", one.name.wire.as_str()), one.origin.span));
    let events = service.receives.iter().flat_map(|receive| {
        let rule = receive
            .delivery
            .rule()
            .map(|rule| (("rule", rule.name.wire.as_str()), receive.origin.span));
        let queues = receive.delivery.queues();
        let queues = queues.map(|one| (("queue", one.name.wire.as_str()), one.origin.span));
        queues.chain(rule)
    });
    functions.chain(tables).chain(events)
}
