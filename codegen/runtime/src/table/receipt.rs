//! Receipts of requests: who is at work under a key, and the answer that was given.
//!
//! Owns the conditional writes that let one request at a time pass. A receipt whose time is over counts for nothing,
//! whenever the table removes it.

use std::collections::HashMap;

use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure as OnFailure};

use super::conditional::Conditional;
use super::{Attributes, Item, Table, TableError};
use crate::Response;

/// A request that claims a key.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The key of the receipt.
    pub(crate) id: String,
    /// What tells the request from others under the same key.
    pub(crate) fingerprint: String,
    /// What tells this attempt from others.
    pub(crate) attempt: String,
    /// The attribute that says when the receipt may be forgotten.
    pub(crate) ttl: &'static str,
    /// The present, in seconds since 1970, as are the next two.
    pub(crate) now: i64,
    /// Until when nobody else may try.
    pub(crate) busy_until: i64,
    /// When the receipt may be forgotten.
    pub(crate) expires_at: i64,
}

/// What became of a claim.
#[derive(Debug)]
pub(crate) enum Claimed {
    /// The request is the first one.
    New,
    /// The same request was answered.
    Answered(Response),
    /// The same request is being worked on.
    Busy,
    /// The key was used for another request.
    Other,
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

fn number(value: i64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

impl Claim {
    /// The receipt of a request that is not answered yet.
    fn receipt<T: Item>(&self) -> Attributes {
        let attributes = [
            (T::KEY.partition, text(&self.id)),
            (self.ttl, number(self.expires_at)),
            ("fingerprint", text(&self.fingerprint)),
            ("attempt", text(&self.attempt)),
            ("busyUntil", number(self.busy_until)),
        ];
        attributes.map(|(name, value)| (name.to_owned(), value)).into()
    }
}

impl<T: Item> Table<T> {
    /// Claims a key for a request (`PutItem`).
    pub(crate) async fn claim(&self, claim: &Claim) -> Result<Claimed, TableError> {
        let free = "attribute_not_exists(#key) OR #ttl <= :now OR (attribute_exists(busyUntil) AND busyUntil < :now AND fingerprint = :fingerprint)";
        let request = PutItemInput::builder()
            .table_name(self.name()?)
            .set_item(Some(claim.receipt::<T>()))
            .condition_expression(free)
            .expression_attribute_names("#key", T::KEY.partition)
            .expression_attribute_names("#ttl", claim.ttl)
            .expression_attribute_values(":now", number(claim.now))
            .expression_attribute_values(":fingerprint", text(&claim.fingerprint))
            .return_values_on_condition_check_failure(OnFailure::AllOld);
        let sent = self.aws.tables().send(request).await;
        let found = match Conditional::of("PutItem", T::TABLE, sent)? {
            Conditional::Done(_) => return Ok(Claimed::New),
            Conditional::Refused(found) => found,
        };
        let found = found.unwrap_or_default();
        let has = |name: &str, value: &str| found.get(name) == Some(&text(value));
        Ok(match found.get("fingerprint") {
            // The call was repeated because its answer was lost.
            Some(_) if has("attempt", &claim.attempt) => Claimed::New,
            Some(known) if *known != text(&claim.fingerprint) => Claimed::Other,
            _ => answer(&found).map_or(Claimed::Busy, Claimed::Answered),
        })
    }

    /// Keeps the answer to a request (`PutItem`), unless somebody else has taken the key over.
    pub(crate) async fn keep(&self, claim: &Claim, response: &Response) -> Result<(), TableError> {
        let mut receipt = claim.receipt::<T>();
        receipt.remove("busyUntil");
        let headers: Vec<(&str, &str)> =
            response.headers.iter().map(|(name, value)| (&**name, value.as_str())).collect();
        let headers = serde_json::to_string(&headers).unwrap_or_default();
        receipt.insert("status".to_owned(), number(response.status.into()));
        receipt.insert("headers".to_owned(), AttributeValue::S(headers));
        receipt.insert("isBase64".to_owned(), AttributeValue::Bool(response.is_base64));
        if let Some(body) = &response.body {
            receipt.insert("body".to_owned(), text(body));
        }
        let request = PutItemInput::builder()
            .table_name(self.name()?)
            .set_item(Some(receipt))
            .condition_expression("attempt = :attempt")
            .expression_attribute_values(":attempt", text(&claim.attempt));
        let sent = self.aws.tables().send(request).await;
        Conditional::of("PutItem", T::TABLE, sent).map(drop)
    }

    /// Gives a key back (`DeleteItem`), unless somebody else has taken it over.
    pub(crate) async fn release(&self, claim: &Claim) -> Result<(), TableError> {
        let key = HashMap::from([(T::KEY.partition.to_owned(), text(&claim.id))]);
        let request = DeleteItemInput::builder()
            .table_name(self.name()?)
            .set_key(Some(key))
            .condition_expression("attempt = :attempt")
            .expression_attribute_values(":attempt", text(&claim.attempt));
        let sent = self.aws.tables().send(request).await;
        Conditional::of("DeleteItem", T::TABLE, sent).map(drop)
    }
}

/// The answer that a receipt keeps.
fn answer(receipt: &Attributes) -> Option<Response> {
    let text = |name: &str| receipt.get(name)?.as_s().ok();
    let headers: Vec<(String, String)> = serde_json::from_str(text("headers")?).ok()?;
    let headers = headers.into_iter().map(|(name, value)| (name.into(), value)).collect();
    Some(Response {
        status: receipt.get("status")?.as_n().ok()?.parse().ok()?,
        headers,
        body: text("body").cloned(),
        is_base64: receipt.get("isBase64").is_some_and(|flag| flag.as_bool() == Ok(&true)),
    })
}
