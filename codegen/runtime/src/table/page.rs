//! Reading many items in pages.
//!
//! A page is filled with as many calls as a filter and several partitions need, up to a maximum, and with as many items as
//! a response takes.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::scan::ScanInput;
use aws_sdk_dynamodb::types::{AttributeValue, Select};

use super::expression::Placeholders;
use super::size::Room;
use super::token::{Cursor, Scope};
use super::{Attributes, Item, Query, Table, TableError, decode};

/// The maximum number of calls for a page. After that, the page contains what was found, with a token for the rest.
const MAX_CALLS: usize = 10;

/// A page of items.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The items. There may be fewer than the limit, even if more follow: a page ends when its response would become too
    /// large.
    pub items: Vec<T>,
    /// The token for the next page; `None` on the last page.
    pub next: Option<String>,
}

/// What one call found.
struct Found {
    items: Vec<Attributes>,
    count: u64,
    last: Option<Attributes>,
}

impl Found {
    fn new(count: i32, items: Option<Vec<Attributes>>, last: Option<Attributes>) -> Self {
        Self {
            count: u64::try_from(count).unwrap_or_default(),
            items: items.unwrap_or_default(),
            last,
        }
    }

    /// Without the items at an end of the range that does not belong to it.
    fn without(mut self, query: &Query<impl Item>) -> Self {
        let but = query.range.as_ref().and_then(|range| range.but.as_ref());
        if let (Some(but), Some(name)) = (but, query.key().sort) {
            self.items.retain(|item| item.get(name) != Some(but));
            self.count = self.items.len() as u64;
        }
        self
    }
}

impl<T: Item> Table<T> {
    /// Reads a page of items. It ends before its limit when a response would become too large for Lambda (6 MB).
    ///
    /// # Errors
    /// [`TableError::BadToken`] for a token that is not from a page of the same query. Otherwise the call fails, or a
    /// stored item violates the contract.
    pub async fn page(&self, query: Query<T>) -> Result<Page<T>, TableError> {
        self.fill(query, Some(Room::of_page())).await
    }

    /// Reads the first items of a query, up to its limit, with as many calls as needed.
    ///
    /// # Errors
    /// The call fails, or a stored item violates the contract.
    pub async fn first(&self, query: Query<T>) -> Result<Vec<T>, TableError> {
        Ok(self.fill(query, None).await?.items)
    }

    /// A page with this room; without one, everything up to the limit.
    async fn fill(&self, query: Query<T>, mut room: Option<Room>) -> Result<Page<T>, TableError> {
        let query = query.stored();
        let scope = Scope::of::<T>(&query);
        let mut cursor = match &query.after {
            Some(token) => scope.open(token)?,
            None => Cursor::default(),
        };
        let is_page = room.is_some();
        let mut items = Vec::new();
        let mut n_calls = 0;
        while n_calls < MAX_CALLS || !is_page {
            n_calls += 1;
            let n_found = i32::try_from(items.len()).unwrap_or(i32::MAX);
            let left = query.limit.map(|limit| limit.saturating_sub(n_found));
            let Some(mut found) = self.call(&query, &scope, &cursor, left, false).await? else {
                return Ok(Page { items, next: None });
            };
            let n_all = found.items.len();
            if let Some(room) = &mut room {
                found.items.truncate(room.take(&found.items).max(usize::from(items.is_empty())));
            }
            let is_cut = found.items.len() < n_all;
            // Where nothing of this call fits, the page ends where the call before ended.
            if let Some(last) = found.items.last().filter(|_| is_cut) {
                cursor = cursor.behind(scope.key_of(last));
            }
            for item in found.items {
                items.push(decode(item)?);
            }
            if is_cut {
                break;
            }
            match cursor.after(found.last, scope.n_partitions()) {
                Some(next) => cursor = next,
                None => return Ok(Page { items, next: None }),
            }
            let n_found = i32::try_from(items.len()).unwrap_or(i32::MAX);
            let is_full = query.limit.map_or(is_page && n_found > 0, |limit| n_found >= limit);
            if is_full {
                break;
            }
        }
        Ok(Page { items, next: Some(scope.seal(&cursor)) })
    }

    /// Reads all items of a query, with as many calls as needed. Limit and token are ignored.
    ///
    /// # Errors
    /// The call fails, or a stored item violates the contract.
    pub async fn all(&self, mut query: Query<T>) -> Result<Vec<T>, TableError> {
        (query.limit, query.after) = (None, None);
        self.first(query).await
    }

    /// Counts the items of a query. Limit and token are ignored; all items are read and billed.
    ///
    /// # Errors
    /// The call fails.
    pub async fn count(&self, query: Query<T>) -> Result<u64, TableError> {
        let query = query.stored();
        let scope = Scope::of::<T>(&query);
        let mut count = 0;
        let mut cursor = Some(Cursor::default());
        while let Some(at) = cursor {
            let Some(found) = self.call(&query, &scope, &at, None, true).await? else { break };
            count += found.count;
            cursor = at.after(found.last, scope.n_partitions());
        }
        Ok(count)
    }

    /// One call; none where there is nothing to ask for.
    async fn call(
        &self,
        query: &Query<T>,
        scope: &Scope<'_>,
        cursor: &Cursor,
        limit: Option<i32>,
        counts: bool,
    ) -> Result<Option<Found>, TableError> {
        let is_whole = query.range.as_ref().is_none_or(|range| range.but.is_none());
        let select = (counts && is_whole).then_some(Select::Count);
        let found = match &query.partitions {
            Some(partitions) => match partitions.get(cursor.partition) {
                Some(partition) if !query.is_empty_range() => {
                    self.query_call(query, scope, partition, cursor, limit, select).await?
                }
                _ => return Ok(None),
            },
            None => self.scan_call(query, cursor, limit, select).await?,
        };
        Ok(Some(found.without(query)))
    }

    async fn query_call(
        &self,
        query: &Query<T>,
        scope: &Scope<'_>,
        partition: &AttributeValue,
        cursor: &Cursor,
        limit: Option<i32>,
        select: Option<Select>,
    ) -> Result<Found, TableError> {
        let mut out = Placeholders::default();
        // What the contract wrote has its placeholders already.
        let filter = filter(query, &mut out);
        let condition = query.key_condition(partition, scope.key, &mut out);
        let expression = out.expression(condition);
        let request = QueryInput::builder()
            .table_name(self.name()?)
            .set_index_name(query.index.map(|index| index.name.to_owned()))
            .key_condition_expression(expression.text)
            .set_filter_expression(filter)
            .set_expression_attribute_names(expression.names)
            .set_expression_attribute_values(expression.values)
            .set_consistent_read(query.consistent.then_some(true))
            .set_scan_index_forward(query.descending.then_some(false))
            .set_limit(limit)
            .set_select(select)
            .set_exclusive_start_key(cursor.start.clone());
        let sent = self.aws.tables().send(request).await;
        let found =
            sent.map(|found| Found::new(found.count, found.items, found.last_evaluated_key));
        found.map_err(|error| failed::<T, _>("Query", cursor, error))
    }

    async fn scan_call(
        &self,
        query: &Query<T>,
        cursor: &Cursor,
        limit: Option<i32>,
        select: Option<Select>,
    ) -> Result<Found, TableError> {
        let mut out = Placeholders::default();
        let filter = filter(query, &mut out);
        let expression = out.expression(String::new());
        let request = ScanInput::builder()
            .table_name(self.name()?)
            .set_index_name(query.index.map(|index| index.name.to_owned()))
            .set_filter_expression(filter)
            .set_expression_attribute_names(expression.names)
            .set_expression_attribute_values(expression.values)
            .set_consistent_read(query.consistent.then_some(true))
            .set_limit(limit)
            .set_select(select)
            .set_exclusive_start_key(cursor.start.clone());
        let sent = self.aws.tables().send(request).await;
        let found =
            sent.map(|found| Found::new(found.count, found.items, found.last_evaluated_key));
        found.map_err(|error| failed::<T, _>("Scan", cursor, error))
    }
}

/// The filter of a query; none where nothing is asked.
fn filter<T>(query: &Query<T>, out: &mut Placeholders) -> Option<String> {
    let filter = query.filter.clone().map(|filter| filter.render_into(out));
    filter.filter(|text| !text.is_empty())
}

/// Why a call failed: if a client's token names a position that does not exist, the token is at fault.
fn failed<T: Item, E>(action: &'static str, cursor: &Cursor, error: SdkError<E>) -> TableError
where
    E: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    match cursor.is_of_client && TableError::is_validation(&error) {
        true => TableError::BadToken,
        false => TableError::of(action, T::TABLE, error),
    }
}
