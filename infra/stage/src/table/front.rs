//! What functions and the AWS endpoint talk to instead of the tables themselves: passes everything on as it is, but for
//! the tokens of transactions, which it keeps.
//!
//! A transaction that is sent again under the same `ClientRequestToken` within ten minutes gets the answer of the
//! first and writes nothing (DynamoDB, `TransactWriteItems`). `dynoxide` does the same and looks through every token of
//! the last ten minutes at each transaction: at 40 000 of them that took a whole processor.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash as _, Hasher};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Collected, Full};
use hyper::body::Incoming;
use hyper::{Request, Response, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::wire::{Connections, answer, failed};
use crate::http;

/// How long a token is remembered.
const WINDOW: Duration = Duration::from_secs(600);

/// The longest token, in characters.
const MAX_TOKEN: usize = 36;

/// Serves the tables at `address` until the future is dropped.
pub(super) async fn serve(listener: TcpListener, address: SocketAddr) {
    let front = Arc::new(Front { tables: Connections::to(address), tokens: Mutex::default() });
    http::serve(listener, move |request| {
        let front = Arc::clone(&front);
        async move { Ok::<_, Infallible>(front.handle(request).await) }
    })
    .await;
}

struct Front {
    tables: Connections,
    tokens: Mutex<Tokens>,
}

impl Front {
    async fn handle(self: Arc<Self>, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let Some(body) = http::collect(body, http::MAX_REQUEST_BYTES).await else {
            let message = "the request is too large";
            return failed(StatusCode::BAD_REQUEST, "SerializationException", message, json!({}));
        };
        let is_transaction = head
            .headers
            .get("x-amz-target")
            .is_some_and(|target| target.as_bytes() == b"DynamoDB_20120810.TransactWriteItems");
        match is_transaction.then(|| Transaction::of(&body)).flatten() {
            Some(transaction) => self.once(transaction, head).await,
            None => self.tables.exchange(head, body).await,
        }
    }

    /// The answer to a transaction with a token.
    async fn once(
        self: Arc<Self>,
        transaction: Transaction,
        head: hyper::http::request::Parts,
    ) -> Response<Full<Bytes>> {
        let Transaction { token, hash, rest } = transaction;
        let kept = self.tokens.lock().unwrap_or_else(PoisonError::into_inner).of(token);
        // It goes on to its end when the caller is gone, or nobody would know that it was done.
        let done = tokio::spawn(async move {
            // Whoever repeats a transaction that is under way waits for it.
            let mut first = kept.lock().await;
            if let Some(first) = &*first {
                return first.again(hash);
            }
            let (head, body) = self.tables.exchange(head, rest).await.into_parts();
            let Ok(body) = body.collect().await.map(Collected::to_bytes);
            // One that failed wrote nothing and may be tried again.
            if head.status == StatusCode::OK {
                *first = Some(First { hash, body: body.clone() });
            }
            Response::from_parts(head, Full::new(body))
        });
        done.await.unwrap_or_else(|error| {
            let message = format!("the transaction broke off: {error}");
            failed(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", &message, json!({}))
        })
    }
}

/// A transaction that has a token.
struct Transaction {
    token: String,
    /// What it writes; how the answer is to look does not count.
    hash: u64,
    /// The request without the token.
    rest: Bytes,
}

impl Transaction {
    /// None where there is no token that counts; the tables say what is wrong with it.
    fn of(body: &[u8]) -> Option<Self> {
        let mut request: Value = serde_json::from_slice(body).ok()?;
        let length = request["ClientRequestToken"].as_str()?.chars().count();
        if !(1..=MAX_TOKEN).contains(&length) {
            return None;
        }
        let Value::String(token) = request.as_object_mut()?.remove("ClientRequestToken")? else {
            return None;
        };
        let mut hasher = DefaultHasher::new();
        hash_value(request.get("TransactItems")?, &mut hasher);
        Some(Self { token, hash: hasher.finish(), rest: request.to_string().into() })
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

/// The transaction that was done under a token.
struct First {
    hash: u64,
    /// The body of its answer.
    body: Bytes,
}

impl First {
    /// The answer to another one under the same token.
    fn again(&self, hash: u64) -> Response<Full<Bytes>> {
        if hash == self.hash {
            return answer(StatusCode::OK, self.body.clone());
        }
        let message = "An error occurred (IdempotentParameterMismatchException)";
        let code = "IdempotentParameterMismatchException";
        failed(StatusCode::BAD_REQUEST, code, message, json!({}))
    }
}

/// What was done under a token, once anything was.
type Kept = Arc<tokio::sync::Mutex<Option<First>>>;

/// The tokens of the last ten minutes, oldest first.
#[derive(Default)]
struct Tokens {
    kept: HashMap<String, Kept>,
    order: VecDeque<(Instant, String)>,
}

impl Tokens {
    /// What is known of a token, which is new from now on where nothing is.
    fn of(&mut self, token: String) -> Kept {
        let now = Instant::now();
        while let Some((since, _)) = self.order.front()
            && now.duration_since(*since) > WINDOW
            && let Some((_, old)) = self.order.pop_front()
        {
            self.kept.remove(&old);
        }
        if let Some(kept) = self.kept.get(&token) {
            return Arc::clone(kept);
        }
        self.order.push_back((now, token.clone()));
        Arc::clone(self.kept.entry(token).or_default())
    }
}
