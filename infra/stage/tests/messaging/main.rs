//! Queues and buses as a whole: their rules against models, their waiting with clocks that are
//! arguments, their protocols through the AWS SDK.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod bus_sdk;
mod bus_service;
mod pattern;
mod queue_model;
mod queue_recorded;
mod queue_sdk;
mod queue_service;
mod server;
