//! Where requests go: one HTTP client that everybody shares, and the URL before every path.

use std::borrow::Cow;

use hyper::body::Bytes;
use runtime::Style;
use runtime::client::{HttpRequest, HttpResponse};
use stage::Credential;
use stage::credential::Carrier;

use crate::cause::{Cause, REQUEST_TIMEOUT};
use crate::connect::Connections;

/// The client that users, looks and audits share. It takes no proxy from the environment: a load test measures its
/// target, and the local stage is on this machine.
///
/// # Errors
/// When the TLS back end cannot be set up.
pub(crate) fn http_client() -> Result<reqwest::Client, reqwest::Error> {
    builder().build()
}

/// The same, with the times that its connections take.
///
/// # Errors
/// Those of [`http_client`].
pub(crate) fn timed_client() -> Result<(reqwest::Client, Connections), reqwest::Error> {
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

    /// A request with credentials, ready to be sent. What a request has of its own takes the place of one of `ours`, and
    /// so does a credential that was `found`.
    pub(crate) fn request(
        &self,
        http: &HttpRequest,
        ours: &[Credential],
        found: Option<&Credential>,
    ) -> reqwest::RequestBuilder {
        let is_ours = |one: &&Credential| {
            !found.is_some_and(|found| found.replaces(one)) && !has(http, one.carrier, &one.name)
        };
        let sent = || ours.iter().filter(is_ours).chain(found);
        let others = sent().filter(|one| one.carrier != Carrier::Header);
        let whole = others.fold(Cow::Borrowed(http), |whole, one| {
            let (whole, name, value) = (whole.into_owned(), &one.name, Some(&one.value));
            Cow::Owned(match one.carrier {
                Carrier::Cookie => whole.cookie(name, Style::Repeated, value),
                Carrier::Query | Carrier::Header => whole.query(name, value),
            })
        });
        // Generated clients spell methods as HTTP does, so this cannot fail; GET would be refused loudly.
        let method = reqwest::Method::from_bytes(http.method.as_bytes()).unwrap_or_default();
        let url = format!("{}{}", self.url, whole.path_and_query);
        let mut request = self.client.request(method, url);
        for (name, value) in &whole.headers {
            request = request.header(*name, value);
        }
        for one in sent().filter(|one| one.carrier == Carrier::Header) {
            request = request.header(&one.name, &one.value);
        }
        match &http.body {
            Some(body) => request.body(body.clone()),
            None => request,
        }
    }
}

/// Whether a request has something of this name in a carrier.
fn has(http: &HttpRequest, carrier: Carrier, name: &str) -> bool {
    let named = |pairs: &str, separator: char| {
        let mut names = pairs.split(separator).filter_map(|pair| pair.trim().split('=').next());
        names.any(|one| scalars::percent::decode_text(one) == name)
    };
    let mut headers = http.headers.iter();
    match carrier {
        Carrier::Header => headers.any(|(own, _)| own.eq_ignore_ascii_case(name)),
        Carrier::Query => {
            http.path_and_query.split_once('?').is_some_and(|(_, query)| named(query, '&'))
        }
        Carrier::Cookie => {
            headers.any(|(own, value)| own.eq_ignore_ascii_case("cookie") && named(value, ';'))
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    fn sent(
        http: &HttpRequest,
        ours: &[Credential],
        found: Option<&Credential>,
    ) -> reqwest::Request {
        let base = Base::new(http_client().unwrap(), "http://127.0.0.1:1");
        base.request(http, ours, found).build().unwrap()
    }

    #[test]
    fn credentials_stand_where_the_contract_has_them() {
        let of =
            |carrier, name: &str, value: &str| Credential::new(carrier, name, value.to_owned());
        let ours = [
            of(Carrier::Query, "key", "a b"),
            of(Carrier::Cookie, "session", "s"),
            of(Carrier::Header, "X-Key", "h"),
        ];
        let plain = HttpRequest::new("GET", "/a?page=1");
        let request = sent(&plain, &ours, None);
        assert_eq!(request.url().query(), Some("page=1&key=a%20b"));
        let header = |request: &reqwest::Request, name: &str| {
            let all: Vec<_> = request.headers().get_all(name).iter().cloned().collect();
            all.iter().map(|one| one.to_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            (header(&request, "cookie"), header(&request, "x-key")),
            (vec!["session=s".to_owned()], vec!["h".to_owned()])
        );
        // What a request has of its own is sent, and once.
        let own = HttpRequest::new("GET", "/a?key=own");
        let own = own.cookie("session", Style::Repeated, Some(&"own".to_owned()));
        let own = own.header("x-key", Some(&"own".to_owned()));
        let request = sent(&own, &ours, None);
        assert_eq!(request.url().query(), Some("key=own"));
        assert_eq!(
            (header(&request, "cookie"), header(&request, "x-key")),
            (vec!["session=own".to_owned()], vec!["own".to_owned()])
        );
        // What a workflow found counts before ours.
        let request = sent(&plain, &ours, Some(&of(Carrier::Query, "key", "found")));
        assert_eq!(request.url().query(), Some("page=1&key=found"));
    }
}
