//! The AWS endpoint: one address for every service of the stage, told apart as the SDKs mark their requests.
//!
//! | `X-Amz-Target` or path | service |
//! | --- | --- |
//! | `AmazonSQS.*`, or a form that is signed for `sqs` | queues |
//! | a form that is signed for `sns` | topics |
//! | `AWSEvents.*` | buses |
//! | `DynamoDB_20120810.*`, `DynamoDBStreams_20120810.*` | tables |
//! | `/2015-03-31/functions/…` | functions: `Invoke`, and what is told of them |
//! | `Logs_20140328.*` | logs of functions |
//! | `secretsmanager.*` | secrets |
//! | `AmazonSSM.*` | parameters |
//! | `/_stage/jwks.json` | the keys of the local issuer |
//! | `/_stage` | the console |
//! | a form that is signed for `cloudformation` | the stacks |
//! | a form that is signed for `sts` | who calls |
//! | whatever is signed for `s3` | nothing: `NotImplemented` in the XML of S3, and a line in the log |
//!
//! Whatever else comes is answered with an AWS error that names it, and reported. Signatures are not checked; where access is
//! controlled, the key in them says which function calls, and what its role does not allow is refused.

mod unanswered;

use std::convert::Infallible;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Collected, Full};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Request, Response, StatusCode};
use serde_json::json;
use tokio::net::TcpListener;

use crate::access::{self, Guard, ResourcePolicies, access_key_of};
use crate::account::ACCOUNT;
use crate::bus::BusService;
use crate::cloudformation::CloudFormation;
use crate::console::{self, ROOT};
use crate::fault::Switch;
use crate::http::{self, BodyError};
use crate::issuer::{Issuer, JWKS_PATH};
use crate::journal::Journal;
use crate::lambda::{self, Destinations, Functions, Retries};
use crate::log::Log;
use crate::query;
use crate::queue::QueueService;
use crate::queue::query::{self as queue_query, Call};
use crate::secrets::Secrets;
use crate::table::Proxy;
use crate::template::{Plan, Surroundings};
use crate::topic::Topics;
pub(crate) use unanswered::Told;

/// What answers at the endpoint.
pub(crate) struct Endpoint {
    pub(crate) queues: QueueService,
    pub(crate) buses: BusService,
    pub(crate) topics: Topics,
    pub(crate) tables: Proxy,
    pub(crate) stacks: CloudFormation,
    pub(crate) functions: Arc<Functions>,
    pub(crate) retries: Retries,
    pub(crate) destinations: Destinations,
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) secrets: Arc<RwLock<Secrets>>,
    /// What stands.
    pub(crate) plan: Arc<RwLock<Plan>>,
    /// Where it is said what nobody answers.
    pub(crate) log: Log,
    /// What was said there.
    pub(crate) told: Told,
    /// What happened lately.
    pub(crate) journal: Journal,
    /// Faults that are switched while the stage runs.
    pub(crate) switch: Option<Arc<Switch>>,
    /// Who may do what, and what the ARNs of this place look like; nothing where everybody may do everything.
    pub(crate) access: Option<(Arc<Guard>, Surroundings)>,
    /// What the policies of queues, topics and buses say.
    pub(crate) policies: Arc<ResourcePolicies>,
}

impl Endpoint {
    /// Serves requests until the future is dropped.
    pub(crate) async fn serve(self, listener: TcpListener, visitors: http::Visitors) {
        let endpoint = Arc::new(self);
        http::serve(listener, visitors, move |request| {
            let endpoint = Arc::clone(&endpoint);
            async move { Ok::<_, Infallible>(endpoint.handle(request).await) }
        })
        .await;
    }

    async fn handle(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        if is_for_s3(&head) {
            // However large it is; it is read as clients expect it, and not kept.
            let _ = http::collect(body, 0).await;
            self.log.problem("s3", &format!("{} {}: {NO_S3}", head.method, head.uri.path()));
            return query::s3_error(StatusCode::NOT_IMPLEMENTED, "NotImplemented", NO_S3);
        }
        let body = match http::collect(body, http::MAX_REQUEST_BYTES).await {
            Ok(body) => body,
            Err(BodyError::TooLarge) => {
                let code = "RequestEntityTooLargeException";
                return refused(StatusCode::PAYLOAD_TOO_LARGE, code, "the request is too large");
            }
            Err(BodyError::Broken) => {
                let message = "the request body is incomplete, or its chunks are malformed";
                return refused(StatusCode::BAD_REQUEST, "BadRequestException", message);
            }
        };
        let target = head.headers.get("x-amz-target").and_then(|value| value.to_str().ok());
        if target.is_none()
            && let Some(form) = queue_form(&head, &body)
        {
            match Call::of(form, head.uri.path()) {
                Ok(Some(call)) => return self.old_queue_call(&head, call).await,
                Ok(None) => {}
                Err(large) => return query::refused("RequestTooLarge", &large.to_string()),
            }
        }
        if let Some(refusal) = self.refusal(&head, target, &body) {
            return refusal;
        }
        match target.map(str::to_owned) {
            Some(target) => self.targeted(&target, head, body).await,
            None => self.by_path(&head, body).await,
        }
    }

    /// A request that names its service and action in `X-Amz-Target`.
    async fn targeted(&self, target: &str, head: Parts, body: Bytes) -> Response<Full<Bytes>> {
        match target.split_once('.') {
            Some(("AmazonSQS", action)) => {
                self.queues.handle_traced(action, &body, trace_of(&head)).await.map(Full::new)
            }
            Some(("Logs_20140328", action)) => {
                let plan = self.plan.read().unwrap_or_else(PoisonError::into_inner);
                console::answer_logs(&self.journal, &plan, action, &body)
            }
            Some(("secretsmanager", action)) => self.stored().answer_secrets(action, &body),
            Some(("AmazonSSM", action)) => self.stored().answer_parameters(action, &body),
            Some(("AWSEvents", action)) => {
                self.buses.handle_traced(action, &body, trace_of(&head)).await.map(Full::new)
            }
            Some(("DynamoDB_20120810" | "DynamoDBStreams_20120810", action)) => {
                self.tables.handle(action, head, body).await
            }
            _ => {
                let message = format!("the stage does not emulate the service of `{target}`");
                self.told.tell(&self.log, &message);
                refused(StatusCode::BAD_REQUEST, "UnknownOperationException", &message)
            }
        }
    }

    /// A request that its path tells from others, or whoever it is signed for.
    async fn by_path(&self, head: &Parts, body: Bytes) -> Response<Full<Bytes>> {
        let path = head.uri.path();
        if path.trim_end_matches('/') == lambda::LIST_PATH && head.method == hyper::Method::GET {
            return lambda::list(&self.functions);
        }
        if path.starts_with("/2015-03-31/functions/") {
            let request = (&head.method, &head.uri, &head.headers, body);
            let (retries, destinations) = (self.retries, &self.destinations);
            return lambda::handle_invoke(&self.functions, retries, destinations, request).await;
        }
        if path == JWKS_PATH {
            return http::json(StatusCode::OK, self.issuer.jwks().to_string());
        }
        if path.starts_with(ROOT)
            && let Some(answer) = self.console(head, &body).await
        {
            return answer;
        }
        self.untargeted(head, &body)
    }

    /// Answers a request in the old protocol of SQS.
    async fn old_queue_call(&self, head: &Parts, call: Call) -> Response<Full<Bytes>> {
        let target = format!("AmazonSQS.{}", call.action);
        let answer = match self.refusal(head, Some(&target), &call.body) {
            Some(refusal) => refusal,
            None => {
                let trace = trace_of(head);
                self.queues.handle_traced(&call.action, &call.body, trace).await.map(Full::new)
            }
        };
        let (head, body) = answer.into_parts();
        // A body in memory cannot fail.
        let body = body.collect().await.map(Collected::to_bytes).unwrap_or_default();
        let error = head.headers.get("x-amzn-query-error").and_then(|value| value.to_str().ok());
        queue_query::answer(&call, head.status, error, &body)
    }

    fn stored(&self) -> RwLockReadGuard<'_, Secrets> {
        self.secrets.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request without a target: for CloudFormation, from a browser, or for a service that the stage has not.
    fn untargeted(&self, head: &Parts, body: &[u8]) -> Response<Full<Bytes>> {
        let authorization = head.headers.get("authorization").and_then(|value| value.to_str().ok());
        match authorization.and_then(service_of) {
            Some("cloudformation") => self.stacks.handle(body),
            Some("sns") => self.topics.handle(body, trace_of(head)),
            Some("sts") => {
                let key = authorization.and_then(access_key_of).unwrap_or_default();
                let functions = self.functions.all();
                let caller = functions.iter().find(|one| access::access_key(one.name()) == key);
                let form = String::from_utf8_lossy(body);
                query::sts(&form, key, caller.map(|one| one.name()))
            }
            service => {
                let (what, answer) = unanswered::unanswered(service, head, body);
                if service.is_some() {
                    self.told.tell(&self.log, &what);
                }
                answer
            }
        }
    }

    /// The answer to a request that the caller's role does not allow.
    fn refusal(
        &self,
        head: &Parts,
        target: Option<&str>,
        body: &[u8],
    ) -> Option<Response<Full<Bytes>>> {
        let (guard, around) = self.access.as_ref()?;
        let authorization = head.headers.get("authorization")?.to_str().ok()?;
        let caller = guard.caller(access_key_of(authorization)?)?;
        let path = head.uri.path();
        let name;
        let request = match target.map(|target| target.split_once('.')) {
            Some(parts) => {
                let (service, action) = parts?;
                access::Request { service, action, body }
            }
            None if service_of(authorization) == Some("sns") => {
                access::Request { service: "SNS", action: "", body }
            }
            None if path.trim_end_matches('/') == lambda::LIST_PATH => {
                access::Request { service: "Lambda", action: "ListFunctions", body: b"" }
            }
            None => {
                let (encoded, action) = lambda::action_of(&head.method, path)?;
                name = crate::percent::path(encoded);
                access::Request { service: "Lambda", action, body: name.as_bytes() }
            }
        };
        // Each is noted, even if one before is refused already.
        let judged: Vec<_> = access::of_request(request, around)
            .into_iter()
            .filter_map(|need| self.policies.admit_role(guard, caller, &need).err())
            .collect();
        judged.first().map(|denied| access_denied(request.service, denied))
    }
}

/// How a service says that the caller may not.
fn access_denied(service: &str, message: &str) -> Response<Full<Bytes>> {
    if service == "SNS" {
        let mut response = query::refused("AuthorizationError", message);
        *response.status_mut() = StatusCode::FORBIDDEN;
        return response;
    }
    let status = match service {
        "AmazonSQS" | "Lambda" => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    };
    let mut response = refused(status, "AccessDeniedException", message);
    if service == "AmazonSQS" {
        let legacy = HeaderValue::from_static("AccessDenied;Sender");
        response.headers_mut().insert("x-amzn-query-error", legacy);
    }
    response
}

/// The trace that a request belongs to.
fn trace_of(head: &Parts) -> Option<&str> {
    head.headers.get("x-amzn-trace-id").and_then(|value| value.to_str().ok())
}

/// What is told of every request for objects.
const NO_S3: &str = "the stage does not emulate S3";

/// Whether a request is for S3, by its head: signed for it by a header or in its address, or from an SDK that does not sign.
fn is_for_s3(head: &Parts) -> bool {
    let text = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
    if text("x-amz-target").is_some() {
        return false;
    }
    if let Some(service) = text("authorization").and_then(service_of) {
        return service == "s3";
    }
    let credential = query::field(head.uri.query().unwrap_or_default(), "X-Amz-Credential");
    credential.is_some_and(|credential| credential.ends_with("/s3/aws4_request"))
        || text("user-agent")
            .is_some_and(|agent| agent.split(' ').any(|part| part.starts_with("api/s3#")))
        || head.headers.keys().any(|name| name.as_str().starts_with("x-amz-checksum-"))
}

/// The form of a request in the old protocol of SQS: one that is signed for it, is sent to a queue, or has its version.
///
/// Without a signature only a `POST` is one: a page of another site can have a browser `GET` any address, but can neither
/// sign by a header nor hide where a `POST` comes from. `X-Amz-Signature` proves nothing, for any address may hold it.
fn queue_form<'r>(head: &'r Parts, body: &'r [u8]) -> Option<&'r str> {
    let authorization = head.headers.get("authorization").and_then(|value| value.to_str().ok());
    let path = head.uri.path();
    let is_of_queue = path.starts_with(&format!("/{ACCOUNT}/"));
    let service = authorization.and_then(service_of);
    match service {
        Some("sqs") => {}
        None if head.method == hyper::Method::POST && (path == "/" || is_of_queue) => {}
        _ => return None,
    }
    let query = head.uri.query().unwrap_or_default();
    let form = match query::field(query, "Action") {
        Some(_) => query,
        None => std::str::from_utf8(body).ok()?,
    };
    let is_for_queues = service.is_some()
        || is_of_queue
        || query::field(form, "Version").is_some_and(|one| one == "2012-11-05");
    is_for_queues.then_some(form)
}

/// The service in the credential scope of a signature: `Credential=key/date/region/service/aws4_request`.
fn service_of(authorization: &str) -> Option<&str> {
    let (_, scope) = authorization.split_once("Credential=")?;
    scope.split([',', ' ']).next()?.rsplit('/').nth(1)
}

fn refused(status: StatusCode, code: &'static str, message: &str) -> Response<Full<Bytes>> {
    let mut response =
        http::json(status, json!({ "__type": code, "message": message }).to_string());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.0"));
    headers.insert("x-amzn-errortype", HeaderValue::from_static(code));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_stands_in_the_credential_scope() {
        let header = "AWS4-HMAC-SHA256 Credential=key/20261123/us-east-1/s3/aws4_request, SignedHeaders=host";
        assert_eq!(service_of(header), Some("s3"));
        assert_eq!(service_of("Bearer x"), None);
    }
}
