//! Where requests go: one HTTP client that everybody shares, and the URL before every path.

use hyper::body::Bytes;
use runtime::client::{HttpRequest, HttpResponse};

use crate::cause::{Cause, REQUEST_TIMEOUT};
use crate::connect::Connections;

/// The client that users, looks and audits share. It takes no proxy from the environment: a load test measures its
/// target, and the local stage is on this machine.
///
/// # Errors
/// When the TLS back end cannot be set up.
pub fn http_client() -> Result<reqwest::Client, reqwest::Error> {
    builder().build()
}

/// The same, with the times that its connections take.
///
/// # Errors
/// Those of [`http_client`].
pub fn timed_client() -> Result<(reqwest::Client, Connections), reqwest::Error> {
    let connections = Connections::default();
    Ok((builder().connector_layer(connections.clone()).build()?, connections))
}

fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .no_proxy()
        .tcp_nodelay(true)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(REQUEST_TIMEOUT)
}

/// The client and the URL that stands before every path.
#[derive(Debug, Clone)]
pub struct Base {
    client: reqwest::Client,
    url: String,
    connections: Connections,
}

impl Base {
    /// Requests to `url`, which may end in a slash or not.
    #[must_use]
    pub fn new(client: reqwest::Client, url: &str) -> Self {
        let url = url.trim_end_matches('/').to_owned();
        Self { client, url, connections: Connections::default() }
    }

    /// The same, with the times of the client's connections.
    #[must_use]
    pub fn timed(self, connections: Connections) -> Self {
        Self { connections, ..self }
    }

    /// How long connections took to be made.
    #[must_use]
    pub fn connections(&self) -> &Connections {
        &self.connections
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

    /// A request with credentials, ready to be sent. A header of its own takes the place of one of theirs, but for the
    /// one that is `replaced`.
    pub(crate) fn request(
        &self,
        http: &HttpRequest,
        credentials: &[(String, String)],
        replaced: Option<&str>,
    ) -> reqwest::RequestBuilder {
        // Generated clients spell methods as HTTP does, so this cannot fail; GET would be refused loudly.
        let method = reqwest::Method::from_bytes(http.method.as_bytes()).unwrap_or_default();
        let url = format!("{}{}", self.url, http.path_and_query);
        let mut request = self.client.request(method, url);
        let own = || http.headers.iter().filter(|(name, _)| replaced != Some(*name));
        for (name, value) in own() {
            request = request.header(*name, value);
        }
        let given = |name: &str| own().any(|(own, _)| own.eq_ignore_ascii_case(name));
        for (name, value) in credentials.iter().filter(|(name, _)| !given(name)) {
            request = request.header(name, value);
        }
        match &http.body {
            Some(body) => request.body(body.clone()),
            None => request,
        }
    }
}

/// Reads an answer to its end.
pub(crate) async fn read(response: reqwest::Response) -> Result<HttpResponse, Cause> {
    let status = response.status().as_u16();
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()))
        .collect();
    Ok(HttpResponse { status, headers, body: body(response).await? })
}

/// The longest body that is kept. API Gateway's longest is 10 MB; each of hundreds of users may hold one at once.
const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;

/// Reads a body to its end.
async fn body(mut response: reqwest::Response) -> Result<Bytes, Cause> {
    const TOO_LONG: Cause = Cause::Broken("the response is longer than 16 MiB");
    if response.content_length().is_some_and(|length| length > MAX_BODY_BYTES as u64) {
        return Err(TOO_LONG);
    }
    let Some(first) = response.chunk().await? else { return Ok(Bytes::new()) };
    // Most bodies are one piece, and are not copied.
    let Some(second) = response.chunk().await? else { return Ok(first) };
    let mut whole = [first, second].concat();
    while let Some(piece) = response.chunk().await? {
        if whole.len() + piece.len() > MAX_BODY_BYTES {
            return Err(TOO_LONG);
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.into())
}
