//! What to read of a table: one partition or several, a range of the sort key, a filter.

use std::marker::PhantomData;

use aws_sdk_dynamodb::types::AttributeValue;

use super::expression::Placeholders;
use super::{Condition, KeyNames};
use crate::Attribute;

/// What to read of a table or one of its indexes.
#[derive(Debug)]
pub struct Query<T> {
    pub(super) index: Option<(&'static str, KeyNames)>,
    /// The partitions, one after the other; none to read everything.
    pub(super) partitions: Option<Vec<AttributeValue>>,
    pub(super) sort: Option<Sort>,
    pub(super) filter: Option<Condition<T>>,
    pub(super) consistent: bool,
    pub(super) descending: bool,
    pub(super) limit: Option<i32>,
    pub(super) after: Option<String>,
    item: PhantomData<fn() -> T>,
}

/// What a query asks of the sort key.
#[derive(Debug, Clone)]
pub(super) enum Sort {
    Compare(&'static str, AttributeValue),
    Between(AttributeValue, AttributeValue),
    BeginsWith(AttributeValue),
}

impl<T> Query<T> {
    /// All items, in no order (`Scan`).
    #[must_use]
    pub const fn all() -> Self {
        Self {
            index: None,
            partitions: None,
            sort: None,
            filter: None,
            consistent: false,
            descending: false,
            limit: None,
            after: None,
            item: PhantomData,
        }
    }

    /// The items of one partition, in the order of the sort key (`Query`).
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

    fn sorted(self, sort: Sort) -> Self {
        Self { sort: Some(sort), ..self }
    }

    /// Only the items with this sort key.
    #[must_use]
    pub fn sort(self, value: &impl Attribute) -> Self {
        self.sorted(Sort::Compare("=", value.to_attribute()))
    }

    /// Only the items whose sort key is less than this.
    #[must_use]
    pub fn sort_less_than(self, value: &impl Attribute) -> Self {
        self.sorted(Sort::Compare("<", value.to_attribute()))
    }

    /// Only the items whose sort key is this or less.
    #[must_use]
    pub fn sort_at_most(self, value: &impl Attribute) -> Self {
        self.sorted(Sort::Compare("<=", value.to_attribute()))
    }

    /// Only the items whose sort key is greater than this.
    #[must_use]
    pub fn sort_greater_than(self, value: &impl Attribute) -> Self {
        self.sorted(Sort::Compare(">", value.to_attribute()))
    }

    /// Only the items whose sort key is this or greater.
    #[must_use]
    pub fn sort_at_least(self, value: &impl Attribute) -> Self {
        self.sorted(Sort::Compare(">=", value.to_attribute()))
    }

    /// Only the items whose sort key is within these, both included. Where the first is greater there is none.
    #[must_use]
    pub fn sort_between<V: Attribute>(self, least: &V, greatest: &V) -> Self {
        self.sorted(Sort::Between(least.to_attribute(), greatest.to_attribute()))
    }

    /// Only the items whose sort key begins with this text.
    #[must_use]
    pub fn sort_begins_with(self, prefix: &impl Attribute) -> Self {
        self.sorted(Sort::BeginsWith(prefix.to_attribute()))
    }

    /// Only the items for which this holds, besides what was asked before. What is left out is read, and paid for, all
    /// the same.
    #[must_use]
    pub fn filter(self, condition: Condition<T>) -> Self {
        let filter = match self.filter {
            Some(before) => before.and(condition),
            None => condition,
        };
        Self { filter: Some(filter), ..self }
    }

    /// By an index and its key, instead of the table's own.
    #[must_use]
    pub fn index(self, name: &'static str, key: KeyNames) -> Self {
        Self { index: Some((name, key)), ..self }
    }

    /// The items as they are now, and not as they were a moment ago. No index can do that.
    #[must_use]
    pub fn consistent(self) -> Self {
        Self { consistent: true, ..self }
    }

    /// The greatest sort key first.
    #[must_use]
    pub fn descending(self) -> Self {
        Self { descending: true, ..self }
    }

    /// So many items at most.
    #[must_use]
    pub fn limit(self, limit: impl Into<i64>) -> Self {
        let limit = i32::try_from(limit.into()).unwrap_or(i32::MAX).max(1);
        Self { limit: Some(limit), ..self }
    }

    /// The items after the page that this token is from.
    #[must_use]
    pub fn after(self, token: Option<String>) -> Self {
        Self { after: token, ..self }
    }

    /// Whether no sort key can be in the range.
    pub(super) fn is_empty_range(&self) -> bool {
        let number = |text: &str| crate::Decimal::parse(text);
        match &self.sort {
            Some(Sort::Between(AttributeValue::S(least), AttributeValue::S(greatest))) => {
                least > greatest
            }
            Some(Sort::Between(AttributeValue::N(least), AttributeValue::N(greatest))) => {
                number(least)
                    .zip(number(greatest))
                    .is_some_and(|(least, greatest)| least > greatest)
            }
            _ => false,
        }
    }

    /// The key condition for one of the partitions.
    pub(super) fn key_condition(
        &self,
        partition: &AttributeValue,
        key: KeyNames,
        out: &mut Placeholders,
    ) -> String {
        let equals = format!("{} = {}", out.name(key.partition), out.value(partition.clone()));
        let (Some(sort), Some(name)) = (&self.sort, key.sort) else { return equals };
        let name = out.name(name);
        match sort {
            Sort::Compare(sign, value) => {
                format!("{equals} AND {name} {sign} {}", out.value(value.clone()))
            }
            Sort::Between(least, greatest) => {
                let (least, greatest) = (out.value(least.clone()), out.value(greatest.clone()));
                format!("{equals} AND {name} BETWEEN {least} AND {greatest}")
            }
            Sort::BeginsWith(prefix) => {
                format!("{equals} AND begins_with({name}, {})", out.value(prefix.clone()))
            }
        }
    }
}
