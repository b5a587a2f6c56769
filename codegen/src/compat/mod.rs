//! Changes between two versions of a system's contracts: whom they break, and what to do instead.
//!
//! Owns the comparison of two resolved systems. Reads no file, asks no clock and starts no process: both systems
//! and the day are arguments. What of the findings matters is decided by [`crate::policy`].
//!
//! `schema` walks two types and yields atomic changes without knowing who sends and who reads; `rest`, `event`,
//! and `table` know that, and [`catalog`] turns a change at a place into a rule with a level. Clients and senders
//! are broken by what takes less than before, readers and receivers by what says more than before.
//!
//! The promise: a request that was valid and names only what the contract names is valid still when nothing is
//! reported as an error, and so is, seen from the reader, an answer or an event.

pub mod catalog;
mod change;
mod checks;
mod content;

mod delivery;
mod event;
mod finding;
mod function;
mod lifecycle;
mod parameter;
mod pattern;
mod property;
mod publication;
mod report;
mod response;
mod rest;
mod scalar;
mod schema;
mod security;
mod shape;
mod table;
mod union;
mod workflow;

pub use crate::model::parse_date;
pub use catalog::{Level, Place, Rule};
pub use change::{Change, Effect, Kind};
pub use finding::{Direction, Finding, collapse};
pub use report::{Reported, report};

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{Service, System, TypeRef};
use finding::Report;
use jiff::civil::Date;

/// Which events must stay readable, whoever sends them here and whoever receives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Compatibility {
    /// Of what a service sends, the old contract reads the new events; of what it receives, the new contract reads the old
    /// ones: enough where every event is taken once and at once.
    #[default]
    Delivery,
    /// The new contract reads the old events, as whoever replays an archive needs.
    Backward,
    /// The old contract reads the new events, as receivers need that are deployed later.
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
    let mut report = Report { events: demands.events, earliest_sunset, ..Report::new(today) };
    rest::compare(&mut report, old, new);
    event::compare(&mut report, old, new);
    function::compare(&mut report, old, new);
    table::compare(&mut report, old, new);
    workflow::name(&mut report.findings, old, new);
    report.findings
}

/// Everything that changed from the old contracts to the new, by place in the contracts, each with the level
/// that its rule has. `today` decides which sunsets have passed.
#[must_use]
pub fn compare(old: &System, new: &System, today: Date) -> Vec<Finding> {
    compare_by(old, new, today, Demands::default())
}

/// What becomes of the values of one JSON Schema (2020-12, with references into `$defs`, which are given by name) in
/// another: [`Effect::Narrows`] and [`Effect::Widens`] are certain, [`Effect::Differs`] says that nobody can tell.
#[must_use]
pub fn compare_json_schemas(
    old: (&BTreeMap<String, Value>, &Value),
    new: (&BTreeMap<String, Value>, &Value),
) -> Effect {
    checks::order(old, new)
}

/// The changes from one type to another at a place, without regard to who sends there and who reads.
#[must_use]
pub fn compare_types(
    place: Place,
    old: (&Service, &TypeRef),
    new: (&Service, &TypeRef),
) -> Vec<Change> {
    let here = schema::Here { old: Default::default(), new: Default::default() };
    schema::Walker::new(old.0, new.0, schema::Form::at(place)).compare(old.1, new.1, here)
}
