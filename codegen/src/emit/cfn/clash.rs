//! Logical ids that two things of the contracts come to, or one thing and the stack itself.
//!
//! A name loses its signs and an ending such as `Queue` when it becomes a logical id, so that names which differ in the
//! contracts may meet in the template. Owns which names a template has, and of what each is made.

use std::collections::BTreeSet;

use super::plan::Plan;
use super::{names, parameters};
use crate::model::{Origin, System};

/// A thing that has the logical id of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash<'a> {
    /// The logical id.
    pub id: String,
    /// What comes to it too late.
    pub second: Thing<'a>,
    /// What has it already; nothing where the stack itself has.
    pub first: Option<Thing<'a>>,
}

/// Something that the contracts name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing<'a> {
    /// What it is: `queue`.
    pub kind: &'static str,
    /// Its name in the contracts.
    pub name: &'a str,
    /// Where it is named.
    pub origin: &'a Origin,
    /// What its logical ids begin with.
    stem: String,
}

/// Every two things that meet, once.
pub(super) fn clashes(system: &System) -> Vec<Clash<'_>> {
    let plan = Plan::of(system);
    let sections = super::sections(system, &plan);
    let resources = sections.into_iter().flat_map(|section| section.resources);
    let stacks = system.services.iter().map(super::layout::stack_id);
    let ids = resources.map(|one| one.id).chain(stacks);
    let mut taken = BTreeSet::new();
    let twice: Vec<String> =
        ids.chain(parameters::names(system)).filter(|id| !taken.insert(id.clone())).collect();
    if twice.is_empty() {
        return vec![];
    }
    let things = things(system, &plan);
    let mut found: Vec<Clash<'_>> = vec![];
    for clash in twice.into_iter().filter_map(|id| clash(id, &things)) {
        let known = |one: &Clash<'_>| one.second == clash.second && one.first == clash.first;
        if !found.iter().any(known) {
            found.push(clash);
        }
    }
    found
}

/// The two things that a logical id is made of: those whose names are most of it.
fn clash<'a>(id: String, things: &[Thing<'a>]) -> Option<Clash<'a>> {
    let mut made: Vec<&Thing<'a>> =
        things.iter().filter(|thing| id.starts_with(&thing.stem)).collect();
    // What was named first stays first among those that are alike.
    made.sort_by_key(|thing| std::cmp::Reverse(thing.stem.len()));
    let (first, second) = match made[..] {
        [] => return None,
        [only] => (None, only),
        [one, other, ..] if one.stem == other.stem => (Some(one.clone()), other),
        [one, other, ..] => (Some(other.clone()), one),
    };
    Some(Clash { id, second: second.clone(), first })
}

/// What the contracts name that comes to logical ids.
fn things<'a>(system: &'a System, plan: &Plan<'a>) -> Vec<Thing<'a>> {
    let mut things = vec![];
    let mut add = |kind, name: &'a str, origin: &'a Origin, stem: String| {
        things.push(Thing { kind, name, origin, stem });
    };
    for service in &system.services {
        add("service", &service.name.wire, &service.origin, service.name.pascal.clone());
        for table in &service.tables {
            add("table", &table.name.wire, &table.origin, names::table_id(table));
        }
        for function in &service.functions {
            add("function", &function.name.wire, &function.origin, names::function_id(function));
        }
        for scheme in &service.schemes {
            add("security scheme", &scheme.name, &scheme.origin, scheme.spelled.pascal.clone());
        }
        let variables = service.functions.iter().flat_map(|one| &one.settings.environment);
        for variable in variables {
            add("variable", &variable.name, &variable.origin, variable.parameter());
        }
    }
    for bus in &system.buses {
        add("bus", &bus.name.wire, &bus.origin, names::bus_id(bus));
    }
    for planned in &plan.rules {
        let (rule, origin) = (planned.rule, &planned.receive.origin);
        add("rule", &rule.name.wire, origin, names::rule_id(rule));
    }
    for planned in &plan.queues {
        let queue = planned.queue;
        add("queue", &queue.name.wire, &queue.origin, names::queue_id(queue));
    }
    things
}
