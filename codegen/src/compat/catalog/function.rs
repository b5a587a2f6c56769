//! Rules about functions: their names, and what each may use.

use super::Level::{Info, Warning};
use super::{Rule, row};

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    row(Warning, "function-renamed", "the function `{old}` was renamed to `{new}`, so it is replaced", "its log group, metrics, alarms and reserved concurrency, which belong to the old name, and callers that invoke it by name", "keep the name with `x-lambda.name`"),
    row(Warning, "function-timeout-decreased", "`timeout` was decreased from {old} to {new} seconds", "invocations that take longer, which time out", "keep the timeout; an unused timeout has no cost"),
    row(Info, "function-timeout-increased", "`timeout` was increased from {old} to {new} seconds", "", ""),
    row(Warning, "function-memory-decreased", "`memory` was decreased from {old} to {new} MiB", "invocations that need more memory, which are killed; the CPU share decreases with the memory", "measure with the new size before you deploy it"),
    row(Info, "function-memory-increased", "`memory` was increased from {old} to {new} MiB", "", ""),
    row(Warning, "function-concurrency-decreased", "`reservedConcurrency` changed from {old} to {new}", "callers at peak load, which are throttled sooner", "keep the reservation, or check the peak of `ConcurrentExecutions` first"),
    row(Info, "function-concurrency-increased", "`reservedConcurrency` changed from {old} to {new}", "", ""),
    row(Info, "function-architecture-changed", "`architecture` changed from {old} to {new}", "", ""),
];
