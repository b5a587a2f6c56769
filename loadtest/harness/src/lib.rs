//! A load test for any system with contracts: virtual users that run workflows at the arrival rate of an open model,
//! a ledger of expected outcomes, and a verdict.
//!
//! [`System`] describes a system as data and functions, which the generator or people write. A workspace needs a
//! [`Program`] of three lines. A run uses these modules in this order:
//!
//! - [`cli`] reads the arguments, and `freshness` checks that generated code is up to date.
//! - `target` prepares a stage. For a deployed stack, `stack` reads its resources with `aws`.
//! - [`profile`] and [`arrivals`] compute the schedule.
//! - `attack` starts goose users, and the `crew` adds more, which run workflows when `clock` hands out slots.
//! - A `visit` is one run of a workflow: it sends each `request`, and validates the response against the
//!   contract.
//! - `record` counts, `ledger` records every promise (an expected outcome), and `messages` observes outcomes.
//! - `lag` measures whether the load generator itself had CPU time.
//! - `drain` waits for expected outcomes, and `pipeline` measures how long they took.
//! - [`slo`] compares with the objectives, `verdict` concludes, and [`report`] writes the result.
//! - `cleanup` deletes what the run left on a deployed stage.
//!
//! [`arrivals`], `ledger`, `pipeline`, [`slo`], `interval` and `verdict` are pure: data in, data out.

pub mod arrivals;
mod attack;
mod aws;
mod base;
pub mod callers;
mod capacity;
mod cause;
mod cleanup;
pub mod cli;
mod clock;
mod connect;
pub mod cpu;
mod crew;
pub mod criteria;
mod deliver;
mod destination;
mod dice;
mod drain;
mod draw;
pub mod expect;
mod exports;
mod faults;
mod feeds;
mod freshness;
mod heat;
pub mod interrupt;
mod interval;
mod lag;
pub mod latency;
mod ledger;
mod limit;
mod lines;
mod listed;
mod manifest;
mod merge;
mod messages;
mod near;
pub mod options;
mod partial;
mod pipeline;
pub mod profile;
mod program;
pub mod progress;
mod record;
pub mod report;
mod request;
pub mod run;
mod shared;
pub mod slo;
mod stack;
mod summary;
mod system;
mod target;
mod terminal;
mod track;
mod verdict;
mod visit;
mod watch;
mod watcher;

pub use jiff::Timestamp;
pub use regex::Regex;
pub use runtime::client::HttpRequest;
pub use serde_json::Value;
pub use stage::credential::Carrier;

pub use cause::{Cause, REQUEST_TIMEOUT};
pub use dice::Dice;
pub use ledger::{Accepted, Entry, PendingPromise, StepOutcome, Tally};
pub use messages::Message;
pub use program::Program;
pub use request::{Again, Answer, Failed, Request, Tries, text};
pub use system::{
    BoxFuture, Channel, Check, Checked, Clean, Cleaned, Draw, Input, Invariant, KeptBy, List, Look,
    Need, Of, Operation, Owner, Promise, Run, Scheme, Share, Sighting, Situation, System, Table,
    Workflow,
};
pub use visit::{Outputs, Visit};
