//! Queries: one partition or several, a range of the sort key, and a filter.

use std::marker::PhantomData;

use aws_sdk_dynamodb::types::AttributeValue;

use super::condition::Term;
use super::expression::Placeholders;
use super::range::{Range, Sort};
use super::{Condition, Index, Item, KeyNames};
use crate::Attribute;

/// A query of a table or one of its indexes.
///
/// ```
/// use runtime::Query;
///
/// struct Order;
///
/// // The ten latest orders of a customer since November.
/// let customer = "anna".to_owned();
/// let query = Query::<Order>::partition(&customer)
///     .sort_at_least(&"2026-11-01".to_owned())
///     .descending()
///     .limit(10);
/// # let _ = query;
/// ```
#[derive(Debug)]
pub struct Query<T> {
    pub(super) index: Option<Index<T>>,
    /// Whether the index only says which sort key is meant, and the whole table is read.
    is_of_table: bool,
    /// The partitions, queried in this order; `None` for a scan.
    pub(super) partitions: Option<Vec<AttributeValue>>,
    /// What further attributes of a key of several are equal to.
    pub(super) further: Vec<AttributeValue>,
    pub(super) range: Option<Range>,
    pub(super) filter: Option<Condition<T>>,
    pub(super) consistent: bool,
    pub(super) descending: bool,
    pub(super) limit: Option<i32>,
    pub(super) after: Option<String>,
    item: PhantomData<fn() -> T>,
}

impl<T> Query<T> {
    /// All items, in no order (`Scan`). What is asked of the sort key filters them.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            index: None,
            is_of_table: false,
            partitions: None,
            further: Vec::new(),
            range: None,
            filter: None,
            consistent: false,
            descending: false,
            limit: None,
            after: None,
            item: PhantomData,
        }
    }

    /// The items of a partition, ordered by the sort key (`Query`).
    #[must_use]
    pub fn partition(value: &impl Attribute) -> Self {
        Self { partitions: Some(vec![value.to_attribute()]), ..Self::all() }
    }

    /// The items of several partitions, one partition after the other.
    #[must_use]
    pub fn partitions<'v, V: Attribute + 'v>(values: impl IntoIterator<Item = &'v V>) -> Self {
        let mut partitions: Vec<AttributeValue> = Vec::new();
        for value in values.into_iter().map(Attribute::to_attribute) {
            if !partitions.contains(&value) {
                partitions.push(value);
            }
        }
        Self { partitions: Some(partitions), ..Self::all() }
    }

    /// Only items whose next attribute of the key has this value, where the index has a key of several attributes: the
    /// further ones of the partition key first, which a query must name all, then those of the sort key. What is asked
    /// of the sort key is about the attribute behind the last of them.
    #[must_use]
    pub fn further(mut self, value: &impl Attribute) -> Self {
        self.further.push(value.to_attribute());
        self
    }

    fn sorted(self, sort: Sort) -> Self {
        Self { range: Some(Range { sort, but: None }), ..self }
    }

    /// Only items with this sort key.
    #[must_use]
    pub fn sort(self, value: &impl Attribute) -> Self {
        self.sorted(Sort::Compare("=", value.to_attribute()))
    }

    /// Only items with a smaller sort key.
    #[must_use]
    pub fn sort_less_than(self, value: &impl Attribute) -> Self {
        self.sorted(Sort::Compare("<", value.to_attribute()))
    }

    /// Only items with this sort key or a smaller one.
    #[must_use]
    pub fn sort_at_most(self, value: &impl Attribute) -> Self {
        self.sorted(Sort::Compare("<=", value.to_attribute()))
    }

    /// Only items with a larger sort key.
    #[must_use]
    pub fn sort_greater_than(self, value: &impl Attribute) -> Self {
        self.sorted(Sort::Compare(">", value.to_attribute()))
    }

    /// Only items with this sort key or a larger one.
    #[must_use]
    pub fn sort_at_least(self, value: &impl Attribute) -> Self {
        self.sorted(Sort::Compare(">=", value.to_attribute()))
    }

    /// Only items with a sort key in this range, including both ends. If the first end is larger, the result is
    /// empty.
    #[must_use]
    pub fn sort_between(self, least: &impl Attribute, greatest: &impl Attribute) -> Self {
        self.sorted(Sort::Between(least.to_attribute(), greatest.to_attribute()))
    }

    /// Only items with a sort key from `least` to `greatest`, including both. An end that is absent is open.
    #[must_use]
    pub fn sort_within(
        self,
        least: Option<&impl Attribute>,
        greatest: Option<&impl Attribute>,
    ) -> Self {
        match (least, greatest) {
            (Some(least), Some(greatest)) => self.sort_between(least, greatest),
            (Some(least), None) => self.sort_at_least(least),
            (None, Some(greatest)) => self.sort_at_most(greatest),
            (None, None) => self,
        }
    }

    /// Only items whose sort key starts with this prefix.
    #[must_use]
    pub fn sort_begins_with(self, prefix: &impl Attribute) -> Self {
        self.sorted(Sort::BeginsWith(prefix.to_attribute()))
    }

    /// Only items that meet this condition, in addition to earlier ones. Filtered items are read and billed.
    #[must_use]
    pub fn filter(self, condition: Condition<T>) -> Self {
        let filter = match self.filter {
            Some(before) => before.and(condition),
            None => condition,
        };
        Self { filter: Some(filter), ..self }
    }

    /// Query an index instead of the table: `ProductIndexes::BY_CATEGORY`.
    #[must_use]
    pub fn index(self, index: Index<T>) -> Self {
        Self { index: Some(index), ..self }
    }

    /// The sort key of an index, where all items of the table are read and not those of the index.
    #[must_use]
    pub fn sort_key_of(self, index: Index<T>) -> Self {
        Self { index: Some(index), is_of_table: true, ..self }
    }

    /// Read with strong consistency. Global indexes do not support it.
    #[must_use]
    pub fn consistent(self) -> Self {
        Self { consistent: true, ..self }
    }

    /// Return the largest sort key first.
    #[must_use]
    pub fn descending(self) -> Self {
        Self { descending: true, ..self }
    }

    /// Return at most this many items.
    #[must_use]
    pub fn limit(self, limit: impl Into<i64>) -> Self {
        let limit = i32::try_from(limit.into()).unwrap_or(i32::MAX).max(1);
        Self { limit: Some(limit), ..self }
    }

    /// Continue after the page that returned this token.
    #[must_use]
    pub fn after(self, token: Option<String>) -> Self {
        Self { after: token, ..self }
    }

    /// Applies `with` to a value that is there: `.maybe(input.limit, |query, limit| query.limit(limit))`.
    #[must_use]
    pub fn maybe<V>(self, value: Option<V>, with: impl FnOnce(Self, V) -> Self) -> Self {
        match value {
            Some(value) => with(self, value),
            None => self,
        }
    }

    /// Whether no sort key is in the range.
    pub(super) fn is_empty_range(&self) -> bool {
        self.range.as_ref().is_some_and(Range::is_empty)
    }

    /// The key condition for one of the partitions.
    pub(super) fn key_condition(
        &self,
        partition: &AttributeValue,
        key: KeyNames,
        out: &mut Placeholders,
    ) -> String {
        let mut all =
            vec![format!("{} = {}", out.name(key.partition), out.value(partition.clone()))];
        for (name, value) in self.further_names().iter().zip(&self.further) {
            all.push(format!("{} = {}", out.name(name), out.value(value.clone())));
        }
        if let (Some(range), Some(name)) = (&self.range, self.sort_name(key)) {
            all.push(range.condition(name, out));
        }
        all.join(" AND ")
    }

    /// The attribute that a range is about.
    fn sort_name(&self, key: KeyNames) -> Option<&'static str> {
        key.sort.or_else(|| self.further_names().get(self.further.len()).copied())
    }

    /// The attributes behind the first, where the key has several.
    pub(super) fn further_names(&self) -> &'static [&'static str] {
        self.index.map_or(&[], |index| index.further)
    }
}

impl<T: Item> Query<T> {
    /// The key that is asked of.
    pub(super) fn key(&self) -> KeyNames {
        self.index.map_or(T::KEY, |index| index.key)
    }

    /// The same in the terms of the table: keys composed, and of what others keep in the same table nothing.
    pub(super) fn stored(mut self) -> Self {
        let (key, layout) = (self.key(), T::LAYOUT);
        if let Some(composed) = layout.composed(key.partition) {
            for partition in self.partitions.iter_mut().flatten() {
                *partition = composed.compose(partition);
            }
        }
        let is_query = self.partitions.is_some();
        let is_ranged = is_query || self.range.is_some();
        let sort = key.sort.and_then(|name| layout.composed(name)).filter(|_| is_ranged);
        if let Some(composed) = sort {
            self.range = Range::composed(composed, self.range.as_ref().map(|range| &range.sort));
        }
        if let (Some(name), Some(range)) = (self.sort_name(key), self.range.take_if(|_| !is_query))
        {
            // DynamoDB refuses such a filter.
            if range.is_empty() {
                self.partitions = Some(vec![]);
            }
            self = self.filter(range.filter(name));
        }
        if std::mem::take(&mut self.is_of_table) {
            self.index = None;
        }
        let is_asked = |name: &str| is_query && key.iter().any(|asked| asked == name);
        let others = T::KEY.iter().filter(|name| !is_asked(name));
        let own = others.filter_map(|name| {
            let Range { sort, .. } = Range::composed(layout.composed(name)?, None)?;
            Some(Condition::of(Term::Key(name, sort)))
        });
        own.fold(self, Self::filter)
    }
}
