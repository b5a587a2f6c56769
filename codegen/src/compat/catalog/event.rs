//! Rules about messages, and about the rules and queues that carry them.

use super::Level::{Error, Info, Warning};
use super::{Rule, row};

const RECEIVERS: &str = "receivers, to which it comes no more: {people}";
const SENDERS: &str = "senders, whose events nobody takes: {people}";
const BESIDE: &str = "send it both ways until every receiver has moved, then deprecate the old message with `deprecated: true` and `x-sunset`";
const TAKE_BOTH: &str = "take both until nobody sends the old";
const IN_FLIGHT: &str = "messages that wait in it: they are gone with it";
const DRAIN: &str =
    "add a second receive operation on the new queue, let the old one run empty, then remove it";
const DATE: &str = "write a day like `2027-01-31`";

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    row(Warning, "event-publication-removed", "the operation does not publish `{old}` any more, which is still described", "receivers that wait for it, unless another operation publishes it", "keep `x-publishes`, or deprecate the message with `deprecated: true` and `x-sunset`"),
    row(Info, "event-publication-added", "the operation publishes `{new}` now", "", ""),
    row(Info, "sent-event-added", "the message is sent now", "", ""),
    row(Info, "sent-event-version-added", "version {new} is sent beside the others", "", ""),
    row(Error, "sent-event-removed", "the message is not sent any more", RECEIVERS, "deprecate the message first with `deprecated: true` and `x-sunset`"),
    row(Info, "sent-event-removed-with-deprecation", "the message is not sent any more, after its sunset on {old}", "", ""),
    row(Error, "sent-event-removed-before-sunset", "the message is not sent any more, before its sunset on {old}", RECEIVERS, "send it until {old}"),
    row(Error, "sent-event-sunset-parse", "the message is not sent any more; it was deprecated, but {old}", RECEIVERS, DATE),
    row(Error, "sent-event-version-removed", "version {old} is not sent any more", RECEIVERS, BESIDE),
    row(Error, "sent-event-source-changed", "the source changed from `{old}` to `{new}`", RECEIVERS, BESIDE),
    row(Error, "sent-event-detail-type-changed", "the detail-type changed from `{old}` to `{new}`", RECEIVERS, BESIDE),
    row(Error, "sent-event-bus-changed", "the bus changed from `{old}` to `{new}`", RECEIVERS, BESIDE),
    row(Info, "sent-event-deprecated", "the message was deprecated{new}", "", ""),
    row(Info, "sent-event-reactivated", "the message is not deprecated any more", "", ""),
    row(Error, "sent-event-sunset-date-too-small", "the sunset {new} is in the past already", "receivers, which have no time to move: {people}", "choose a day that leaves receivers time"),
    row(Error, "sent-event-sunset-deleted", "the sunset {old} was deleted, but the message is still deprecated", "receivers that planned with {old}: {people}", "keep the date, or take the deprecation back"),
    row(Error, "sent-event-deprecated-sunset-parse", "the sunset `{new}` is no date", "receivers that plan for the sunset: {people}", DATE),
    row(Error, "sent-event-sunset-date-changed-too-small", "the sunset was moved from {old} to the earlier {new}", "receivers that planned with {old}: {people}", "keep {old} or a later day"),

    row(Info, "received-event-added", "the message is taken now", "", ""),
    row(Error, "received-event-removed", "the message is not taken any more", SENDERS, "take it until nobody sends it"),
    row(Error, "received-event-version-removed", "version {old} is not taken any more: such events end in the dead-letter queue", SENDERS, TAKE_BOTH),
    row(Error, "received-event-source-changed", "the source changed from `{old}` to `{new}`", SENDERS, TAKE_BOTH),
    row(Error, "received-event-detail-type-changed", "the detail-type changed from `{old}` to `{new}`", SENDERS, TAKE_BOTH),

    row(Info, "receive-operation-added", "the receive operation was added", "", ""),
    row(Error, "receive-operation-removed", "the receive operation was removed, and with it its rule and queue", "whoever relies on what it did; messages that wait in its queue are gone", "stop the senders first, let the queue run empty, then remove it"),
    row(Info, "receive-operation-renamed", "the receive operation `{old}` became `{new}`", "", ""),
    row(Error, "delivery-changed", "messages came {old}, and come {new} now", "messages under way at the deployment: they are lost with the old path", "add a second receive operation beside this one, let this one run empty, then remove it"),

    row(Error, "queue-renamed", "the queue `{old}` became `{new}`", IN_FLIGHT, DRAIN),
    row(Error, "queue-type-changed", "the queue was {old} and is {new} now, so it is replaced", IN_FLIGHT, DRAIN),
    row(Warning, "queue-retention-decreased", "`messageRetentionPeriod` went down from {old} to {new} seconds", "messages older than that: they are dropped", "keep the retention, which costs nothing"),
    row(Info, "queue-retention-increased", "`messageRetentionPeriod` went up from {old} to {new} seconds", "", ""),
    row(Warning, "queue-visibility-timeout-decreased", "`visibilityTimeout` went down from {old} to {new} seconds", "messages whose work takes longer: they are taken twice", "keep at least six times the function's timeout"),
    row(Info, "queue-visibility-timeout-increased", "`visibilityTimeout` went up from {old} to {new} seconds", "", ""),
    row(Info, "queue-receive-wait-changed", "`receiveMessageWaitTime` changed from {old} to {new} seconds", "", ""),
    row(Info, "queue-delay-changed", "`deliveryDelay` changed from {old} to {new} seconds", "", ""),
    row(Error, "queue-group-changed", "messages are put in order by {new} now, and were by {old}", "receivers that rely on the order", DRAIN),
    row(Error, "queue-deduplication-changed", "repeated messages are recognised by {new} now, and were by {old}", "receivers, which may get a message twice or not at all", DRAIN),
    row(Info, "queue-throughput-changed", "`fifoThroughputLimit` changed from `{old}` to `{new}`", "", ""),
    row(Error, "dead-letter-queue-removed", "the dead-letter queue `{old}` was removed", "messages that cannot be processed: they are lost, and so are those that lie in the queue", "keep the dead-letter queue"),
    row(Error, "dead-letter-queue-renamed", "the dead-letter queue `{old}` became `{new}`", "messages that lie in the old one: they are gone with it", "redrive or copy them first, and keep the name"),
    row(Info, "dead-letter-queue-added", "the dead-letter queue `{new}` was added", "", ""),
    row(Warning, "max-receive-count-decreased", "`maxReceiveCount` went down from {old} to {new}", "messages that fail for a while: they are given up sooner", "keep the count"),
    row(Info, "max-receive-count-increased", "`maxReceiveCount` went up from {old} to {new}", "", ""),
    row(Info, "event-source-batch-size-changed", "`batchSize` changed from {old} to {new}", "", ""),
    row(Info, "event-source-window-changed", "`maximumBatchingWindowInSeconds` changed from {old} to {new}", "", ""),
    row(Info, "event-source-concurrency-changed", "`maximumConcurrency` changed from {old} to {new}", "", ""),

    row(Error, "rule-bus-changed", "the rule listens to the bus `{new}` now, and did to `{old}`", "senders on `{old}`, whose events nobody takes", "add a second receive operation on the new bus"),
    row(Warning, "rule-renamed", "the rule `{old}` became `{new}`, so it is replaced", "events during the deployment: they may come twice", "keep the rule's name"),
    row(Error, "rule-pattern-narrowed", "the pattern lets fewer events through: {new}, and was {old}", "senders of the events that are left out", "keep the pattern, and leave events out in the function"),
    row(Warning, "rule-pattern-widened", "the pattern lets more events through: {new}, and was {old}", "the function, which gets events that it never saw", "see that it takes them"),
    row(Error, "rule-pattern-changed", "the pattern lets other events through: {new}, and was {old}", "senders of the events that are left out", "add a second receive operation with the new pattern"),
    row(Info, "rule-schedule-changed", "the schedule changed from `{old}` to `{new}`", "", ""),
    row(Info, "rule-schedule-input-changed", "the schedule's `input` changed from `{old}` to `{new}`", "", ""),
    row(Error, "rule-trigger-changed", "the rule answers to {new} now, and did to {old}", "whoever relies on the old trigger", "add a second receive operation for the new trigger, and remove the old one when nobody needs it"),
    row(Error, "rule-dead-letter-queue-removed", "the rule's dead-letter queue `{old}` was removed", "events that cannot be delivered: they are lost, and so are those that lie in the queue", "keep the dead-letter queue"),
    row(Error, "rule-dead-letter-queue-renamed", "the rule's dead-letter queue `{old}` became `{new}`", "events that lie in the old one: they are gone with it", "redrive or copy them first, and keep the name"),
    row(Info, "rule-dead-letter-queue-added", "the rule's dead-letter queue `{new}` was added", "", ""),
    row(Warning, "rule-retry-attempts-decreased", "`maximumRetryAttempts` of the rule went down from {old} to {new}", "events during an outage: they are given up sooner", "keep the count"),
    row(Info, "rule-retry-attempts-increased", "`maximumRetryAttempts` of the rule went up from {old} to {new}", "", ""),
    row(Warning, "rule-event-age-decreased", "`maximumEventAgeInSeconds` of the rule went down from {old} to {new}", "events during an outage: they are given up sooner", "keep the age"),
    row(Info, "rule-event-age-increased", "`maximumEventAgeInSeconds` of the rule went up from {old} to {new}", "", ""),
    row(Warning, "function-retry-attempts-decreased", "`maximumRetryAttempts` of the function went down from {old} to {new}", "events whose work fails for a while: they are given up sooner", "keep the count"),
    row(Info, "function-retry-attempts-increased", "`maximumRetryAttempts` of the function went up from {old} to {new}", "", ""),
    row(Warning, "function-event-age-decreased", "`maximumEventAgeInSeconds` of the function went down from {old} to {new}", "events during an outage: they are given up sooner", "keep the age"),
    row(Info, "function-event-age-increased", "`maximumEventAgeInSeconds` of the function went up from {old} to {new}", "", ""),
    row(Error, "on-failure-queue-removed", "the on-failure queue `{old}` was removed", "events whose work fails: they are lost, and so are those that lie in the queue", "keep the queue"),
    row(Error, "on-failure-queue-renamed", "the on-failure queue `{old}` became `{new}`", "events that lie in the old one: they are gone with it", "redrive or copy them first, and keep the name"),
    row(Info, "on-failure-queue-added", "the on-failure queue `{new}` was added", "", ""),

    row(Error, "bus-removed", "the bus was removed", "rules and archives on it, of this system and of others", "keep the bus until nobody sends to it or listens to it"),
    row(Info, "bus-added", "the bus was added", "", ""),
];
