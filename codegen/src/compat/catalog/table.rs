//! Rules about tables: what loses stored data, and what a deployment cannot do in one step.

use super::Level::{Error, Info, Warning};
use super::{Rule, row};

const REPLACED: &str = "everything that is stored: the table is replaced by an empty one";
const MIGRATE: &str =
    "add a second table beside this one, copy the items, then move the operations over";

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    row(Info, "table-added", "the table was added", "", ""),
    row(Error, "table-removed", "the table was removed", "everything that is stored in it", "keep the table until its data was moved or is not needed"),
    row(Error, "table-renamed", "the table `{old}` became `{new}`, which starts empty", REPLACED, MIGRATE),
    row(Warning, "table-owner-changed", "the table moved from service `{old}` to `{new}`", "functions of `{old}`, which lose access", "move the operations that use it in the same step"),
    row(Error, "table-partition-key-changed", "the partition key changed from `{old}` to `{new}`", REPLACED, MIGRATE),
    row(Error, "table-sort-key-changed", "the sort key changed from `{old}` to `{new}`", REPLACED, MIGRATE),
    row(Error, "table-sort-key-added", "the sort key `{new}` was added", REPLACED, MIGRATE),
    row(Error, "table-sort-key-removed", "the sort key `{old}` was removed", REPLACED, MIGRATE),
    row(Error, "table-key-type-changed", "the key is stored as {new} now, and was as {old}", REPLACED, MIGRATE),
    row(Error, "table-index-removed", "the index `{old}` was removed", "whoever queries it while the deployment runs", "stop querying it in one deployment, and remove it in the next"),
    row(Error, "table-index-key-changed", "the key of the index `{new}` changed: {old}", "the deployment: an index cannot be changed in place", "add a second index under another name, move the queries over, then remove this one"),
    row(Info, "table-index-added", "the index `{new}` was added", "", ""),
    row(Error, "table-indexes-changed-at-once", "{new} indexes are added or removed at once", "the deployment: DynamoDB adds or removes one index at a time", "deploy one index after the other"),
    row(Warning, "table-version-added", "`{new}` counts the changes of items now", "items stored with no `{new}`, which no `If-Match` names", "write the version into every stored item first"),
    row(Error, "table-version-removed", "`{old}` does not count the changes of items any more", "clients that guard a change by `If-Match`, which is ignored now", "keep `x-version`"),
    row(Error, "table-transition-removed", "`{new}` may not change any more as before: {old}", "clients that make this transition: they are refused", "keep the transition until nobody makes it any more"),
    row(Info, "table-transition-added", "`{new}` may change in more ways: {old}", "", ""),
    row(Warning, "table-ttl-added", "items are removed by `{new}` now", "items whose time has passed: they are removed", "see that every stored item holds the right time"),
    row(Warning, "table-ttl-removed", "items are not removed by `{old}` any more", "the table, which grows without end", "keep the attribute, or remove items another way"),
    row(Error, "table-ttl-changed", "items are removed by `{new}` now, and were by `{old}`", "the deployment: the attribute cannot be changed in one step; and items that only hold `{old}` stay", "switch it off in one deployment and on again in the next"),
];
