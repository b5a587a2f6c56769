//! Removes from a stack's tables what a run left there: every item whose partition key is one that the run gave or noted.
//!
//! Many contracts have no request that removes everything, so this goes past them, by the names of the tables that the
//! stack says it has. What to remove follows from what the system says of each table; a table of which it says nothing is
//! left alone, and named.

use std::collections::HashMap;

use anyhow::{Context as _, bail};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, WriteRequest};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::{Value, json};

use crate::aws::{Aws, Service, json_fault};

/// Requests at the same time.
const PARALLEL: usize = 16;

/// How many items DynamoDB removes at once.
const BATCH: usize = 25;

/// How often items are sent again that DynamoDB did not get to.
const MAX_ROUNDS: u32 = 8;

/// The values of a table's partition key whose items are to go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ours {
    /// The physical name of the table.
    pub table: String,
    /// The attribute of the partition key.
    pub partition: String,
    /// Its values; what each begins with where `by_prefix`.
    pub values: Vec<String>,
    /// Whether a longer value is ours too.
    pub by_prefix: bool,
}

/// What was removed, and what could not be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Removed {
    /// Items of each table.
    pub items: Vec<(String, u64)>,
    /// Tables whose key is another than the system says.
    pub unknown: Vec<String>,
}

/// The key of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    partition: String,
    sort: Option<String>,
}

type Item = HashMap<String, AttributeValue>;

/// Removes what belongs to a run.
///
/// # Errors
/// When a table does not let itself be looked at or changed.
pub(crate) async fn remove(aws: &Aws, tables: &[Ours]) -> anyhow::Result<Removed> {
    let client = &aws.dynamodb();
    let mut removed = Removed::default();
    for ours in tables {
        let table = ours.table.as_str();
        let about = || format!("cannot delete the items of the run in the table {table}");
        let key = key_of(aws, table).await.with_context(about)?;
        if key.partition != ours.partition {
            removed.unknown.push(table.to_owned());
            continue;
        }
        let items = match ours.by_prefix {
            true => scan(client, table, &key, &ours.values).await.with_context(about)?,
            false => stream::iter(ours.values.clone())
                .map(|value| items_of(client, table, &key, value))
                .buffer_unordered(PARALLEL)
                .try_concat()
                .await
                .with_context(about)?,
        };
        let batches = items.chunks(BATCH).map(<[Item]>::to_vec).collect::<Vec<_>>();
        stream::iter(batches)
            .map(|batch| remove_batch(client, table, batch))
            .buffer_unordered(PARALLEL)
            .try_for_each(|()| async { Ok(()) })
            .await
            .with_context(about)?;
        removed.items.push((table.to_owned(), items.len() as u64));
    }
    Ok(removed)
}

/// The keys of all items whose partition key begins with one of these. Reads the whole table, which is what a prefix of a
/// partition key costs.
async fn scan(
    client: &Client,
    table: &str,
    key: &Key,
    prefixes: &[String],
) -> anyhow::Result<Vec<Item>> {
    let (names, projection) = named(key);
    let begins = |index: usize| format!("begins_with(#k0, :p{index})");
    let filter: Vec<_> = (0..prefixes.len()).map(begins).collect();
    let values = prefixes
        .iter()
        .enumerate()
        .map(|(index, prefix)| (format!(":p{index}"), AttributeValue::S(prefix.clone())));
    let mut pages = client
        .scan()
        .table_name(table)
        .filter_expression(filter.join(" OR "))
        .projection_expression(projection)
        .set_expression_attribute_names(Some(names))
        .set_expression_attribute_values(Some(values.collect()))
        .into_paginator()
        .items()
        .send();
    let mut items = Vec::new();
    while let Some(item) = pages.next().await {
        items.push(item?);
    }
    Ok(items)
}

/// Placeholders for the attributes of a key, and the projection onto them.
fn named(key: &Key) -> (HashMap<String, String>, String) {
    let names = [Some(&key.partition), key.sort.as_ref()].into_iter().flatten();
    let names: Vec<_> =
        names.enumerate().map(|(n, name)| (format!("#k{n}"), name.clone())).collect();
    let projection: Vec<_> = names.iter().map(|(place, _)| place.as_str()).collect();
    let projection = projection.join(", ");
    (names.into_iter().collect(), projection)
}

/// The key of a table. Only that is read of its description: the SDK's client refuses all of it over any part that is
/// not as AWS writes it, which emulators do.
async fn key_of(aws: &Aws, table: &str) -> anyhow::Result<Key> {
    let headers = [
        ("content-type", "application/x-amz-json-1.0"),
        ("x-amz-target", "DynamoDB_20120810.DescribeTable"),
    ];
    let body = json!({ "TableName": table }).to_string();
    let (status, text) = aws.post(Service::DynamoDb, &headers, body).await?;
    if status == 200 { key_in(&text) } else { Err(json_fault(status, &text)) }
}

/// The key in the description of a table.
fn key_in(text: &str) -> anyhow::Result<Key> {
    let document: Value =
        serde_json::from_str(text).context("DynamoDB returned an unexpected response")?;
    let schema = document["Table"]["KeySchema"].as_array();
    let named = |kind: &str| {
        let element = schema?.iter().find(|element| element["KeyType"] == kind)?;
        element["AttributeName"].as_str().map(str::to_owned)
    };
    let Some(partition) = named("HASH") else { bail!("the table has no key") };
    Ok(Key { partition, sort: named("RANGE") })
}

/// The keys of all items in a partition.
async fn items_of(
    client: &Client,
    table: &str,
    key: &Key,
    value: String,
) -> anyhow::Result<Vec<Item>> {
    let (names, projection) = named(key);
    let mut pages = client
        .query()
        .table_name(table)
        .consistent_read(true)
        .key_condition_expression("#k0 = :value")
        .projection_expression(projection)
        .set_expression_attribute_names(Some(names))
        .expression_attribute_values(":value", AttributeValue::S(value))
        .into_paginator()
        .items()
        .send();
    let mut items = Vec::new();
    while let Some(item) = pages.next().await {
        items.push(item?);
    }
    Ok(items)
}

async fn remove_batch(client: &Client, table: &str, items: Vec<Item>) -> anyhow::Result<()> {
    let request = |key: Item| -> anyhow::Result<WriteRequest> {
        let delete = DeleteRequest::builder().set_key(Some(key)).build()?;
        Ok(WriteRequest::builder().delete_request(delete).build())
    };
    let mut requests = items.into_iter().map(request).collect::<anyhow::Result<Vec<_>>>()?;
    let mut wait = std::time::Duration::from_millis(50);
    for _ in 0..MAX_ROUNDS {
        let sent = client.batch_write_item().request_items(table, requests).send().await?;
        requests = sent.unprocessed_items.unwrap_or_default().remove(table).unwrap_or_default();
        if requests.is_empty() {
            return Ok(());
        }
        tokio::time::sleep(wait).await;
        wait *= 2;
    }
    bail!("DynamoDB did not process {} items", requests.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn a_key_is_asked_for_by_placeholders() {
        let key = Key { partition: "userName".to_owned(), sort: Some("orderDate".to_owned()) };
        let (names, projection) = named(&key);
        assert_eq!((projection.as_str(), names["#k1"].as_str()), ("#k0, #k1", "orderDate"));
        assert_eq!(named(&Key { sort: None, ..key }).1, "#k0");
    }

    #[test]
    fn the_key_is_read_whatever_else_is_described() {
        let text = r#"{"Table":{"DeletionProtectionEnabled":"false","KeySchema":[
            {"AttributeName":"orderDate","KeyType":"RANGE"},{"AttributeName":"userName","KeyType":"HASH"}]}}"#;
        let key = key_in(text).unwrap();
        assert_eq!((key.partition.as_str(), key.sort.as_deref()), ("userName", Some("orderDate")));
        assert!(key_in("{}").unwrap_err().to_string().contains("no key"));
        assert!(key_in("<html>").is_err());
    }
}
