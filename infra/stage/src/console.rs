//! The console at `/_stage`: one page without network, and what it and the command line ask of a running stage.
//!
//! | path | answer |
//! | --- | --- |
//! | `/_stage` | the page |
//! | `/_stage/system` | what stands and how it is connected, with figures |
//! | `/_stage/steps?after=&trace=&kind=&limit=` | what happened lately |
//! | `/_stage/logs?after=&of=&text=&limit=` | what functions and the stage wrote: the latest, or all after a number |
//! | `/_stage/requests.har` | requests to the API with their responses, as an HTTP archive |
//! | `/_stage/queue?name=&limit=` | the messages of a queue that can be received, none of them received by this |
//! | `/_stage/operations` | the operations of the APIs, each with what a form needs |
//! | `/_stage/call` | `POST` sends a request to an API, and tells its answer |
//! | `/_stage/faults` | the faults that are on; `POST` with a preset or nothing switches them |
//!
//! Owns no service: the page sends, tests and moves through the APIs of AWS, as anybody does. Pages of other sites are
//! turned away before anything comes here.

mod call;
mod example;
mod logs;
mod operations;
mod system;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::aws::Endpoint;
use crate::fault::Preset;
use crate::http;
use crate::journal::Line;
use crate::query::field;
use crate::queue::AttributeValue;
pub(crate) use logs::answer as answer_logs;

/// What every path of the console begins with.
pub(crate) const ROOT: &str = "/_stage";

const PAGE: &str = include_str!("console/page.html");

/// Steps, lines or messages of one answer, where nobody says how many.
const LIMIT: usize = 200;

impl Endpoint {
    /// Answers a request for the console; `None` for other requests.
    pub(crate) async fn console(&self, head: &Parts, body: &[u8]) -> Option<Response<Full<Bytes>>> {
        let rest = head.uri.path().strip_prefix(ROOT)?;
        let query = head.uri.query().unwrap_or_default();
        let answer = match (&head.method, rest) {
            (&Method::GET, "" | "/") => return Some(page()),
            (&Method::GET, "/system") => Ok(self.system()),
            (&Method::GET, "/steps") => self.steps(query),
            (&Method::GET, "/logs") => self.lines(query),
            (&Method::GET, "/requests.har") => Ok(self.journal.archive()),
            (&Method::GET, "/queue") => self.messages(query),
            (&Method::GET, "/operations") => Ok(self.operations()),
            (&Method::POST, "/call") => self.call(body).await,
            (&Method::GET, "/faults") => self.faults(),
            (&Method::POST, "/faults") => self.switch_faults(body),
            _ => return None,
        };
        Some(match answer {
            Ok(value) => http::json(StatusCode::OK, value.to_string()),
            Err(message) => {
                let body = json!({ "message": message }).to_string();
                http::json(StatusCode::BAD_REQUEST, body)
            }
        })
    }

    fn steps(&self, query: &str) -> Result<Value, String> {
        let (trace, kind) = (field(query, "trace"), field(query, "kind"));
        let steps = self.journal.steps(number(query, "after"), limit(query), |step| {
            trace.as_ref().is_none_or(|trace| step.trace == *trace)
                && kind.as_ref().is_none_or(|kind| step.kind == kind)
        });
        Ok(json!({ "steps": steps }))
    }

    fn lines(&self, query: &str) -> Result<Value, String> {
        let (of, text) = (field(query, "of"), field(query, "text"));
        let is_wanted = |line: &Line| {
            of.as_ref().is_none_or(|of| line.of == *of)
                && text.as_ref().is_none_or(|text| line.text.contains(text))
        };
        if field(query, "after").is_some() {
            let page = self.journal.page(number(query, "after"), limit(query), is_wanted);
            return serde_json::to_value(page).map_err(|error| error.to_string());
        }
        let page = self.journal.latest_page(limit(query), is_wanted);
        serde_json::to_value(page).map_err(|error| error.to_string())
    }

    fn messages(&self, query: &str) -> Result<Value, String> {
        let name = field(query, "name").ok_or("`name` is missing")?;
        let queue = self.queues.queue(&name).map_err(|error| error.to_string())?;
        let messages: Vec<Value> = queue
            .peek(limit(query))
            .iter()
            .map(|message| {
                let attributes = message
                    .attributes
                    .iter()
                    .map(|(name, attribute)| (name.clone(), shown(&attribute.value)));
                json!({
                    "id": message.id,
                    "sentMs": message.sent_ms,
                    "group": message.group_id.as_deref(),
                    "trace": message.trace_header.as_deref().map(crate::journal::root),
                    "deadFrom": message.dead_letter_source.as_deref(),
                    "attributes": attributes.collect::<serde_json::Map<_, _>>(),
                    "body": message.body,
                })
            })
            .collect();
        Ok(json!({ "queue": name, "messages": messages }))
    }

    fn faults(&self) -> Result<Value, String> {
        let presets: Vec<&str> = Preset::ALL.iter().map(|(name, _)| *name).collect();
        let on = self.switch.as_ref().and_then(|switch| switch.preset());
        Ok(json!({
            "presets": presets,
            "on": on.map(Preset::name),
            "canSwitch": self.switch.is_some(),
        }))
    }

    fn switch_faults(&self, body: &[u8]) -> Result<Value, String> {
        let switch =
            self.switch.as_ref().ok_or("faults cannot be changed while this stage runs")?;
        let request: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        let preset = match request["preset"].as_str() {
            None => None,
            Some(name) => Some(name.parse::<Preset>().map_err(|error| error.to_string())?),
        };
        switch.set(preset);
        self.faults()
    }
}

fn page() -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from_static(PAGE.as_bytes())));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Nothing is loaded from anywhere, and no page may put this one into a frame.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; \
                  img-src data:; frame-ancestors 'none'; form-action 'none'; base-uri 'none'";
    let name = HeaderName::from_static("content-security-policy");
    headers.insert(name, HeaderValue::from_static(policy));
    response
}

fn shown(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::Text(text) => text.as_str().into(),
        AttributeValue::Binary(bytes) => STANDARD.encode(bytes).into(),
    }
}

fn number(query: &str, name: &str) -> u64 {
    field(query, name).and_then(|text| text.parse().ok()).unwrap_or_default()
}

fn limit(query: &str) -> usize {
    field(query, "limit").and_then(|text| text.parse().ok()).unwrap_or(LIMIT)
}
