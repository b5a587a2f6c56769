//! Rules about tables: what loses stored data, and what a deployment cannot do in one step.

use super::Level::{Error, Info, Warning};
use super::{ChangeRule, row};

const REPLACED: &str = "all stored items: the table is replaced by an empty one";
const MIGRATE: &str = "add a second table, copy the items, then move the operations to it";

#[rustfmt::skip]
pub(super) const RULES: &[ChangeRule] = &[
    row(Info, "table-added", "the table was added", "", ""),
    row(Error, "table-removed", "the table was removed", "all stored items", "keep the table until its data is moved or no longer needed"),
    row(Error, "table-renamed", "the table `{old}` was renamed to `{new}`, which starts empty", REPLACED, MIGRATE),
    row(Warning, "table-owner-changed", "the table moved from service `{old}` to `{new}`", "functions of `{old}`, which lose access", "move the operations that use it in the same change"),
    row(Error, "table-partition-key-changed", "the partition key changed from `{old}` to `{new}`", REPLACED, MIGRATE),
    row(Error, "table-sort-key-changed", "the sort key changed from `{old}` to `{new}`", REPLACED, MIGRATE),
    row(Error, "table-sort-key-added", "the sort key `{new}` was added", REPLACED, MIGRATE),
    row(Error, "table-sort-key-removed", "the sort key `{old}` was removed", REPLACED, MIGRATE),
    row(Error, "table-key-type-changed", "the key is now stored as {new}, before as {old}", REPLACED, MIGRATE),
    row(Error, "table-index-removed", "the index `{old}` was removed", "queries of the index during the deployment", "stop querying it in one deployment, and remove it in the next"),
    row(Error, "table-index-key-changed", "the key of the index `{new}` changed: {old}", "the deployment, which fails: an index cannot be changed in place", "add a second index with another name, move the queries to it, then remove this one"),
    row(Info, "table-index-added", "the index `{new}` was added", "", ""),
    row(Error, "table-local-indexes-changed", "the local index `{new}` was added or removed", REPLACED, MIGRATE),
    row(Error, "table-index-projection-changed", "the projection of the index `{new}` changed", "the deployment, which fails: an index cannot be changed in place", "add a second index with another name, move the queries to it, then remove this one"),
    row(Error, "table-key-composed-otherwise", "the composition of keys changed: {old} became {new}", "stored items, which are no longer found", "write every stored item with its new key first"),
    row(Error, "table-attribute-renamed", "the attribute `{old}` is now called `{new}`", "stored items, whose attribute is no longer read", "write the attribute of every stored item with both names first"),
    row(Error, "table-set-changed", "{new}", "updates of stored items, which have the other type", "write every stored item again first"),
    row(Error, "table-elsewhere", "the table is now {new}, before {old}", "the data in the table that was used before", "move the items first"),
    row(Error, "table-indexes-changed-at-once", "{new} indexes are added or removed at once", "the deployment, which fails: DynamoDB adds or removes one index at a time", "deploy one index after the other"),
    row(Warning, "table-version-added", "`{new}` now counts the changes of items", "stored items without `{new}`, which no `If-Match` can match", "write the version into every stored item first"),
    row(Error, "table-version-removed", "`{old}` no longer counts the changes of items", "clients that send `If-Match`, which is now ignored", "keep `x-version`"),
    row(Error, "table-version-changed", "`{new}` now counts the changes of items, before `{old}`", "clients that send `If-Match` with a version that they got before: it is compared with the other counter", "keep `x-version` at `{old}`"),
    row(Error, "table-transition-removed", "some transitions of `{new}` are no longer allowed: {old}", "clients that make this transition, which is now refused", "keep the transition until no client makes it"),
    row(Info, "table-transition-added", "more transitions of `{new}` are now allowed: {old}", "", ""),
    row(Warning, "table-ttl-added", "items now expire by `{new}`", "expired items, which are deleted", "make sure that every stored item has a correct expiry time"),
    row(Warning, "table-ttl-removed", "items no longer expire by `{old}`", "the table, which grows without limit", "keep the attribute, or delete items in another way"),
    row(Error, "table-ttl-changed", "items now expire by `{new}`, before by `{old}`", "the deployment, which fails: the attribute cannot be changed in one step; and items that only have `{old}`, which no longer expire", "turn the time to live off in one deployment, and on again in the next"),
    row(Error, "table-stream-view-changed", "the view of the stream changed from `{old}` to `{new}`, so DynamoDB begins another stream", "changes that were not processed before, which no function gets", "keep the `view` of the receivers, or stop writing until all changes are processed"),
    row(Error, "item-owner-added", "callers may now use only their own items, by {new}", "callers that use items of others, which get `403`", "name a scope in `unless` that such callers have"),
    row(Warning, "item-owner-removed", "callers may now use the items of all owners; before, only their own, by {old}", "the owners, whose items others can read and change", "keep `x-owner`"),
    row(Error, "item-owner-changed", "the owner of an item is now known by {new}, before by {old}", "callers whose items are now those of somebody else", "move the items to their owners' new keys first"),
    row(Error, "item-owner-exception-removed", "the scope {old} no longer gives access to the items of all owners", "callers with that scope, which get `403`", "keep `unless`"),
    row(Warning, "item-owner-exception-added", "callers with the scope {new} may now use the items of all owners", "the owners, whose items they can read and change", "make sure that only trusted callers have the scope"),
    row(Warning, "item-generated-changed", "`{old}` is now filled with {new}", "clients that rely on the value", "keep `x-generated`"),
];
