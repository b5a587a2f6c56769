//! Many items by their keys, in as few calls as can be (`BatchGetItem`, `BatchWriteItem`).

use std::collections::HashMap;

use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemInput;
use aws_sdk_dynamodb::types::{DeleteRequest, KeysAndAttributes, PutRequest, WriteRequest};

use super::{Attributes, Item, ItemKey as _, Table, TableError, decode, encode};
use crate::bus::backoff;

/// Keys at most in one `BatchGetItem`.
const MAX_READS: usize = 100;
/// Writes at most in one `BatchWriteItem`.
const MAX_WRITES: usize = 25;
/// Attempts at most for what the table left undone.
const MAX_ATTEMPTS: u32 = 8;

impl<T: Item> Table<T> {
    /// The items with these keys, in the order of the keys, without those that are not there.
    ///
    /// # Errors
    /// When the table does not answer or leaves keys unread several times, or what is stored violates the contract.
    pub async fn get_all(&self, keys: &[T::Key]) -> Result<Vec<T>, TableError> {
        self.read_all(keys, false).await
    }

    /// The items with these keys as they are now.
    ///
    /// # Errors
    /// As [`Table::get_all`].
    pub async fn get_all_consistent(&self, keys: &[T::Key]) -> Result<Vec<T>, TableError> {
        self.read_all(keys, true).await
    }

    async fn read_all(&self, keys: &[T::Key], consistent: bool) -> Result<Vec<T>, TableError> {
        let mut wanted: Vec<Attributes> = Vec::with_capacity(keys.len());
        for key in keys.iter().map(super::ItemKey::to_key) {
            // A call that names a key twice is refused.
            if !wanted.contains(&key) {
                wanted.push(key);
            }
        }
        let mut found = Vec::with_capacity(wanted.len());
        for keys in wanted.chunks(MAX_READS) {
            self.read_chunk(keys.to_vec(), consistent, &mut found).await?;
        }
        let mut found = found.into_iter().map(decode).collect::<Result<Vec<T>, _>>()?;
        let in_order = wanted.iter().filter_map(|key| {
            let at = found.iter().position(|item| item.key().to_key() == *key)?;
            Some(found.swap_remove(at))
        });
        Ok(in_order.collect())
    }

    async fn read_chunk(
        &self,
        mut keys: Vec<Attributes>,
        consistent: bool,
        found: &mut Vec<Attributes>,
    ) -> Result<(), TableError> {
        let name = self.name()?;
        for attempt in 1..=MAX_ATTEMPTS {
            let asked = KeysAndAttributes::builder()
                .set_keys(Some(keys))
                .consistent_read(consistent)
                .build()
                .map_err(|error| self.undone("BatchGetItem", error.to_string(), false))?;
            let request = BatchGetItemInput::builder().request_items(name, asked);
            let output = self.aws.tables().send(request).await;
            let output = output.map_err(|error| TableError::of("BatchGetItem", T::TABLE, error))?;
            found.extend(output.responses.into_iter().flatten().flat_map(|(_, items)| items));
            let left = output.unprocessed_keys.into_iter().flatten();
            keys = left.flat_map(|(_, keys)| keys.keys).collect();
            if keys.is_empty() {
                return Ok(());
            }
            tokio::time::sleep(backoff(attempt)).await;
        }
        Err(self.undone("BatchGetItem", format!("{} keys were left unread", keys.len()), true))
    }

    /// Stores these items, each in place of the one with its key. Not all or nothing: use a
    /// [`Transaction`](super::Transaction) for that.
    ///
    /// # Errors
    /// When the table does not answer or leaves items unwritten several times; some may be written all the same.
    pub async fn put_all(&self, items: &[T]) -> Result<(), TableError> {
        let mut writes: Vec<(Attributes, WriteRequest)> = Vec::with_capacity(items.len());
        for item in items {
            let put = PutRequest::builder().set_item(Some(encode(item)?)).build();
            let put =
                put.map_err(|error| self.undone("BatchWriteItem", error.to_string(), false))?;
            let write = WriteRequest::builder().put_request(put).build();
            let key = item.key().to_key();
            // The last one counts of several with one key, as if they were stored one by one.
            writes.retain(|(known, _)| *known != key);
            writes.push((key, write));
        }
        self.write_all(writes).await
    }

    /// Removes the items with these keys, if they are there.
    ///
    /// # Errors
    /// As [`Table::put_all`].
    pub async fn delete_all(&self, keys: &[T::Key]) -> Result<(), TableError> {
        let mut writes: Vec<(Attributes, WriteRequest)> = Vec::with_capacity(keys.len());
        for key in keys.iter().map(super::ItemKey::to_key) {
            if writes.iter().any(|(known, _)| *known == key) {
                continue;
            }
            let delete = DeleteRequest::builder().set_key(Some(key.clone())).build();
            let delete =
                delete.map_err(|error| self.undone("BatchWriteItem", error.to_string(), false))?;
            writes.push((key, WriteRequest::builder().delete_request(delete).build()));
        }
        self.write_all(writes).await
    }

    async fn write_all(&self, writes: Vec<(Attributes, WriteRequest)>) -> Result<(), TableError> {
        let writes: Vec<WriteRequest> = writes.into_iter().map(|(_, write)| write).collect();
        for writes in writes.chunks(MAX_WRITES) {
            self.write_chunk(writes.to_vec()).await?;
        }
        Ok(())
    }

    async fn write_chunk(&self, mut writes: Vec<WriteRequest>) -> Result<(), TableError> {
        let name = self.name()?;
        for attempt in 1..=MAX_ATTEMPTS {
            let asked = HashMap::from([(name.to_owned(), writes)]);
            let request = BatchWriteItemInput::builder().set_request_items(Some(asked));
            let output = self.aws.tables().send(request).await;
            let output =
                output.map_err(|error| TableError::of("BatchWriteItem", T::TABLE, error))?;
            let left = output.unprocessed_items.into_iter().flatten();
            writes = left.flat_map(|(_, writes)| writes).collect();
            if writes.is_empty() {
                return Ok(());
            }
            tokio::time::sleep(backoff(attempt)).await;
        }
        let reason = format!("{} items were left unwritten", writes.len());
        Err(self.undone("BatchWriteItem", reason, true))
    }

    pub(super) fn undone(
        &self,
        action: &'static str,
        reason: String,
        throttled: bool,
    ) -> TableError {
        TableError::Call { action, table: T::TABLE, reason, throttled }
    }
}
