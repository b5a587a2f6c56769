//! Requests from pages of other sites: they may do what the API's own CORS lets them, and nothing else.
//!
//! In AWS an API is public, and what a page may not read it may still send. Here that would let any page that the
//! developer looks at write to a local system, so the gateway asks before each such request what a browser asks before
//! some: whether the answer to a preflight names the page's origin.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use hyper::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_METHOD, HOST, HeaderMap, HeaderValue,
    ORIGIN,
};
use hyper::http::request::Parts;

use super::authorize::{self, Caller};
use super::{Gateway, cors, mapped, wire};
use crate::template::Integration;

/// More pairs than this are forgotten.
const MAX_KNOWN: usize = 1_000;

/// The pairs of resource and origin whose preflight was granted.
#[derive(Debug, Default)]
pub(super) struct Pages(Mutex<BTreeSet<(String, String)>>);

impl Pages {
    fn knows(&self, pair: &(String, String)) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(pair)
    }

    fn note(&self, pair: (String, String)) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MAX_KNOWN {
            known.clear();
        }
        known.insert(pair);
    }
}

impl Gateway {
    /// Whether pages of an origin may send this request. A preflight always may, and what leads nowhere: neither changes
    /// anything.
    pub(super) async fn lets_page_send(&self, head: &Parts, origin: &str) -> bool {
        let (full_path, path) = self.below_stage(head.uri.path());
        let leads_somewhere = self.routes.find(head.method.as_str(), path).is_some();
        if head.method == hyper::Method::OPTIONS || !leads_somewhere {
            return true;
        }
        if let Some(cors) = self.http.as_ref().and_then(|http| http.cors.as_ref()) {
            return cors::grants(cors, origin);
        }
        let Some(found) = self.routes.find("OPTIONS", path) else { return false };
        // A preflight carries no credentials, so one that needs some is never granted.
        if !authorize::is_open(found.guard) {
            return false;
        }
        let pair = (found.resource.to_owned(), origin.to_owned());
        if self.pages.knows(&pair) {
            return true;
        }
        let granted = self.preflight(head, (full_path, path), &found, origin).await;
        let is_granted = granted.is_some_and(|granted| granted == "*" || granted == origin);
        if is_granted {
            self.pages.note(pair);
        }
        is_granted
    }

    /// The origin that the answer to a preflight grants.
    async fn preflight(
        &self,
        head: &Parts,
        path: (&str, &str),
        found: &super::Match<'_>,
        origin: &str,
    ) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.extend(head.headers.get(HOST).map(|host| (HOST, host.clone())));
        headers.insert(ORIGIN, HeaderValue::from_str(origin).ok()?);
        let method = HeaderValue::from_str(head.method.as_str()).ok()?;
        headers.insert(ACCESS_CONTROL_REQUEST_METHOD, method);
        let (request_id, trace_id) = (crate::ids::uuid().to_string(), crate::ids::trace_id());
        let context = wire::Context {
            headers: &headers,
            sent_names: &[],
            method: "OPTIONS",
            ..self.context(head, path, found, &request_id, &trace_id)
        };
        let (caller, body) = (Caller::default(), Bytes::new());
        let granted = match found.integration {
            Integration::Service(_) | Integration::Mapped(_) => None,
            Integration::Mock(mock) => {
                let answer = mapped::mock(mock, &context, &caller, &body).ok()?;
                answer.headers().get(ACCESS_CONTROL_ALLOW_ORIGIN).cloned()
            }
            Integration::Function { name, timeout, .. } => {
                let event = wire::event(&context, &caller, &body, false);
                let asked = tokio::time::timeout(*timeout, self.invoke(name, event, &trace_id));
                let payload = asked.await.ok()?.ok()?;
                let reply = wire::reply(&payload, self.kind(), false).ok()?;
                let mut headers = reply.headers.into_iter();
                headers
                    .find(|(name, _)| name == ACCESS_CONTROL_ALLOW_ORIGIN.as_str())
                    .map(|(_, value)| value)
            }
        };
        granted?.to_str().ok().map(str::to_owned)
    }
}
