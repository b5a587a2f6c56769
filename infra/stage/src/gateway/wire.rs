//! API Gateway's proxy events (REST API, payload format 1.0) and what functions answer to them.
//!
//! Values are as recorded from AWS: paths and path parameters of a REST API stay percent-encoded, those of an HTTP API are
//! decoded, and its paths begin with a stage that has a name; query parameters are decoded with `+` as a space, the last of
//! several values stands in the single-value maps.

mod reply;

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hyper::HeaderMap;
use hyper::header::CONTENT_LENGTH;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::authorize::Caller;
use crate::account::ACCOUNT;
use crate::{http, percent};
pub(super) use reply::{Kind, Reply, reply};

/// The form of `$context.requestTime`.
pub(super) const REQUEST_TIME: &str = "%d/%b/%Y:%H:%M:%S +0000";

/// What is known of a request, besides what it carries itself.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) api_id: &'a str,
    /// Whether it came to an HTTP API, whose events of format 1.0 differ from those of a REST API.
    pub(super) is_http_api: bool,
    /// Whether it came to the URL of a function.
    pub(super) is_function_url: bool,
    pub(super) stage: &'a str,
    pub(super) variables: &'a BTreeMap<String, String>,
    pub(super) resource: &'a str,
    pub(super) parameters: &'a [(&'a str, String)],
    pub(super) method: &'a str,
    /// The method of the route, which may be `ANY`.
    pub(super) route_method: &'a str,
    /// The path without the stage, as it was sent.
    pub(super) full_path: &'a str,
    /// The same with one slash before it.
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    /// The names of the headers as they were sent.
    pub(super) sent_names: &'a [&'a str],
    pub(super) trace_id: &'a str,
    pub(super) request_id: &'a str,
    pub(super) source_ip: &'a str,
    pub(super) port: u16,
    pub(super) now: jiff::Timestamp,
}

impl Context<'_> {
    /// The route as an HTTP API names it: `GET /items/{id}`, `$default`.
    pub(super) fn route_key(&self) -> String {
        match self.resource {
            "$default" => self.resource.to_owned(),
            path => format!("{} {path}", self.route_method),
        }
    }

    /// The path as an HTTP API tells it: decoded, and below the name of its stage.
    pub(super) fn decoded_path(&self) -> String {
        let path = percent::path(self.path);
        match self.stage {
            "$default" => path,
            stage => format!("/{stage}{path}"),
        }
    }
}

/// The event for a function.
pub(super) fn event(
    context: &Context<'_>,
    caller: &Caller,
    body: &Bytes,
    is_binary: bool,
) -> Vec<u8> {
    let is_base64 = is_binary && !body.is_empty();
    let text = match is_base64 {
        true => Cow::Owned(STANDARD.encode(body)),
        false => String::from_utf8_lossy(body),
    };
    let body = Some(text.as_ref()).filter(|text| !text.is_empty());
    built(context, caller, body, is_base64, |event| serde_json::to_vec(event).unwrap_or_default())
}

/// The event without a body and a caller, as an authorizer is asked.
pub(super) fn event_value(context: &Context<'_>) -> serde_json::Value {
    let caller = Caller::default();
    built(context, &caller, None, false, |event| serde_json::to_value(event).unwrap_or_default())
}

/// The value of a query parameter; of several the last, as in `queryStringParameters`.
pub(super) fn query_value(query: &str, name: &str) -> Option<String> {
    let query = Query::parse(query);
    let (_, values) = query.0.iter().find(|(known, _)| known == name)?;
    values.last().map(|value| value.clone().into_owned())
}

/// All values of each query parameter, decoded.
pub(super) fn query_values(query: &str) -> Vec<(String, Vec<String>)> {
    let owned = |values: Vec<Cow<'_, str>>| values.into_iter().map(Cow::into_owned).collect();
    let all = Query::parse(query).0.into_iter();
    all.map(|(name, values)| (name.into_owned(), owned(values))).collect()
}

/// Builds an event and hands it on. Maps with text keys, text and numbers always serialise.
fn built<T>(
    context: &Context<'_>,
    caller: &Caller,
    body: Option<&str>,
    is_base64: bool,
    write: impl Fn(&Event<'_>) -> T,
) -> T {
    let headers = Headers::of(context);
    let query = Query::parse(context.query);
    let host =
        context.headers.get("host").and_then(|value| value.to_str().ok()).unwrap_or("localhost");
    let path = match context.is_http_api {
        true => Cow::Owned(context.decoded_path()),
        false => Cow::Borrowed(context.path),
    };
    let parameter = |value: &str| match context.is_http_api {
        true => percent::path(value),
        false => value.to_owned(),
    };
    let event = Event {
        version: context.is_http_api.then_some("1.0"),
        resource: context.resource,
        path: &path,
        http_method: context.method,
        headers: Single(&headers.0),
        multi_value_headers: Multi(&headers.0),
        query_string_parameters: (!query.0.is_empty()).then_some(Single(&query.0)),
        multi_value_query_string_parameters: (!query.0.is_empty()).then_some(Multi(&query.0)),
        path_parameters: (!context.parameters.is_empty()).then(|| {
            context.parameters.iter().map(|(name, value)| (*name, parameter(value))).collect()
        }),
        stage_variables: (!context.variables.is_empty()).then_some(context.variables),
        request_context: RequestContext {
            account_id: ACCOUNT,
            api_id: context.api_id,
            authorizer: caller.authorizer.as_ref(),
            deployment_id: (!context.is_http_api).then_some("local"),
            domain_name: host,
            domain_prefix: context.api_id,
            extended_request_id: context.request_id,
            http_method: context.method,
            identity: Identity {
                access_key: caller.signer.as_ref().map(|(key, _)| key.as_str()),
                account_id: caller.signer.as_ref().map(|_| ACCOUNT),
                api_key: caller.api_key.as_ref().map(|(_, value)| value.as_str()),
                api_key_id: caller.api_key.as_ref().map(|(id, _)| id.as_str()),
                caller: caller.signer.as_ref().map(|(key, _)| key.as_str()),
                cognito_amr: context.is_http_api.then_some(()),
                cognito_authentication_provider: None,
                cognito_authentication_type: None,
                cognito_identity_id: None,
                cognito_identity_pool_id: None,
                principal_org_id: None,
                source_ip: context.source_ip,
                user: caller.signer.as_ref().map(|(key, _)| key.as_str()),
                user_agent: context.headers.get("user-agent").and_then(|value| value.to_str().ok()),
                user_arn: caller.signer.as_ref().map(|(_, arn)| arn.as_str()),
            },
            path: &match context.is_http_api {
                true => path.to_string(),
                false => format!("/{}{}", context.stage, context.full_path),
            },
            protocol: "HTTP/1.1",
            request_id: context.request_id,
            request_time: &context.now.strftime(REQUEST_TIME).to_string(),
            request_time_epoch: context.now.as_millisecond(),
            resource_id: (!context.is_http_api).then_some("local"),
            resource_path: context.resource,
            stage: context.stage,
        },
        body,
        is_base64_encoded: is_base64,
    };
    write(&event)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    resource: &'a str,
    path: &'a str,
    http_method: &'a str,
    headers: Single<'a>,
    multi_value_headers: Multi<'a>,
    query_string_parameters: Option<Single<'a>>,
    multi_value_query_string_parameters: Option<Multi<'a>>,
    path_parameters: Option<BTreeMap<&'a str, String>>,
    stage_variables: Option<&'a BTreeMap<String, String>>,
    request_context: RequestContext<'a>,
    body: Option<&'a str>,
    is_base64_encoded: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestContext<'a> {
    account_id: &'a str,
    api_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer: Option<&'a serde_json::Map<String, serde_json::Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deployment_id: Option<&'a str>,
    domain_name: &'a str,
    domain_prefix: &'a str,
    extended_request_id: &'a str,
    http_method: &'a str,
    identity: Identity<'a>,
    path: &'a str,
    protocol: &'a str,
    request_id: &'a str,
    request_time: &'a str,
    request_time_epoch: i64,
    resource_id: Option<&'a str>,
    resource_path: &'a str,
    stage: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Identity<'a> {
    access_key: Option<&'a str>,
    account_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_key_id: Option<&'a str>,
    caller: Option<&'a str>,
    /// Nothing, where it is there at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    cognito_amr: Option<()>,
    cognito_authentication_provider: Option<&'a str>,
    cognito_authentication_type: Option<&'a str>,
    cognito_identity_id: Option<&'a str>,
    cognito_identity_pool_id: Option<&'a str>,
    principal_org_id: Option<&'a str>,
    source_ip: &'a str,
    user: Option<&'a str>,
    user_agent: Option<&'a str>,
    user_arn: Option<&'a str>,
}

type Grouped<'a> = Vec<(Cow<'a, str>, Vec<Cow<'a, str>>)>;

/// Writes the last of the values of each name.
struct Single<'a>(&'a Grouped<'a>);

impl Serialize for Single<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, values) in self.0 {
            map.serialize_entry(name, &values.last())?;
        }
        map.end()
    }
}

/// Writes all values of each name.
struct Multi<'a>(&'a Grouped<'a>);

impl Serialize for Multi<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, values) in self.0 {
            map.serialize_entry(name, values)?;
        }
        map.end()
    }
}

/// The request headers that a REST API keeps from its integrations.
const REMOVED: [&str; 12] = [
    "connection",
    "content-length",
    "content-md5",
    "expect",
    "max-forwards",
    "proxy-authenticate",
    "server",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "www-authenticate",
];

/// Whether a REST API keeps a request header from its integrations; the name is in lower case.
pub(super) fn is_removed(header: &str) -> bool {
    REMOVED.contains(&header)
}

/// The headers that an integration is given, by their names as they were sent, each with its last value.
pub(super) fn header_values(context: &Context<'_>) -> Vec<(String, String)> {
    let last = |(name, values): (Cow<'_, str>, Vec<Cow<'_, str>>)| {
        Some((name.into_owned(), values.into_iter().next_back()?.into_owned()))
    };
    Headers::of(context).0.into_iter().filter_map(last).collect()
}

struct Headers<'a>(Grouped<'a>);

impl<'a> Headers<'a> {
    /// The request's headers, and those that API Gateway adds.
    fn of(context: &'a Context<'_>) -> Self {
        let mut grouped: Grouped<'a> = Vec::with_capacity(context.headers.keys_len() + 4);
        for name in context.headers.keys() {
            let is_removed = match context.is_http_api {
                true => name == "connection",
                false => is_removed(name.as_str()),
            };
            let is_replaced = matches!(
                name.as_str(),
                "x-amzn-trace-id" | "x-forwarded-proto" | "x-forwarded-port"
            );
            if is_removed || is_replaced {
                continue;
            }
            let values = context
                .headers
                .get_all(name)
                .iter()
                .map(|value| String::from_utf8_lossy(value.as_bytes()));
            let sent = match (context.is_http_api, name.as_str()) {
                (false, "authorization") => "Authorization",
                (false, "host") => "Host",
                (false, "user-agent") => "User-Agent",
                _ => http::as_sent(context.sent_names, name.as_str()),
            };
            grouped.push((Cow::Borrowed(sent), values.collect()));
        }
        match grouped.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case("x-forwarded-for")) {
            Some((_, values)) => {
                let forwarded = format!("{}, {}", values.join(", "), context.source_ip);
                *values = vec![Cow::Owned(forwarded)];
            }
            None => grouped.push(("X-Forwarded-For".into(), vec![context.source_ip.into()])),
        }
        grouped.push(("X-Forwarded-Port".into(), vec![context.port.to_string().into()]));
        grouped.push(("X-Forwarded-Proto".into(), vec!["http".into()]));
        grouped.push(("X-Amzn-Trace-Id".into(), vec![context.trace_id.into()]));
        // An HTTP API tells the length of a body that is not there, too.
        if context.is_http_api && !context.headers.contains_key(CONTENT_LENGTH) {
            grouped.push(("Content-Length".into(), vec!["0".into()]));
        }
        Self(grouped)
    }
}

struct Query<'a>(Grouped<'a>);

impl<'a> Query<'a> {
    fn parse(query: &'a str) -> Self {
        let mut grouped: Grouped<'a> = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (percent::form(name), percent::form(value));
            match grouped.iter_mut().find(|(known, _)| *known == name) {
                Some((_, values)) => values.push(value),
                None => grouped.push((name, vec![value])),
            }
        }
        Self(grouped)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use hyper::header::HeaderValue;
    use serde_json::{Value, json};

    use super::*;

    fn event_of(
        path: &str,
        query: &str,
        headers: &[(&'static str, &'static str)],
        body: &[u8],
    ) -> Value {
        event_in(false, path, query, headers, body)
    }

    fn event_in(
        is_http_api: bool,
        path: &str,
        query: &str,
        headers: &[(&'static str, &'static str)],
        body: &[u8],
    ) -> Value {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_static(value));
        }
        let context = Context {
            api_id: "abc",
            is_http_api,
            is_function_url: false,
            stage: "dev",
            variables: &BTreeMap::new(),
            resource: "/order/{userName}",
            parameters: &[("userName", "a%20b".to_owned())],
            method: "GET",
            full_path: path,
            path,
            query,
            headers: &map,
            sent_names: &["Accept", "X-Own", "Content-Type", "host"],
            route_method: "GET",
            trace_id: "Root=1-2-3",
            request_id: "id",
            source_ip: "127.0.0.1",
            port: 3000,
            now: jiff::Timestamp::from_second(1_700_000_000).unwrap(),
        };
        let is_binary = headers.iter().any(|(_, value)| *value == "image/png");
        let body = Bytes::copy_from_slice(body);
        serde_json::from_slice(&event(&context, &Caller::default(), &body, is_binary)).unwrap()
    }

    #[test]
    fn an_http_api_decodes_paths_and_writes_its_stage_before_them() {
        let event = event_in(true, "/order/a%20b", "", &[], b"");
        assert_eq!(
            (&event["path"], &event["resource"]),
            (&json!("/dev/order/a b"), &json!("/order/{userName}"))
        );
        assert_eq!(event["requestContext"]["path"], "/dev/order/a b");
        assert_eq!(event["pathParameters"], json!({ "userName": "a b" }));
        assert_eq!(event["headers"]["Content-Length"], "0");
        let rest = event_of("/order/a%20b", "", &[], b"");
        assert_eq!(
            (&rest["path"], &rest["pathParameters"]["userName"]),
            (&json!("/order/a%20b"), &json!("a%20b"))
        );
    }

    #[test]
    fn of_several_values_of_a_parameter_the_last_counts() {
        assert_eq!(query_value("a=1&b=2&a=3", "a").as_deref(), Some("3"));
        assert_eq!(query_value("a=%+5&b", "a").as_deref(), Some("% 5"));
        assert_eq!(query_value("a=1", "c"), None);
    }

    #[test]
    fn the_path_stays_encoded_and_the_context_names_the_stage() {
        let event = event_of("/order/a%20b", "", &[], b"");
        assert_eq!(event["path"], "/order/a%20b");
        assert_eq!(event["pathParameters"], json!({ "userName": "a%20b" }));
        assert_eq!(event["requestContext"]["path"], "/dev/order/a%20b");
        assert_eq!(event["requestContext"]["requestTime"], "14/Nov/2023:22:13:20 +0000");
        assert_eq!(event["body"], Value::Null);
        assert_eq!(event["queryStringParameters"], Value::Null);
        assert_eq!(event["stageVariables"], Value::Null);
    }

    #[test]
    fn query_parameters_are_decoded_and_the_last_value_counts() {
        let event = event_of("/", "a=1&a=2+3&b=%C3%A9&c&d=%zz", &[], b"");
        assert_eq!(
            event["queryStringParameters"],
            json!({ "a": "2 3", "b": "é", "c": "", "d": "%zz" })
        );
        assert_eq!(event["multiValueQueryStringParameters"]["a"], json!(["1", "2 3"]));
    }

    #[test]
    fn headers_keep_all_their_values_and_get_those_of_the_gateway() {
        let event = event_of("/", "", &[("accept", "a"), ("accept", "b")], b"");
        assert_eq!(event["headers"]["Accept"], "b");
        assert_eq!(event["multiValueHeaders"]["Accept"], json!(["a", "b"]));
        assert_eq!(event["headers"]["X-Amzn-Trace-Id"], "Root=1-2-3");
        assert_eq!(event["headers"]["X-Forwarded-For"], "127.0.0.1");
    }

    #[test]
    fn a_rest_api_names_and_removes_headers_as_recorded() {
        let sent = [
            ("authorization", "a"),
            ("user-agent", "b"),
            ("host", "c"),
            ("content-length", "0"),
            ("te", "d"),
            ("upgrade", "e"),
            ("server", "f"),
        ];
        let event = event_of("/", "", &sent, b"");
        let names: Vec<&String> = event["headers"].as_object().unwrap().keys().collect();
        let added = ["X-Amzn-Trace-Id", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto"];
        let kept = ["Authorization", "Host", "User-Agent"];
        assert_eq!(names, kept.iter().chain(&added).collect::<Vec<_>>());
    }

    #[test]
    fn text_bodies_pass_as_they_are_and_those_that_are_declared_binary_in_base64() {
        let event = event_of("/", "", &[], "ü".as_bytes());
        assert_eq!((&event["body"], &event["isBase64Encoded"]), (&json!("ü"), &json!(false)));
        let png = [("content-type", "image/png")];
        let event = event_of("/", "", &png, &[0xff, 0x00]);
        assert_eq!((&event["body"], &event["isBase64Encoded"]), (&json!("/wA="), &json!(true)));
        let event = event_of("/", "", &png, b"text");
        assert_eq!((&event["body"], &event["isBase64Encoded"]), (&json!("dGV4dA=="), &json!(true)));
        let event = event_of("/", "", &[], &[0xff, b'a']);
        assert_eq!(
            (&event["body"], &event["isBase64Encoded"]),
            (&json!("\u{fffd}a"), &json!(false))
        );
    }
}
