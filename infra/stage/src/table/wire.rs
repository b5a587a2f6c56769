//! Passes DynamoDB requests on to where the tables are served.
//!
//! Connections are kept and used again. Understands nothing of what it passes on but whether it reads or writes, so
//! that things can go wrong on purpose on the way from the AWS endpoint: throttles, delays, answers that are lost.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{
    CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderValue, TRANSFER_ENCODING,
};
use hyper::http::request::Parts;
use hyper::{Request, Response, StatusCode};
use serde_json::{Value, json};

use crate::fault::{Chaos, Decision, Failure, Site};
use crate::http::{self, Connection, Unanswered};

/// More idle connections than this are closed.
const MAX_IDLE: usize = 32;

/// The way from the AWS endpoint to the tables.
#[derive(Debug)]
pub(crate) struct Proxy {
    tables: Connections,
    chaos: Arc<dyn Chaos>,
}

impl Proxy {
    /// The way to tables that are served at this address.
    pub(crate) fn new(address: SocketAddr, chaos: Arc<dyn Chaos>) -> Self {
        Self { tables: Connections::to(address), chaos }
    }

    /// Answers a call, with whatever goes wrong on purpose.
    pub(crate) async fn handle(
        &self,
        action: &str,
        head: Parts,
        body: Bytes,
    ) -> Response<Full<Bytes>> {
        let decision = site_of(action).map(|site| self.chaos.decide(site));
        match decision.unwrap_or(Decision::Proceed) {
            Decision::Fail(failure) => refused(failure, action, &body),
            Decision::Delay(by) => {
                tokio::time::sleep(by).await;
                self.tables.exchange(head, body).await
            }
            Decision::LoseResponse => {
                // Whatever the answer is, it is gone.
                let _ = self.tables.exchange(head, body).await;
                refused(Failure::Internal, action, &Bytes::new())
            }
            // Nothing else makes sense of a call.
            Decision::Proceed | Decision::Duplicate { .. } | Decision::Kill(_) => {
                self.tables.exchange(head, body).await
            }
        }
    }
}

/// Connections to a server, used one request at a time.
#[derive(Debug)]
pub(super) struct Connections {
    address: SocketAddr,
    idle: Mutex<Vec<Connection>>,
}

impl Connections {
    /// None yet, to what listens there.
    pub(super) fn to(address: SocketAddr) -> Self {
        Self { address, idle: Mutex::default() }
    }

    /// Asks the server and gives its answer back.
    pub(super) async fn exchange(&self, head: Parts, body: Bytes) -> Response<Full<Bytes>> {
        self.pass_on(head, body).await.unwrap_or_else(|error| {
            let message = format!("the tables cannot be reached: {error}");
            failed(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", &message, json!({}))
        })
    }

    async fn pass_on(
        &self,
        mut head: Parts,
        body: Bytes,
    ) -> Result<Response<Full<Bytes>>, Unanswered> {
        for of_connection in [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING] {
            head.headers.remove(of_connection);
        }
        head.headers.insert(HOST, HeaderValue::from_static("localhost"));
        let request = Request::from_parts(head, Full::new(body));
        let mut connection = self.connection().await?;
        let mut response = http::exchange(&mut connection, request).await?.map(Full::new);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE {
            idle.push(connection);
        }
        response.headers_mut().remove(TRANSFER_ENCODING);
        Ok(response)
    }

    async fn connection(&self) -> Result<Connection, Unanswered> {
        loop {
            let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            match idle {
                Some(mut connection) => {
                    if connection.ready().await.is_ok() {
                        return Ok(connection);
                    }
                }
                None => break,
            }
        }
        http::connect(self.address).await
    }
}

/// Where a call can go wrong; `None` for calls about tables themselves, which functions do not make.
fn site_of(action: &str) -> Option<Site> {
    match action {
        "GetItem" | "BatchGetItem" | "TransactGetItems" | "Query" | "Scan" => Some(Site::TableRead),
        "PutItem" | "UpdateItem" | "DeleteItem" | "BatchWriteItem" | "TransactWriteItems" => {
            Some(Site::TableWrite)
        }
        _ => None,
    }
}

/// The error of a call that fails on purpose (DynamoDB, "Error handling").
fn refused(failure: Failure, action: &str, body: &[u8]) -> Response<Full<Bytes>> {
    match failure {
        Failure::Throttle if action == "TransactWriteItems" => cancelled(body),
        Failure::Throttle => failed(
            StatusCode::BAD_REQUEST,
            "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded.",
            json!({}),
        ),
        Failure::Internal => failed(
            StatusCode::INTERNAL_SERVER_ERROR,
            "InternalServerError",
            "The request processing has failed because of an unknown error, exception or failure.",
            json!({}),
        ),
        Failure::Unavailable => failed(
            StatusCode::SERVICE_UNAVAILABLE,
            "ServiceUnavailable",
            "The service is currently unavailable or busy.",
            json!({}),
        ),
    }
}

/// A transaction that finds a table throttled is cancelled, and its first write says so.
fn cancelled(body: &[u8]) -> Response<Full<Bytes>> {
    let request: Value = serde_json::from_slice(body).unwrap_or_default();
    let n_writes = request["TransactItems"].as_array().map_or(1, Vec::len);
    let code = |index| if index == 0 { "ThrottlingError" } else { "None" };
    let codes: Vec<&str> = (0..n_writes).map(code).collect();
    let reasons: Vec<Value> = codes.iter().map(|code| json!({ "Code": code })).collect();
    let message = format!(
        "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
        codes.join(", ")
    );
    let more = json!({ "CancellationReasons": reasons, "Message": message });
    failed(StatusCode::BAD_REQUEST, "TransactionCanceledException", &message, more)
}

/// An error as DynamoDB tells it.
pub(super) fn failed(
    status: StatusCode,
    code: &str,
    message: &str,
    more: Value,
) -> Response<Full<Bytes>> {
    let mut body = more;
    body["__type"] = format!("com.amazonaws.dynamodb.v20120810#{code}").into();
    body["message"] = message.into();
    answer(status, body.to_string())
}

/// An answer as DynamoDB gives it.
pub(super) fn answer(status: StatusCode, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = http::json(status, body);
    let content = HeaderValue::from_static("application/x-amz-json-1.0");
    response.headers_mut().insert(CONTENT_TYPE, content);
    response
}
