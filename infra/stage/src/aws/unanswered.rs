//! Requests that nobody here answers: the error that names them, and one line for each kind of them in the log.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::Full;
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};

use super::refused;
use crate::log::Log;
use crate::query;

/// What the endpoint answers, for the message to requests that it does not know; the table above says how requests are told apart.
const EMULATED: &str = "sqs, sns (Publish, PublishBatch, descriptions of topics), events, dynamodb, lambda (Invoke, GetFunction, GetFunctionConfiguration, ListFunctions), logs \
    (FilterLogEvents, GetLogEvents, DescribeLogGroups, DescribeLogStreams), secretsmanager (GetSecretValue), ssm (GetParameter, \
    GetParameters, GetParametersByPath), cloudformation (descriptions of stacks) and sts (GetCallerIdentity)";

/// How many different kinds are reported.
const MAX_TOLD: usize = 100;

/// What was reported. A function may go on without what it could not have, so its error would be seen by nobody.
#[derive(Debug, Default)]
pub(crate) struct Told(Mutex<BTreeSet<String>>);

impl Told {
    /// Reports something, the first time.
    pub(super) fn tell(&self, log: &Log, what: &str) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() < MAX_TOLD && told.insert(what.to_owned()) {
            log.problem("aws", what);
        }
    }
}

/// The answer to a request that is signed for this service, and what to report.
pub(super) fn unanswered(
    service: Option<&str>,
    head: &Parts,
    body: &[u8],
) -> (String, Response<Full<Bytes>>) {
    let form = String::from_utf8_lossy(body);
    let action = query::field(&form, "Action");
    let what = action.clone().unwrap_or_else(|| format!("{} {}", head.method, head.uri.path()));
    let what = match (service, &action) {
        (Some(service), _) => {
            format!("the stage does not support {what} of the service `{service}`")
        }
        (None, Some(action)) => format!(
            "the stage does not know of which service {action} is: sign the request, or give the `Version` of SQS (2012-11-05)"
        ),
        (None, None) => format!("the stage does not support {what}"),
    };
    let answer = match action {
        // These SDKs read XML and nothing else.
        Some(_) => query::refused("InvalidAction", &what),
        None => {
            let message = format!("{what}; it emulates {EMULATED}");
            refused(StatusCode::NOT_FOUND, "UnknownOperationException", &message)
        }
    };
    (what, answer)
}
