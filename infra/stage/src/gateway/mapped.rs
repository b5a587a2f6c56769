//! Integrations with mapping templates: the request as a template sees it, the call, and the answer.
//!
//! A function that fails is answered by the response whose pattern its error message matches, a service by its status;
//! what matches none is answered by the default, as in AWS.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{Request, Response, StatusCode};
use serde_json::{Map, Value, json};

use super::authorize::Caller;
use super::error::Rejection;
use super::state::Match;
use super::wire::{self, Context};
use super::{Gateway, http_api};
use crate::account::ACCOUNT;
use crate::bus::path::JsonPath;
use crate::lambda::{
    Invocation, InvocationOutcome, MAX_ASYNC_EVENT_BYTES, MAX_EVENT_BYTES, Refusal, check_event,
};
use crate::template::{Called, Invoked, Mapped, MappedResponse, MappingTemplate, Mock, Unmapped};
use crate::vtl::{self, Source};
use crate::{http, percent, query, queue};

/// What came of a call: what patterns are matched against (empty for success), and the body.
struct Came {
    told: String,
    body: Bytes,
}

impl Gateway {
    /// Answers a request by an integration with mapping templates.
    pub(super) async fn map(
        &self,
        mapped: &Mapped,
        found: &Match<'_>,
        context: &Context<'_>,
        caller: &Caller,
        body: &Bytes,
    ) -> Result<Response<Full<Bytes>>, Rejection> {
        let seen = Seen { context, caller, body };
        let (sent, changed) = seen.request(mapped)?;
        let came = match &mapped.called {
            Called::Function(name) => {
                if !mapped.with_role {
                    self.admit(found, name)?;
                }
                self.call(name, sent, seen.asks_later(&mapped.invoked), context.trace_id).await?
            }
            Called::Json(target) => self.ask_service(Some(target), JSON, "any", sent).await?,
            Called::Topic => self.ask_service(None, FORM, "sns", sent).await?,
            Called::Queue(path) => self.send(path, &sent).await,
        };
        let response = matching(&mapped.responses, &came.told);
        let response = response.ok_or(Rejection::ApiConfigurationError)?;
        let seen = Seen { body: &came.body, ..seen };
        Ok(answer(response, &seen, changed))
    }

    async fn call(
        &self,
        name: &str,
        event: Vec<u8>,
        is_later: bool,
        trace: &str,
    ) -> Result<Came, Rejection> {
        let function = self.functions.get(name).ok_or(Rejection::ApiConfigurationError)?;
        let limit = if is_later { MAX_ASYNC_EVENT_BYTES } else { MAX_EVENT_BYTES };
        check_event(&event, limit).map_err(|refusal| match refusal {
            Refusal::TooLarge { .. } => Rejection::EventTooLarge,
            other => {
                let why = other.to_string();
                self.log.problem(name, &format!("not invoked, for its event is no JSON: {why}"));
                Rejection::EventNotJson(why)
            }
        })?;
        let event = if event.is_empty() { b"{}".to_vec() } else { event };
        let mut invocation = Invocation::new(event);
        invocation.trace_id = Some(trace.to_owned());
        if is_later {
            let services = &self.front.services;
            function.invoke_later(invocation, services.retries, services.destinations.clone());
            return Ok(Came { told: String::new(), body: Bytes::new() });
        }
        match function.invoke(invocation).await {
            Ok(InvocationOutcome::Success(body)) => Ok(Came { told: String::new(), body }),
            Ok(InvocationOutcome::Failure(failure)) => {
                let told: Value = serde_json::from_slice(&failure.payload).unwrap_or_default();
                let told = told["errorMessage"].as_str().unwrap_or_default().to_owned();
                Ok(Came { told, body: failure.payload })
            }
            Err(_) => Err(Rejection::ApiConfigurationError),
        }
    }

    /// Asks the AWS endpoint.
    async fn ask_service(
        &self,
        target: Option<&str>,
        media_type: &str,
        service: &str,
        body: Vec<u8>,
    ) -> Result<Came, Rejection> {
        let address = self.front.services.endpoint.as_str();
        // By the signature of a form the endpoint knows its service; it is not checked.
        let signature = format!(
            "AWS4-HMAC-SHA256 Credential=gateway/20000101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0"
        );
        let mut request = Request::post("/")
            .header("host", address)
            .header(CONTENT_TYPE, media_type)
            .header("x-amz-date", "20000101T000000Z")
            .header("authorization", signature);
        if let Some(target) = target {
            request = request.header("x-amz-target", target);
        }
        let request = request.body(Full::new(Bytes::from(body)));
        let request = request.map_err(|_| Rejection::IntegrationFailure)?;
        let response = http::send(address, request).await;
        let response = response.map_err(|_| Rejection::IntegrationFailure)?;
        let status = response.status().as_u16().to_string();
        Ok(Came { told: status, body: response.into_body() })
    }

    /// Sends the message of a form to a queue, and answers as the queue does API Gateway: in JSON.
    async fn send(&self, path: &str, form: &[u8]) -> Came {
        let form = String::from_utf8_lossy(form);
        let call = queue::query::Call::of(&form, &format!("/{path}"));
        let id = crate::ids::uuid();
        let refused = |code: &str, message: &str| {
            let told = json!({ "Code": code, "Message": message, "Type": "Sender" });
            let body = json!({ "Error": told, "RequestId": id }).to_string();
            Came { told: "400".to_owned(), body: body.into() }
        };
        let call = match call {
            Ok(Some(call)) if call.action == "SendMessage" => call,
            Ok(_) => return refused("InvalidAction", "the template writes no Action=SendMessage"),
            Err(error) => return refused("RequestTooLarge", &error.to_string()),
        };
        let answer = self.front.services.queues.handle(&call.action, &call.body).await;
        let error = answer.headers().get("x-amzn-query-error");
        let error = error.and_then(|error| error.to_str().ok()?.split(';').next());
        let body: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        if let Some(code) = error {
            return refused(code, body["message"].as_str().unwrap_or_default());
        }
        let metadata = json!({ "RequestId": id });
        let answer = json!({ "SendMessageResult": body, "ResponseMetadata": metadata });
        let body = json!({ "SendMessageResponse": answer }).to_string();
        Came { told: "200".to_owned(), body: body.into() }
    }
}

const JSON: &str = "application/x-amz-json-1.0";
const FORM: &str = "application/x-www-form-urlencoded";

/// What a mock integration answers: the response that the status in its filled request template matches.
pub(super) fn mock(
    mock: &Mock,
    context: &Context<'_>,
    caller: &Caller,
    body: &Bytes,
) -> Result<Response<Full<Bytes>>, Rejection> {
    let seen = Seen { context, caller, body };
    let template = seen.template_among(&mock.templates).or_else(|| mock.templates.first());
    let filled = template.map(|(_, template)| template.fill(&seen, None));
    let status = filled.as_ref().and_then(|filled| {
        let (_, after) = filled.text.split_once("statusCode")?;
        let digits = after.chars().skip_while(|c| !c.is_ascii_digit());
        Some(digits.take_while(char::is_ascii_digit).collect::<String>())
    });
    let all = &mock.responses;
    let response = matching(all, status.as_deref().unwrap_or_default())
        .or_else(|| all.first().filter(|_| status.is_none()))
        .ok_or(Rejection::ApiConfigurationError)?;
    let empty = Bytes::new();
    let body = if response.template.is_some() { body } else { &empty };
    Ok(answer(response, &Seen { body, ..seen }, filled.and_then(|filled| filled.context)))
}

/// The response whose pattern matches, or the default.
fn matching<'r>(responses: &'r [MappedResponse], told: &str) -> Option<&'r MappedResponse> {
    let fits =
        |one: &&MappedResponse| one.pattern.as_ref().is_some_and(|pattern| pattern.matches(told));
    let default = || responses.iter().find(|one| one.pattern.is_none());
    responses.iter().find(fits).or_else(default)
}

fn answer(
    response: &MappedResponse,
    seen: &Seen<'_>,
    context: Option<Value>,
) -> Response<Full<Bytes>> {
    let (media_type, body, context) = match &response.template {
        None => ("application/json", seen.body.clone(), context),
        Some((media_type, template)) => {
            let filled = template.fill(seen, context);
            (media_type.as_str(), filled.text.into(), filled.context)
        }
    };
    let mut answer = Response::new(Full::new(body));
    *answer.status_mut() = StatusCode::from_u16(response.status).unwrap_or(StatusCode::OK);
    let headers = response.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in std::iter::once(("content-type", media_type)).chain(headers) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            answer.headers_mut().insert(name, value);
        }
    }
    if let Some(changes) = context.as_ref().and_then(|context| context.get("responseOverride")) {
        override_response(&mut answer, changes);
    }
    answer
}

/// Gives an answer the status and the headers that its template has set (`$context.responseOverride`). A status that is
/// none is an error of the API.
fn override_response(answer: &mut Response<Full<Bytes>>, changes: &Value) {
    if let Some(status) = changes.get("status") {
        let status = vtl::written(status).trim().parse().ok();
        let status = status.and_then(|status| StatusCode::from_u16(status).ok());
        *answer.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    }
    for (name, value) in changes["header"].as_object().into_iter().flatten() {
        let value = HeaderValue::from_str(&vtl::written(value));
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), value) {
            answer.headers_mut().insert(name, value);
        }
    }
}

/// A request, or what came of a call, as templates see it.
#[derive(Clone, Copy)]
struct Seen<'a> {
    context: &'a Context<'a>,
    caller: &'a Caller,
    body: &'a Bytes,
}

impl Seen<'_> {
    /// What is sent of a request, and the context if its template changed it.
    fn request(&self, mapped: &Mapped) -> Result<(Vec<u8>, Option<Value>), Rejection> {
        match (self.template_among(&mapped.templates), mapped.unmapped) {
            (Some((_, template)), _) => {
                let filled = template.fill(self, None);
                Ok((filled.text.into_bytes(), filled.context))
            }
            (None, Unmapped::Passed) => Ok((self.body.to_vec(), None)),
            (None, Unmapped::PassedWithoutTemplates) if mapped.templates.is_empty() => {
                Ok((self.body.to_vec(), None))
            }
            (None, _) => Err(Rejection::UnsupportedMediaType),
        }
    }

    /// The template for the media type of the request; a request without one is JSON.
    fn template_among<'t>(
        &self,
        templates: &'t [(String, MappingTemplate)],
    ) -> Option<&'t (String, MappingTemplate)> {
        let sent = self.context.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type =
            sent.and_then(|text| text.split(';').next()).unwrap_or("application/json").trim();
        templates.iter().find(|(known, _)| known.eq_ignore_ascii_case(media_type))
    }

    /// Whether a function is invoked without waiting for it.
    fn asks_later(&self, invoked: &Invoked) -> bool {
        match invoked {
            Invoked::AndAwaited => false,
            Invoked::Later => true,
            Invoked::AsAsked(header) => {
                self.context.headers.get(header).is_some_and(|value| value == "Event")
            }
        }
    }

    /// The body; an empty one is an empty object, as in AWS.
    fn json(&self) -> Value {
        if self.body.is_empty() {
            return json!({});
        }
        serde_json::from_slice(self.body).unwrap_or_default()
    }

    fn at(&self, path: &str) -> Option<Value> {
        at(&self.json(), path)
    }

    /// All parameters of the request, by their place.
    fn parameters(&self) -> [(&'static str, Map<String, Value>); 3] {
        let context = self.context;
        let path = context.parameters.iter();
        let path = path.map(|(name, value)| ((*name).to_owned(), percent::path(value).into()));
        let query = wire::query_values(context.query).into_iter();
        let query = query.map(|(name, values)| (name, values.last().cloned().into()));
        let headers = wire::header_values(context).into_iter();
        let headers = headers.map(|(name, value)| (name, value.into()));
        [("path", path.collect()), ("querystring", query.collect()), ("header", headers.collect())]
    }

    /// A parameter of this name, of a header in any letters' case.
    fn parameter(&self, name: &str) -> Value {
        let found = self.parameters().into_iter().find_map(|(place, all)| {
            all.into_iter().find(|(known, _)| match place {
                "header" => known.eq_ignore_ascii_case(name),
                _ => known == name,
            })
        });
        found.map_or_else(|| "".into(), |(_, value)| value)
    }

    fn of_input(&self, method: &str, arguments: &[Value]) -> Option<Value> {
        let first = arguments.first().and_then(Value::as_str);
        match (method, first) {
            ("body", _) => Some(String::from_utf8_lossy(self.body).into_owned().into()),
            ("json", Some(path)) => {
                Some(self.at(path).map_or_else(String::new, |found| found.to_string()).into())
            }
            ("path", Some(path)) => Some(self.at(path).unwrap_or_default()),
            ("params", None) => {
                let all =
                    self.parameters().map(|(place, all)| (place.to_owned(), Value::from(all)));
                Some(Value::Object(all.into_iter().collect()))
            }
            ("params", Some(name @ ("path" | "querystring" | "header"))) => {
                let mut all = self.parameters().into_iter();
                all.find(|(place, _)| *place == name).map(|(_, all)| Value::from(all))
            }
            ("params", Some(name)) => Some(self.parameter(name)),
            _ => None,
        }
    }
}

impl Source for Seen<'_> {
    fn value(&self, name: &str) -> Option<Value> {
        match name {
            "stageVariables" => Some(json!(self.context.variables)),
            "context" => {
                let told = http_api::request_context(self.context, self.caller);
                let context = self.context;
                Some(json!({
                    "accountId": ACCOUNT,
                    "apiId": context.api_id,
                    "authorizer": self.caller.authorizer,
                    "domainName": told["domainName"],
                    "extendedRequestId": context.request_id,
                    "httpMethod": context.method,
                    "identity": {
                        "accessKey": self.caller.signer.as_ref().map(|(key, _)| key),
                        "accountId": self.caller.signer.as_ref().map(|_| ACCOUNT),
                        "caller": self.caller.signer.as_ref().map(|(key, _)| key),
                        "user": self.caller.signer.as_ref().map(|(key, _)| key),
                        "userArn": self.caller.signer.as_ref().map(|(_, arn)| arn),
                        "apiKeyId": self.caller.api_key.as_ref().map(|(id, _)| id),
                        "sourceIp": context.source_ip,
                        "userAgent": told["http"]["userAgent"],
                        "apiKey": self.caller.api_key.as_ref().map(|(_, value)| value),
                    },
                    "path": format!("/{}{}", context.stage, context.full_path),
                    "resourceId": "local",
                    "protocol": "HTTP/1.1",
                    "requestId": context.request_id,
                    "requestTime": told["time"],
                    "requestTimeEpoch": told["timeEpoch"],
                    "resourcePath": context.resource,
                    "stage": context.stage,
                }))
            }
            _ => None,
        }
    }

    fn call(&self, name: &str, method: &str, arguments: &[Value]) -> Option<Value> {
        match name {
            "input" => self.of_input(method, arguments),
            "util" => of_util(method, arguments.first()?),
            _ => None,
        }
    }
}

/// What a JSON path of a template leads to in the body; nothing where there is none, or where it is no path.
fn at(body: &Value, path: &str) -> Option<Value> {
    if path == "$" || path == "$." {
        return Some(body.clone());
    }
    if let Some(list) = path.strip_suffix(".length()") {
        return Some(at(body, list)?.as_array()?.len().into());
    }
    let path = match path.starts_with('$') {
        true => Cow::Borrowed(path),
        false => Cow::Owned(format!("$.{path}")),
    };
    if let Ok(plain) = JsonPath::parse(&path) {
        return plain.find(body);
    }
    let found = serde_json_path::JsonPath::parse(&path).ok()?.query(body).all();
    // What may lead to several values is a list, however many there are.
    match ["..", "*", "?", ":", ","].iter().any(|sign| path.contains(sign)) {
        true => Some(found.into_iter().cloned().collect()),
        false => found.first().map(|value| Value::clone(value)),
    }
}

fn of_util(method: &str, argument: &Value) -> Option<Value> {
    let text = vtl::written(argument);
    Some(match method {
        "escapeJavaScript" => {
            let quoted = Value::from(text).to_string().replace('\'', "\\'").replace('/', "\\/");
            quoted[1..quoted.len() - 1].into()
        }
        "urlEncode" => percent::encoded_form(&text).into(),
        "urlDecode" => query::field(&format!("v={text}"), "v").unwrap_or_default().into(),
        "base64Encode" => STANDARD.encode(text).into(),
        "base64Decode" => String::from_utf8_lossy(&STANDARD.decode(text).ok()?).into_owned().into(),
        "parseJson" => serde_json::from_str(&text).ok()?,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    #[test]
    fn paths_of_templates_are_those_of_json_path() {
        let body = json!({ "items": [{ "v": 1, "name": "a" }, { "v": 2, "name": "b" }], "n": 3 });
        for (path, expected) in [
            ("$", body.clone()),
            ("$.items[0].name", json!("a")),
            ("$.items[-1].name", json!("b")),
            ("$..name", json!(["a", "b"])),
            ("$.items[?(@.v>1)]", json!([{ "v": 2, "name": "b" }])),
            ("$.items[0:1].v", json!([1])),
            ("$.items[0,1].v", json!([1, 2])),
            ("$.items.length()", json!(2)),
            ("n", json!(3)),
        ] {
            assert_eq!(at(&body, path), Some(expected), "{path}");
        }
        assert_eq!(at(&body, "$.nothing"), None);
        assert_eq!(at(&body, "$.items[?"), None);
    }
}
