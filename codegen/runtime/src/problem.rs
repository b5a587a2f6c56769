//! The problem document of RFC 9457, "Problem Details for HTTP APIs", which is the format of all errors that clients
//! see.
//!
//! This module owns the document and the reason phrases in its titles. An undeclared failure exposes only its request
//! ID.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::{At, Decode, Encode, Sink, Violation, Violations};

/// An error response of an operation. Its members are those of [`Details`].
///
/// **Shape**: `application/problem+json`, without empty members.
///
/// ```
/// use runtime::Problem;
///
/// let problem = Problem::not_found("There is no basket of anna.");
/// assert_eq!((problem.status, &*problem.title), (404, "Not Found"));
/// assert_eq!(problem.detail.as_deref(), Some("There is no basket of anna."));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(Box<Details>);

/// The members of a problem document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// `type`: a URI that identifies the problem type; `about:blank` when the status is sufficient.
    pub kind: Cow<'static, str>,
    /// A short summary of the problem type.
    pub title: Cow<'static, str>,
    /// The HTTP status code of the response.
    pub status: u16,
    /// An explanation of this occurrence.
    pub detail: Option<String>,
    /// The path of the failed request, of a long one the beginning; set when the problem is sent.
    pub instance: Option<String>,
    /// `requestId`: the request ID, as in the logs; set when the problem is sent.
    pub request_id: Option<String>,
    /// Every location where the request violates the contract; of very many the first, which `detail` says.
    pub violations: Vec<Violation>,
}

impl Deref for Problem {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.0
    }
}

impl DerefMut for Problem {
    fn deref_mut(&mut self) -> &mut Details {
        &mut self.0
    }
}

impl Problem {
    /// The media type of the document.
    pub const MEDIA_TYPE: &'static str = "application/problem+json";

    /// A problem with the title of its status.
    #[must_use]
    pub fn new(status: u16, detail: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind: Cow::Borrowed("about:blank"),
            title: Cow::Borrowed(reason_phrase(status)),
            status,
            detail: Some(detail.into()).filter(|detail: &String| !detail.is_empty()),
            instance: None,
            request_id: None,
            violations: Vec::new(),
        }))
    }

    /// `400`: the request violates the contract in these locations.
    #[must_use]
    pub fn bad_request(violations: Violations) -> Self {
        let detail = match violations.len() {
            1 => "the request violates the contract in 1 place".to_owned(),
            n if violations.n_more() > 0 => {
                let n_listed = n - violations.n_more();
                format!(
                    "the request violates the contract in {n} places, of which the first \
                     {n_listed} are listed"
                )
            }
            n => format!("the request violates the contract in {n} places"),
        };
        let mut problem = Self::new(400, detail);
        problem.violations = violations.into_vec();
        problem
    }

    /// `400`: the request violates the contract in this location.
    #[must_use]
    pub fn violation(pointer: &str, detail: &str) -> Self {
        let mut violations = Violations::default();
        violations.add(pointer, detail);
        Self::bad_request(violations)
    }

    /// `400`: this parameter is not the token of a page of the same list.
    #[must_use]
    pub fn bad_page_token(pointer: &str) -> Self {
        Self::violation(pointer, "found a string that is not the token of a previous page")
    }

    /// `403`: the caller is not allowed to make this request.
    #[must_use]
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(403, detail)
    }

    /// `404`: the resource does not exist.
    #[must_use]
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(404, detail)
    }

    /// `409`: the request conflicts with the current state.
    #[must_use]
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(409, detail)
    }

    /// `422`: the request is well-formed, but cannot be processed.
    #[must_use]
    pub fn unprocessable(detail: impl Into<String>) -> Self {
        Self::new(422, detail)
    }

    /// `503`: a dependency is not available.
    #[must_use]
    pub fn unavailable(detail: impl Into<String>) -> Self {
        Self::new(503, detail)
    }

    /// `500`: the response for a failure that the contract does not declare.
    #[must_use]
    pub fn unexpected() -> Self {
        Self::new(
            500,
            "something failed that is not your fault; quote `requestId` when you ask for help",
        )
    }

    /// Sets `instance` to a path, which may be as long as the client likes, or to its beginning.
    pub(crate) fn set_instance(&mut self, path: &str) {
        // What generated contracts allow. Half an escape would be no URI.
        let mut end = path.floor_char_boundary(2048);
        if let Some(at) = path[..end].rfind('%').filter(|at| end < path.len() && end - at < 3) {
            end = at;
        }
        self.instance = Some(path[..end].to_owned());
    }

    /// The same problem with this status. The title follows the status, unless it was customized.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        if self.title == reason_phrase(self.status) {
            self.title = Cow::Borrowed(reason_phrase(status));
        }
        self.status = status;
        self
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Listed<'a>(&'a Violation);
        impl Serialize for Listed<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("pointer", &self.0.pointer)?;
                map.serialize_entry("detail", &self.0.detail)?;
                map.end()
            }
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &self.kind)?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("status", &self.status)?;
        let optional = [
            ("detail", &self.detail),
            ("instance", &self.instance),
            ("requestId", &self.request_id),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                map.serialize_entry(name, value)?;
            }
        }
        if !self.violations.is_empty() {
            map.serialize_entry(
                "violations",
                &self.violations.iter().map(Listed).collect::<Vec<_>>(),
            )?;
        }
        map.end()
    }
}

/// Reads a violation as a problem document has it.
impl Decode for Violation {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let pointer = object.required("pointer");
        let detail = object.required("detail");
        Some(Self { pointer: pointer?, detail: detail? })
    }
}

impl Encode for Violation {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("pointer", &self.pointer);
        out.field("detail", &self.detail);
        out.end_map();
    }
}

/// Reads a document as a client. Extension members of RFC 9457 are skipped.
impl Decode for Problem {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let kind: Option<String> = object.or("type", "\"about:blank\"");
        let title: Option<String> = object.required("title");
        let status: Option<i32> = object.required("status");
        let detail = object.optional("detail");
        let instance = object.optional("instance");
        let request_id = object.optional("requestId");
        let violations = object.or("violations", "[]");
        Some(Self(Box::new(Details {
            kind: kind?.into(),
            title: title?.into(),
            status: u16::try_from(status?).unwrap_or_default(),
            detail: detail?,
            instance: instance?,
            request_id: request_id?,
            violations: violations?,
        })))
    }
}

/// The reason phrase of a status (RFC 9110, section 15, and its registry); `Error` for an unknown status.
#[must_use]
pub fn reason_phrase(status: u16) -> &'static str {
    scalars::status::phrase(status).unwrap_or("Error")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::json;

    use super::*;

    #[test]
    fn leaves_out_what_is_empty() {
        assert_eq!(
            serde_json::to_value(Problem::not_found("there is no such product")).unwrap(),
            json!({
                "type": "about:blank",
                "title": "Not Found",
                "status": 404,
                "detail": "there is no such product",
            })
        );
    }

    #[test]
    fn lists_every_violation() {
        let mut violations = Violations::default();
        violations.add("/body/price", "found -1, expected at least 0");
        violations.add("/query/limit", "found 0, expected at least 1");
        let value = serde_json::to_value(Problem::bad_request(violations)).unwrap();
        assert_eq!(value["detail"], "the request violates the contract in 2 places");
        assert_eq!(value["violations"][1]["pointer"], "/query/limit");
    }

    #[test]
    fn violations_that_are_not_listed_are_counted() {
        let mut violations = Violations::default();
        (0..6_080).for_each(|at| violations.add(format!("/body/{at}"), "found nothing"));
        let problem = Problem::bad_request(violations);
        let detail =
            "the request violates the contract in 6080 places, of which the first 100 are listed";
        assert_eq!((problem.detail.as_deref(), problem.violations.len()), (Some(detail), 100));
    }

    #[test]
    fn a_long_path_is_cut_where_it_stays_a_uri() {
        let check = |path: &str, n_bytes: usize| {
            let mut problem = Problem::new(404, "");
            problem.set_instance(path);
            assert_eq!(problem.instance.as_deref(), Some(&path[..n_bytes]));
        };
        check("/short%", 7);
        check(&format!("/{}%41", "a".repeat(2_044)), 2_048);
        for before in 2_045..2_048 {
            let end = if before == 2_047 { 2_048 } else { before + 1 };
            check(&format!("/{}%41%41%41", "a".repeat(before)), end);
        }
        check(&format!("/{}é", "a".repeat(2_046)), 2_047);
    }

    #[test]
    fn is_read_as_it_was_written() {
        let problem = Problem::violation("/body", "found nothing");
        let value = serde_json::to_value(&problem).unwrap();
        assert_eq!(crate::decode_json::<Problem>("", &value).unwrap(), problem);
        assert!(crate::decode_json::<Problem>("", &json!({"title": "x"})).is_err());
    }

    #[test]
    fn another_status_brings_its_title() {
        let problem = Problem::new(415, "x").with_status(400);
        assert_eq!((problem.status, problem.title.as_ref()), (400, "Bad Request"));
    }
}
