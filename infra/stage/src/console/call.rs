//! Sends a request of a form to an API of the stage, as a caller would, and tells the answer.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::aws::Endpoint;
use crate::http;

/// How long an answer is waited for: as long as a function's own URL may take.
const PATIENCE: Duration = Duration::from_secs(limits::LAMBDA_TIMEOUT as u64);

/// A request for an API.
#[derive(Debug, Deserialize)]
struct Call {
    /// The logical id of the API.
    api: String,
    method: String,
    /// The path below the stage's name, with the query.
    path: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: String,
}

impl Endpoint {
    /// Sends the request that a form describes.
    pub(super) async fn call(&self, body: &[u8]) -> Result<Value, String> {
        let call: Call = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        let url = {
            let plan = self.plan.read().unwrap_or_else(std::sync::PoisonError::into_inner);
            let api = plan.apis.iter().find(|api| api.id == call.api);
            api.map(|api| api.url.clone()).ok_or(format!("`{}` is not an API", call.api))?
        };
        let rest = url.strip_prefix("http://").unwrap_or(&url);
        let (address, stage) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, ""),
        };
        let mut request = Request::builder()
            .method(call.method.as_str())
            .uri(format!("{stage}{}", call.path))
            .header("host", address);
        for (name, value) in &call.headers {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(Bytes::from(call.body)));
        let request = request.map_err(|error| format!("no request can be like that: {error}"))?;
        let began = Instant::now();
        let sent = tokio::time::timeout(PATIENCE, http::send(address, request)).await;
        let answer = sent.map_err(|_| "the API did not answer".to_owned())?;
        let response = answer.map_err(|error| format!("the API did not answer: {error}"))?;
        Ok(told(&response, began.elapsed()))
    }
}

fn told(response: &Response<Bytes>, took: Duration) -> Value {
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())]));
    let trace = response.headers().get("x-amzn-trace-id").and_then(|value| value.to_str().ok());
    let (text, is_base64) = match std::str::from_utf8(response.body()) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (STANDARD.encode(response.body()), true),
    };
    json!({
        "status": response.status().as_u16(),
        "reason": response.status().canonical_reason(),
        "headers": headers.collect::<Vec<_>>(),
        "body": text,
        "isBase64": is_base64,
        "tookMs": (took.as_secs_f64() * 1e5).round() / 100.0,
        "trace": trace.map(crate::journal::root),
    })
}
