//! Rules about messages, and about the rules and queues that carry them.

use super::Level::{Error, Info, Warning};
use super::{ChangeRule, row};

const RECEIVERS: &str = "receivers, which no longer get it: {people}";
const SENDERS: &str = "senders, whose events are no longer received: {people}";
const BESIDE: &str = "send both until every receiver has migrated, then deprecate the old message with `deprecated: true` and `x-sunset`";
const TAKE_BOTH: &str = "accept both until no service sends the old one";
const IN_FLIGHT: &str = "messages in it, which are deleted";
const DRAIN: &str =
    "add a second receive operation on the new queue, let the old queue drain, then remove it";
const DATE: &str = "write a date such as `2027-01-31`";
/// What to do about a removal that no date announced.
const DATED: &str =
    "restore it with a date such as `x-sunset: 2027-01-31`, and remove it after that date";

#[rustfmt::skip]
pub(super) const RULES: &[ChangeRule] = &[
    row(Warning, "event-publication-removed", "the operation no longer publishes `{old}`, which is still described", "receivers that wait for it, unless another operation publishes it", "keep `x-publishes`, or deprecate the message with `deprecated: true` and `x-sunset`"),
    row(Error, "event-publication-ended", "no operation of the service publishes `{old}` any more, which is still described", "receivers that wait for it", "keep `x-publishes`, or deprecate the message with `deprecated: true` and `x-sunset`"),
    row(Info, "event-publication-added", "the operation publishes `{new}` now", "", ""),
    row(Info, "sent-event-added", "the message was added to those that are sent", "", ""),
    row(Info, "sent-event-version-added", "version {new} is now sent as well", "", ""),
    row(Error, "sent-event-removed", "the message is no longer sent", RECEIVERS, "deprecate the message first with `deprecated: true` and `x-sunset`"),
    row(Info, "sent-event-removed-with-deprecation", "the message is no longer sent, after its sunset on {old}", "", ""),
    row(Error, "sent-event-removed-before-sunset", "the message is no longer sent, before its sunset on {old}", RECEIVERS, "send it until {old}"),
    row(Error, "sent-event-sunset-parse", "the message is no longer sent; it was deprecated, but {old}", RECEIVERS, DATED),
    row(Error, "sent-event-version-removed", "version {old} is no longer sent", RECEIVERS, BESIDE),
    row(Error, "sent-event-source-changed", "the source changed from `{old}` to `{new}`", RECEIVERS, BESIDE),
    row(Error, "sent-event-detail-type-changed", "the detail-type changed from `{old}` to `{new}`", RECEIVERS, BESIDE),
    row(Warning, "channel-address-changed", "the address of the channel changed from `{old}` to `{new}`", "whoever finds the channel by its address", "keep the address; EventBridge rules match source and detail-type, not the address"),
    row(Warning, "channel-parameters-changed", "the parameters of the channel's address are now {new}, before {old}; nothing compares them", "whoever makes the address of the parameters", "keep the parameters and their values"),
    row(Warning, "event-headers-not-compared", "the headers of the message changed, which EventBridge does not carry and nothing compares", "whoever reads or sends the headers", "move the data to the payload"),
    row(Warning, "event-correlation-changed", "the correlation id is now {new}, before {old}", "whoever matches messages by it", "keep the place of the correlation id"),
    row(Error, "sent-event-bus-changed", "the bus changed from `{old}` to `{new}`", RECEIVERS, BESIDE),
    row(Info, "sent-event-deprecated", "the message was deprecated{new}", "", ""),
    row(Info, "sent-event-reactivated", "the message is no longer deprecated", "", ""),
    row(Error, "sent-event-sunset-date-too-small", "the sunset {new} is before {old}, the earliest possible date", "receivers, which have no time to migrate: {people}", "choose a date that leaves receivers time to migrate"),
    row(Error, "sent-event-sunset-deleted", "the sunset {old} was removed, but the message is still deprecated", "receivers that rely on {old}: {people}", "keep the date, or remove the deprecation"),
    row(Error, "sent-event-deprecated-sunset-parse", "the sunset `{new}` is not a date", "receivers that plan for the sunset: {people}", DATE),
    row(Error, "sent-event-sunset-date-changed-too-small", "the sunset was moved forward from {old} to {new}", "receivers that rely on {old}: {people}", "keep {old} or a later date"),

    row(Info, "received-event-added", "the message is now received", "", ""),
    row(Error, "received-event-removed", "the message is no longer received", SENDERS, "receive it until no service sends it"),
    row(Error, "received-event-version-removed", "version {old} is no longer accepted: such events end in the dead-letter queue", SENDERS, TAKE_BOTH),
    row(Error, "received-event-source-changed", "the source changed from `{old}` to `{new}`", SENDERS, TAKE_BOTH),
    row(Error, "received-event-detail-type-changed", "the detail-type changed from `{old}` to `{new}`", SENDERS, TAKE_BOTH),

    row(Info, "receive-operation-added", "the receive operation was added", "", ""),
    row(Error, "receive-operation-removed", "the receive operation was removed, with its EventBridge rule and queue", "whoever relies on its effects; messages in its queue are deleted", "stop the senders first, let the queue drain, then remove it"),
    row(Info, "receive-operation-renamed", "the receive operation `{old}` was renamed to `{new}`", "", ""),
    row(Error, "delivery-changed", "messages were delivered {old}, and are now delivered {new}", "messages in flight during the deployment, which are lost with the old path", "add a second receive operation, let this one drain, then remove it"),

    row(Error, "queue-renamed", "the queue `{old}` was renamed to `{new}`", IN_FLIGHT, DRAIN),
    row(Error, "queue-type-changed", "the queue was {old}, and is now {new}, so it is replaced", IN_FLIGHT, DRAIN),
    row(Warning, "queue-retention-decreased", "`messageRetentionPeriod` was decreased from {old} to {new} seconds", "older messages, which are deleted", "keep the retention period, which has no extra cost"),
    row(Info, "queue-retention-increased", "`messageRetentionPeriod` was increased from {old} to {new} seconds", "", ""),
    row(Warning, "queue-visibility-timeout-decreased", "`visibilityTimeout` was decreased from {old} to {new} seconds", "messages that take longer to process, which are received twice", "keep at least 6 × the function timeout"),
    row(Info, "queue-visibility-timeout-increased", "`visibilityTimeout` was increased from {old} to {new} seconds", "", ""),
    row(Info, "queue-receive-wait-changed", "`receiveMessageWaitTime` changed from {old} to {new} seconds", "", ""),
    row(Info, "queue-delay-changed", "`deliveryDelay` changed from {old} to {new} seconds", "", ""),
    row(Info, "queue-tags-changed", "the tags of the queue are now {new}, before {old}", "", ""),
    row(Error, "queue-group-changed", "messages are now ordered by {new}, before by {old}", "receivers that rely on the order", DRAIN),
    row(Error, "queue-deduplication-changed", "messages are now deduplicated by {new}, before by {old}", "receivers, which may get a message twice or not at all", DRAIN),
    row(Info, "queue-throughput-changed", "`fifoThroughputLimit` changed from `{old}` to `{new}`", "", ""),
    row(Error, "dead-letter-queue-removed", "the dead-letter queue `{old}` was removed", "messages that cannot be processed, which are lost, and messages in the removed queue", "keep the dead-letter queue"),
    row(Error, "dead-letter-queue-renamed", "the dead-letter queue `{old}` was renamed to `{new}`", "messages in the old queue, which are deleted", "redrive or copy them first, and keep the name"),
    row(Info, "dead-letter-queue-added", "the dead-letter queue `{new}` was added", "", ""),
    row(Warning, "max-receive-count-decreased", "`maxReceiveCount` was decreased from {old} to {new}", "messages that fail temporarily, which are given up sooner", "keep the count"),
    row(Info, "max-receive-count-increased", "`maxReceiveCount` was increased from {old} to {new}", "", ""),
    row(Info, "event-source-batch-size-changed", "`batchSize` changed from {old} to {new}", "", ""),
    row(Info, "event-source-window-changed", "`maximumBatchingWindowInSeconds` changed from {old} to {new}", "", ""),
    row(Info, "event-source-concurrency-changed", "`maximumConcurrency` changed from {old} to {new}", "", ""),
    row(Info, "event-source-parallelization-changed", "`parallelizationFactor` changed from {old} to {new}", "", ""),
    row(Info, "event-source-bisection-changed", "`bisectBatchOnFunctionError` changed from {old} to {new}", "", ""),
    row(Error, "stream-table-changed", "changes are now read from the stream of the table `{new}`, before `{old}`", "whoever relies on the changes of `{old}`", "add a second receive operation for `{new}`"),
    row(Warning, "stream-starting-position-changed", "`startingPosition` changed from `{old}` to `{new}`, so the event source mapping is replaced", "changes of the last 24 hours, which are processed again or skipped", "keep the starting position, which matters only when the mapping is created"),
    row(Warning, "stream-retry-attempts-decreased", "`maximumRetryAttempts` of the stream was decreased from {old} to {new}", "changes whose processing fails temporarily, which are given up sooner", "keep the count"),
    row(Info, "stream-retry-attempts-increased", "`maximumRetryAttempts` of the stream was increased from {old} to {new}", "", ""),
    row(Warning, "stream-record-age-decreased", "`maximumRecordAgeInSeconds` was decreased from {old} to {new}", "changes during an outage, which are given up sooner", "keep the age"),
    row(Info, "stream-record-age-increased", "`maximumRecordAgeInSeconds` was increased from {old} to {new}", "", ""),

    row(Error, "rule-bus-changed", "the EventBridge rule was moved from the bus `{old}` to `{new}`", "senders on `{old}`, whose events are no longer received", "add a second receive operation on the new bus"),
    row(Warning, "rule-renamed", "the EventBridge rule `{old}` was renamed to `{new}`, so it is replaced", "events during the deployment, which may be delivered twice", "keep the name of the rule"),
    row(Error, "rule-pattern-narrowed", "the event pattern matches fewer events: {new}, before {old}", "senders of events that no longer match", "keep the pattern, and filter in the function"),
    row(Warning, "rule-pattern-widened", "the event pattern matches more events: {new}, before {old}", "the function, which gets events of a new kind", "make sure that the function accepts them"),
    row(Error, "rule-pattern-changed", "the event pattern matches other events: {new}, before {old}", "senders of events that no longer match", "add a second receive operation with the new pattern"),
    row(Info, "rule-schedule-changed", "the schedule changed from `{old}` to `{new}`", "", ""),
    row(Info, "rule-schedule-input-changed", "the schedule's `input` changed from `{old}` to `{new}`", "", ""),
    row(Error, "rule-trigger-changed", "the EventBridge rule is now triggered by {new}, before by {old}", "whoever relies on the old trigger", "add a second receive operation for the new trigger, and remove the old one when it is no longer needed"),
    row(Error, "rule-dead-letter-queue-removed", "the dead-letter queue `{old}` of the EventBridge rule was removed", "events that cannot be delivered, which are lost, and events in the removed queue", "keep the dead-letter queue"),
    row(Error, "rule-dead-letter-queue-renamed", "the dead-letter queue `{old}` of the EventBridge rule was renamed to `{new}`", "events in the old queue, which are deleted", "redrive or copy them first, and keep the name"),
    row(Info, "rule-dead-letter-queue-added", "the dead-letter queue `{new}` of the EventBridge rule was added", "", ""),
    row(Warning, "rule-retry-attempts-decreased", "`maximumRetryAttempts` of the EventBridge rule was decreased from {old} to {new}", "events during an outage, which are given up sooner", "keep the count"),
    row(Info, "rule-retry-attempts-increased", "`maximumRetryAttempts` of the EventBridge rule was increased from {old} to {new}", "", ""),
    row(Warning, "rule-event-age-decreased", "`maximumEventAgeInSeconds` of the EventBridge rule was decreased from {old} to {new}", "events during an outage, which are given up sooner", "keep the age"),
    row(Info, "rule-event-age-increased", "`maximumEventAgeInSeconds` of the EventBridge rule was increased from {old} to {new}", "", ""),
    row(Warning, "function-retry-attempts-decreased", "`maximumRetryAttempts` of the function was decreased from {old} to {new}", "events whose processing fails temporarily, which are given up sooner", "keep the count"),
    row(Info, "function-retry-attempts-increased", "`maximumRetryAttempts` of the function was increased from {old} to {new}", "", ""),
    row(Warning, "function-event-age-decreased", "`maximumEventAgeInSeconds` of the function was decreased from {old} to {new}", "events during an outage, which are given up sooner", "keep the age"),
    row(Info, "function-event-age-increased", "`maximumEventAgeInSeconds` of the function was increased from {old} to {new}", "", ""),
    row(Error, "on-failure-queue-removed", "the on-failure queue `{old}` was removed", "events whose processing fails, which are lost, and events in the removed queue", "keep the queue"),
    row(Error, "on-failure-queue-renamed", "the on-failure queue `{old}` was renamed to `{new}`", "events in the old queue, which are deleted", "redrive or copy them first, and keep the name"),
    row(Info, "on-failure-queue-added", "the on-failure queue `{new}` was added", "", ""),

    row(Error, "bus-removed", "the event bus was removed", "rules and archives on it, of this system and of others", "keep the bus until no system sends to it or receives from it"),
    row(Info, "bus-added", "the event bus was added", "", ""),
];
