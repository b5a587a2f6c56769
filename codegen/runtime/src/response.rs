//! The response to a request, and what is logged about it.
//!
//! This module owns the format that API Gateway expects of a function (Lambda proxy integration, payload version
//! 1.0).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter::once;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::body::parameter;
use crate::style::write_lines;
use crate::{
    Encode, Failure, File, Problem, Request, Style, TableError, to_json, to_text, to_value,
};

/// Bytes of a response at most (Lambda quotas, "Invocation payload").
const MAX_BYTES: usize = 6_291_556;

/// An HTTP response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers, in order; a name may repeat.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// The body; base64 where [`is_base64`](Response::is_base64) says so.
    pub body: Option<String>,
    /// Whether the body is binary, which is sent to the gateway as base64.
    pub is_base64: bool,
}

impl Response {
    /// A response without a body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: None, is_base64: false }
    }
}

impl Serialize for Response {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut once: BTreeMap<&str, &str> = BTreeMap::new();
        let mut many: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, value) in &self.headers {
            many.entry(name).or_default().push(value);
        }
        many.retain(|name, values| match values.as_slice() {
            [only] => {
                once.insert(name, only);
                false
            }
            _ => true,
        });
        let mut wire = serializer.serialize_struct("Response", 5)?;
        wire.serialize_field("statusCode", &self.status)?;
        wire.serialize_field("headers", &once)?;
        if many.is_empty() {
            wire.skip_field("multiValueHeaders")?;
        } else {
            wire.serialize_field("multiValueHeaders", &many)?;
        }
        wire.serialize_field("body", self.body.as_deref().unwrap_or_default())?;
        wire.serialize_field("isBase64Encoded", &self.is_base64)?;
        wire.end()
    }
}

/// A response with what is logged about it.
#[derive(Debug)]
pub struct Reply {
    /// The response to the client.
    pub response: Response,
    /// The failure behind an opaque `500`.
    pub failure: Option<Failure>,
    /// The problem of an error response. Its body is created last, when the request is known.
    pub(crate) problem: Option<Problem>,
    /// Whether the runtime created the problem, so that it may have to be converted to the contract's error format.
    pub(crate) is_refusal: bool,
    /// Other media types of the same body.
    pub(crate) also: &'static [&'static str],
}

impl Reply {
    /// A response without a body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        let response = Response::empty(status);
        Self { response, failure: None, problem: None, is_refusal: false, also: &[] }
    }

    /// A response that is there already.
    pub(crate) fn of(response: Response) -> Self {
        Self { response, ..Self::empty(200) }
    }

    /// A response with a JSON body of this media type.
    #[must_use]
    pub fn json(status: u16, media_type: &'static str, body: &impl Encode) -> Self {
        let mut reply = Self::empty(status).header("Content-Type", media_type);
        reply.response.body = Some(to_json(body));
        reply
    }

    /// A response with a text body.
    #[must_use]
    pub fn text(status: u16, media_type: &'static str, body: &(impl Encode + ?Sized)) -> Self {
        // Without a character set, some readers take text for Latin-1.
        let is_open = media_type.starts_with("text/") && parameter(media_type, "charset").is_none();
        let content_type = match is_open {
            true => Cow::Owned(format!("{media_type}; charset=utf-8")),
            false => Cow::Borrowed(media_type),
        };
        let mut reply = Self::empty(status).header("Content-Type", content_type);
        reply.response.body = Some(to_text(body));
        reply
    }

    /// A response with a binary body.
    #[must_use]
    pub fn bytes(status: u16, media_type: &str, body: &[u8]) -> Self {
        let mut reply = Self::empty(status).header("Content-Type", media_type);
        reply.response.body = Some(crate::value::to_base64(body));
        reply.response.is_base64 = true;
        reply
    }

    /// A response with a file, of the file's own media type.
    #[must_use]
    pub fn file(status: u16, file: &File) -> Self {
        let media_type = file.content_type.as_deref().unwrap_or("application/octet-stream");
        Self::bytes(status, media_type, &file.content)
    }

    /// Sets the media type of the body that the client likes best.
    pub(crate) fn negotiate(&mut self, request: &Request) {
        let also = std::mem::take(&mut self.also);
        let is_type = |name: &str| name.eq_ignore_ascii_case("Content-Type");
        let headers = self.response.headers.iter_mut().filter(|(name, _)| is_type(name));
        for (_, value) in headers.filter(|_| !also.is_empty()) {
            let offered: Vec<&str> = once(value.as_str()).chain(also.iter().copied()).collect();
            let best = crate::body::preferred(request.header("Accept"), &offered);
            *value = offered[best.unwrap_or_default()].to_owned();
        }
    }

    /// Why Lambda would not take the response.
    pub(crate) fn too_large(&self) -> Option<Failure> {
        let body = self.response.body.as_deref().unwrap_or_default();
        // No character takes more than six bytes, and headers few.
        if body.len() < MAX_BYTES / 7 {
            return None;
        }
        let escaped = |byte: u8| match byte {
            b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 8 | 12 => 2,
            0..=0x1f => 6,
            _ => 1,
        };
        let headers = self.response.headers.iter();
        let headers: usize = headers.map(|(name, value)| name.len() + value.len() + 8).sum();
        let n_bytes = 128 + headers + body.bytes().map(escaped).sum::<usize>();
        (n_bytes > MAX_BYTES).then(|| {
            let told = format!("the response has {n_bytes} bytes, and Lambda takes {MAX_BYTES}");
            Failure::message(told)
        })
    }

    /// Other media types of the same body. The client gets the one that it prefers.
    #[must_use]
    pub fn also(self, media_types: &'static [&'static str]) -> Self {
        Self { also: media_types, ..self }
    }

    /// A response with a problem document. Its `instance` and `requestId` are set when it is sent.
    #[must_use]
    pub fn problem(problem: Problem) -> Self {
        let status = problem.status;
        Self { problem: Some(problem), ..Self::empty(status) }
    }

    /// An error response of the runtime itself, in the contract's error format where it has one.
    #[must_use]
    pub fn refusal(problem: Problem) -> Self {
        Self { is_refusal: true, ..Self::problem(problem) }
    }

    /// The opaque response to a failure that the contract does not declare.
    #[must_use]
    pub fn failed(failure: impl Into<Failure>) -> Self {
        match failure.into().into_refusal() {
            Ok(problem) => Self::refusal(problem),
            Err(failure) => Self { failure: Some(failure), ..Self::refusal(Problem::unexpected()) },
        }
    }

    /// The same, where it says that the request violates the contract with the status that the operation has for that.
    pub(crate) fn invalid_as(mut self, status: u16) -> Self {
        if let Some(problem) =
            self.problem.take_if(|problem| self.is_refusal && problem.status == 400)
        {
            self.response.status = status;
            self.problem = Some(problem.with_status(status));
        }
        self
    }

    /// Whether it is the response to a change that may have been made, and would be made twice.
    pub(crate) fn is_unknown(&self) -> bool {
        let error = self.failure.as_ref().and_then(Failure::downcast_ref);
        matches!(error, Some(TableError::OutcomeUnknown { .. }))
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.response.headers.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// Adds a header if there is a value.
    #[must_use]
    pub fn header_some(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.header(name, value),
            None => self,
        }
    }

    /// Adds a header with an array or an object, if there is a value; `Set-Cookie` once for each item.
    #[must_use]
    pub fn header_styled<T: Encode>(
        self,
        name: &'static str,
        style: Style,
        value: Option<&T>,
    ) -> Self {
        let lines = value.map(|value| write_lines(name, style, &to_value(value)));
        lines.into_iter().flatten().fold(self, |reply, line| reply.header(name, line))
    }

    /// The response to a method that a path does not have: `405`, or for `OPTIONS` its methods.
    #[must_use]
    pub fn other_method(method: &str, allow: &'static str) -> Self {
        let reply = match method {
            "OPTIONS" => Self::empty(204),
            _ => Self::refusal(Problem::new(405, format!("this path takes {allow}"))),
        };
        reply.header("Allow", allow)
    }

    /// The response to an unknown path.
    #[must_use]
    pub fn unknown_path() -> Self {
        Self::refusal(Problem::new(404, "the service has no such path"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::json;

    use super::*;

    #[test]
    fn has_the_shape_of_the_proxy_integration() {
        let reply = Reply::json(200, "application/json", &json!({"a": 1}));
        assert_eq!(
            serde_json::to_value(&reply.response).unwrap(),
            json!({
                "statusCode": 200,
                "headers": {"Content-Type": "application/json"},
                "body": "{\"a\":1}",
                "isBase64Encoded": false,
            })
        );
    }

    #[test]
    fn bytes_travel_as_base64_and_text_says_its_character_set() {
        let reply = Reply::bytes(200, "image/png", &[0xff, 0]);
        let value = serde_json::to_value(&reply.response).unwrap();
        assert_eq!((&value["body"], &value["isBase64Encoded"]), (&json!("/wA="), &json!(true)));
        let reply = Reply::text(200, "text/csv", "a,b");
        let value = serde_json::to_value(&reply.response).unwrap();
        assert_eq!(value["headers"]["Content-Type"], "text/csv; charset=utf-8");
        assert_eq!((&value["body"], &value["isBase64Encoded"]), (&json!("a,b"), &json!(false)));
    }

    #[test]
    fn repeated_headers_keep_all_values() {
        let reply = Reply::empty(204).header("A", "1").header("B", "2").header("A", "3");
        let value = serde_json::to_value(&reply.response).unwrap();
        assert_eq!(value["headers"], json!({"B": "2"}));
        assert_eq!(value["multiValueHeaders"], json!({"A": ["1", "3"]}));
    }

    #[test]
    fn every_cookie_has_a_line() {
        let cookies = vec!["a=1; Path=/".to_owned(), "b=2".to_owned()];
        let reply = Reply::empty(204).header_styled("Set-Cookie", Style::Simple, Some(&cookies));
        let value = serde_json::to_value(&reply.response).unwrap();
        assert_eq!(value["multiValueHeaders"], json!({"Set-Cookie": ["a=1; Path=/", "b=2"]}));
        let tags = Reply::empty(204).header_styled("X-Tags", Style::Simple, Some(&cookies));
        let value = serde_json::to_value(&tags.response).unwrap();
        assert_eq!(value["headers"], json!({"X-Tags": "a=1; Path=/,b=2"}));
    }

    #[test]
    fn options_tell_the_methods() {
        let reply = Reply::other_method("OPTIONS", "GET, HEAD");
        assert_eq!(reply.response.status, 204);
        assert_eq!(reply.response.headers, [(Cow::Borrowed("Allow"), "GET, HEAD".to_owned())]);
        assert_eq!(Reply::other_method("PATCH", "GET").response.status, 405);
    }
}
