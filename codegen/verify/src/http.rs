//! HTTP/1.1 to one base URL, with TLS where it says `https`.

use std::time::Duration;

use anyhow::{Context as _, bail};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::Uri;
use hyper::header::{HeaderName, HeaderValue};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use stage::Credential;
use stage::credential::Carrier;

use crate::request::Request;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first value of a header; its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON, if it is.
    #[must_use]
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// The way to a stage.
#[derive(Debug, Clone)]
pub struct Http {
    base: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    client: Pool,
}

/// Kept connections. Root certificates are only read where they are needed.
#[derive(Debug, Clone)]
enum Pool {
    Plain(Client<HttpConnector, Full<Bytes>>),
    Tls(Client<HttpsConnector<HttpConnector>, Full<Bytes>>),
}

/// How long an answer may take; API Gateway gives up after 29 seconds.
const TIMEOUT: Duration = Duration::from_secs(35);

/// The largest body that is read.
const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;

impl Http {
    /// The way to a base URL, with headers that every request carries.
    ///
    /// # Errors
    /// The URL is not an HTTP URL, a header cannot be sent, or there are no certificates to check a server by.
    pub fn new(base: &str, headers: &[(String, String)]) -> anyhow::Result<Self> {
        let base = base.trim_end_matches('/').to_owned();
        let uri: Uri = base.parse().with_context(|| format!("`{base}` is not a URL"))?;
        let pool = Client::builder(TokioExecutor::new());
        let client = match uri.scheme_str() {
            Some("https") => {
                let connector = HttpsConnectorBuilder::new()
                    .with_native_roots()
                    .context("this machine has no root certificates to verify the server with")?;
                Pool::Tls(pool.build(connector.https_only().enable_http1().build()))
            }
            Some("http") => Pool::Plain(pool.build_http()),
            _ => bail!("`{base}` is not a URL; write one such as https://api.example.com/dev"),
        };
        let headers = headers
            .iter()
            .map(|(name, value)| {
                let about = || format!("the header `{name}` is not valid");
                let name = HeaderName::try_from(name).with_context(about)?;
                Ok((name, HeaderValue::try_from(value).with_context(about)?))
            })
            .collect::<anyhow::Result<_>>()?;
        Ok(Self { base, headers, client })
    }

    /// The base URL, without a slash at its end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Whether every request carries a header of this name, whatever it would have itself.
    #[must_use]
    pub fn fixes(&self, name: &str) -> bool {
        self.headers.iter().any(|(set, _)| set.as_str().eq_ignore_ascii_case(name))
    }

    /// The same way without the headers of some names.
    #[must_use]
    pub fn without(&self, is_left_out: impl Fn(&str) -> bool) -> Self {
        let mut http = self.clone();
        http.headers.retain(|(name, _)| !is_left_out(name.as_str()));
        http
    }

    /// The command that sends a request again. Credentials are variables of the shell, as are given headers.
    #[must_use]
    pub fn curl(&self, request: &Request, credentials: &[Credential]) -> String {
        let given = self.headers.iter().map(|(name, _)| (Carrier::Header, name.as_str()));
        let given: Vec<(Carrier, &str)> = given.collect();
        let is_given = |one: &&Credential| {
            given
                .iter()
                .any(|(carrier, name)| *carrier == one.carrier && carrier.is_same(name, &one.name))
        };
        let others = credentials.iter().filter(|one| !is_given(one));
        let others: Vec<_> = others.map(|one| (one.carrier, one.name.as_str())).collect();
        request.curl_with(&self.base, &[given, others].concat())
    }

    /// Sends a request.
    ///
    /// # Errors
    /// No whole answer came back in time.
    pub async fn send(&self, request: &Request) -> anyhow::Result<Answer> {
        match tokio::time::timeout(TIMEOUT, self.exchange(request)).await {
            Ok(answer) => answer,
            Err(_) => bail!("no response within {} s", TIMEOUT.as_secs()),
        }
    }

    async fn exchange(&self, request: &Request) -> anyhow::Result<Answer> {
        let mut built = hyper::Request::builder()
            .method(request.method.as_str())
            .uri(format!("{}{}", self.base, request.path));
        for (name, value) in &self.headers {
            built = built.header(name, value);
        }
        // A header that was asked for on the command line replaces the one of the request.
        for (name, value) in request.headers.iter().filter(|(name, _)| !self.fixes(name)) {
            built = built.header(name, value);
        }
        let body = Full::new(Bytes::from(request.body.clone().unwrap_or_default()));
        let built = built.body(body)?;
        let response = match &self.client {
            Pool::Plain(client) => client.request(built).await?,
            Pool::Tls(client) => client.request(built).await?,
        };
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), text(value))).collect();
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), MAX_BODY_BYTES).collect().await;
        let body = body.map_err(|error| anyhow::anyhow!("the body ended early: {error}"))?;
        Ok(Answer { status, headers, body: body.to_bytes().to_vec() })
    }
}

/// Whether a request reached a server, and the connection broke off.
#[must_use]
pub fn broke_off(error: &anyhow::Error) -> bool {
    let cause = error.downcast_ref::<hyper_util::client::legacy::Error>();
    cause.is_some_and(|cause| !cause.is_connect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn a_request_is_shown_with_the_headers_it_was_sent_with_and_no_credentials() {
        let pair = |name: &str| (name.to_owned(), "secret".to_owned());
        let request = Request {
            method: "GET".to_owned(),
            path: "/a".to_owned(),
            headers: Vec::new(),
            body: None,
        };
        let http = Http::new("http://127.0.0.1:1", &[pair("x-key")]).unwrap();
        let all = [
            (Carrier::Header, "authorization"),
            (Carrier::Header, "X-Key"),
            (Carrier::Query, "page-key"),
            (Carrier::Cookie, "session"),
        ];
        let all = all.map(|(carrier, name)| Credential::new(carrier, name, "secret".to_owned()));
        assert_eq!(
            http.curl(&request, &all),
            "curl -i -X GET http://127.0.0.1:1/a\"?page-key=$PAGE_KEY\" -H \"x-key: $X_KEY\" \
             -H \"authorization: $AUTHORIZATION\" -b \"session=$SESSION\""
        );
    }
}
