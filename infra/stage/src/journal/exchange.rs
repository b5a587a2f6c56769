//! Requests to the API with their responses, as an HTTP archive (HAR 1.2): for `codegen consumers record`, and for
//! whatever else reads archives.
//!
//! Owns a bounded memory of exchanges that reached a route. Headers and cookies are left out, because they contain
//! credentials; so is a body that is no text, or too long.

use std::collections::VecDeque;
use std::time::Instant;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{HeaderMap, Request, Response};
use serde_json::{Value, json};

use super::{Journal, milliseconds};

/// Exchanges that are kept, and the bytes of all their bodies; the oldest go first.
const MAX_EXCHANGES: usize = 2_000;
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// The longest body that is kept, in bytes.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// What is known of a request before it is answered.
#[derive(Debug)]
pub(crate) struct Sending {
    method: String,
    url: String,
    media_type: String,
}

impl Sending {
    /// What an exchange tells of a request, but for its body.
    pub(crate) fn of<B>(request: &Request<B>) -> Self {
        let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
        Self {
            method: request.method().to_string(),
            url: format!("http://{}{}", host.unwrap_or("localhost"), request.uri()),
            media_type: media_type(request.headers()),
        }
    }
}

/// The exchanges that are kept.
#[derive(Debug, Default)]
pub(super) struct Exchanges {
    /// Entries of an archive, each with the bytes of its bodies.
    entries: VecDeque<(usize, Value)>,
    n_bytes: usize,
}

impl Exchanges {
    fn push(&mut self, n_bytes: usize, entry: Value) {
        self.entries.push_back((n_bytes, entry));
        self.n_bytes += n_bytes;
        while self.entries.len() > MAX_EXCHANGES || self.n_bytes > MAX_BYTES {
            let Some((n_bytes, _)) = self.entries.pop_front() else { break };
            self.n_bytes -= n_bytes;
        }
    }
}

impl Journal {
    /// Keeps an exchange, and gives its response back.
    pub(crate) async fn exchange(
        &self,
        sending: Sending,
        sent: &Bytes,
        began: Instant,
        response: Response<Full<Bytes>>,
    ) -> Response<Full<Bytes>> {
        let (head, body) = response.into_parts();
        let Ok(collected) = body.collect().await;
        let returned = collected.to_bytes();
        if let Some(mut inner) = self.inner() {
            let entry = entry(&sending, sent, began, (head.status, &head.headers), &returned);
            inner.exchanges.push(kept(sent).len() + kept(&returned).len(), entry);
        }
        Response::from_parts(head, Full::new(returned))
    }

    /// What is kept, as an HTTP archive.
    pub(crate) fn archive(&self) -> Value {
        let entries: Vec<Value> = self.inner().map_or_else(Vec::new, |inner| {
            inner.exchanges.entries.iter().map(|(_, entry)| entry.clone()).collect()
        });
        let creator = json!({ "name": "stage", "version": env!("CARGO_PKG_VERSION") });
        json!({ "log": { "version": "1.2", "creator": creator, "entries": entries } })
    }
}

fn entry(
    sending: &Sending,
    sent: &Bytes,
    began: Instant,
    (status, headers): (hyper::StatusCode, &HeaderMap),
    returned: &Bytes,
) -> Value {
    let took = milliseconds(began.elapsed());
    let query = sending.url.split_once('?').map_or("", |(_, query)| query);
    let query: Vec<Value> = crate::query::pairs(query)
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    let mut request = json!({
        "method": sending.method, "url": sending.url, "httpVersion": "HTTP/1.1", "queryString": query,
        "cookies": [], "headers": [], "headersSize": -1, "bodySize": sent.len(),
    });
    if !sent.is_empty() {
        request["postData"] = json!({ "mimeType": sending.media_type, "text": kept(sent) });
    }
    let content = json!({
        "size": returned.len(), "mimeType": media_type(headers), "text": kept(returned),
    });
    json!({
        "startedDateTime": jiff::Timestamp::now().to_string(),
        "time": took,
        "request": request,
        "response": {
            "status": status.as_u16(), "statusText": status.canonical_reason().unwrap_or_default(),
            "httpVersion": "HTTP/1.1", "cookies": [], "headers": [], "redirectURL": "",
            "headersSize": -1, "bodySize": returned.len(), "content": content,
        },
        "cache": {},
        "timings": { "send": 0, "wait": took, "receive": 0 },
    })
}

/// A body as it is kept: nothing where it is no text, or too long.
fn kept(body: &Bytes) -> &str {
    if body.len() > MAX_BODY_BYTES {
        return "";
    }
    std::str::from_utf8(body).unwrap_or_default()
}

fn media_type(headers: &HeaderMap) -> String {
    let found = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    found.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_first() {
        let mut exchanges = Exchanges::default();
        for n in 0..=MAX_EXCHANGES {
            exchanges.push(1, json!(n));
        }
        assert_eq!((exchanges.entries.len(), exchanges.n_bytes), (MAX_EXCHANGES, MAX_EXCHANGES));
        exchanges.push(MAX_BYTES - 2, json!("long"));
        assert_eq!(exchanges.entries.len(), 3);
        exchanges.push(MAX_BYTES + 1, json!("longer than all"));
        assert!(exchanges.entries.is_empty() && exchanges.n_bytes == 0);
    }
}
