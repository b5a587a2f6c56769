//! Entity tags of items that have a version (RFC 9110, sections 8.8.3 and 13.1).
//!
//! A tag is the version in quotes: `"3"`. Tags of other kinds match nothing.

use std::borrow::Cow;

use crate::{Encode, Reply, Request, Response, to_text};

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
    header.trim() == "*" || tags(header).any(|given| given == tag)
}

/// The versions that `If-Match` names; none where any will do.
pub(crate) fn versions(header: &str) -> Option<Vec<&str>> {
    if header.trim() == "*" {
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

/// The tags of a list. A tag of ours has no comma in it, so what one of others would be split into is none of ours.
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
