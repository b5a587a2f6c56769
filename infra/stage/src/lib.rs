//! A local stage: reads a CloudFormation template and stands it up on 127.0.0.1.
//!
//! The way through it, in reading order:
//!
//! 1. [`template`] reads what is deployed and says what is to be stood up, or refuses it by name.
//! 2. `stage` stands it up: tables, queues, functions, pollers, APIs, and one endpoint for AWS SDKs.
//! 3. `gateway` makes events of requests, [`lambda`] runs functions as real processes, [`bus`] routes events,
//!    [`queue`] holds messages, `mapping` takes them to functions, [`table`] keeps items. [`fault`] decides what goes
//!    wrong on purpose, [`access`] what functions may do, `issuer` signs tokens for whoever calls, [`credential`] says where in a
//!    request they stand.
//! 4. `tap` lets somebody watch, `journal` keeps what happened lately for the console and the command line, `store`
//!    what survives the stage.
//!
//! It knows nothing of what it runs: any template and any binaries that speak the Lambda Runtime API will do.

pub mod access;
mod account;
mod aws;
mod binaries;
pub mod bus;
pub mod cli;
pub mod clock;
mod cloudformation;
mod console;
mod cpu;
pub mod credential;
mod doubles;
pub mod fault;
mod gateway;
mod given;
mod guardian;
mod http;
mod ids;
mod interpreter;
mod issuer;
mod journal;
pub mod lambda;
pub mod log;
mod mapping;
mod memory;
pub mod metrics;
mod model;
mod percent;
mod programs;
mod query;
pub mod queue;
mod reload;
#[cfg(test)]
mod restarts;
mod routing;
#[cfg(test)]
mod scratch;
mod secrets;
#[cfg(test)]
mod simulation;
mod stage;
mod startup;
mod store;
pub mod table;
mod tap;
pub mod template;
mod topic;
mod vtl;
mod way;

pub use access::{Access, Call};
pub use binaries::{build_functions, build_functions_of, built_folder, root_of};
pub use credential::Credential;
pub use doubles::Doubles;
pub use issuer::Issuer;
pub use journal::Journal;
pub use log::Log;
pub use metrics::Metrics;
pub use reload::Reloaded;
pub use stage::{Stage, StageError, StageOptions};
pub use store::StoreError;
pub use tap::Tap;
