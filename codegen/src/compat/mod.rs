//! Changes between two versions of a system's contracts: which are breaking, for which consumers, and what to do
//! instead.
//!
//! This module compares two resolved systems. It reads no file, asks no clock and starts no process: both systems and
//! the date are arguments. [`crate::policy`] sets the levels of its findings.
//!
//! `inclusion` compares two types and yields atomic changes, without knowing who sends and who reads. `rest`,
//! `event` and `table` know that, and [`catalog`] turns a change at a location into a rule with a level. Clients and
//! senders break when less is accepted than before; readers and receivers break when more is sent than before.
//!
//! The guarantee: if no change is reported as an error, then a request that was valid, and uses only what the
//! contract names, is still valid. The same holds for a response or an event, seen from its reader.

mod bound;
pub mod catalog;
mod content;
mod cors;
mod delivery;
mod event;
mod exploded;
mod finding;
mod function;
mod lifecycle;
mod outgoing;
mod owner;
mod parameter;
mod pattern;
mod publication;
mod report;
mod response;
mod rest;
mod security;
mod setting;
mod stack;
mod stage;
mod stream;
mod table;
mod used;
mod workflow;

pub use crate::inclusion::{Change, Effect, Kind};
pub use crate::model::parse_date;
pub use catalog::{ChangeRule, Level, SchemaUse};
pub use finding::{Direction, Finding, collapse};
pub use report::{Diagnosed, report};
pub use stage::{Stage, compare_stages};
pub use used::has;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::inclusion;
use crate::model::{Service, System, TypeRef};
use finding::Findings;
use jiff::civil::Date;

/// Which events must stay readable, between their senders and receivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Compatibility {
    /// For sent events, the old contract reads new events; for received events, the new contract reads old ones. This
    /// is enough when every event is received once, soon after it was sent.
    #[default]
    Delivery,
    /// The new contract reads old events, as a replay of an archive needs.
    Backward,
    /// The old contract reads new events, as receivers need that are deployed later.
    Forward,
    /// Both.
    Full,
}

impl Compatibility {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 4] = [
        ("delivery", Self::Delivery),
        ("backward", Self::Backward),
        ("forward", Self::Forward),
        ("full", Self::Full),
    ];

    /// The mode of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, mode)| mode)
    }
}

/// What a team demands of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Demands {
    /// Which events must stay readable.
    pub events: Compatibility,
    /// How many days a new sunset must be ahead.
    pub sunset_notice_days: u16,
}

/// The same as a team demands it.
#[must_use]
pub fn compare_by(old: &System, new: &System, today: Date, demands: Demands) -> Vec<Finding> {
    let notice = jiff::Span::new().days(demands.sunset_notice_days);
    let earliest_sunset = today.saturating_add(notice);
    let mut report = Findings { events: demands.events, earliest_sunset, ..Findings::new(today) };
    rest::compare(&mut report, old, new);
    outgoing::compare(&mut report, old, new);
    cors::compare(&mut report, old, new);
    event::compare(&mut report, old, new);
    function::compare(&mut report, old, new);
    table::compare(&mut report, old, new);
    stack::compare(&mut report, old, new);
    workflow::name(&mut report.findings, old, new);
    report.findings
}

/// All changes from the old contracts to the new ones, by location, each with the level of its rule. `today` decides
/// which sunsets have passed.
#[must_use]
pub fn compare(old: &System, new: &System, today: Date) -> Vec<Finding> {
    compare_by(old, new, today, Demands::default())
}

/// Compares the values of two JSON Schemas (2020-12, with named references into `$defs`). [`Effect::Narrows`] and
/// [`Effect::Widens`] are certain; [`Effect::Differs`] means that it is unknown.
#[must_use]
pub fn compare_json_schemas(
    old: (&BTreeMap<String, Value>, &Value),
    new: (&BTreeMap<String, Value>, &Value),
) -> Effect {
    inclusion::order(old, new)
}

/// The changes from one type to another at a location, regardless of who sends and who reads.
#[must_use]
pub fn compare_types(
    place: SchemaUse,
    old: (&Service, &TypeRef),
    new: (&Service, &TypeRef),
) -> Vec<Change> {
    let here = inclusion::Here { old: Default::default(), new: Default::default() };
    inclusion::Walker::new(old.0, new.0, place.form()).compare(old.1, new.1, here)
}

/// What findings call the operations and events of a system: `GET /product/{id}`, `OrderPlaced`.
#[must_use]
pub fn subjects(system: &System) -> Vec<String> {
    let of = |service: &crate::model::Service| {
        let routes = service.operations.iter().map(rest::subject);
        let events =
            service.messages().flat_map(|one| [one.name.wire.clone(), one.detail_type.clone()]);
        routes.chain(events).collect::<Vec<_>>()
    };
    system.services.iter().flat_map(of).collect()
}
