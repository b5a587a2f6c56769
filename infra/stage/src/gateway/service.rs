//! Integrations of HTTP APIs with services: `SQS-SendMessage` and `EventBridge-PutEvents`.
//!
//! Owns the mapping of a request onto the parameters of a call, and the service's answer as the caller gets it.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Response, StatusCode};
use serde_json::{Value, json};

use super::authorize::Caller;
use super::http_api;
use super::wire::{self, Context};
use crate::bus::{BusService, NewEvent};
use crate::lambda::{Destinations, Retries};
use crate::queue::{QueueService, query};
use crate::template::{ServiceAction, ServiceCall};
use crate::{http, percent};

/// The services that an API can call.
pub(crate) struct Services {
    pub(super) queues: QueueService,
    buses: BusService,
    pub(super) retries: Retries,
    pub(super) destinations: Destinations,
    /// The address of the AWS endpoint.
    pub(super) endpoint: String,
}

impl fmt::Debug for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Services")
    }
}

impl Services {
    /// The services of a stage.
    pub(crate) fn new(
        queues: QueueService,
        buses: BusService,
        (retries, destinations): (Retries, Destinations),
        endpoint: &str,
    ) -> Self {
        let endpoint = endpoint.trim_start_matches("http://").to_owned();
        Self { queues, buses, retries, destinations, endpoint }
    }

    /// Calls a service with what it takes from a request, and answers with the service's answer.
    pub(super) async fn answer(
        &self,
        call: &ServiceCall,
        context: &Context<'_>,
        caller: &Caller,
        body: &Bytes,
    ) -> Response<Full<Bytes>> {
        let request = Mapped { context, caller, body };
        let parameters = call.parameters.iter();
        let parameters = parameters
            .filter_map(|(name, text)| Some((name.as_str(), request.value(text)?)))
            .collect();
        let answered = match call.action {
            ServiceAction::SendMessage => self.send(parameters).await,
            ServiceAction::PutEvents => self.put(parameters),
        };
        answered.unwrap_or_else(|message| {
            http::json(StatusCode::BAD_REQUEST, json!({ "message": message }).to_string())
        })
    }

    async fn send(&self, given: BTreeMap<&str, String>) -> Result<Response<Full<Bytes>>, String> {
        let mut request = serde_json::Map::new();
        for (name, text) in given {
            let value = match name {
                // There is one region.
                "Region" => continue,
                "DelaySeconds" => text
                    .parse::<i64>()
                    .map(Value::from)
                    .map_err(|_| format!("DelaySeconds is not a whole number: {text}"))?,
                "MessageAttributes" | "MessageSystemAttributes" => json_of(name, &text)?,
                _ => text.into(),
            };
            request.insert(name.to_owned(), value);
        }
        let body = Value::Object(request).to_string().into_bytes();
        let call = query::Call { action: "SendMessage".to_owned(), body };
        let answer = self.queues.handle(&call.action, &call.body).await;
        let (status, body) = (answer.status(), answer.into_body());
        if !status.is_success() {
            let error: Value = serde_json::from_slice(&body).unwrap_or_default();
            return Err(error["message"].as_str().unwrap_or_default().to_owned());
        }
        Ok(query::answer(&call, status, None, &body))
    }

    fn put(&self, mut given: BTreeMap<&str, String>) -> Result<Response<Full<Bytes>>, String> {
        let resources = given.remove("Resources");
        let resources = resources.map(|text| -> Result<Vec<String>, String> {
            serde_json::from_value(json_of("Resources", &text)?)
                .map_err(|_| format!("Resources is not a list of texts: {text}"))
        });
        let event = NewEvent {
            source: given.remove("Source"),
            detail_type: given.remove("DetailType"),
            detail: given.remove("Detail"),
            bus: given.remove("EventBusName"),
            resources: resources.transpose()?.unwrap_or_default(),
            time_s: given.remove("Time").map(|text| seconds(&text)).transpose()?,
            trace_header: given.remove("TraceHeader"),
        };
        if let Some(name) = given.keys().find(|name| **name != "Region") {
            return Err(format!("PutEvents has no parameter {name}"));
        }
        let taken = self.buses.put_events(std::slice::from_ref(&event));
        let taken = taken.map_err(|error| error.to_string())?;
        let failed = taken.iter().filter(|one| one.is_err()).count();
        let entries: Vec<Value> = taken
            .into_iter()
            .map(|one| match one {
                Ok(id) => json!({ "EventId": id }),
                Err(error) => json!({ "ErrorCode": error.code, "ErrorMessage": error.message }),
            })
            .collect();
        let body = json!({ "Entries": entries, "FailedEntryCount": failed });
        Ok(http::json(StatusCode::OK, body.to_string()))
    }
}

/// A parameter that is JSON.
fn json_of(name: &str, text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("{name} is not valid JSON: {error}"))
}

/// The time of an event, in seconds since the Unix epoch: RFC 3339, or the number itself.
fn seconds(text: &str) -> Result<f64, String> {
    let time = text.parse::<jiff::Timestamp>().map(|time| time.as_millisecond() as f64 / 1_000.0);
    time.or_else(|_| text.parse().map_err(|_| format!("Time is not a time: {text}")))
}

/// A request that parameters are taken from.
struct Mapped<'a> {
    context: &'a Context<'a>,
    caller: &'a Caller,
    body: &'a Bytes,
}

impl Mapped<'_> {
    /// The value of a parameter: a part of the request (`$request.body.name`), or a text with such parts in it
    /// (`${request.path.id}`). `None` for a part that the request does not have.
    fn value(&self, text: &str) -> Option<String> {
        if let Some(name) = text.strip_prefix('$').filter(|name| !name.starts_with('{')) {
            return self.part(name);
        }
        let mut value = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            value.push_str(before);
            let (name, after) = after.split_once('}')?;
            value.push_str(&self.part(name).unwrap_or_default());
            rest = after;
        }
        value.push_str(rest);
        Some(value)
    }

    fn part(&self, name: &str) -> Option<String> {
        let context = self.context;
        if let Some(variable) = name.strip_prefix("stageVariables.") {
            return context.variables.get(variable).cloned();
        }
        if let Some(variable) = name.strip_prefix("context.") {
            return self.of_context(variable);
        }
        let place = name.strip_prefix("request.")?;
        let (place, field) = place.split_once('.').map_or((place, None), |(a, b)| (a, Some(b)));
        match (place, field) {
            ("body", None) => {
                let text = String::from_utf8_lossy(self.body).into_owned();
                Some(text).filter(|text| !text.is_empty())
            }
            ("body", Some(path)) => {
                let body: Value = serde_json::from_slice(self.body).ok()?;
                text_of(path.split('.').try_fold(&body, |value, key| value.get(key))?)
            }
            ("header", Some(name)) => context.headers.get(name)?.to_str().ok().map(str::to_owned),
            ("querystring", Some(name)) => wire::query_value(context.query, name),
            ("path", None) => Some(context.path.to_owned()),
            ("path", Some(name)) => {
                let found = context.parameters.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| percent::path(value))
            }
            ("method", None) => Some(context.method.to_owned()),
            _ => None,
        }
    }

    /// A variable of the request's context, by the names that access logs use.
    fn of_context(&self, name: &str) -> Option<String> {
        let told = http_api::request_context(self.context, self.caller);
        let path = match name {
            "httpMethod" => "http.method",
            "path" => "http.path",
            "protocol" => "http.protocol",
            "identity.sourceIp" => "http.sourceIp",
            "identity.userAgent" => "http.userAgent",
            "requestTime" => "time",
            "requestTimeEpoch" => "timeEpoch",
            other => other,
        };
        text_of(path.split('.').try_fold(&told, |value, key| value.get(key))?)
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
