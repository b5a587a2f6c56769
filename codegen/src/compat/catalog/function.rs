//! Rules about functions: their names, and what each may use.

use super::Level::{Info, Warning};
use super::{Rule, row};

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    row(Warning, "function-renamed", "the function `{old}` became `{new}`, so it is replaced", "its log group, metrics, alarms and reserved concurrency, which stay with the old name; and whoever invokes it by name", "keep the name: `x-lambda.name` sets it"),
    row(Warning, "function-timeout-decreased", "`timeout` went down from {old} to {new} seconds", "invocations that take longer: they are stopped", "keep the timeout, which costs nothing while it is not used"),
    row(Info, "function-timeout-increased", "`timeout` went up from {old} to {new} seconds", "", ""),
    row(Warning, "function-memory-decreased", "`memory` went down from {old} to {new} MiB", "invocations that need more: they are killed, and the processor share goes down with the memory", "measure with the new size before it is deployed"),
    row(Info, "function-memory-increased", "`memory` went up from {old} to {new} MiB", "", ""),
    row(Warning, "function-concurrency-decreased", "`reservedConcurrency` changed from {old} to {new}", "callers at the peak: they are throttled sooner", "keep the reservation, or compare it with the peak of `ConcurrentExecutions` first"),
    row(Info, "function-concurrency-increased", "`reservedConcurrency` changed from {old} to {new}", "", ""),
    row(Info, "function-architecture-changed", "`architecture` changed from {old} to {new}", "", ""),
];
