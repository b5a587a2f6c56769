//! Entity tags of items that have a version (RFC 9110, sections 8.8.3 and 13.1).
//!
//! A tag is the version in quotes: `"3"`. Tags of other kinds match nothing.

use std::borrow::Cow;

use crate::{Encode, Problem, Reply, Request, Response, to_text};

/// The entity tag of a version.
#[must_use]
pub fn etag(version: &impl Encode) -> String {
    format!("\"{}\"", to_text(version))
}

/// Whether `If-Match` lets a version be changed: it is absent, `*`, or names the version.
#[must_use]
pub fn if_match(header: Option<&str>, version: &impl Encode) -> bool {
    let Some(header) = header else { return true };
    let tag = etag(version);
    is_any(header) || tags(header).any(|given| given == tag)
}

/// Whether a precondition is about any item, whatever its tag.
fn is_any(header: &str) -> bool {
    header.trim() == "*"
}

/// Whether `If-None-Match: *` asks that there be no item yet.
#[must_use]
pub fn must_be_new(header: Option<&str>) -> bool {
    header.is_some_and(is_any)
}

/// What a bound write is to the preconditions of a request (RFC 9110, section 13.1). Those that it cannot meet are not
/// ignored: the response is `412`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preconditions {
    /// It stores a new item only.
    Create,
    /// It stores an item, whether there is one or not, and heeds `If-None-Match: *` itself.
    Store {
        /// Whether the items have a version, and it heeds `If-Match`.
        versioned: bool,
    },
    /// It changes an item, or stores one under a key that is not in its address.
    Change {
        /// Whether the items have a version, and it heeds `If-Match`.
        versioned: bool,
    },
}

impl Preconditions {
    /// The precondition of a request that is not met.
    pub(crate) fn failed(self, request: &Request) -> Option<Problem> {
        let (versioned, any_matches) = match self {
            Self::Create => (false, true),
            Self::Store { versioned } => (versioned, false),
            Self::Change { versioned } => (versioned, true),
        };
        let mut sent = request.header("If-Match").filter(|_| !versioned);
        if sent.any(|header| !(any_matches && is_any(header))) {
            let detail = "`If-Match` matches nothing: the item has no entity tag";
            return Some(Problem::new(412, detail));
        }
        for header in request.header("If-None-Match") {
            match is_any(header) {
                true if matches!(self, Self::Change { .. }) => {
                    let detail =
                        "this operation does not store new items only, as `If-None-Match: *` asks";
                    return Some(Problem::new(412, detail));
                }
                false if versioned => {
                    let detail =
                        "a change takes no entity tags in `If-None-Match`, but in `If-Match`";
                    return Some(Problem::new(412, detail));
                }
                // Without entity tags, none matches.
                _ => {}
            }
        }
        None
    }
}

/// The versions that `If-Match` names; none where any will do.
pub(crate) fn versions(header: &str) -> Option<Vec<&str>> {
    if is_any(header) {
        return None;
    }
    let versions = tags(header).filter_map(|tag| tag.strip_prefix('"')?.strip_suffix('"'));
    let is_number = |text: &&str| {
        (1..=38).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && (*text == "0" || !text.starts_with('0'))
    };
    Some(versions.filter(is_number).take(50).collect())
}

/// The tags of a list. Our own tags contain no comma, so the parts of a foreign tag that contains one never equal ours.
fn tags(header: &str) -> impl Iterator<Item = &str> {
    header.split(',').map(str::trim)
}

impl Reply {
    /// Adds the entity tag of a version.
    #[must_use]
    pub fn etag(self, version: &impl Encode) -> Self {
        self.header("ETag", etag(version))
    }

    /// `304` where the client has the answer already (RFC 9110, section 13.1.2).
    pub(crate) fn unless_known(self, request: &Request) -> Self {
        let is_read = matches!(request.method(), "GET" | "HEAD");
        if !is_read || !(200..300).contains(&self.response.status) {
            return self;
        }
        let is_tag = |name: &str| name.eq_ignore_ascii_case("etag");
        let Some((_, tag)) = self.response.headers.iter().find(|(name, _)| is_tag(name)) else {
            return self;
        };
        let weak = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).to_owned();
        let known = request.header("If-None-Match").flat_map(tags);
        let mut known = known.filter(|given| *given == "*" || weak(given) == weak(tag));
        if known.next().is_none() {
            return self;
        }
        let is_kept = |name: &str| {
            let kept = ["etag", "cache-control", "content-location", "date", "expires", "vary"];
            kept.iter().any(|kept| name.eq_ignore_ascii_case(kept))
        };
        let mut response = Response::empty(304);
        let headers = self.response.headers.iter().filter(|(name, _)| is_kept(name));
        response.headers = headers.map(|(name, value)| (Cow::clone(name), value.clone())).collect();
        Self { response, ..self }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::json;

    use super::*;

    #[test]
    fn a_version_is_its_number_in_quotes() {
        assert_eq!(etag(&3_i64), "\"3\"");
    }

    #[test]
    fn only_the_very_version_matches() {
        for header in [None, Some("*"), Some(" \"3\""), Some("\"2\", \"3\"")] {
            assert!(if_match(header, &3_i64), "{header:?}");
        }
        for header in ["\"2\"", "W/\"3\"", "3", "", "\"x\""] {
            assert!(!if_match(Some(header), &3_i64), "{header}");
        }
    }

    #[test]
    fn what_is_no_version_is_left_out() {
        assert_eq!(versions("*"), None);
        assert_eq!(versions("\"3\",W/\"4\", \"x\", \"\"").unwrap(), ["3"]);
    }

    #[test]
    fn preconditions_that_nothing_meets_are_not_ignored() {
        use Preconditions::{Change, Create, Store};
        let (if_match, none) = ("if-match", "if-none-match");
        let plain = [Create, Store { versioned: false }, Change { versioned: false }];
        let counted = [Store { versioned: true }, Change { versioned: true }];
        for (name, value, kind, fails) in [
            (if_match, "\"x\"", &plain[..], [true, true, true].as_slice()),
            (if_match, "*", &plain, &[false, true, false]),
            (if_match, "\"x\"", &counted, &[false, false]),
            (none, "*", &plain, &[false, false, true]),
            (none, "*", &counted, &[false, true]),
            (none, "\"x\"", &plain, &[false, false, false]),
            (none, "\"x\"", &counted, &[true, true]),
            ("x-other", "*", &plain, &[false, false, false]),
        ] {
            let event = json!({"path": "/", "httpMethod": "PUT", "headers": {name: value}});
            let request: Request = serde_json::from_str(&event.to_string()).unwrap();
            for (one, fails) in kind.iter().zip(fails) {
                let problem = one.failed(&request);
                assert_eq!(problem.is_some(), *fails, "{name}: {value}, {one:?}");
                assert!(problem.is_none_or(|problem| problem.status == 412));
            }
        }
    }

    #[test]
    fn a_client_that_knows_the_answer_gets_304() {
        let ask = |method: &str, header: &str| -> Request {
            let event =
                json!({"path": "/", "httpMethod": method, "headers": {"if-none-match": header}});
            serde_json::from_str(&event.to_string()).unwrap()
        };
        let answer = |method: &str, header: &str| {
            let reply = Reply::json(200, "application/json", &json!({})).etag(&3_i64);
            reply.unless_known(&ask(method, header)).response
        };
        for known in ["\"3\"", "W/\"3\"", "*", "\"1\", \"3\""] {
            let response = answer("GET", known);
            assert_eq!((response.status, response.body), (304, None), "{known}");
            assert_eq!(response.headers, [(Cow::Borrowed("ETag"), "\"3\"".to_owned())]);
        }
        assert_eq!(answer("GET", "\"2\"").status, 200);
        assert_eq!(answer("PUT", "\"3\"").status, 200);
    }
}
