//! Judges values by what the generator and the runtime make of a JSON Schema.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may stop where it fails"))]

pub mod judge;
#[cfg(test)]
mod keywords;
