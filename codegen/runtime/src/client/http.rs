//! HTTP/1.1 over TCP, with TLS where the base URL says `https`.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use super::{HttpRequest, HttpResponse, Transport};

/// Why there is no response.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The base URL is invalid, or the request has an invalid header.
    #[error("the request cannot be sent: {0}")]
    Request(#[from] hyper::http::Error),
    /// There are no root certificates to verify the server with.
    #[error("no root certificates: {0}")]
    Certificates(#[from] std::io::Error),
    /// The connection failed.
    #[error("the connection failed: {0}")]
    Connection(#[from] hyper_util::client::legacy::Error),
    /// The response is incomplete, or larger than [`Http::MAX_BODY_BYTES`].
    #[error("the response could not be read: {0}")]
    Body(Box<dyn std::error::Error + Send + Sync>),
    /// The call timed out.
    #[error("no response within {0:?}")]
    Timeout(Duration),
}

/// The transport to a base URL. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Http {
    base: String,
    headers: HeaderMap,
    timeout: Duration,
    client: Pool,
}

/// Kept connections. Root certificates are only read where they are needed: that takes a while and may fail.
#[derive(Debug, Clone)]
enum Pool {
    Plain(Client<HttpConnector, Full<Bytes>>),
    Tls(Client<HttpsConnector<HttpConnector>, Full<Bytes>>),
}

impl Http {
    /// The maximum size of a response body.
    pub const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;

    /// Creates the transport to a base URL, to which the paths of operations are appended:
    /// `https://api.example.com/prod`. Calls time out after 30 seconds.
    ///
    /// # Errors
    /// The URL is not an HTTP URL with a host, or the machine has no root certificates for `https`.
    pub fn new(base_url: &str) -> Result<Self, TransportError> {
        const TIMEOUT: Duration = Duration::from_secs(30);
        let base = base_url.trim_end_matches('/').to_owned();
        let uri: hyper::Uri = base.parse().map_err(hyper::http::Error::from)?;
        let pool = Client::builder(TokioExecutor::new());
        let client = match uri.scheme_str() {
            Some("https") => {
                let connector = HttpsConnectorBuilder::new().with_native_roots()?;
                Pool::Tls(pool.build(connector.https_only().enable_http1().build()))
            }
            _ => Pool::Plain(pool.build_http()),
        };
        Ok(Self { base, headers: HeaderMap::new(), timeout: TIMEOUT, client })
    }

    /// The same transport with a header for every request.
    ///
    /// # Errors
    /// The header is invalid.
    pub fn with_header(mut self, name: &str, value: &str) -> Result<Self, TransportError> {
        let name = HeaderName::try_from(name).map_err(hyper::http::Error::from)?;
        let value = HeaderValue::try_from(value).map_err(hyper::http::Error::from)?;
        self.headers.insert(name, value);
        Ok(self)
    }

    /// The same transport with another timeout.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut built = hyper::Request::builder()
            .method(request.method)
            .uri(format!("{}{}", self.base, request.path_and_query));
        for (name, value) in &self.headers {
            built = built.header(name, value);
        }
        for (name, value) in &request.headers {
            built = built.header(*name, value);
        }
        let body = Full::new(request.body.unwrap_or_default());
        let built = built.body(body)?;
        let response = match &self.client {
            Pool::Plain(client) => client.request(built).await?,
            Pool::Tls(client) => client.request(built).await?,
        };
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), text(value))).collect();
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), Self::MAX_BODY_BYTES).collect().await;
        Ok(HttpResponse { status, headers, body: body.map_err(TransportError::Body)?.to_bytes() })
    }
}

impl Transport for Http {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let answer = tokio::time::timeout(self.timeout, self.exchange(request)).await;
        answer.unwrap_or(Err(TransportError::Timeout(self.timeout)))
    }
}
