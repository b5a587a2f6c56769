//! DynamoDB in the terms of a contract: typed items, conditions, pages and transactions.
//!
//! A condition that is not met is a result ([`Written::Refused`]), not an error. A stored item that violates the
//! contract is an error that names the violation.

mod batch;
mod condition;
mod conditional;
mod error;
mod expression;
mod field;
mod index;
mod item;
mod layout;
mod page;
mod patch;
mod query;
mod range;
mod receipt;
mod same;
#[cfg(test)]
mod seat;
mod size;
mod states;
mod token;
mod transaction;
mod update;

use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use aws_sdk_dynamodb::operation::get_item::GetItemInput;
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure as OnFailure;

pub use condition::Condition;
use conditional::Conditional;
pub use error::TableError;
pub use field::{Field, Transitions};
pub use index::Index;
pub use item::{Attributes, Item, ItemKey, KeyNames, composed_key, partition_key, sorted_key};
pub use layout::{Composed, Layout, SetOf};
pub use page::Page;
pub use patch::Patched;
pub use query::Query;
pub(crate) use receipt::{Claim, Claimed};
use same::same_items;
pub use states::StateOf;
pub use transaction::{Reason, Transacted, Transaction};
pub use update::{Update, Updated};

use crate::attribute::decode_item;
use crate::aws::Repeat;
use crate::{Aws, Decode, from_item, to_item};

/// A DynamoDB table with items of one type. Cheap to clone. Generated code creates the tables of a service.
///
/// ```no_run
/// use runtime::{Item, Table, TableError, Written};
///
/// /// Creates an item, unless its key is taken.
/// async fn add<T: Item>(table: &Table<T>, item: &T) -> Result<bool, TableError> {
///     match table.create(item).await? {
///         Written::Done => Ok(true),
///         Written::Refused(_existing) => Ok(false),
///     }
/// }
/// ```
#[derive(Debug)]
pub struct Table<T> {
    aws: Aws,
    name: Option<Arc<str>>,
    item: PhantomData<fn() -> T>,
}

impl<T> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self { aws: self.aws.clone(), name: self.name.clone(), item: PhantomData }
    }
}

/// The result of a conditional write.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub enum Written<T> {
    /// The condition was met, and the item was written.
    Done,
    /// The condition was not met, and nothing was written. Contains the existing item, if any.
    Refused(Option<T>),
}

impl<T: Item> Table<T> {
    /// The table with the name in the environment variable [`Item::TABLE`].
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self { aws: aws.clone(), name: aws.variable(T::TABLE).map(Arc::from), item: PhantomData }
    }

    fn name(&self) -> Result<&str, TableError> {
        self.name.as_deref().ok_or(TableError::NotConfigured { variable: T::TABLE })
    }

    /// Gets the item with this key, with eventual consistency (`GetItem`).
    ///
    /// # Errors
    /// The call fails, or the stored item violates the contract.
    pub async fn get(&self, key: &T::Key) -> Result<Option<T>, TableError> {
        self.read(key, false).await
    }

    /// Gets the item with this key, with strong consistency (`GetItem`).
    ///
    /// # Errors
    /// As [`Table::get`].
    pub async fn get_consistent(&self, key: &T::Key) -> Result<Option<T>, TableError> {
        self.read(key, true).await
    }

    async fn read(&self, key: &T::Key, consistent: bool) -> Result<Option<T>, TableError> {
        self.read_stored(key, consistent).await?.map(decode).transpose()
    }

    /// The attributes of the item with this key, as they are stored.
    async fn read_stored(
        &self,
        key: &T::Key,
        consistent: bool,
    ) -> Result<Option<Attributes>, TableError> {
        let request = GetItemInput::builder().table_name(self.name()?);
        let request = request.set_key(Some(key.to_key())).consistent_read(consistent);
        match self.aws.tables().send(request).await {
            Ok(output) => Ok(output.item),
            Err(error) => Err(TableError::of("GetItem", T::TABLE, error)),
        }
    }

    /// Stores an item, replacing one with the same key (`PutItem`).
    ///
    /// # Errors
    /// The call fails, or the item is too large.
    pub async fn put(&self, item: &T) -> Result<(), TableError> {
        let request = PutItemInput::builder().table_name(self.name()?);
        let request = request.set_item(Some(encode(item)?));
        let sent = self.aws.tables().send(request).await;
        sent.map(drop).map_err(|error| TableError::of("PutItem", T::TABLE, error))
    }

    /// Stores an item if the existing item meets a condition (`PutItem`).
    ///
    /// A call whose response was lost may be repeated. If the repetition is refused and finds the same item, the result is
    /// success.
    ///
    /// # Errors
    /// As [`Table::put`].
    pub async fn put_if(
        &self,
        item: &T,
        condition: Condition<T>,
    ) -> Result<Written<T>, TableError> {
        let condition = condition.render();
        let request = PutItemInput::builder()
            .table_name(self.name()?)
            .set_item(Some(encode(item)?))
            .set_condition_expression(condition.text())
            .set_expression_attribute_names(condition.names)
            .set_expression_attribute_values(condition.values)
            .return_values_on_condition_check_failure(OnFailure::AllOld);
        let unsure = AtomicBool::new(false);
        let sent = self.aws.tables().send_noting(request, Repeat::Always, &unsure).await;
        match Conditional::of("PutItem", T::TABLE, sent)? {
            Conditional::Refused(Some(found))
                if unsure.into_inner()
                    && encode(item).is_ok_and(|item| same_items(&found, &item)) =>
            {
                Ok(Written::Done)
            }
            done => written(done),
        }
    }

    /// Creates an item with a new key (`PutItem`, if no item has the key).
    ///
    /// A call whose response was lost may be repeated. If the repetition finds the same item, the result is
    /// success. An item that existed before is refused, also if it is the same.
    ///
    /// # Errors
    /// As [`Table::put`].
    pub async fn create(&self, item: &T) -> Result<Written<T>, TableError> {
        self.put_if(item, Condition::item_absent()).await
    }

    /// Deletes the item with this key, if it exists (`DeleteItem`).
    ///
    /// # Errors
    /// The call fails.
    pub async fn delete(&self, key: &T::Key) -> Result<(), TableError> {
        let request = DeleteItemInput::builder().table_name(self.name()?);
        let request = request.set_key(Some(key.to_key()));
        let sent = self.aws.tables().send(request).await;
        sent.map(drop).map_err(|error| TableError::of("DeleteItem", T::TABLE, error))
    }

    /// Deletes the item with this key if it meets a condition (`DeleteItem`). A condition can also be met by an
    /// absent item.
    ///
    /// A call whose response was lost may be repeated. If the repetition finds no item, the result is success.
    ///
    /// # Errors
    /// The call fails.
    pub async fn delete_if(
        &self,
        key: &T::Key,
        condition: Condition<T>,
    ) -> Result<Written<T>, TableError> {
        let condition = condition.render();
        let request = DeleteItemInput::builder()
            .table_name(self.name()?)
            .set_key(Some(key.to_key()))
            .set_condition_expression(condition.text())
            .set_expression_attribute_names(condition.names)
            .set_expression_attribute_values(condition.values)
            .return_values_on_condition_check_failure(OnFailure::AllOld);
        let unsure = AtomicBool::new(false);
        let sent = self.aws.tables().send_noting(request, Repeat::Always, &unsure).await;
        match Conditional::of("DeleteItem", T::TABLE, sent)? {
            Conditional::Refused(None) if unsure.into_inner() => Ok(Written::Done),
            done => written(done),
        }
    }
}

/// The existing item that prevented a write, also when it violates the contract.
fn written<T: Item, O>(done: Conditional<O>) -> Result<Written<T>, TableError> {
    match done {
        Conditional::Done(_) => Ok(Written::Done),
        Conditional::Refused(item) => item.map(decode).transpose().map(Written::Refused),
    }
}

/// An item as a table takes it.
fn encode<T: Item>(item: &T) -> Result<Attributes, TableError> {
    let item = to_item(item);
    let item = item.map_err(|source| TableError::Unstorable { table: T::TABLE, source })?;
    T::LAYOUT.check(T::TABLE, item.keys())?;
    Ok(T::LAYOUT.store(item))
}

/// An item by the attributes that a table or its stream has.
pub(crate) fn load<T: Item>(item: Attributes) -> Result<T, TableError> {
    decode(item)
}

/// The key of an item by the attributes that a table or its stream has.
pub(crate) fn load_key<T: Item<Key: Decode>>(key: Attributes) -> Result<T::Key, TableError> {
    decode_item(T::LAYOUT.load(key))
        .map_err(|source| TableError::Corrupt { table: T::TABLE, source })
}

/// Whether a key is one of the items of a type, where a table holds several types.
pub(crate) fn is_item_of<T: Item>(key: &Attributes) -> bool {
    T::LAYOUT.has_key(T::KEY, key)
}

fn decode<T: Item>(item: Attributes) -> Result<T, TableError> {
    from_item(T::LAYOUT.load(item))
        .map_err(|source| TableError::Corrupt { table: T::TABLE, source })
}
