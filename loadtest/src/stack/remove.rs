//! Removes from a stack's tables what a run left there: every item whose key is one of the run's customers or products.
//!
//! The contracts have no request that removes an order, so this goes past them, by the names of the tables that the
//! stack says it has. What to remove follows from the key of each table and from names that nobody else
//! has; a table with any other key is left alone, and named.

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

/// Whose items are to go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ours {
    /// The names of customers.
    pub customers: Vec<String>,
    /// The ids of products.
    pub products: Vec<String>,
}

/// What was removed, and what could not be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removed {
    /// Items of each table.
    pub items: Vec<(String, u64)>,
    /// Tables whose keys say nothing about customers or products.
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
pub async fn remove(aws: &Aws, tables: &[String], ours: &Ours) -> anyhow::Result<Removed> {
    let client = &aws.dynamodb();
    let mut removed = Removed::default();
    for table in tables {
        let about = || format!("cannot remove what the run left in the table {table}");
        let key = key_of(aws, table).await.with_context(about)?;
        let Some(values) = values(&key.partition, ours) else {
            removed.unknown.push(table.clone());
            continue;
        };
        let items = stream::iter(values)
            .map(|value| items_of(client, table, &key, value))
            .buffer_unordered(PARALLEL)
            .try_concat()
            .await
            .with_context(about)?;
        let batches = items.chunks(BATCH).map(<[Item]>::to_vec).collect::<Vec<_>>();
        stream::iter(batches)
            .map(|batch| remove_batch(client, table, batch))
            .buffer_unordered(PARALLEL)
            .try_for_each(|()| async { Ok(()) })
            .await
            .with_context(about)?;
        removed.items.push((table.clone(), items.len() as u64));
    }
    Ok(removed)
}

/// What a partition key of this name is for what is ours; none when the name says nothing about it.
fn values(partition: &str, ours: &Ours) -> Option<Vec<String>> {
    match partition {
        "userName" => Some(ours.customers.clone()),
        // The customer and the idempotency key, which is the customer's name too.
        "checkoutKey" => Some(ours.customers.iter().map(|one| format!("{one}#{one}")).collect()),
        "id" | "productId" => Some(ours.products.clone()),
        _ => None,
    }
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
    let document: Value = serde_json::from_str(text).context("DynamoDB answered something else")?;
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
    let names = [Some(&key.partition), key.sort.as_ref()].into_iter().flatten();
    let names: Vec<_> =
        names.enumerate().map(|(n, name)| (format!("#k{n}"), name.clone())).collect();
    let projection: Vec<_> = names.iter().map(|(place, _)| place.as_str()).collect();
    let mut pages = client
        .query()
        .table_name(table)
        .consistent_read(true)
        .key_condition_expression("#k0 = :value")
        .projection_expression(projection.join(", "))
        .set_expression_attribute_names(Some(names.iter().cloned().collect()))
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
    bail!("DynamoDB did not get to {} items", requests.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn only_keys_that_name_customers_or_products_are_removed_by() {
        let ours = Ours { customers: vec!["lt-1".to_owned()], products: vec!["p".to_owned()] };
        let value = |partition| values(partition, &ours).map(|values| values.join(","));
        assert_eq!(value("userName").as_deref(), Some("lt-1"));
        assert_eq!(value("checkoutKey").as_deref(), Some("lt-1#lt-1"));
        assert_eq!(value("productId").as_deref(), Some("p"));
        assert_eq!(value("parcelId"), None);
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
