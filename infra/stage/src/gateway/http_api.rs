//! HTTP APIs and function URLs: the event of payload format 2.0, what functions answer to it, and the gateway's own
//! answers.
//!
//! Paths and path parameters are decoded, several values of a header or query parameter are joined by commas, cookies
//! stand by themselves, and what is empty is left out, as in AWS. A function URL keeps `rawPath` as it was sent and the
//! header with the cookies, and a caller that did not sign has the account `anonymous`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{
    CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue,
    WWW_AUTHENTICATE,
};
use hyper::{Response, StatusCode};
use serde_json::{Map, Value, json};

use super::authorize::Caller;
use super::error::Rejection;
use super::wire::{self, Context, Reply};
use crate::account::ACCOUNT;
use crate::{http, percent};

/// The event for a function.
pub(super) fn event(context: &Context<'_>, caller: &Caller, body: &Bytes) -> Vec<u8> {
    let mut event = of_request(context, caller);
    let is_text = is_text(context.headers) && std::str::from_utf8(body).is_ok();
    if !body.is_empty() {
        let text = match is_text {
            true => String::from_utf8_lossy(body).into_owned(),
            false => STANDARD.encode(body),
        };
        event["body"] = text.into();
    }
    event["isBase64Encoded"] = (!is_text && !body.is_empty()).into();
    event.to_string().into_bytes()
}

/// The event for an authorizer.
pub(super) fn authorizer_event(context: &Context<'_>, arn: &str, identity: &[String]) -> Vec<u8> {
    let mut event = of_request(context, &Caller::default());
    event["type"] = "REQUEST".into();
    event["routeArn"] = arn.into();
    event["identitySource"] = identity.into();
    event.to_string().into_bytes()
}

/// What an event tells of its request under `requestContext`.
pub(super) fn request_context(context: &Context<'_>, caller: &Caller) -> Value {
    of_request(context, caller)["requestContext"].take()
}

fn of_request(context: &Context<'_>, caller: &Caller) -> Value {
    let path = context.decoded_path();
    let raw_path = if context.is_function_url { context.path } else { &path };
    let account = match (context.is_function_url, &caller.signer) {
        (true, None) => "anonymous",
        _ => ACCOUNT,
    };
    let header = |name: &str| context.headers.get(name).and_then(|value| value.to_str().ok());
    let host = header("host").unwrap_or("localhost");
    let mut event = json!({
        "version": "2.0",
        "routeKey": context.route_key(),
        "rawPath": raw_path,
        "rawQueryString": context.query,
        "headers": headers(context),
        "requestContext": {
            "accountId": account,
            "apiId": context.api_id,
            "domainName": host,
            "domainPrefix": context.api_id,
            "http": {
                "method": context.method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": context.source_ip,
                "userAgent": header("user-agent").unwrap_or_default(),
            },
            "requestId": context.request_id,
            "routeKey": context.route_key(),
            "stage": context.stage,
            "time": context.now.strftime(wire::REQUEST_TIME).to_string(),
            "timeEpoch": context.now.as_millisecond(),
        },
    });
    let cookies = context.headers.get_all("cookie").iter().filter_map(|value| value.to_str().ok());
    let cookies: Vec<&str> = cookies.flat_map(|all| all.split("; ")).collect();
    let query = wire::query_values(context.query);
    let query: Map<String, Value> =
        query.into_iter().map(|(name, values)| (name, values.join(",").into())).collect();
    let parameters = context.parameters.iter();
    let parameters: Map<String, Value> =
        parameters.map(|(name, value)| ((*name).to_owned(), percent::path(value).into())).collect();
    let optional = [
        ("cookies", json!(cookies), cookies.is_empty()),
        ("queryStringParameters", query.clone().into(), query.is_empty()),
        ("pathParameters", parameters.clone().into(), parameters.is_empty()),
        ("stageVariables", json!(context.variables), context.variables.is_empty()),
    ];
    for (name, value, is_empty) in optional {
        if !is_empty {
            event[name] = value;
        }
    }
    if let Some(authorizer) = authorizer(caller) {
        event["requestContext"]["authorizer"] = authorizer;
    }
    event
}

fn authorizer(caller: &Caller) -> Option<Value> {
    if let Some((key, arn)) = &caller.signer {
        let iam = json!({
            "accessKey": key, "accountId": ACCOUNT, "callerId": key, "userArn": arn, "userId": key,
            "cognitoIdentity": null, "principalOrgId": null,
        });
        return Some(json!({ "iam": iam }));
    }
    let told = caller.authorizer.as_ref()?;
    // A token tells its claims; a function tells whatever it wants.
    match told.get("claims").filter(|_| told.contains_key("scopes")) {
        Some(_) => Some(json!({ "jwt": told })),
        None => Some(json!({ "lambda": told })),
    }
}

fn headers(context: &Context<'_>) -> Map<String, Value> {
    let mut headers = Map::new();
    let is_left_out = |name: &HeaderName| match *name {
        CONNECTION => true,
        COOKIE => !context.is_function_url,
        _ => false,
    };
    for name in context.headers.keys().filter(|name| !is_left_out(name)) {
        let values = context.headers.get_all(name).iter();
        let values: Vec<_> =
            values.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        let separator = if *name == COOKIE { "; " } else { "," };
        headers.insert(name.to_string(), values.join(separator).into());
    }
    if !context.is_function_url {
        headers.entry(CONTENT_LENGTH.as_str()).or_insert_with(|| "0".into());
    }
    let before = headers.get("x-forwarded-for").and_then(Value::as_str);
    let forwarded = before.map(|before| format!("{before}, {}", context.source_ip));
    for (name, value) in [
        ("x-amzn-trace-id", context.trace_id.to_owned()),
        ("x-forwarded-for", forwarded.unwrap_or_else(|| context.source_ip.to_owned())),
        ("x-forwarded-port", context.port.to_string()),
        ("x-forwarded-proto", "http".to_owned()),
    ] {
        headers.insert(name.to_owned(), value.into());
    }
    headers
}

/// Whether bodies of this media type reach the function as they are.
pub(super) fn is_text(headers: &HeaderMap) -> bool {
    let Some(media_type) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return true;
    };
    let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    media_type.starts_with("text/")
        || media_type.ends_with("+json")
        || media_type.ends_with("+xml")
        || ["application/json", "application/javascript", "application/xml"]
            .contains(&media_type.as_str())
}

/// Reads a function's answer. One without a status is the body itself.
pub(super) fn reply(payload: &[u8], is_function_url: bool) -> Result<Reply, String> {
    let answer: Value =
        serde_json::from_slice(payload).map_err(|error| format!("malformed response: {error}"))?;
    let is_whole = answer.as_object().is_some_and(|answer| answer.contains_key("statusCode"));
    if !is_whole {
        let body = match answer {
            Value::String(text) => text,
            other => other.to_string(),
        };
        let json = HeaderValue::from_static("application/json");
        let headers = vec![("content-type".to_owned(), json)];
        return Ok(Reply { status: 200, headers, body: body.into() });
    }
    let mut reply = wire::reply(payload, wire::Kind::Http, true)?;
    for cookie in answer["cookies"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let value = HeaderValue::from_str(cookie)
            .map_err(|_| "malformed response: invalid cookie".to_owned())?;
        reply.headers.push(("set-cookie".to_owned(), value));
    }
    if !reply.headers.iter().any(|(name, _)| name == CONTENT_TYPE.as_str()) {
        let default =
            if is_function_url { "application/json" } else { "text/plain; charset=utf-8" };
        reply.headers.push(("content-type".to_owned(), HeaderValue::from_static(default)));
    }
    Ok(reply)
}

/// What the gateway answers itself. A function URL answers a function that failed as a bad gateway, in plain text.
pub(super) fn rejected(rejection: &Rejection, is_function_url: bool) -> Response<Full<Bytes>> {
    if is_function_url && *rejection == Rejection::IntegrationFailure {
        let mut response = Response::new(Full::new(Bytes::from_static(b"Internal Server Error")));
        *response.status_mut() = StatusCode::BAD_GATEWAY;
        return response;
    }
    let (status, message) = match rejection {
        Rejection::MissingAuthenticationToken => (404, "Not Found"),
        Rejection::RequestTooLarge | Rejection::EventTooLarge => (413, "Request Entity Too Large"),
        Rejection::HeadersTooLarge => (431, "Request Header Fields Too Large"),
        Rejection::UnsupportedMediaType => (415, "Unsupported Media Type"),
        Rejection::BadRequest
        | Rejection::EventNotJson(_)
        | Rejection::MissingParameters(_)
        | Rejection::InvalidBody(_) => (400, "Bad Request"),
        Rejection::IntegrationTimeout => (503, "Service Unavailable"),
        Rejection::Throttled | Rejection::QuotaExceeded => (429, "Too Many Requests"),
        Rejection::BadToken(challenge) if challenge.lacks_scope => (403, "Forbidden"),
        Rejection::Unauthorized | Rejection::BadToken(_) => (401, "Unauthorized"),
        Rejection::Denied(_)
        | Rejection::NotAllowed
        | Rejection::KeptOut(_)
        | Rejection::InvalidApiKey
        | Rejection::Unsigned
        | Rejection::InvalidSignature
        | Rejection::ExpiredToken => (403, "Forbidden"),
        Rejection::IntegrationFailure
        | Rejection::ApiConfigurationError
        | Rejection::AuthorizerFailure
        | Rejection::AuthorizerConfiguration => (500, "Internal Server Error"),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = http::json(status, json!({ "message": message }).to_string());
    if let Rejection::BadToken(challenge) = rejection
        && let Ok(value) = HeaderValue::from_str(&challenge.header())
    {
        response.headers_mut().insert(WWW_AUTHENTICATE, value);
    }
    response
}
