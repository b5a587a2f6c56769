//! The verification against a small service of another domain than the shop's: as its contract has it, and with one
//! fault at a time.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod alike;
mod answers;
mod command;
mod contract;
mod drawn;
mod expressions;
mod faults;
mod plans;
mod server;
mod survive;
mod text;
mod versions;
