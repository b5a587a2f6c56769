//! Writes to several items, in one table or several, that all happen or none (`TransactWriteItems`).

use aws_sdk_dynamodb::error::{BuildError, SdkError};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsInput;
use aws_sdk_dynamodb::types::{ConditionCheck, Delete, Put, TransactWriteItem, Update as Change};

use super::error::is_throttling;
use super::{Condition, Item, ItemKey as _, Table, TableError, encode};
use crate::Aws;
use crate::bus::backoff;

/// The maximum number of attempts when other transactions change the same items.
const MAX_ATTEMPTS: u32 = 4;

/// Writes that all happen or none; at most one for each item, and 100 in total.
#[derive(Debug, Default)]
#[must_use]
pub struct Transaction {
    aws: Option<Aws>,
    writes: Vec<TransactWriteItem>,
    error: Option<TableError>,
}

/// The result of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Transacted {
    /// All writes are done.
    Done,
    /// Nothing was written. Contains the reason for each write, in order.
    Cancelled(Vec<Reason>),
}

/// Why a transaction was cancelled, for one of its writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// This write is not the reason.
    Fine,
    /// Its condition was not met.
    ConditionFailed,
    /// The item was changed concurrently, several times in a row.
    Conflict,
    /// Another reason, by DynamoDB's code.
    Other(String),
}

impl Transaction {
    /// Creates a transaction without writes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stores an item.
    pub fn put<T: Item>(self, table: &Table<T>, item: &T) -> Self {
        self.put_with(table, item, None)
    }

    /// Stores an item if the existing item meets a condition.
    pub fn put_if<T: Item>(self, table: &Table<T>, item: &T, condition: Condition<T>) -> Self {
        self.put_with(table, item, Some(condition))
    }

    fn put_with<T: Item>(
        mut self,
        table: &Table<T>,
        item: &T,
        condition: Option<Condition<T>>,
    ) -> Self {
        let item = match encode(item) {
            Ok(item) => item,
            Err(error) => {
                self.error.get_or_insert(error);
                return self;
            }
        };
        let put = Put::builder().set_item(Some(item));
        self.add(table, |name| {
            let mut put = put.table_name(name);
            if let Some(condition) = condition {
                let condition = condition.render();
                put = put
                    .set_condition_expression(condition.text())
                    .set_expression_attribute_names(condition.names)
                    .set_expression_attribute_values(condition.values);
            }
            Ok(TransactWriteItem::builder().put(put.build()?).build())
        })
    }

    /// Changes an item, if it exists and meets the update's condition.
    pub fn update<T: Item>(self, table: &Table<T>, key: &T::Key, update: super::Update<T>) -> Self {
        let error = self.error.or(update.check().err());
        let (update, mut condition) = update.render();
        // A transaction takes no update without a change, and a `ConditionCheck` would need another permission: what
        // removes an attribute that no item has changes nothing, under the same condition.
        let update = update.unwrap_or_else(|| {
            let names = condition.names.get_or_insert_default();
            names.insert("#none".to_owned(), "runtime#none".to_owned());
            "REMOVE #none".to_owned()
        });
        let change = Change::builder()
            .set_key(Some(key.to_key()))
            .update_expression(update)
            .condition_expression(condition.text)
            .set_expression_attribute_names(condition.names)
            .set_expression_attribute_values(condition.values);
        Self { error, ..self }.add(table, |name| {
            let change = change.table_name(name).build()?;
            Ok(TransactWriteItem::builder().update(change).build())
        })
    }

    /// Deletes an item if it meets a condition.
    pub fn delete_if<T: Item>(
        self,
        table: &Table<T>,
        key: &T::Key,
        condition: Condition<T>,
    ) -> Self {
        let condition = condition.render();
        let delete = Delete::builder()
            .set_key(Some(key.to_key()))
            .set_condition_expression(condition.text())
            .set_expression_attribute_names(condition.names)
            .set_expression_attribute_values(condition.values);
        self.add(table, |name| {
            let delete = delete.table_name(name).build()?;
            Ok(TransactWriteItem::builder().delete(delete).build())
        })
    }

    /// Writes nothing, but requires that an item meets a condition.
    pub fn check<T: Item>(self, table: &Table<T>, key: &T::Key, condition: Condition<T>) -> Self {
        let condition = condition.render();
        let check = ConditionCheck::builder()
            .set_key(Some(key.to_key()))
            .condition_expression(condition.text)
            .set_expression_attribute_names(condition.names)
            .set_expression_attribute_values(condition.values);
        self.add(table, |name| {
            let check = check.table_name(name).build()?;
            Ok(TransactWriteItem::builder().condition_check(check).build())
        })
    }

    /// Adds a write to a table. A table without a name, or a write that is not complete, is an error that
    /// [`Transaction::run`] tells.
    fn add<T: Item>(
        mut self,
        table: &Table<T>,
        write: impl FnOnce(&str) -> Result<TransactWriteItem, BuildError>,
    ) -> Self {
        let written = table.name().and_then(|name| {
            write(name)
                .map_err(|error| table.undone("TransactWriteItems", error.to_string(), false))
        });
        match written {
            Ok(write) => self.writes.push(write),
            Err(error) => self.error = self.error.or(Some(error)),
        }
        self.aws = self.aws.or_else(|| Some(table.aws.clone()));
        self
    }

    /// Makes all writes or none. Retries when other transactions change the same items.
    ///
    /// # Errors
    /// The call fails. The writes may have happened.
    pub async fn run(self) -> Result<Transacted, TableError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let Some(aws) = self.aws else { return Ok(Transacted::Done) };
        let mut attempt = 0;
        loop {
            attempt += 1;
            // The token makes DynamoDB apply repetitions of one request once.
            let request = TransactWriteItemsInput::builder()
                .set_transact_items(Some(self.writes.clone()))
                .client_request_token(uuid::Uuid::new_v4().to_string());
            let reasons = match aws.tables().send(request).await {
                Ok(_) => return Ok(Transacted::Done),
                Err(SdkError::ServiceError(error)) if is_cancelled(error.err()) => {
                    reasons(error.into_err())
                }
                Err(error) => {
                    return Err(TableError::of("TransactWriteItems", "a transaction", error));
                }
            };
            let passing = |reason: &Reason| match reason {
                Reason::Fine | Reason::Conflict => true,
                Reason::Other(code) => is_throttling(code),
                Reason::ConditionFailed => false,
            };
            if attempt == MAX_ATTEMPTS || !reasons.iter().all(passing) {
                return Ok(Transacted::Cancelled(reasons));
            }
            tokio::time::sleep(backoff(attempt)).await;
        }
    }
}

fn is_cancelled(error: &TransactWriteItemsError) -> bool {
    error.is_transaction_canceled_exception()
}

fn reasons(error: TransactWriteItemsError) -> Vec<Reason> {
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = error else {
        return Vec::new();
    };
    let reasons = cancelled.cancellation_reasons.unwrap_or_default().into_iter();
    reasons
        .map(|reason| match reason.code.as_deref() {
            None | Some("None") => Reason::Fine,
            Some("ConditionalCheckFailed") => Reason::ConditionFailed,
            Some("TransactionConflict") => Reason::Conflict,
            Some(other) => Reason::Other(other.to_owned()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::table::Update;
    use crate::table::seat::Seat;
    use crate::{Field, NumberRules};

    /// `Cancelled` has a reason for each write, and a condition counts whether anything changes or not.
    #[tokio::test]
    async fn an_update_without_a_change_keeps_its_condition() {
        const STOCK: Field<Seat, i64> = Field::new(&["stock"]);
        let aws = Aws::load().await;
        let table = Table { name: Some("seats".into()), ..Table::<Seat>::new(&aws) };
        let updates = [
            Update::new().when(STOCK.at_least(&1)),
            Update::new().add_within(STOCK, &0, NumberRules::new().minimum("0"), None),
        ];
        for update in updates {
            let transaction = Transaction::new().update(&table, &Seat, update);
            assert!(transaction.error.is_none());
            let [write] = transaction.writes.as_slice() else { panic!("a write is lost") };
            let change = write.update().unwrap();
            assert_eq!(change.update_expression(), "REMOVE #none");
            assert!(change.condition_expression().unwrap().contains("attribute_exists"));
            assert!(change.expression_attribute_names().unwrap().contains_key("#none"));
        }
    }
}
