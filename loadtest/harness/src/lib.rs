//! A load test for any system whose contracts say what it does: virtual users who walk through workflows at the times of
//! an open model, a ledger of what they were promised, and a verdict.
//!
//! [`system`] is what a system is to it: data and functions, which the generator writes or people do. A [`Program`] of a
//! workspace is three lines. A run goes through these modules in this order: [`cli`] reads what is asked for, [`target`]
//! makes a stage ready (after [`freshness`] made sure that it is the one of the contracts), [`profile`] and [`arrivals`]
//! say when visits are due, [`attack`] sends goose users and the [`crew`] that grows beside them through workflows as
//! [`clock`] hands slots out, a [`visit`] sends [`request`]s and holds answers against the contract, [`record`] counts,
//! [`ledger`] notes every promise and [`messages`] what keeps it, [`lag`] tells whether the load generator itself had
//! time, [`drain`] waits until every promise is kept, [`pipeline`] measures how long that took, [`slo`] judges,
//! [`verdict`] concludes, [`report`] says so, and [`cleanup`] removes what the run left on a stage that is not its own.
//! Of a deployed stack [`stack`] knows the parts, by way of [`aws`].
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
mod manifest;
pub mod merge;
pub mod messages;
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

pub use cause::{Cause, REQUEST_TIMEOUT};
pub use dice::Dice;
pub use failed::{Again, Failed};
pub use ledger::{Accepted, Debt, Entry, Outcome, Tally};
pub use messages::Message;
pub use program::Program;
pub use request::{Answer, Request, text};
pub use system::{
    BoxFuture, Channel, Check, Checked, Clean, Cleaned, Draw, Input, Invariant, KeptBy, List, Look,
    Need, Of, Operation, Promise, Run, Scheme, Sight, Situation, System, Table, Workflow,
};
pub use visit::Visit;
