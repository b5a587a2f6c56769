//! Answers requests: finds the route, asks who calls, checks the request, and hands it to what answers the route.

use std::sync::OnceLock;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{HeaderMap, Request, Response, StatusCode};

use serde_json::Map;

use super::error::Rejection;
use super::state::Match;
use super::{Failed, Gateway, MAX_BODY_BYTES, http_api, mapped, route_arn, wire};
use crate::http::{self, BodyError, SentNames};
use crate::lambda::{FailureKind, Invocation, InvocationOutcome, MAX_EVENT_BYTES, Refusal};
use crate::template::{Integration, PayloadFormat, RouteAuthorization};

impl Gateway {
    /// Answers a request by the route that it leads to; `received` gets its body.
    pub(super) async fn answer(
        &self,
        request: Request<Incoming>,
        request_id: &str,
        trace_id: &str,
        received: &OnceLock<Bytes>,
    ) -> Result<Response<Full<Bytes>>, Box<Failed>> {
        let (head, body) = request.into_parts();
        let (full_path, path) = self.below_stage(head.uri.path());
        let failed = |rejection, resource: &str| {
            Box::new(Failed {
                rejection,
                method: head.method.to_string(),
                path: full_path.to_owned(),
                query: head.uri.query().unwrap_or_default().to_owned(),
                resource: resource.to_owned(),
                headers: head.headers.clone(),
            })
        };
        let Some(found) = self.routes.find(head.method.as_str(), path) else {
            return Err(failed(Rejection::MissingAuthenticationToken, ""));
        };
        if head_bytes(&head) > limits::API_HEADER_BYTES as usize {
            return Err(failed(Rejection::HeadersTooLarge, found.resource));
        }
        let body = http::collect(body, MAX_BODY_BYTES).await.map_err(|error| {
            let rejection = match error {
                BodyError::TooLarge => Rejection::RequestTooLarge,
                BodyError::Broken => Rejection::BadRequest,
            };
            failed(rejection, found.resource)
        })?;
        // What a route received is kept for the console.
        let _ = received.set(body.clone());
        let sent = head.extensions.get::<SentNames>().map(SentNames::head).unwrap_or_default();
        let names = http::names_in(&sent);
        let context = wire::Context {
            sent_names: &names,
            ..self.context(&head, (full_path, path), &found, request_id, trace_id)
        };
        let caller = self.caller(&context, found.guard, &head, &body).await;
        let caller = caller.map_err(|rejection| failed(rejection, found.resource))?;
        self.check(found.checks, &context, &body)
            .map_err(|rejection| failed(rejection, found.resource))?;
        let (name, timeout) = match found.integration {
            Integration::Mock(mock) => {
                return mapped::mock(mock, &context, &caller, &body)
                    .map_err(|rejection| failed(rejection, found.resource));
            }
            Integration::Service(call) => {
                return Ok(self.front.services.answer(call, &context, &caller, &body).await);
            }
            Integration::Mapped(called_by) => {
                let called = self.map(called_by, &found, &context, &caller, &body);
                let answered = tokio::time::timeout(called_by.timeout, called).await;
                let answered = answered.unwrap_or(Err(Rejection::IntegrationTimeout));
                return answered.map_err(|rejection| failed(rejection, found.resource));
            }
            Integration::Function { name, timeout, with_role } => {
                if !with_role {
                    self.admit(&found, name)
                        .map_err(|rejection| failed(rejection, found.resource))?;
                }
                (name, *timeout)
            }
        };
        let is_binary = match self.http {
            Some(_) => !http_api::is_text(&head.headers),
            None => self.binary.of_request(&head.headers),
        };
        let event = match found.format {
            PayloadFormat::V1 => wire::event(&context, &caller, &body, is_binary),
            PayloadFormat::V2 => http_api::event(&context, &caller, &body),
        };
        if event.len() > MAX_EVENT_BYTES {
            return Err(failed(Rejection::EventTooLarge, found.resource));
        }
        let invoked = tokio::time::timeout(timeout, self.invoke(name, event, trace_id)).await;
        match invoked.unwrap_or(Err(Rejection::IntegrationTimeout)) {
            Ok(payload) => self
                .relay(&payload, &found, &head.headers)
                .map_err(|rejection| failed(rejection, found.resource)),
            Err(rejection) => Err(failed(rejection, found.resource)),
        }
    }

    /// Lets a route invoke its function, as the function's permissions say.
    pub(super) fn admit(&self, found: &Match<'_>, function: &str) -> Result<(), Rejection> {
        let policies = &self.front.policies;
        let admitted = match &self.http {
            Some(http) if http.is_function_url => match found.guard.authorization {
                RouteAuthorization::None => policies.admit_public(function),
                // Who signed was asked for `lambda:InvokeFunctionUrl` already.
                _ => return Ok(()),
            },
            _ => policies.admit_api(&route_arn(&self.api_id, &self.stage, found), function),
        };
        admitted.map_err(|reason| {
            self.log.problem(found.resource, &reason);
            match &self.http {
                Some(http) if http.is_function_url => Rejection::Denied(Map::new()),
                _ => Rejection::ApiConfigurationError,
            }
        })
    }

    /// Invokes a function and answers what it returned.
    pub(super) async fn invoke(
        &self,
        name: &str,
        event: Vec<u8>,
        trace_id: &str,
    ) -> Result<Bytes, Rejection> {
        let Some(function) = self.functions.get(name) else {
            return Err(Rejection::ApiConfigurationError);
        };
        let mut invocation = Invocation::new(event);
        invocation.trace_id = Some(trace_id.to_owned());
        match function.invoke(invocation).await {
            Ok(InvocationOutcome::Success(payload)) => Ok(payload),
            Ok(InvocationOutcome::Failure(failure)) => {
                if failure.kind == FailureKind::Reported {
                    self.log.problem(name, &format!("failed: {}", failure.told()));
                }
                Err(Rejection::IntegrationFailure)
            }
            Err(Refusal::TooLarge { .. }) => Err(Rejection::EventTooLarge),
            Err(_) => Err(Rejection::ApiConfigurationError),
        }
    }

    /// The kind of the API, which decides what it takes as an answer.
    pub(super) fn kind(&self) -> wire::Kind {
        match self.http {
            Some(_) => wire::Kind::Http,
            None => wire::Kind::Rest,
        }
    }

    fn relay(
        &self,
        payload: &[u8],
        found: &Match<'_>,
        headers: &HeaderMap,
    ) -> Result<Response<Full<Bytes>>, Rejection> {
        let reply = match found.format {
            PayloadFormat::V1 => {
                let kind = self.kind();
                let gets_bytes = kind == wire::Kind::Http || self.binary.of_answer(headers);
                wire::reply(payload, kind, gets_bytes)
            }
            PayloadFormat::V2 => http_api::reply(payload, self.is_function_url()),
        };
        let reply = match reply {
            Ok(reply) => reply,
            Err(message) => {
                self.log.problem(found.resource, &message);
                return Err(Rejection::IntegrationFailure);
            }
        };
        let mut response = Response::new(Full::new(reply.body));
        *response.status_mut() =
            StatusCode::from_u16(reply.status).map_err(|_| Rejection::IntegrationFailure)?;
        let headers = response.headers_mut();
        for (name, value) in reply.headers {
            let name = HeaderName::try_from(name).map_err(|_| Rejection::IntegrationFailure)?;
            headers.append(name, value);
        }
        if !headers.contains_key(CONTENT_TYPE) {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        Ok(response)
    }
}

/// What API Gateway counts of a request: its line and its headers.
fn head_bytes(head: &Parts) -> usize {
    let target = head.uri.path_and_query().map_or(0, |target| target.as_str().len());
    let headers = head.headers.iter().map(|(name, value)| name.as_str().len() + value.len());
    head.method.as_str().len() + target + headers.sum::<usize>()
}
