//! Pages of other origins (WHATWG Fetch, "HTTP CORS protocol"): the answer to a preflight, and what lets a page read any
//! other.
//!
//! A preflight carries no credentials, so it is answered before anybody asks who calls.

use std::borrow::Cow;

use crate::{Reply, Request};

/// Which pages may call, and what they may send and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cors {
    /// The origins; `*` alone for every one.
    pub origins: &'static [&'static str],
    /// Whether a browser may add credentials by itself.
    pub credentials: bool,
    /// How long a browser keeps the answer to a preflight, in seconds.
    pub max_age_seconds: u32,
    /// The headers that requests may have, with commas between.
    pub sent: &'static str,
    /// The headers of answers that a page may read, with commas between.
    pub read: &'static str,
}

impl Cors {
    /// The origin as the answer names it; none for a request of no page, or of one that may not call.
    fn allowed<'r>(&self, request: &'r Request) -> Option<Cow<'r, str>> {
        let origin = request.header("origin").next()?;
        if self.origins == ["*"] {
            return Some(Cow::Borrowed("*"));
        }
        self.origins.contains(&origin).then_some(Cow::Borrowed(origin))
    }

    /// Adds to an answer what lets the page behind a request read it.
    pub(crate) fn finish(&self, request: &Request, mut reply: Reply) -> Reply {
        if self.origins != ["*"] {
            // A cache must not give the answer for one origin to another.
            reply = reply.header("Vary", "Origin");
        }
        let Some(origin) = self.allowed(request) else { return reply };
        reply = reply.header("Access-Control-Allow-Origin", origin);
        if self.credentials {
            reply = reply.header("Access-Control-Allow-Credentials", "true");
        }
        if !is_preflight(request) {
            let read = Some(self.read).filter(|read| !read.is_empty());
            return reply.header_some("Access-Control-Expose-Headers", read);
        }
        let allow = reply.response.headers.iter().find(|(name, _)| name == "Allow");
        let methods = allow.map(|(_, methods)| methods.clone());
        reply
            .header_some("Access-Control-Allow-Methods", methods)
            .header("Access-Control-Allow-Headers", self.sent)
            .header("Access-Control-Max-Age", self.max_age_seconds.to_string())
    }
}

/// Whether a request only asks what another may do.
fn is_preflight(request: &Request) -> bool {
    request.method() == "OPTIONS"
        && request.header("access-control-request-method").next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORS: Cors = Cors {
        origins: &["https://shop.example", "https://admin.example"],
        credentials: true,
        max_age_seconds: 600,
        sent: "Authorization, Content-Type",
        read: "Location",
    };

    fn header<'r>(reply: &'r Reply, name: &str) -> Option<&'r str> {
        let found = reply.response.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    #[test]
    fn a_preflight_is_told_what_may_be_sent() {
        let request = Request::new("OPTIONS", "/order")
            .with_header("Origin", "https://admin.example")
            .with_header("Access-Control-Request-Method", "POST");
        let reply = CORS.finish(&request, Reply::other_method("OPTIONS", "GET, POST"));
        assert_eq!(reply.response.status, 204);
        assert_eq!(header(&reply, "Access-Control-Allow-Origin"), Some("https://admin.example"));
        assert_eq!(header(&reply, "Access-Control-Allow-Credentials"), Some("true"));
        assert_eq!(header(&reply, "Access-Control-Allow-Methods"), Some("GET, POST"));
        assert_eq!(header(&reply, "Access-Control-Allow-Headers"), Some(CORS.sent));
        assert_eq!(header(&reply, "Access-Control-Max-Age"), Some("600"));
    }

    #[test]
    fn a_page_of_another_origin_reads_nothing() {
        let request = Request::new("GET", "/order").with_header("origin", "https://evil.example");
        let reply = CORS.finish(&request, Reply::empty(204));
        assert_eq!(header(&reply, "Access-Control-Allow-Origin"), None);
        assert_eq!(header(&reply, "Vary"), Some("Origin"));
    }

    #[test]
    fn every_origin_is_a_star() {
        let cors = Cors { origins: &["*"], credentials: false, ..CORS };
        let request = Request::new("GET", "/order").with_header("origin", "https://a.example");
        let reply = cors.finish(&request, Reply::empty(204));
        assert_eq!(header(&reply, "Access-Control-Allow-Origin"), Some("*"));
        assert_eq!(header(&reply, "Access-Control-Expose-Headers"), Some("Location"));
        assert_eq!(header(&reply, "Vary"), None);
    }
}
