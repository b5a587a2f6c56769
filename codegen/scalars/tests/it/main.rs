//! Scalars against judges from outside: another engine of ECMA-262, and arithmetic on long integers.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod decimals;
mod patterns;
