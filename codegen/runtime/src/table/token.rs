//! The page token: where a query goes on.
//!
//! Owns what a client sends back. It is no secret: whoever has it reads the key of the last item that was read, also of one
//! that a filter left out. And it is believed by nobody: it is checked against the table, the index and the partitions
//! that it is used on; whatever does not fit is [`TableError::BadToken`] and never
//! a failure of ours.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{Attributes, Item, KeyNames, Query, TableError};

/// Where a query goes on.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Cursor {
    /// Which of the query's partitions.
    pub(super) partition: usize,
    /// The key of the last item that was read; none at the beginning of the partition.
    pub(super) start: Option<Attributes>,
    /// Whether a client said so.
    pub(super) is_of_client: bool,
}

impl Cursor {
    /// Where to go on behind the item with this key.
    pub(super) fn behind(&self, key: Attributes) -> Self {
        Self { partition: self.partition, start: Some(key), is_of_client: false }
    }

    /// Where to go on behind what a call read last; none when all was read.
    pub(super) fn after(&self, last: Option<Attributes>, n_partitions: usize) -> Option<Self> {
        match last {
            Some(last) => Some(self.behind(last)),
            None if self.partition + 1 < n_partitions => {
                Some(Self { partition: self.partition + 1, start: None, is_of_client: false })
            }
            None => None,
        }
    }
}

/// What a token is good for.
pub(super) struct Scope<'a> {
    /// The table and the index, as the token names them.
    name: String,
    /// The key that is queried.
    pub(super) key: KeyNames,
    /// The attributes that the token's key has to have, sorted.
    attributes: Vec<&'static str>,
    /// The partitions that are queried; none where everything is read.
    partitions: Option<&'a [AttributeValue]>,
    /// What further attributes of the key are equal to.
    further: Vec<(&'static str, &'a AttributeValue)>,
}

impl<'a> Scope<'a> {
    pub(super) fn of<T: Item>(query: &'a Query<T>) -> Self {
        let key = query.key();
        let index = query.index.map_or("", |index| index.name);
        let names = query.further_names();
        let further = names.iter().copied();
        let mut attributes: Vec<&'static str> =
            T::KEY.iter().chain(key.iter()).chain(further).collect();
        attributes.sort_unstable();
        attributes.dedup();
        let name = format!("{}/{index}", T::TABLE);
        let further = names.iter().copied().zip(&query.further).collect();
        Self { name, key, attributes, partitions: query.partitions.as_deref(), further }
    }

    /// How many partitions are queried, one after the other.
    pub(super) fn n_partitions(&self) -> usize {
        self.partitions.map_or(1, <[_]>::len)
    }

    /// The attributes of an item that say where it stands.
    pub(super) fn key_of(&self, item: &Attributes) -> Attributes {
        let value = |name: &&str| Some(((*name).to_owned(), item.get(*name)?.clone()));
        self.attributes.iter().filter_map(value).collect()
    }

    /// The token of a place: the key of the last item, or the partition alone where its items are still to come.
    pub(super) fn seal(&self, cursor: &Cursor) -> String {
        let partition = self.partitions.and_then(|all| all.get(cursor.partition));
        let beginning = || {
            let partition = partition.map(|value| (self.key.partition.to_owned(), value.clone()));
            partition.into_iter().collect()
        };
        let key: Attributes = cursor.start.clone().unwrap_or_else(beginning);
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

    /// The place that a token names.
    pub(super) fn open(&self, token: &str) -> Result<Cursor, TableError> {
        self.read(token).ok_or(TableError::BadToken)
    }

    fn read(&self, token: &str) -> Option<Cursor> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (name, attributes): (String, BTreeMap<String, BTreeMap<String, String>>) =
            serde_json::from_slice(&bytes).ok()?;
        if name != self.name {
            return None;
        }
        let is_key = attributes.keys().eq(self.attributes.iter());
        let is_beginning = attributes.keys().eq([self.key.partition]) && self.n_partitions() > 1;
        let key: Attributes = attributes
            .into_iter()
            .map(|(name, value)| Some((name, attribute(value)?)))
            .collect::<Option<HashMap<_, _>>>()?;
        let partition = match self.partitions {
            // Where nothing is asked for, the page behind any key is empty.
            None | Some([]) => 0,
            Some(all) => {
                let value = key.get(self.key.partition)?;
                all.iter().position(|known| known == value)?
            }
        };
        if is_key && self.further.iter().any(|(name, value)| key.get(*name) != Some(*value)) {
            return None;
        }
        match (is_key, is_beginning) {
            (true, _) => Some(Cursor { partition, start: Some(key), is_of_client: true }),
            (false, true) => Some(Cursor { partition, start: None, is_of_client: true }),
            (false, false) => None,
        }
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

    fn scope(partitions: Option<&[AttributeValue]>) -> Scope<'_> {
        let key = KeyNames { partition: "category", sort: None };
        Scope {
            name: "T/i".to_owned(),
            key,
            attributes: vec!["category", "id"],
            partitions,
            further: vec![],
        }
    }

    fn text(text: &str) -> AttributeValue {
        AttributeValue::S(text.to_owned())
    }

    fn key(category: &str) -> Attributes {
        HashMap::from([("id".to_owned(), text("1")), ("category".to_owned(), text(category))])
    }

    fn behind(key: Attributes, partition: usize) -> Cursor {
        Cursor { partition, start: Some(key), is_of_client: true }
    }

    #[test]
    fn a_token_leads_back_to_its_key() {
        let token = scope(None).seal(&behind(key("a"), 0));
        assert_eq!(scope(None).open(&token).unwrap(), behind(key("a"), 0));
        assert_eq!(scope(Some(&[text("a")])).open(&token).unwrap(), behind(key("a"), 0));
    }

    #[test]
    fn a_token_tells_which_partition_it_is_in() {
        let both = [text("a"), text("b")];
        let token = scope(Some(&both)).seal(&behind(key("b"), 1));
        assert_eq!(scope(Some(&both)).open(&token).unwrap(), behind(key("b"), 1));
        let next = behind(key("a"), 0).after(None, 2).unwrap();
        let token = scope(Some(&both)).seal(&next);
        assert_eq!(
            scope(Some(&both)).open(&token).unwrap(),
            Cursor { partition: 1, start: None, is_of_client: true }
        );
        assert!(scope(Some(&both[1..])).open(&token).is_err());
        assert_eq!(behind(key("b"), 1).after(None, 2), None);
    }

    #[test]
    fn a_token_is_good_where_a_changed_range_leaves_nothing_to_ask_for() {
        let token = scope(None).seal(&behind(key("a"), 0));
        assert_eq!(scope(Some(&[])).open(&token).unwrap(), behind(key("a"), 0));
        assert!(scope(Some(&[])).open("!").is_err());
    }

    #[test]
    fn a_token_of_something_else_is_refused() {
        let token = scope(None).seal(&behind(key("a"), 0));
        assert!(scope(Some(&[text("b")])).open(&token).is_err());
        let elsewhere = Scope { name: "U/i".to_owned(), ..scope(None) };
        assert!(scope(None).open(&elsewhere.seal(&behind(key("a"), 0))).is_err());
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
