//! An event bus service that answers as Amazon EventBridge does: buses, rules, patterns, schedules,
//! and delivery with retries and dead letters, in process and over the JSON protocol.
//!
//! **Scope**: `PutEvents`, `TestEventPattern` and the actions on buses, rules, targets, tags,
//! permissions, archives and replays. Pipes, connections, API destinations and partner sources are
//! refused by name. Targets are queues and functions, reached through a [`Deliver`].
//!
//! [`BusService`] is the service; [`wire`] speaks the protocol. [`state`] holds the rules,
//! [`pattern`] the matching, [`delivery`] the way of one event to one target, which runs as a task
//! of its own: it does not wait for the answer to the publisher, and ends only as delivered,
//! dead-lettered or dropped, each of them counted.
//!
//! **Known deviations from AWS**
//! - Numbers are compared as numbers to the precision of `f64`, whole ones exactly, so `300` and
//!   `3.0e2` are equal.
//! - In an array of objects, a field asked to be absent is looked for in the element that the other
//!   fields are found in; where nothing else is asked, in all of them. On AWS this depends on the
//!   order of names.
//! - A pattern may have any number of `*`: none makes matching slow here.
//! - A dead letter of a transformed event holds the event.
//! - The first retry comes after about a quarter of a second; AWS does not say when its first one
//!   comes.
//! - A message group that begins with `$` is a path into the event; the API reference of AWS only says
//!   that it is a text.
//! - A replay has ended when the call that starts it is answered, so it cannot be cancelled. A replayed
//!   event keeps its id.
//! - Policies of buses are kept and shown: there is one account. Keys, logs and dead letters of buses
//!   are kept and shown.
//! - A scheduled rule fires to the millisecond; AWS within the minute. An event on a bus that does
//!   not exist is accepted and dropped, as on AWS, but counted ([`BusStats::unrouted`]).

pub mod archive;
mod changed;
pub mod delivery;
pub mod error;
pub mod event;
mod forward;
mod kept;
pub mod path;
pub mod pattern;
mod policy;
pub mod retry;
pub mod rule;
pub mod schedule;
pub mod service;
pub mod state;
pub mod transform;
pub mod wire;

pub use archive::NewArchive;
pub use delivery::{Attempt, Deliver, Delivery, DeliveryError};
pub use error::BusError;
pub use event::{NewEvent, Origin};
pub(crate) use forward::WeakBuses;
pub use pattern::Pattern;
pub(crate) use pattern::is_or;
pub use retry::RetryPolicy;
pub use rule::{NewRule, Rule, Target};
pub use schedule::Scheduler;
pub use service::{BusService, BusStats};
pub use state::BusSettings;
pub use transform::{Input, Template};
