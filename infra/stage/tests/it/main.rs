//! End-to-end tests: real stages, real processes, real requests.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod access;
mod browsers;
mod buses;
mod callers;
mod cdk;
mod cli;
mod console;
mod deviations;
mod durability;
mod endpoint;
mod events;
mod faults;
mod functions;
mod gateway;
mod hostile;
mod http_api;
mod included;
mod kinds;
mod languages;
mod mapping;
mod nested;
mod policies;
mod recorded;
mod reload;
mod reload_parts;
mod ruby_java;
mod sam;
mod shapes;
mod streams;
mod support;
mod tables;
mod template;
mod told;
mod topics;
