//! API Gateway: a REST API's front, which makes proxy events of requests and answers of what functions return.
//!
//! Stood up: Lambda proxy and mock integrations, integrations with mapping templates, calls of services by HTTP APIs,
//! static and parameter and greedy paths, stage variables, gateway responses, the limits of 10 MB and 29 s; Lambda
//! authorizers of both types with kept decisions, Cognito authorizers over the stage's own issuer, signatures (SigV4) with
//! the stage's own credentials, API keys with usage plans.
//!
//! Known deviations:
//! - Routes answer both below the stage's name, as in AWS, and without it, as people type them.
//! - Header names arrive as they were sent (`Authorization`, `Host` and `User-Agent` of REST APIs as they are here), but
//!   in lower case where requests follow each other without waiting for answers. Headers that CloudFront adds to requests
//!   of edge-optimized APIs are not there.
//! - Pages of other sites may send only what the API's own CORS grants them, which protects this machine; in AWS they may
//!   send anything and read nothing.
//! - A body that is not declared binary and is not UTF-8 reaches the function with replacement characters.
//! - No throttling but that of usage plans; no caching, compression or access log. Resource policies are not checked.
//! - A body with a model is checked as draft 4 of JSON Schema; an empty one counts as an empty object.

mod answer;
mod authorize;
mod binary;
mod checks;
mod cors;
mod error;
mod front;
mod http_api;
mod mapped;
mod pages;
mod service;
mod signature;
mod specific;
mod state;
mod token;
mod usage;
mod wire;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::Instant;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{HeaderName, HeaderValue, USER_AGENT};
use hyper::http::request::Parts;
use hyper::{Request, Response};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::account::ACCOUNT;
use crate::fault::{self, Chaos, Decision, Site};
use crate::http::{self, Unwelcome, Visitors};
use crate::journal::{Journal, Sending};
use crate::lambda::Functions;
use crate::log::Log;
use crate::model::Models;
use crate::template::{Api, GatewayResponse, HttpApi};
use binary::BinaryTypes;
use error::{Known, Rejection};
pub(crate) use front::Front;
use pages::Pages;
pub(crate) use service::Services;
use state::{Match, Routes};

/// The largest body of a request, in bytes (API Gateway quota).
pub(crate) const MAX_BODY_BYTES: usize = limits::API_PAYLOAD_BYTES as usize;

/// The front of one API.
#[derive(Debug)]
pub(crate) struct Gateway {
    api_id: String,
    stage: String,
    /// `/dev`, to recognise the stage in paths.
    stage_prefix: String,
    variables: BTreeMap<String, String>,
    routes: Routes,
    /// What an HTTP API has besides.
    http: Option<HttpApi>,
    responses: Vec<GatewayResponse>,
    binary: BinaryTypes,
    models: Arc<Models>,
    functions: Arc<Functions>,
    chaos: Arc<dyn Chaos>,
    log: Log,
    port: u16,
    front: Front,
    visitors: Visitors,
    pages: Pages,
    journal: Journal,
}

/// What is served on a port: a gateway that another can take the place of. A request is answered by the one that was
/// there when it came.
#[derive(Debug)]
pub(crate) struct Served(RwLock<Arc<Gateway>>);

impl Served {
    /// A gateway that is served.
    #[must_use]
    pub(crate) fn new(gateway: Gateway) -> Self {
        Self(RwLock::new(Arc::new(gateway)))
    }

    /// Puts another gateway in its place.
    pub(crate) fn replace(&self, gateway: Gateway) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(gateway);
    }

    /// Serves requests until the future is dropped. A client that breaks the connection stops nothing: its function runs,
    /// as in AWS.
    pub(crate) async fn serve(self: Arc<Self>, listener: TcpListener) {
        let running = Arc::new(Mutex::new(JoinSet::new()));
        http::serve_public(listener, move |request| {
            let gateway = Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner));
            let (answer, answered) = oneshot::channel();
            let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
            while running.try_join_next().is_some() {}
            running.spawn(async move {
                // Nobody may wait for it any more.
                let _ = answer.send(gateway.handle(request).await);
            });
            async move { answered.await.unwrap_or(Err(Lost)) }
        })
        .await;
    }
}

/// Breaks the connection of a request that was answered: the client never learns how.
#[derive(Debug, thiserror::Error)]
#[error("the response was lost (injected fault)")]
struct Lost;

impl Gateway {
    /// The front of an API that is served on a port.
    #[must_use]
    pub(crate) fn new(
        api: &Api,
        port: u16,
        functions: Arc<Functions>,
        chaos: Arc<dyn Chaos>,
        log: Log,
        front: Front,
        visitors: Visitors,
    ) -> Self {
        Self {
            api_id: api.api_id.clone(),
            stage: api.stage.clone(),
            stage_prefix: format!("/{}", api.stage),
            variables: api.variables.clone(),
            routes: match &api.http {
                Some(_) => Routes::of_http_api(&api.routes),
                None => Routes::new(&api.routes),
            },
            http: api.http.clone(),
            responses: api.responses.clone(),
            binary: BinaryTypes::new(&api.binary_types),
            models: Arc::clone(&api.models),
            functions,
            chaos,
            log,
            port,
            front,
            visitors,
            pages: Pages::default(),
            journal: Journal::default(),
        }
    }

    /// The same, whose requests are noted.
    #[must_use]
    pub(crate) fn noted_in(self, journal: Journal) -> Self {
        Self { journal, ..self }
    }

    async fn handle(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Lost> {
        let (head, body) = request.into_parts();
        if let Err(unwelcome) = self.visitors.check_host(head.version, &head.headers) {
            return Ok(unwelcome.answer());
        }
        if let Some(origin) = self.visitors.foreign_origin(&head.headers)
            && !self.lets_page_send(&head, origin).await
        {
            return Ok(Unwelcome::Origin(origin).answer());
        }
        let cors = self.http.as_ref().and_then(|http| http.cors.as_ref());
        if let Some(response) =
            cors.and_then(|cors| cors::preflight(cors, &head.method, &head.headers))
        {
            return Ok(response);
        }
        let sent = cors.map(|_| head.headers.clone()).unwrap_or_default();
        let request_id = crate::ids::uuid().to_string();
        let trace_id = head.headers.get("x-amzn-trace-id").and_then(|value| value.to_str().ok());
        let trace_id = trace_id.map_or_else(crate::ids::trace_id, str::to_owned);
        let request = Request::from_parts(head, body);
        let mut response = self.noted(request, &request_id, &trace_id).await?;
        let headers = response.headers_mut();
        if let Some(cors) = cors {
            cors::finish(cors, &sent, headers);
        }
        for (name, value) in [("x-amzn-requestid", &request_id), ("x-amzn-trace-id", &trace_id)] {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        Ok(response)
    }

    /// Answers a request that may be sent, with the faults that are injected, and notes both in the journal.
    async fn noted(
        &self,
        request: Request<Incoming>,
        request_id: &str,
        trace_id: &str,
    ) -> Result<Response<Full<Bytes>>, Lost> {
        let began = Instant::now();
        let asked = self
            .journal
            .is_kept()
            .then(|| format!("{} {}", request.method(), request.uri().path()));
        let decision = self.chaos.decide(Site::Request);
        if let Decision::Delay(by) = decision {
            tokio::time::sleep(by).await;
        }
        let sending = self.journal.is_kept().then(|| Sending::of(&request));
        let body = OnceLock::new();
        let answered = match decision {
            Decision::Fail(failure) => {
                Err(Failed::on_purpose(failure, &request, self.below_stage(request.uri().path()).0))
            }
            _ => self.answer(request, request_id, trace_id, &body).await,
        };
        if decision == Decision::LoseResponse {
            return Err(Lost);
        }
        let why = answered.as_ref().err().and_then(|failed| failed.rejection.reason());
        let response =
            answered.unwrap_or_else(|failed| self.failed(*failed, began, request_id, trace_id));
        self.journal.note("request", Some(trace_id), began, || {
            let status = response.status();
            let told = why.map_or_else(|| status.to_string(), |why| format!("{status}: {why}"));
            let ended = if status.is_server_error() { Err(told) } else { Ok(told) };
            (asked.unwrap_or_default(), request_id.to_owned(), ended)
        });
        match sending.zip(body.get()) {
            Some((sending, body)) => {
                Ok(self.journal.exchange(sending, body, began, response).await)
            }
            None => Ok(response),
        }
    }

    /// The answer to a request that no handler answered.
    fn failed(
        &self,
        failed: Failed,
        began: Instant,
        request_id: &str,
        trace_id: &str,
    ) -> Response<Full<Bytes>> {
        let Failed { rejection, method, path, query, resource, headers } = failed;
        if self.http.is_some() {
            return http_api::rejected(&rejection, self.is_function_url());
        }
        let path = format!("{}{path}", self.stage_prefix);
        let now = jiff::Timestamp::now();
        let came = now.checked_sub(began.elapsed()).unwrap_or(now);
        let (time, epoch) =
            (came.strftime(wire::REQUEST_TIME).to_string(), came.as_millisecond().to_string());
        let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
        let variables: Vec<(&str, &str)> = vec![
            ("requestId", request_id),
            ("extendedRequestId", request_id),
            ("xrayTraceId", trace_id),
            ("path", &path),
            ("httpMethod", &method),
            ("resourcePath", &resource),
            ("stage", &self.stage),
            ("apiId", &self.api_id),
            ("identity.sourceIp", "127.0.0.1"),
            ("accountId", ACCOUNT),
            ("protocol", "HTTP/1.1"),
            ("requestTime", &time),
            ("requestTimeEpoch", &epoch),
            ("identity.userAgent", agent.unwrap_or_default()),
        ];
        let known =
            Known { variables, of_stage: &self.variables, query: &query, headers: &headers };
        rejection.answer(&self.responses, &known)
    }

    fn is_function_url(&self) -> bool {
        self.http.as_ref().is_some_and(|http| http.is_function_url)
    }

    /// What is known of a request besides the names of its headers.
    fn context<'a>(
        &'a self,
        head: &'a Parts,
        (full_path, path): (&'a str, &'a str),
        found: &'a Match<'_>,
        request_id: &'a str,
        trace_id: &'a str,
    ) -> wire::Context<'a> {
        wire::Context {
            api_id: &self.api_id,
            is_http_api: self.http.is_some(),
            is_function_url: self.is_function_url(),
            stage: &self.stage,
            variables: &self.variables,
            resource: found.resource,
            parameters: &found.parameters,
            method: head.method.as_str(),
            route_method: found.key,
            full_path,
            path,
            query: head.uri.query().unwrap_or_default(),
            headers: &head.headers,
            sent_names: &[],
            trace_id,
            request_id,
            source_ip: "127.0.0.1",
            port: self.port,
            now: jiff::Timestamp::now(),
        }
    }

    /// The path below the stage, where `/dev/product` and `/product` are the same, and that path as it leads to a
    /// route: a REST API passes over all slashes before it but one.
    fn below_stage<'p>(&self, path: &'p str) -> (&'p str, &'p str) {
        let one_slash = |path: &'p str| match self.http {
            Some(_) => path,
            None => &path[path.find(|c| c != '/').unwrap_or(path.len()).saturating_sub(1)..],
        };
        let path = one_slash(path);
        let below = match path.strip_prefix(&self.stage_prefix) {
            Some("") => "/",
            Some(rest) if rest.starts_with('/') => rest,
            _ => path,
        };
        (below, one_slash(below))
    }
}

/// The ARN of a route, for which the gateway invokes a function.
fn route_arn(api_id: &str, stage: &str, found: &Match<'_>) -> String {
    crate::access::route_arn(api_id, stage, found.key, found.resource)
}

/// A request that no function answered.
struct Failed {
    rejection: Rejection,
    method: String,
    /// Below the stage.
    path: String,
    query: String,
    resource: String,
    headers: hyper::HeaderMap,
}

impl Failed {
    fn on_purpose(failure: fault::Failure, request: &Request<Incoming>, path: &str) -> Box<Self> {
        Box::new(Self {
            rejection: match failure {
                fault::Failure::Throttle => Rejection::Throttled,
                fault::Failure::Internal | fault::Failure::Unavailable => {
                    Rejection::ApiConfigurationError
                }
            },
            method: request.method().to_string(),
            path: path.to_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
            resource: String::new(),
            headers: request.headers().clone(),
        })
    }
}
