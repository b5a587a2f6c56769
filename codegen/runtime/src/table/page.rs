//! Reading many items, a page at a time.
//!
//! Owns the page token: the key of the last item, readable by nobody in particular and believed by nobody. What a
//! client sends back is checked against the table, the index and the partition that it is used on; whatever does not
//! fit is [`TableError::BadToken`] and never a failure of ours.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{Attributes, Item, KeyNames, Table, TableError, decode};
use crate::Attribute;

/// Some of the items, and how to get at the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The items; there may be fewer than the limit although more follow.
    pub items: Vec<T>,
    /// What to ask for the page after this one with; none on the last page.
    pub next: Option<String>,
}

/// What to read of a table or one of its indexes.
#[derive(Debug, Clone)]
pub struct Query {
    index: Option<(&'static str, KeyNames)>,
    partition: Option<AttributeValue>,
    sort: Option<AttributeValue>,
    consistent: bool,
    descending: bool,
    limit: Option<i32>,
    after: Option<String>,
}

impl Query {
    /// All items, in no order (`Scan`).
    #[must_use]
    pub const fn all() -> Self {
        Self {
            index: None,
            partition: None,
            sort: None,
            consistent: false,
            descending: false,
            limit: None,
            after: None,
        }
    }

    /// The items of one partition, in the order of the sort key (`Query`).
    #[must_use]
    pub fn partition(value: &impl Attribute) -> Self {
        Self { partition: Some(value.to_attribute()), ..Self::all() }
    }

    /// Only the items with this sort key.
    #[must_use]
    pub fn sort(self, value: &impl Attribute) -> Self {
        Self { sort: Some(value.to_attribute()), ..self }
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
}

impl<T: Item> Table<T> {
    /// A page of items.
    ///
    /// # Errors
    /// [`TableError::BadToken`] for a token that is not from a page of the same query; otherwise when the table does
    /// not answer or what is stored violates the contract.
    pub async fn page(&self, query: Query) -> Result<Page<T>, TableError> {
        let scope = Scope::of::<T>(&query);
        let start = query.after.as_deref().map(|token| scope.open(token)).transpose()?;
        let (items, last) = match &query.partition {
            Some(partition) => self.query_page(&query, partition.clone(), scope.key, start).await?,
            None => self.scan_page(&query, start).await?,
        };
        let items = items.into_iter().map(decode).collect::<Result<_, _>>()?;
        Ok(Page { items, next: last.map(|key| scope.seal(&key)) })
    }

    async fn query_page(
        &self,
        query: &Query,
        partition: AttributeValue,
        key: KeyNames,
        start: Option<Attributes>,
    ) -> Result<(Vec<Attributes>, Option<Attributes>), TableError> {
        let has_token = start.is_some();
        let mut request = self
            .aws
            .dynamodb()
            .query()
            .table_name(self.name()?)
            .set_index_name(query.index.map(|(name, _)| name.to_owned()))
            .expression_attribute_names("#p", key.partition)
            .expression_attribute_values(":p", partition)
            .set_consistent_read(query.consistent.then_some(true))
            .set_scan_index_forward(query.descending.then_some(false))
            .set_limit(query.limit)
            .set_exclusive_start_key(start);
        request = match (&query.sort, key.sort) {
            (Some(sort), Some(name)) => request
                .key_condition_expression("#p = :p AND #s = :s")
                .expression_attribute_names("#s", name)
                .expression_attribute_values(":s", sort.clone()),
            _ => request.key_condition_expression("#p = :p"),
        };
        match request.send().await {
            Ok(output) => Ok((output.items.unwrap_or_default(), output.last_evaluated_key)),
            Err(error) if has_token && TableError::is_validation(&error) => {
                Err(TableError::BadToken)
            }
            Err(error) => Err(TableError::of("Query", T::TABLE, error)),
        }
    }

    async fn scan_page(
        &self,
        query: &Query,
        start: Option<Attributes>,
    ) -> Result<(Vec<Attributes>, Option<Attributes>), TableError> {
        let has_token = start.is_some();
        let request = self
            .aws
            .dynamodb()
            .scan()
            .table_name(self.name()?)
            .set_consistent_read(query.consistent.then_some(true))
            .set_limit(query.limit)
            .set_exclusive_start_key(start);
        match request.send().await {
            Ok(output) => Ok((output.items.unwrap_or_default(), output.last_evaluated_key)),
            Err(error) if has_token && TableError::is_validation(&error) => {
                Err(TableError::BadToken)
            }
            Err(error) => Err(TableError::of("Scan", T::TABLE, error)),
        }
    }
}

/// What a token is good for.
struct Scope<'a> {
    /// The table and the index, as the token names them.
    name: String,
    /// The key that is queried.
    key: KeyNames,
    /// The attributes that the token's key has to have, sorted.
    attributes: Vec<&'static str>,
    /// The value that the queried partition has.
    partition: Option<&'a AttributeValue>,
}

impl<'a> Scope<'a> {
    fn of<T: Item>(query: &'a Query) -> Self {
        let key = query.index.map_or(T::KEY, |(_, key)| key);
        let index = query.index.map_or("", |(name, _)| name);
        let mut attributes: Vec<&'static str> = T::KEY.iter().chain(key.iter()).collect();
        attributes.sort_unstable();
        attributes.dedup();
        let name = format!("{}/{index}", T::TABLE);
        Self { name, key, attributes, partition: query.partition.as_ref() }
    }

    /// The token of a key.
    fn seal(&self, key: &Attributes) -> String {
        let ordered: BTreeMap<&String, &AttributeValue> = key.iter().collect();
        let attributes: serde_json::Map<String, Value> = ordered
            .into_iter()
            .filter_map(|(name, value)| match value {
                AttributeValue::S(text) => Some((name.clone(), json!({"S": text}))),
                AttributeValue::N(text) => Some((name.clone(), json!({"N": text}))),
                _ => None,
            })
            .collect();
        URL_SAFE_NO_PAD.encode(json!([self.name, attributes]).to_string())
    }

    /// The key in a token.
    fn open(&self, token: &str) -> Result<Attributes, TableError> {
        self.read(token).ok_or(TableError::BadToken)
    }

    fn read(&self, token: &str) -> Option<Attributes> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (name, attributes): (String, BTreeMap<String, BTreeMap<String, String>>) =
            serde_json::from_slice(&bytes).ok()?;
        if name != self.name || !attributes.keys().eq(self.attributes.iter()) {
            return None;
        }
        let key: Attributes = attributes
            .into_iter()
            .map(|(name, value)| Some((name, attribute(value)?)))
            .collect::<Option<HashMap<_, _>>>()?;
        let fits = self.partition.is_none_or(|value| key.get(self.key.partition) == Some(value));
        fits.then_some(key)
    }
}

/// A key attribute: one text or number that is not empty.
fn attribute(value: BTreeMap<String, String>) -> Option<AttributeValue> {
    let mut parts = value.into_iter();
    let (kind, text) = parts.next().filter(|(_, text)| !text.is_empty())?;
    match (kind.as_str(), parts.next()) {
        ("S", None) => Some(AttributeValue::S(text)),
        ("N", None) => Some(AttributeValue::N(text)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    fn scope(partition: Option<&AttributeValue>) -> Scope<'_> {
        let key = KeyNames { partition: "category", sort: None };
        Scope { name: "T/i".to_owned(), key, attributes: vec!["category", "id"], partition }
    }

    fn key(category: &str) -> Attributes {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        HashMap::from([("id".to_owned(), text("1")), ("category".to_owned(), text(category))])
    }

    #[test]
    fn a_token_leads_back_to_its_key() {
        let token = scope(None).seal(&key("a"));
        assert_eq!(scope(None).open(&token).unwrap(), key("a"));
        let partition = AttributeValue::S("a".to_owned());
        assert_eq!(scope(Some(&partition)).open(&token).unwrap(), key("a"));
    }

    #[test]
    fn a_token_of_something_else_is_refused() {
        let other = AttributeValue::S("b".to_owned());
        let token = scope(None).seal(&key("a"));
        assert!(scope(Some(&other)).open(&token).is_err());
        let elsewhere = Scope { name: "U/i".to_owned(), ..scope(None) };
        assert!(scope(None).open(&elsewhere.seal(&key("a"))).is_err());
    }

    #[test]
    fn a_forged_token_is_refused() {
        let forged = [
            json!(["T/i", {"id": {"S": "1"}}]),
            json!(["T/i", {"id": {"S": "1"}, "category": {"S": ""}}]),
            json!(["T/i", {"id": {"S": "1"}, "category": {"BOOL": "true"}}]),
            json!(["T/i", {"id": {"S": "1", "N": "1"}, "category": {"S": "a"}}]),
            json!(["T/i", {"id": {"S": "1"}, "category": {"S": "a"}, "more": {"S": "x"}}]),
            json!({}),
        ];
        let sealed = forged.map(|json| URL_SAFE_NO_PAD.encode(json.to_string()));
        let garbage = ["", "%", "AAAA", "é"].map(ToOwned::to_owned);
        for token in sealed.iter().chain(&garbage) {
            assert!(scope(None).open(token).is_err(), "{token}");
        }
    }
}
