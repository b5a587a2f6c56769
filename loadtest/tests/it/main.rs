//! The load test, tested from outside: the real binary against shops that misbehave in known ways.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failed unwrap is a failed test, and says where"
)]

mod bad_input;
mod callers;
mod command;
mod denied;
mod faults;
mod finds;
mod leaks;
mod mock;
mod omission;
mod poison;
mod privileges;
mod shop;
mod stack;
mod stage;
mod stages;
mod tracing;
mod usage;
