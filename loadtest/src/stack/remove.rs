//! Removes from a stack's tables what a run left there: every item whose key is one of the run's customers.
//!
//! The contracts have no request that removes an order, so this goes past them, by the names of the tables that the
//! stack says it has. What to remove follows from the key of each table and from names that no other customer has;
//! a table with any other key is left alone, and named.

use std::collections::HashMap;

use anyhow::{Context as _, bail};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, KeyType, WriteRequest};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

/// Requests at the same time.
const PARALLEL: usize = 16;

/// How many items DynamoDB removes at once.
const BATCH: usize = 25;

/// How often items are sent again that DynamoDB did not get to.
const MAX_ROUNDS: u32 = 8;

/// What was removed, and what could not be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removed {
    /// Items of each table.
    pub items: Vec<(String, u64)>,
    /// Tables whose keys say nothing about customers.
    pub unknown: Vec<String>,
}

/// The key of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    partition: String,
    sort: Option<String>,
}

type Item = HashMap<String, AttributeValue>;

/// Removes what belongs to these customers.
///
/// # Errors
/// When a table does not let itself be looked at or changed.
pub async fn remove(
    client: &Client,
    tables: &[String],
    customers: &[String],
) -> anyhow::Result<Removed> {
    let mut removed = Removed::default();
    for table in tables {
        let about = || format!("cannot remove what the run left in the table {table}");
        let key = key_of(client, table).await.with_context(about)?;
        let values: Option<Vec<String>> =
            customers.iter().map(|customer| value(&key.partition, customer)).collect();
        let Some(values) = values else {
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

/// What the partition key of this name is for a customer; none when the name says nothing about customers.
fn value(partition: &str, customer: &str) -> Option<String> {
    match partition {
        "userName" => Some(customer.to_owned()),
        // The customer and the idempotency key, which is the customer's name too.
        "checkoutKey" => Some(format!("{customer}#{customer}")),
        _ => None,
    }
}

async fn key_of(client: &Client, table: &str) -> anyhow::Result<Key> {
    let described = client.describe_table().table_name(table).send().await?;
    let schema = described.table().map(|table| table.key_schema()).unwrap_or_default();
    let named = |kind: &KeyType| {
        let element = schema.iter().find(|element| element.key_type() == kind);
        element.map(|element| element.attribute_name().to_owned())
    };
    let Some(partition) = named(&KeyType::Hash) else { bail!("the table has no key") };
    Ok(Key { partition, sort: named(&KeyType::Range) })
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
    use super::*;

    #[test]
    fn only_keys_that_name_customers_are_removed_by() {
        assert_eq!(value("userName", "lt-1-checkout-7").as_deref(), Some("lt-1-checkout-7"));
        assert_eq!(value("checkoutKey", "lt-1").as_deref(), Some("lt-1#lt-1"));
        assert_eq!(value("id", "lt-1"), None);
    }
}
