//! What functions answer to proxy events.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hyper::header::HeaderValue;
use limits::Arrival;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// What a function answers.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    #[serde(default, deserialize_with = "given")]
    status_code: Option<Value>,
    #[serde(default)]
    headers: Option<BTreeMap<String, Value>>,
    #[serde(default)]
    multi_value_headers: Option<BTreeMap<String, Vec<Value>>>,
    #[serde(default, borrow)]
    body: Option<Cow<'a, str>>,
    #[serde(default)]
    is_base64_encoded: Option<bool>,
    #[serde(flatten)]
    others: BTreeMap<String, IgnoredAny>,
}

/// A value that is there, `null` included.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// An answer that can be sent on.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::gateway) struct Reply {
    pub(in crate::gateway) status: u16,
    pub(in crate::gateway) headers: Vec<(String, HeaderValue)>,
    pub(in crate::gateway) body: Bytes,
}

/// Headers that belong to the connection, or that the server sets itself.
const HOP_BY_HOP: [&str; 6] =
    ["connection", "content-length", "keep-alive", "transfer-encoding", "te", "upgrade"];

/// The kind of API that a function answers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::gateway) enum Kind {
    /// It renames some headers, drops others, refuses fields that it does not know, and takes an answer without a status
    /// as a success.
    Rest,
    Http,
}

/// Reads a function's answer; the error says what is wrong with it. Base64 stays what it is unless the client is one that
/// gets bytes.
pub(in crate::gateway) fn reply(
    payload: &[u8],
    kind: Kind,
    gets_bytes: bool,
) -> Result<Reply, String> {
    // Serde would read a list as the fields of an answer, too.
    if payload.trim_ascii_start().first() != Some(&b'{') {
        return Err("malformed response: it is not an object".to_owned());
    }
    let malformed = |error: serde_json::Error| format!("malformed response: {error}");
    let answer: Answer<'_> = serde_json::from_slice(payload).map_err(malformed)?;
    let status_code = match (kind, answer.status_code, answer.others.keys().next()) {
        (Kind::Rest, _, Some(name)) => {
            return Err(format!("malformed response: a REST API knows no field `{name}`"));
        }
        (Kind::Http, None, _) => {
            return Err("malformed response: it has no `statusCode`".to_owned());
        }
        (_, given, _) => given.unwrap_or_else(|| 200.into()),
    };
    let status = match &status_code {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    let status = status
        .and_then(|status| u16::try_from(status).ok())
        // 1xx is never the final answer to a request (RFC 9110, section 15.2).
        .filter(|status| (200..=599).contains(status));
    let status =
        status.ok_or_else(|| format!("malformed response: `statusCode` is {status_code}"))?;
    let body = match (answer.body, answer.is_base64_encoded) {
        (None, _) => Bytes::new(),
        (Some(text), Some(true)) if gets_bytes => STANDARD
            .decode(text.as_bytes())
            .map_err(|error| format!("malformed response: `body`: {error}"))?
            .into(),
        (Some(text), _) => Bytes::from(text.into_owned()),
    };
    let multiple = answer.multi_value_headers.unwrap_or_default();
    let single = answer.headers.unwrap_or_default();
    // Both maps are merged; a value that stands in both is sent once.
    let is_double = |(name, value): &(String, Value)| {
        multiple.iter().any(|(other, all)| other.eq_ignore_ascii_case(name) && all.contains(value))
    };
    let mut headers = Vec::new();
    for (name, values) in &multiple {
        for value in values {
            push_header(&mut headers, kind, name, value)?;
        }
    }
    for (name, value) in single.into_iter().filter(|pair| !is_double(pair)) {
        push_header(&mut headers, kind, &name, &value)?;
    }
    let n_bytes: usize = headers.iter().map(|(name, value)| name.len() + value.len()).sum();
    let most = limits::API_HEADER_BYTES as usize;
    if n_bytes > most {
        return Err(format!(
            "the response headers have {n_bytes} bytes; API Gateway allows {most}"
        ));
    }
    Ok(Reply { status, headers, body })
}

fn push_header(
    headers: &mut Vec<(String, HeaderValue)>,
    kind: Kind,
    name: &str,
    value: &Value,
) -> Result<(), String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return Err(format!("malformed response: the header `{name}` is not a string")),
    };
    let arrival = match kind {
        Kind::Rest => limits::arrival(name),
        Kind::Http => Arrival::Kept,
    };
    let is_hop = || HOP_BY_HOP.iter().any(|hop| name.eq_ignore_ascii_case(hop));
    let name = match arrival {
        Arrival::Remapped => Cow::Owned(format!("{}{name}", limits::REMAPPED)),
        Arrival::Dropped => return Ok(()),
        Arrival::Kept if is_hop() => return Ok(()),
        Arrival::Kept => Cow::Borrowed(name),
    };
    let value = HeaderValue::from_str(&text)
        .map_err(|_| format!("malformed response: the header `{name}` is invalid"))?;
    headers.push((name.to_ascii_lowercase(), value));
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check_refused(payload: Value) {
        assert!(reply(payload.to_string().as_bytes(), Kind::Rest, true).is_err());
    }

    #[test]
    fn malformed_answers_are_refused() {
        assert!(reply(b"nonsense", Kind::Rest, true).is_err());
        check_refused(json!([200]));
        check_refused(json!({ "statusCode": null }));
        check_refused(json!({ "statusCode": 200, "cookies": ["a=1"] }));
        check_refused(json!({ "statusCode": "fine" }));
        for status in [0, 99, 100, 101, 199, 600, 65_736] {
            check_refused(json!({ "statusCode": status }));
        }
        check_refused(json!({ "statusCode": 200, "body": { "no": "text" } }));
        check_refused(json!({ "statusCode": 200, "body": "!", "isBase64Encoded": true }));
        check_refused(json!({ "statusCode": 200, "headers": { "a": ["list"] } }));
        check_refused(json!({ "statusCode": 200, "headers": { "a": "line\nbreak" } }));
        check_refused(json!({ "statusCode": 200, "headers": { "a": "x".repeat(10_240) } }));
    }

    #[test]
    fn a_rest_api_takes_an_answer_without_a_status_and_an_http_api_does_not() {
        let of = |payload: &str, kind| reply(payload.as_bytes(), kind, true);
        for payload in ["{}", r#"{"headers": {"a": "b"}}"#] {
            assert_eq!(of(payload, Kind::Rest).unwrap().status, 200);
            assert!(of(payload, Kind::Http).is_err());
        }
        let cookies = r#"{"statusCode": 201, "cookies": []}"#;
        assert_eq!(of(cookies, Kind::Http).unwrap().status, 201);
    }

    #[test]
    fn base64_stays_what_it_is_for_a_client_that_takes_no_bytes() {
        let payload = br#"{"statusCode": 200, "body": "aGk=", "isBase64Encoded": true}"#;
        assert_eq!(reply(payload, Kind::Rest, true).unwrap().body, "hi");
        assert_eq!(reply(payload, Kind::Rest, false).unwrap().body, "aGk=");
    }

    #[test]
    fn a_rest_api_renames_headers_and_an_http_api_does_not() {
        let payload = json!({
            "statusCode": 401,
            "headers": {
                "WWW-Authenticate": "Bearer", "date": "now", "Connection": "close",
                "Content-Length": "3", "Trailer": "a", "X-Own": "1",
            },
        });
        let names = |kind| {
            let reply = reply(payload.to_string().as_bytes(), kind, true).unwrap();
            let mut names: Vec<_> = reply.headers.into_iter().map(|(name, _)| name).collect();
            names.sort_unstable();
            names
        };
        let remapped = ["connection", "date", "www-authenticate"];
        let mut rest: Vec<_> =
            remapped.iter().map(|name| format!("x-amzn-remapped-{name}")).collect();
        rest.push("x-own".to_owned());
        assert_eq!(names(Kind::Rest), rest);
        assert_eq!(names(Kind::Http), ["date", "trailer", "www-authenticate", "x-own"]);
    }

    #[test]
    fn both_maps_of_headers_are_merged_and_the_connection_is_not_the_functions() {
        let payload = json!({
            "statusCode": "201",
            "headers": { "Set-Cookie": "a", "X-Count": 3, "Connection": "close" },
            "multiValueHeaders": { "set-cookie": ["a", "b"], "X-count": ["4"] },
            "body": "aGk=",
            "isBase64Encoded": true,
        });
        let reply = reply(payload.to_string().as_bytes(), Kind::Rest, true).unwrap();
        assert_eq!(reply.status, 201);
        assert_eq!(reply.body, "hi");
        let headers: Vec<_> = reply
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
            .collect();
        let connection = ("x-amzn-remapped-connection", "close");
        assert_eq!(
            headers,
            [
                ("x-count", "4"),
                ("set-cookie", "a"),
                ("set-cookie", "b"),
                connection,
                ("x-count", "3")
            ]
        );
    }
}
