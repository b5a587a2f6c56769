//! Owns `AddPermission` and `RemovePermission`: statements of a queue's policy by their labels. It refuses to judge by
//! them.

use super::{Answer, nothing, required};
use crate::queue::error::QueueError;
use crate::queue::service::{Queue, QueueService};
use serde::Deserialize;
use serde_json::{Value, json};

/// What may be permitted to others; anything else is the owner's alone.
const ACTIONS: [&str; 7] = [
    "*",
    "ChangeMessageVisibility",
    "DeleteMessage",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ReceiveMessage",
    "SendMessage",
];

/// The most actions of one statement.
const MAX_ACTIONS: usize = 7;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Add {
    queue_url: Option<String>,
    label: Option<String>,
    #[serde(rename = "AWSAccountIds")]
    accounts: Option<Vec<String>>,
    actions: Option<Vec<String>>,
}

pub(super) fn add(service: &QueueService, request: Add) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    let label = required(request.label, "Label")?;
    let given =
        |list: Option<Vec<String>>, name| required(list.filter(|list| !list.is_empty()), name);
    let accounts = given(request.accounts, "AWSAccountIds")?;
    let actions = given(request.actions, "Actions")?;
    if actions.len() > MAX_ACTIONS {
        let n = actions.len();
        return Err(QueueError::OverLimitOf(format!(
            "{n} Actions were found, maximum allowed is {MAX_ACTIONS}."
        )));
    }
    if let Some(action) = actions.iter().find(|action| !ACTIONS.contains(&action.as_str())) {
        let reason = "Only the queue owner is allowed to invoke this action.";
        return Err(invalid(&format!("SQS:{action}"), "ActionName", reason));
    }
    let mut policy = policy(&queue).unwrap_or_else(|| {
        json!({ "Version": "2008-10-17", "Id": format!("{}/SQSDefaultPolicy", queue.arn()), "Statement": [] })
    });
    let Some(statements) = policy["Statement"].as_array_mut() else { return nothing() };
    if statements.iter().any(|statement| statement["Sid"] == label.as_str()) {
        return Err(invalid(&label, "Label", "Already exists."));
    }
    let principals = accounts.iter().map(|account| format!("arn:aws:iam::{account}:root"));
    statements.push(json!({
        "Sid": label,
        "Effect": "Allow",
        "Principal": { "AWS": one_or_many(principals.collect()) },
        "Action": one_or_many(actions.iter().map(|action| format!("SQS:{action}")).collect()),
        "Resource": queue.arn(),
    }));
    keep(&queue, &policy)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Remove {
    queue_url: Option<String>,
    label: Option<String>,
}

pub(super) fn remove(service: &QueueService, request: Remove) -> Answer {
    let queue = service.queue_by_url(&required(request.queue_url, "QueueUrl")?)?;
    let label = required(request.label, "Label")?;
    let missing = || invalid(&label, "Label", "can't find label on existing policy.");
    let without = || invalid(&label, "Label", "can't find label.");
    let mut policy = policy(&queue).ok_or_else(without)?;
    let statements = policy["Statement"].as_array_mut().ok_or_else(missing)?;
    let n_before = statements.len();
    statements.retain(|statement| statement["Sid"] != label.as_str());
    if statements.len() == n_before {
        return Err(missing());
    }
    let is_empty = statements.is_empty();
    keep(&queue, if is_empty { &Value::Null } else { &policy })
}

fn policy(queue: &Queue) -> Option<Value> {
    serde_json::from_str(&queue.config().policy?).ok()
}

/// A policy that is `null` takes the queue's away.
fn keep(queue: &Queue, policy: &Value) -> Answer {
    let text = if policy.is_null() { String::new() } else { policy.to_string() };
    queue.set(&[("Policy".to_owned(), text)].into())?;
    nothing()
}

fn one_or_many(mut texts: Vec<String>) -> Value {
    if texts.len() == 1 { texts.remove(0).into() } else { texts.into() }
}

fn invalid(value: &str, name: &str, reason: &str) -> QueueError {
    QueueError::InvalidParameterValue(format!(
        "Value {value} for parameter {name} is invalid. Reason: {reason}"
    ))
}
