//! Requests that may be sent again: one under a key is done once, and a repetition gets the same answer
//! (`x-idempotency`).
//!
//! Owns what a repetition is and what it is answered. Kept are successes, and failures of which nobody knows whether they
//! changed something that would be changed twice; whatever else failed may be tried again.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;

use crate::operation::{admit, refused};
use crate::table::{Claim, Claimed};
use crate::{Caller, Context, Item, Operation, Problem, Reply, Request, Table, Uuid};

/// How the repetitions of an operation are recognised.
#[derive(Debug, Clone, Copy)]
pub struct Idempotency {
    /// The operation, whose keys are its own.
    pub operation: &'static str,
    /// The header that has the key.
    pub header: &'static str,
    /// The attribute that says when a receipt may be forgotten.
    pub ttl: &'static str,
    /// How long an answer is kept, in seconds.
    pub keep_seconds: i64,
}

/// The status of an answer that is kept because what was asked for may have been done.
const UNKNOWN: u16 = 500;

/// Characters of a key that is stored as it is.
const MAX_KEY: usize = 255;

/// As [`handle`](crate::handle), once for each key: a repetition gets the answer that was given, `409` while the first
/// request is worked on, and `422` when it is another request. A request without a key is done as often as it is sent.
pub async fn handle_once<T, I, F>(
    cx: &Context,
    request: &Request,
    once: &Idempotency,
    table: &Table<T>,
    run: impl FnOnce(I) -> F,
) -> Reply
where
    T: Item,
    I: Operation,
    F: Future<Output = Result<I::Output, I::Error>>,
{
    // Nothing is remembered of callers who may not call, and of requests that violate the contract.
    let input: I = match admit(cx, request) {
        Ok(input) => input,
        Err(reply) => return reply,
    };
    let answer = async |input| match run(input).await {
        Ok(output) => I::reply(output),
        Err(error) => refused::<I>(error),
    };
    let key = request.header(once.header).map(str::trim).find(|key| !key.is_empty());
    let Some(key) = key else { return answer(input).await };
    let claim = claim(cx, request, once, key);
    match table.claim(&claim).await {
        Ok(Claimed::New) => {}
        Ok(Claimed::Answered(response)) if response.status == UNKNOWN => {
            let detail = "whether the first request was carried out is unknown";
            return Reply::refusal(Problem::new(UNKNOWN, detail));
        }
        Ok(Claimed::Answered(response)) => {
            return Reply::of(response).header("Idempotent-Replayed", "true");
        }
        Ok(Claimed::Busy) => {
            let problem = Problem::conflict("the same request is being worked on");
            return Reply::refusal(problem).header("Retry-After", "1");
        }
        Ok(Claimed::Other) => {
            let detail = "the key was used for another request";
            return Reply::refusal(Problem::unprocessable(detail));
        }
        Err(error) => return Reply::failed(error),
    }
    let mut reply = answer(input).await;
    // A repetition gets what this client gets.
    reply.negotiate(request);
    let is_success = (200..300).contains(&reply.response.status);
    let remembered = match is_success || reply.is_unknown() {
        true => table.keep(&claim, &reply.response).await,
        false => table.release(&claim).await,
    };
    if let Err(error) = remembered {
        cx.warn("receipt not written", &error);
    }
    reply
}

fn claim(cx: &Context, request: &Request, once: &Idempotency, key: &str) -> Claim {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let remaining = i64::try_from(cx.remaining().as_secs()).unwrap_or(i64::MAX);
    // Nobody else may try while this request is worked on, however short answers are kept.
    let busy_until = now.saturating_add(remaining).saturating_add(1);
    Claim {
        id: receipt_id(once.operation, &cx.caller, key),
        fingerprint: fingerprint(request),
        attempt: Uuid::new_v4().to_string(),
        ttl: once.ttl,
        now,
        busy_until,
        expires_at: now.saturating_add(once.keep_seconds).max(busy_until),
    }
}

/// The key of a receipt: a caller's keys are its own, for each operation. What identifies the caller is stored as a
/// digest: it may be long, contain any character, or be personal data. So is a long key, because DynamoDB limits those of
/// items.
fn receipt_id(operation: &str, caller: &Caller, key: &str) -> String {
    let digest = || format!("sha1:{}", Uuid::new_v5(&Uuid::NAMESPACE_OID, key.as_bytes()));
    let key = if key.chars().count() > MAX_KEY { digest() } else { key.to_owned() };
    let owner = json!([operation, caller.identity()]).to_string();
    let owner = Uuid::new_v5(&Uuid::NAMESPACE_OID, owner.as_bytes());
    format!("{operation}#{owner}#{key}")
}

/// What tells requests apart: method, path, query and body. A name-based UUID serves as the digest.
fn fingerprint(request: &Request) -> String {
    let mut text = format!("{}\n{}\n", request.method(), request.path()).into_bytes();
    for (name, value) in request.query_pairs() {
        text.extend_from_slice(format!("{name}={value}\n").as_bytes());
    }
    if let Ok(Some(body)) = request.body() {
        text.push(b'\n');
        text.extend_from_slice(&body);
    }
    Uuid::new_v5(&Uuid::NAMESPACE_OID, &text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_finds_the_receipt_of_another_caller() {
        let of = |subject: &str, key: &str| {
            receipt_id("book", &Caller::with_token("login", subject, &[]), key)
        };
        assert_eq!(of("anna", "1"), of("anna", "1"));
        assert_ne!(of("a#b", "c"), of("a", "b#c"));
        let anonymous = receipt_id("book", &Caller::anonymous(), "anna#1");
        assert_ne!(of("anna", "1"), anonymous);
        assert_ne!(anonymous, receipt_id("lend", &Caller::anonymous(), "anna#1"));
        let long = |end: &str| of("anna", &format!("{}{end}", "a".repeat(2000)));
        assert_eq!(long("1"), long("1"));
        assert_ne!(long("1"), long("2"));
        assert!(long("1").len() < 255);
    }
}
