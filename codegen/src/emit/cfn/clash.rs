//! Logical ids that two things of the contracts come to, or one thing and the stack itself.
//!
//! A name loses its signs and an ending such as `Queue` when it becomes a logical id, so that names which differ in the
//! contracts may meet in the template. Owns which names a template has, and of what each is made.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::Plan;
use super::{Resources, names, parameters};
use crate::model::{Delivery, Name, Origin, System};

/// A thing that has the logical id of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash<'a> {
    /// The logical id.
    pub id: String,
    /// What comes to it too late; nothing where no name of the contracts is known to make it.
    pub second: Option<Thing<'a>>,
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
pub(super) fn clashes<'a>(system: &'a System, resources: &Resources) -> Vec<Clash<'a>> {
    let made = ids(system, resources);
    let mut taken = BTreeSet::new();
    let twice: Vec<&String> = made.iter().filter(|id| !taken.insert(*id)).collect();
    if twice.is_empty() {
        return vec![];
    }
    let things = things(system, &Plan::of(system));
    let mut found: Vec<Clash<'_>> = vec![];
    let mut makers = Makers { system, made: &made, renamed: BTreeMap::new() };
    for clash in twice.into_iter().map(|id| clash(id.clone(), &things, &mut makers)) {
        let known = |one: &Clash<'_>| {
            clash.second.is_some() && one.second == clash.second && one.first == clash.first
        };
        if !found.iter().any(known) {
            found.push(clash);
        }
    }
    found
}

/// Every logical id, as often as it is made.
fn ids(system: &System, Resources(sections): &Resources) -> Vec<String> {
    let resources = sections.iter().flat_map(|section| &section.resources);
    let stacks = system.services.iter().map(super::layout::stack_id);
    let resources = resources.map(|one| one.id.clone());
    resources.chain(stacks).chain(parameters::names(system)).collect()
}

/// Which ids are made of which names: an id of a thing is no more when that has another name.
struct Makers<'a> {
    system: &'a System,
    /// The ids of the system, as often as they are made.
    made: &'a [String],
    /// The ids that are left when a thing of this kind and name has another name.
    renamed: BTreeMap<(&'static str, String), Vec<String>>,
}

impl Makers<'_> {
    fn makes(&mut self, thing: &Thing<'_>, id: &str) -> bool {
        let count = |ids: &[String]| ids.iter().filter(|one| *one == id).count();
        let key = (thing.kind, thing.name.to_owned());
        let system = self.system;
        let left = self.renamed.entry(key).or_insert_with(|| {
            let mut other = system.clone();
            rename(&mut other, thing);
            ids(&other, &super::resources(&other))
        });
        thing.stem == id || count(left) < count(self.made)
    }
}

/// Gives a thing a name that nothing else has. What refers to it by its name in the contracts still does.
fn rename(system: &mut System, thing: &Thing<'_>) {
    let change = |name: &mut Name, kind: &str| {
        if thing.kind == kind && name.wire == thing.name {
            name.pascal.insert_str(0, "Renamed0");
        }
    };
    for service in &mut system.services {
        change(&mut service.name, "service");
        service.tables.iter_mut().for_each(|one| change(&mut one.name, "table"));
        service.functions.iter_mut().for_each(|one| change(&mut one.name, "function"));
        for scheme in service.schemes.iter_mut().filter(|one| one.name == thing.name) {
            if thing.kind == "security scheme" {
                scheme.spelled.pascal.insert_str(0, "Renamed0");
            }
        }
        for receive in &mut service.receives {
            let rule = match &mut receive.delivery {
                Delivery::Queue(one) => Some(&mut one.rule),
                Delivery::Direct(one) => Some(&mut one.rule),
                Delivery::Stream(_) => None,
            };
            rule.into_iter().for_each(|rule| change(&mut rule.name, "rule"));
            receive.delivery.queues_mut().for_each(|queue| change(&mut queue.name, "queue"));
        }
    }
    system.buses.iter_mut().for_each(|bus| change(&mut bus.name, "bus"));
}

/// The two things that a logical id is made of: those whose names are most of it.
fn clash<'a>(id: String, things: &[Thing<'a>], makers: &mut Makers<'_>) -> Clash<'a> {
    let mut made: Vec<&Thing<'a>> = things
        .iter()
        .filter(|thing| id.starts_with(&thing.stem) && makers.makes(thing, &id))
        .collect();
    // What was named first stays first among those that are alike.
    made.sort_by_key(|thing| std::cmp::Reverse(thing.stem.len()));
    let (first, second) = match made[..] {
        [] => (None, None),
        [only] => (None, Some(only)),
        [one, other, ..] if one.stem == other.stem => (Some(one.clone()), Some(other)),
        [one, other, ..] => (Some(other.clone()), Some(one)),
    };
    Clash { id, second: second.cloned(), first }
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
