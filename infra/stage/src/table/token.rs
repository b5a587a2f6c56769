//! The tokens of transactions: one that is sent again under the same `ClientRequestToken` within ten minutes gets the
//! answer of the first and writes nothing (DynamoDB, `TransactWriteItems`).
//!
//! `dynoxide` does the same and looks through every token of the last ten minutes at each transaction: at 40 000 of
//! them that took a whole processor. So it gets transactions without their tokens.

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::store::{Change, Kind, Store, StoreError};

/// How long a token is remembered.
const WINDOW: Duration = Duration::from_secs(600);

/// The longest token, in characters.
const MAX_LENGTH: usize = 36;

/// A transaction that has a token.
pub(super) struct Transaction {
    pub(super) token: String,
    /// What it writes; how the answer is to look does not count.
    pub(super) hash: u64,
    /// The request without the token.
    pub(super) rest: Vec<u8>,
}

impl Transaction {
    /// None where there is no token that counts; the tables say what is wrong with it.
    pub(super) fn of(body: &[u8]) -> Option<Self> {
        let mut request: Value = serde_json::from_slice(body).ok()?;
        let length = request["ClientRequestToken"].as_str()?.chars().count();
        if !(1..=MAX_LENGTH).contains(&length) {
            return None;
        }
        let Value::String(token) = request.as_object_mut()?.remove("ClientRequestToken")? else {
            return None;
        };
        let mut hasher = DefaultHasher::new();
        hash_value(request.get("TransactItems")?, &mut hasher);
        Some(Self { token, hash: hasher.finish(), rest: serde_json::to_vec(&request).ok()? })
    }
}

/// The same for the same value, in whatever order its keys stand.
fn hash_value(value: &Value, hasher: &mut DefaultHasher) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            entries.len().hash(hasher);
            for (key, value) in entries {
                key.hash(hasher);
                hash_value(value, hasher);
            }
        }
        Value::Array(items) => {
            items.len().hash(hasher);
            items.iter().for_each(|item| hash_value(item, hasher));
        }
        Value::String(text) => text.hash(hasher),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string().hash(hasher),
    }
}

fn now_ms() -> u64 {
    u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or_default()
}

/// The transaction that was done under a token.
struct First {
    hash: u64,
    /// The body of its answer.
    body: Vec<u8>,
}

/// A transaction that was done, as the store keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    done_ms: u64,
    hash: u64,
    body: String,
}

/// The transactions of the last ten minutes.
#[derive(Default)]
pub(super) struct Tokens {
    store: Option<Store>,
    done: HashMap<String, First>,
    /// Oldest first.
    order: VecDeque<(Instant, String)>,
}

/// What is known of a token.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing was done under it.
    Nothing,
    /// This transaction was done under it, with this answer.
    Done(Vec<u8>),
    /// Another transaction was done under it.
    Other,
}

impl Tokens {
    /// The tokens that a store has, which keeps those that come.
    pub(super) fn kept_in(store: Store) -> Result<Self, StoreError> {
        let (now, now_ms) = (Instant::now(), now_ms());
        let mut known = store.load::<Kept>(Kind::Token, "a token")?;
        known.sort_by_key(|(_, kept)| kept.done_ms);
        let mut tokens = Self { store: None, ..Self::default() };
        for (key, kept) in known {
            let age = Duration::from_millis(now_ms.saturating_sub(kept.done_ms));
            let (Some(since), Ok(token)) = (now.checked_sub(age), String::from_utf8(key)) else {
                continue;
            };
            tokens.order.push_back((since, token.clone()));
            tokens.done.insert(token, First { hash: kept.hash, body: kept.body.into_bytes() });
        }
        tokens.store = Some(store);
        Ok(tokens)
    }

    /// What is known of the token of a transaction.
    pub(super) fn look_up(&mut self, transaction: &Transaction, now: Instant) -> Known {
        while let Some((since, _)) = self.order.front()
            && now.duration_since(*since) > WINDOW
            && let Some((_, old)) = self.order.pop_front()
        {
            self.done.remove(&old);
            if let Some(store) = &self.store {
                // One that stays is forgotten by the next stage.
                let _ = store.commit(&[Change::remove(Kind::Token, old)]);
            }
        }
        match self.done.get(&transaction.token) {
            None => Known::Nothing,
            Some(first) if first.hash == transaction.hash => Known::Done(first.body.clone()),
            Some(_) => Known::Other,
        }
    }

    /// A transaction was done. One that failed wrote nothing, and its token may be used again.
    pub(super) fn done(&mut self, transaction: Transaction, body: Vec<u8>, now: Instant) {
        let Transaction { token, hash, .. } = transaction;
        if let Some(store) = &self.store {
            let text = String::from_utf8_lossy(&body).into_owned();
            let kept = Kept { done_ms: now_ms(), hash, body: text };
            // The transaction is done whether its token survives or not.
            let _ = store.commit(&[Change::put(Kind::Token, token.clone(), &kept)]);
        }
        self.order.push_back((now, token.clone()));
        self.done.insert(token, First { hash, body });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    fn transaction(token: &str, items: &str) -> Transaction {
        let body = format!(r#"{{"ClientRequestToken":"{token}","TransactItems":{items}}}"#);
        Transaction::of(body.as_bytes()).unwrap()
    }

    #[test]
    fn a_token_counts_for_ten_minutes_and_one_transaction() {
        let (mut tokens, now) = (Tokens::default(), Instant::now());
        let first = || transaction("t", r#"[{"a":1,"b":2}]"#);
        assert_eq!(tokens.look_up(&first(), now), Known::Nothing);
        tokens.done(first(), b"{}".to_vec(), now);
        let again = transaction("t", r#"[{"b":2,"a":1}]"#);
        assert_eq!(tokens.look_up(&again, now), Known::Done(b"{}".to_vec()));
        assert_eq!(tokens.look_up(&transaction("t", "[]"), now), Known::Other);
        assert_eq!(tokens.look_up(&transaction("u", "[]"), now), Known::Nothing);
        let later = now + WINDOW + Duration::from_secs(1);
        assert_eq!(tokens.look_up(&first(), later), Known::Nothing);
    }

    #[test]
    fn a_token_that_is_none_is_left_to_the_tables() {
        let long = "x".repeat(37);
        for token in ["", long.as_str()] {
            let body = format!(r#"{{"ClientRequestToken":"{token}","TransactItems":[]}}"#);
            assert!(Transaction::of(body.as_bytes()).is_none(), "{token}");
        }
        assert!(Transaction::of(br#"{"TransactItems":[]}"#).is_none());
    }
}
