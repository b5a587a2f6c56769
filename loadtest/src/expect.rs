//! Sends calls and holds the answers against the contract. Any answer that the contract does not allow is an
//! error with a cause; which calls there are and how they are written down is `shop`'s business.

use std::fmt;
use std::time::Duration;

use client::HttpResponse;
use goose::goose::{GooseRequest, GooseUser};
use tokio::time::Instant;

use crate::operation::Operation;
use crate::record::Recorder;
use crate::shop::{Call, Reading};

/// How long a request may take. API Gateway gives up after 29 seconds.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// How often a call is sent at most. The contract invites repetition with the same key, so a customer repeats
/// until the answer is definite.
const MAX_ATTEMPTS: u32 = 6;

/// The wait before the second attempt; it doubles from there.
const RETRY_AFTER: Duration = Duration::from_millis(100);

/// Longest text of a cause; whatever is longer is cut, so that like errors count together.
const MAX_CAUSE_CHARS: usize = 120;

/// Why a request failed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// No connection, or it broke.
    Connection,
    /// No answer in time.
    Timeout,
    /// An answer that the contract declares, but not success.
    Status(u16),
    /// An answer that the contract does not declare, or whose body violates it.
    OffContract(String),
    /// An answer that keeps to the contract and is wrong: another customer's basket, a wrong total.
    Wrong(String),
    /// One of more causes than are told apart.
    Other,
}

impl Cause {
    /// An answer outside the contract.
    #[must_use]
    pub fn off_contract(detail: &str) -> Self {
        Self::OffContract(detail.chars().take(MAX_CAUSE_CHARS).collect())
    }

    /// Whether the same request may be sent again with hope: nobody knows what became of it, or it was
    /// refused for a reason that passes.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Connection | Self::Timeout | Self::OffContract(_) => true,
            Self::Status(status) => matches!(status, 409 | 429 | 500..),
            Self::Wrong(_) | Self::Other => false,
        }
    }

    /// The status, when the answer is a definite refusal: the operation did not happen.
    #[must_use]
    pub fn refusal(&self) -> Option<u16> {
        match self {
            // 503 is the contract's word for a checkout that was not published.
            Self::Status(status @ (400..=499 | 503)) => Some(*status),
            _ => None,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection => write!(out, "connection failed"),
            Self::Timeout => write!(out, "no answer within {} s", REQUEST_TIMEOUT.as_secs()),
            Self::Status(status) => write!(out, "status {status}"),
            Self::OffContract(detail) => write!(out, "off contract: {detail}"),
            Self::Wrong(detail) => write!(out, "wrong answer: {detail}"),
            Self::Other => write!(out, "other causes"),
        }
    }
}

impl From<reqwest::Error> for Cause {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() { Self::Timeout } else { Self::Connection }
    }
}

/// The client that every user, the probe and the audit share. It takes no proxy from the environment: a load
/// test measures its target, and the local stage is on this machine.
///
/// # Errors
/// When the TLS back end cannot be set up.
pub fn http_client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .no_proxy()
        .tcp_nodelay(true)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(REQUEST_TIMEOUT)
        .build()
}

/// Where requests go: the client and the URL that stands before every path.
#[derive(Debug, Clone)]
pub struct Base {
    client: reqwest::Client,
    url: String,
}

impl Base {
    /// Requests to `url`, which may end in a slash or not.
    #[must_use]
    pub fn new(client: reqwest::Client, url: &str) -> Self {
        Self { client, url: url.trim_end_matches('/').to_owned() }
    }

    /// The client.
    #[must_use]
    pub fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// The URL, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    fn request<T>(&self, call: &Call<T>) -> reqwest::RequestBuilder {
        // The generated client spells methods as HTTP does, so this cannot fail; GET would be refused loudly.
        let method = reqwest::Method::from_bytes(call.http.method.as_bytes()).unwrap_or_default();
        let url = format!("{}{}", self.url, call.http.path_and_query);
        let mut request = self.client.request(method, url);
        for (name, value) in &call.http.headers {
            request = request.header(*name, value);
        }
        match &call.http.body {
            Some(body) => request.body(body.clone()),
            None => request,
        }
    }

    /// Sends a call outside the load, so that nothing is recorded.
    ///
    /// # Errors
    /// The cause, when the answer is not the contract's success.
    pub async fn send<T>(&self, call: Call<T>) -> Result<T, Cause> {
        let response = self.request(&call).send().await?;
        judge(&call, &read(response).await?)
    }
}

/// Sends calls as a goose user, and records how long each took.
pub struct Visitor<'a> {
    user: &'a mut GooseUser,
    base: &'a Base,
    recorder: &'a Recorder,
    /// When the next call was due: at first the slot's time, then the end of the call before.
    due: Instant,
}

impl<'a> Visitor<'a> {
    /// A customer whose first call is due at `due`.
    pub fn new(
        user: &'a mut GooseUser,
        base: &'a Base,
        recorder: &'a Recorder,
        due: Instant,
    ) -> Self {
        Self { user, base, recorder, due }
    }

    /// Lets the customer wait of its own accord: the time does not count as the system's.
    pub async fn pause(&mut self, time: Duration) {
        tokio::time::sleep(time).await;
        self.due = Instant::now();
    }

    /// Sends a call until the answer is definite, and tells how often it was sent.
    pub async fn persist<T>(
        &mut self,
        call: impl Fn() -> Call<T>,
        check: impl Fn(&T) -> Option<String>,
    ) -> (u32, Result<T, Cause>) {
        let mut n_attempts = 0;
        let mut wait = RETRY_AFTER;
        loop {
            n_attempts += 1;
            match self.send(call(), &check).await {
                Err(cause) if cause.may_pass() && n_attempts < MAX_ATTEMPTS => {
                    self.pause(wait).await;
                    wait *= 2;
                }
                answer => return (n_attempts, answer),
            }
        }
    }

    /// Sends a call and checks the answer: against the contract, then with `check`, which says what is wrong.
    ///
    /// # Errors
    /// The cause, when the answer is not the contract's success or does not pass the check.
    pub async fn send<T>(
        &mut self,
        call: Call<T>,
        check: impl FnOnce(&T) -> Option<String>,
    ) -> Result<T, Cause> {
        let operation = call.operation;
        let answer = self.exchange(call).await.and_then(|answer| match check(&answer) {
            None => Ok(answer),
            Some(detail) => Err(Cause::Wrong(detail)),
        });
        let now = Instant::now();
        self.recorder.request(operation, now - self.due, answer.as_ref().err());
        self.due = now;
        answer
    }

    /// Makes the request through goose, so that its own metrics see it too.
    async fn exchange<T>(&mut self, call: Call<T>) -> Result<T, Cause> {
        let request = GooseRequest::builder()
            .name(call.operation.id())
            .set_request_builder(self.base.request(&call))
            .build();
        // Goose itself fails only over its own channels, which close when the load is over.
        let sent = self.user.request(request).await.map_err(|_| Cause::Connection)?;
        let mut metric = sent.request;
        let answer = match sent.response {
            Ok(response) => judge(&call, &read(response).await?),
            Err(error) => Err(error.into()),
        };
        if let Err(cause @ Cause::OffContract(_)) = &answer {
            // What goose took for a success was none; it takes note, and its complaint is our answer anyway.
            let _ = self.user.set_failure(&cause.to_string(), &mut metric, None, None);
        }
        answer
    }
}

async fn read(response: reqwest::Response) -> Result<HttpResponse, Cause> {
    let status = response.status().as_u16();
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()))
        .collect();
    Ok(HttpResponse { status, headers, body: response.bytes().await? })
}

fn judge<T>(call: &Call<T>, response: &HttpResponse) -> Result<T, Cause> {
    match call.read(response) {
        Reading::Success(answer) => Ok(answer),
        Reading::Declared(status) => Err(Cause::Status(status)),
        Reading::OffContract(detail) => Err(Cause::off_contract(&detail)),
    }
}

/// Names an operation in a sentence about a failed call.
#[must_use]
pub fn failed(operation: Operation, cause: &Cause) -> String {
    format!("{}: {cause}", operation.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_uncertain_may_pass_and_is_no_refusal() {
        for cause in [Cause::Connection, Cause::Timeout, Cause::Status(500), Cause::Status(502)] {
            assert!(cause.may_pass() && cause.refusal().is_none(), "{cause}");
        }
        assert!(Cause::Status(503).may_pass() && Cause::Status(503).refusal() == Some(503));
        assert!(!Cause::Status(422).may_pass() && Cause::Status(422).refusal() == Some(422));
    }

    #[test]
    fn long_details_are_cut_between_characters() {
        let Cause::OffContract(detail) = Cause::off_contract(&"ü".repeat(500)) else {
            unreachable!("made above")
        };
        assert_eq!(detail.chars().count(), MAX_CAUSE_CHARS);
    }
}
