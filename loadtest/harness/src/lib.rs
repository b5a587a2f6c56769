//! A load test for any system with contracts: virtual users that run workflows at the arrival rate of an open model,
//! a ledger of expected outcomes, and a verdict.
//!
//! [`system`] describes a system as data and functions, which the generator or people write. A workspace needs a
//! [`Program`] of three lines. A run uses these modules in this order:
//!
//! - [`cli`] reads the arguments, and [`freshness`] checks that generated code is up to date.
//! - [`target`] prepares a stage. For a deployed stack, [`stack`] reads its resources with [`aws`].
//! - [`profile`] and [`arrivals`] compute the schedule.
//! - [`attack`] starts goose users, and the [`crew`] adds more, which run workflows when [`clock`] hands out slots.
//! - A [`visit`] is one run of a workflow: it sends each [`request`], and validates the response against the
//!   contract.
//! - [`record`] counts, [`ledger`] records every promise (an expected outcome), and [`messages`] observes outcomes.
//! - [`lag`] measures whether the load generator itself had CPU time.
//! - [`drain`] waits for expected outcomes, and [`pipeline`] measures how long they took.
//! - [`slo`] compares with the objectives, [`verdict`] concludes, and [`report`] writes the result.
//! - [`cleanup`] deletes what the run left on a deployed stage.
//!
//! [`arrivals`], [`ledger`], [`pipeline`], [`slo`], [`interval`] and [`verdict`] are pure: data in, data out.

pub mod arrivals;
pub mod attack;
pub mod aws;
pub mod base;
pub mod callers;
mod capacity;
mod cause;
pub mod cleanup;
pub mod cli;
pub mod clock;
pub mod connect;
pub mod cpu;
pub mod crew;
pub mod criteria;
mod deliver;
mod dice;
pub mod drain;
pub mod draw;
pub mod expect;
mod exports;
mod failed;
pub mod faults;
pub mod feeds;
pub mod freshness;
pub mod heat;
pub mod interrupt;
pub mod interval;
pub mod lag;
pub mod latency;
pub mod ledger;
mod limit;
pub mod lines;
pub mod listed;
mod manifest;
pub mod merge;
pub mod messages;
mod near;
mod partial;
pub mod pipeline;
pub mod place;
pub mod profile;
mod program;
pub mod progress;
pub mod record;
pub mod report;
pub mod request;
pub mod run;
pub mod shared;
pub mod slo;
pub mod stack;
mod summary;
pub mod system;
pub mod target;
pub mod terminal;
mod track;
pub mod verdict;
pub mod visit;
pub mod watch;
mod watcher;

pub use jiff::Timestamp;
pub use regex::Regex;
pub use runtime::client::HttpRequest;
pub use serde_json::Value;
pub use stage::credential::Carrier;

pub use cause::{Cause, REQUEST_TIMEOUT};
pub use dice::Dice;
pub use failed::{Again, Failed, Tries};
pub use ledger::{Accepted, Entry, Outcome, PendingPromise, Tally};
pub use messages::Message;
pub use program::Program;
pub use request::{Answer, Request, text};
pub use system::{
    BoxFuture, Channel, Check, Checked, Clean, Cleaned, Draw, Input, Invariant, KeptBy, List, Look,
    Need, Of, Operation, Owner, Promise, Run, Scheme, Sighting, Situation, System, Table, Workflow,
};
pub use visit::{Outputs, Visit};
