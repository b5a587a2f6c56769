//! Rules about functions: their names, and what each may use.

use super::Level::{Info, Warning};
use super::{ChangeRule, row};

#[rustfmt::skip]
pub(super) const RULES: &[ChangeRule] = &[
    row(Warning, "function-renamed", "the function `{old}` was renamed to `{new}`, so it is replaced", "its log group, metrics, alarms and reserved concurrency, which belong to the old name, and callers that invoke it by name", "keep the name with `x-lambda.name`"),
    row(Warning, "function-timeout-decreased", "`timeout` was decreased from {old} to {new} seconds", "invocations that take longer, which time out", "keep the timeout; an unused timeout has no cost"),
    row(Info, "function-timeout-increased", "`timeout` was increased from {old} to {new} seconds", "", ""),
    row(Warning, "function-memory-decreased", "`memory` was decreased from {old} to {new} MiB", "invocations that need more memory, which are killed; the CPU share decreases with the memory", "measure with the new size before you deploy it"),
    row(Info, "function-memory-increased", "`memory` was increased from {old} to {new} MiB", "", ""),
    row(Warning, "function-concurrency-decreased", "`reservedConcurrency` changed from {old} to {new}", "callers at peak load, which are throttled sooner", "keep the reservation, or check the peak of `ConcurrentExecutions` first"),
    row(Info, "function-concurrency-increased", "`reservedConcurrency` changed from {old} to {new}", "", ""),
    row(Warning, "function-network-changed", "the function is now {new}, before {old} (`vpc`)", "calls to addresses that only the other network reaches, which time out", "check what the function calls: a network needs a NAT gateway to reach the internet"),
    row(Warning, "function-storage-decreased", "`ephemeralStorage` was decreased from {old} to {new} MiB", "invocations that write more to `/tmp`, which fail", "keep the storage"),
    row(Info, "function-storage-increased", "`ephemeralStorage` was increased from {old} to {new} MiB", "", ""),
    row(Warning, "function-layer-removed", "the layer `{old}` was removed", "code that loads files of the layer, which are gone", "keep the layer until no code loads it"),
    row(Info, "function-layer-changed", "the layer `{old}` was replaced by `{new}`", "", ""),
    row(Info, "function-layer-added", "the layer `{new}` was added", "", ""),
    row(Info, "function-layers-reordered", "layers are now merged in the order {new}, before {old}", "", ""),
    row(Warning, "function-permission-removed", "the function may no longer call {old}", "hand-written code that does, whose calls are denied", "keep the statement until no code needs it"),
    row(Info, "function-permission-added", "the function may now call {new}", "", ""),
    row(Warning, "table-access-removed", "access to tables was removed: {old}", "hand-written code that does, whose requests are denied", "keep the actions of `x-dynamodb-access` until no code needs them"),
    row(Info, "table-access-added", "access to tables was added: {new}", "", ""),
    row(Warning, "function-ready-concurrency-decreased", "`provisionedConcurrency` was decreased from {old} to {new}", "callers, which wait for cold starts more often", "measure the cold starts first"),
    row(Info, "function-ready-concurrency-increased", "`provisionedConcurrency` was increased from {old} to {new}", "", ""),
    row(Info, "function-deployment-changed", "how invocations move to a new version (`deployment`) is now: {new}; before: {old}", "", ""),
    row(Info, "function-log-level-changed", "`logLevel` changed from {old} to {new}", "", ""),
    row(Info, "function-system-log-level-changed", "`systemLogLevel` changed from {old} to {new}", "", ""),
    row(Warning, "function-variable-removed", "the variable `{old}` was removed", "code that reads it, which finds nothing", "keep the variable until no code reads it"),
    row(Info, "function-variable-added", "the variable was added: {new}", "", ""),
    row(Info, "function-variable-changed", "the variable is now {new}, before {old}", "", ""),
    row(Warning, "function-variable-without-default", "the variable is now {new}, before {old}", "the deployment of stages that do not set it, which fails", "write a `default`, or set the variable in the settings of every stage first"),
    row(Warning, "function-secret-added", "the variable is now {new}, before {old}", "the function, which fails to start where the secret or parameter does not exist", "create the secret or parameter in the account of every stage before the deployment"),
    row(Warning, "function-secret-changed", "the variable is now {new}, before {old}", "the function, which fails to start where the secret or parameter does not exist", "create the secret or parameter in the account of every stage before the deployment"),
    row(Info, "function-secret-refresh-changed", "the value is read again after {new} seconds, before after {old}", "", ""),
    row(Info, "function-architecture-changed", "`architecture` changed from {old} to {new}", "", ""),
];
