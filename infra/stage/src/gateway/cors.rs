//! The CORS configuration of HTTP APIs and function URLs: preflight requests are answered without any function, and every
//! answer says who may read it.

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderName, HeaderValue, ORIGIN,
};
use hyper::{Method, Response, StatusCode};

use crate::template::Cors;

/// Whether pages of an origin may ask.
pub(super) fn grants(cors: &Cors, origin: &str) -> bool {
    cors.origins.iter().any(|known| match known.strip_suffix('*') {
        Some(start) if known == "*" || known.ends_with("://*") => origin.starts_with(start),
        _ => known == origin,
    })
}

/// The answer to a preflight request; `None` for any other.
pub(super) fn preflight(
    cors: &Cors,
    method: &Method,
    sent: &HeaderMap,
) -> Option<Response<Full<Bytes>>> {
    let origin = sent.get(ORIGIN)?.to_str().ok()?;
    if method != Method::OPTIONS || !sent.contains_key(ACCESS_CONTROL_REQUEST_METHOD) {
        return None;
    }
    let mut response = Response::new(Full::default());
    *response.status_mut() = StatusCode::NO_CONTENT;
    if grants(cors, origin) {
        let headers = response.headers_mut();
        list(headers, ACCESS_CONTROL_ALLOW_METHODS, &cors.methods);
        list(headers, ACCESS_CONTROL_ALLOW_HEADERS, &cors.headers);
        if let Some(seconds) = cors.max_age {
            headers.insert(ACCESS_CONTROL_MAX_AGE, seconds.into());
        }
        tell(cors, origin, headers);
    }
    Some(response)
}

/// Says on an answer who may read it, in the place of what the function says.
pub(super) fn finish(cors: &Cors, sent: &HeaderMap, headers: &mut HeaderMap) {
    for name in [
        ACCESS_CONTROL_ALLOW_ORIGIN,
        ACCESS_CONTROL_ALLOW_METHODS,
        ACCESS_CONTROL_ALLOW_HEADERS,
        ACCESS_CONTROL_ALLOW_CREDENTIALS,
        ACCESS_CONTROL_EXPOSE_HEADERS,
        ACCESS_CONTROL_MAX_AGE,
    ] {
        headers.remove(name);
    }
    let origin = sent.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    if let Some(origin) = origin.filter(|origin| grants(cors, origin)) {
        list(headers, ACCESS_CONTROL_EXPOSE_HEADERS, &cors.exposed);
        tell(cors, origin, headers);
    }
}

fn tell(cors: &Cors, origin: &str, headers: &mut HeaderMap) {
    let is_any = cors.origins.iter().any(|known| known == "*");
    let told = if is_any { "*" } else { origin };
    if let Ok(value) = HeaderValue::from_str(told) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, value);
    }
    if cors.credentials {
        headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    }
}

fn list(headers: &mut HeaderMap, name: HeaderName, values: &[String]) {
    if let Ok(value) = HeaderValue::from_str(&values.join(","))
        && !values.is_empty()
    {
        headers.insert(name, value);
    }
}
