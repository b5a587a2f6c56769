//! Who may reach a server of the stage from a browser: the hosts that a request may name, and the pages that may send
//! one.
//!
//! A page of any site can send requests to this machine (cross-site request forgery), and can make its own name lead here
//! (DNS rebinding). Loopback names are always allowed, others only where the user says so. Programs send neither `Origin`
//! nor `Sec-Fetch-Site` and notice nothing of it.

use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{HOST, HeaderMap, HeaderValue, ORIGIN, REFERER};
use hyper::{Response, StatusCode, Version};
use serde_json::json;

/// The hosts and origins that are allowed besides those of this machine. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Visitors {
    hosts: Arc<[String]>,
    origins: Arc<[String]>,
}

/// The value that allows every host or origin.
const ANY: &str = "*";

/// Why a request is turned away before anything reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unwelcome<'h> {
    /// None, which HTTP/1.1 demands (RFC 9112, 3.2).
    #[error("the request has no Host")]
    NoHost,
    /// More than one `Host` (RFC 9112, 3.2).
    #[error("the request has more than one Host")]
    TwoHosts,
    /// A host that is not this machine's.
    #[error(
        "the stage does not accept the host `{0}`; to allow it, start the stage with --allow-host"
    )]
    Host(&'h str),
    /// A page of another site.
    #[error(
        "the stage does not accept requests from pages of `{0}`; to allow them, start the stage with --allow-origin"
    )]
    Origin(&'h str),
}

impl Visitors {
    /// Allows these besides loopback; `*` for any.
    pub(crate) fn new(hosts: &[String], origins: &[String]) -> Self {
        let lower = |all: &[String]| all.iter().map(|one| one.to_ascii_lowercase()).collect();
        Self { hosts: lower(hosts), origins: lower(origins) }
    }

    /// Checks the host that a request names. One of HTTP/1.0 needs none, and no browser sends such.
    pub(crate) fn check_host<'h>(
        &self,
        version: Version,
        headers: &'h HeaderMap,
    ) -> Result<(), Unwelcome<'h>> {
        let mut hosts = headers.get_all(HOST).iter();
        let Some(first) = hosts.next() else {
            return if version < Version::HTTP_11 { Ok(()) } else { Err(Unwelcome::NoHost) };
        };
        if hosts.next().is_some() {
            return Err(Unwelcome::TwoHosts);
        }
        let host = text(first);
        let is_allowed = is_loopback(without_port(host)) || self.allows_host(without_port(host));
        if is_allowed { Ok(()) } else { Err(Unwelcome::Host(host)) }
    }

    fn allows_host(&self, host: &str) -> bool {
        self.hosts.iter().any(|known| known == ANY || known.eq_ignore_ascii_case(host))
    }

    /// The origin of the page that sent a request, where it is neither of this machine nor allowed.
    pub(crate) fn foreign_origin<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        let origin = origin(headers)?;
        let host = origin.split_once("://").map_or("", |(_, host)| without_port(host));
        let is_allowed = is_loopback(host)
            || self.origins.iter().any(|known| known == ANY || known.eq_ignore_ascii_case(origin));
        (!is_allowed).then_some(origin)
    }

    /// Checks host and origin.
    pub(crate) fn check<'h>(
        &self,
        version: Version,
        headers: &'h HeaderMap,
    ) -> Result<(), Unwelcome<'h>> {
        self.check_host(version, headers)?;
        self.foreign_origin(headers).map_or(Ok(()), |origin| Err(Unwelcome::Origin(origin)))
    }
}

impl Unwelcome<'_> {
    /// The answer: 400 for what is no request, else 403.
    pub(crate) fn answer(&self) -> Response<Full<Bytes>> {
        let (status, kind) = match self {
            Self::NoHost | Self::TwoHosts => (StatusCode::BAD_REQUEST, "BadRequestException"),
            Self::Host(_) | Self::Origin(_) => (StatusCode::FORBIDDEN, "ForbiddenException"),
        };
        let body = json!({ "__type": kind, "message": self.to_string() }).to_string();
        let mut response = super::json(status, body);
        response.headers_mut().insert("x-amzn-errortype", HeaderValue::from_static(kind));
        response
    }
}

/// The origin of the page that sent a request. Browsers send no `Origin` with the images, scripts and frames of a page:
/// that these come from another site is in `Sec-Fetch-Site`, and the site in `Referer`, unless the page hides it. A link
/// that somebody follows is no request of a page; it is a `GET`.
fn origin(headers: &HeaderMap) -> Option<&str> {
    let value = |name: &str| headers.get(name).map(text);
    if let Some(origin) = headers.get(ORIGIN) {
        return Some(text(origin));
    }
    let is_link =
        value("sec-fetch-mode") == Some("navigate") && value("sec-fetch-dest") == Some("document");
    if is_link || !matches!(value("sec-fetch-site"), Some("cross-site" | "same-site")) {
        return None;
    }
    let origin = headers.get(REFERER).map(text).and_then(|url| {
        let (scheme, rest) = url.split_once("://")?;
        let host = rest.split('/').next()?;
        url.get(..scheme.len() + 3 + host.len())
    });
    Some(origin.unwrap_or("null"))
}

/// A value that is no text is nobody's name.
fn text(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or("?")
}

/// What is before the port; the whole where what follows a colon is no port, so that it is nobody's name.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name,
        _ => host,
    }
}

/// Whether a name can only be this machine: browsers resolve `localhost` and what is below it themselves.
fn is_loopback(host: &str) -> bool {
    let of_loopback =
        |host: &str| host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    let name = host.as_bytes();
    let ends_in = |end: &str| {
        name.len() >= end.len()
            && name[name.len() - end.len()..].eq_ignore_ascii_case(end.as_bytes())
    };
    of_loopback(host)
        || host == "[::1]"
        || host.eq_ignore_ascii_case("localhost")
        || ends_in(".localhost")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[track_caller]
    fn check(visitors: &Visitors, pairs: &[(&'static str, &str)], expected: Result<(), Unwelcome>) {
        let version = Version::HTTP_10;
        assert_eq!(visitors.check(version, &headers(pairs)), expected, "{pairs:?}");
    }

    #[test]
    fn loopback_is_always_welcome_and_nobody_else() {
        let visitors = Visitors::default();
        for host in [
            "127.0.0.1:3000",
            "127.9.9.9",
            "localhost:1",
            "LocalHost",
            "[::1]:80",
            "[::1]",
            "shop.localhost:1",
        ] {
            check(&visitors, &[("host", host)], Ok(()));
        }
        for host in [
            "evil.example:3000",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "evillocalhost",
            "10.0.0.1",
            "",
            "::1",
            "localhost:evil.example",
            "localhost:",
            "[::1].evil.example",
            "[::1]:80.evil.example",
            "[::1",
        ] {
            check(&visitors, &[("host", host)], Err(Unwelcome::Host(host)));
        }
        check(&visitors, &[], Ok(()));
        let none = HeaderMap::new();
        assert_eq!(visitors.check(Version::HTTP_11, &none), Err(Unwelcome::NoHost));
        check(&visitors, &[("host", "localhost"), ("host", "localhost")], Err(Unwelcome::TwoHosts));
        for origin in [
            "https://evil.example",
            "null",
            "http://127.0.0.1.evil.example:3000",
            "file://",
            "http://[::1].evil.example",
            "http://localhost:evil.example",
        ] {
            check(&visitors, &[("origin", origin)], Err(Unwelcome::Origin(origin)));
        }
        for origin in ["http://localhost:5173", "http://127.0.0.1:3000", "http://[::1]:8080"] {
            check(&visitors, &[("origin", origin)], Ok(()));
        }
    }

    /// Images, scripts and frames come without `Origin`.
    #[test]
    fn what_a_page_of_another_site_loads_is_refused() {
        let visitors = Visitors::new(&[], &["https://shop.example".to_owned()]);
        let site = |site: &'static str| ("sec-fetch-site", site);
        let from = |page: &'static str| ("referer", page);
        for (pairs, expected) in [
            (vec![site("cross-site")], Err(Unwelcome::Origin("null"))),
            (vec![site("same-site")], Err(Unwelcome::Origin("null"))),
            (
                vec![site("cross-site"), from("https://evil.example/localhost")],
                Err(Unwelcome::Origin("https://evil.example")),
            ),
            (
                vec![
                    site("cross-site"),
                    ("sec-fetch-mode", "navigate"),
                    ("sec-fetch-dest", "iframe"),
                ],
                Err(Unwelcome::Origin("null")),
            ),
            (vec![site("cross-site"), from("https://shop.example/cart")], Ok(())),
            (vec![site("same-site"), from("http://localhost:5173/")], Ok(())),
            (vec![site("same-origin")], Ok(())),
            (vec![site("none")], Ok(())),
            (
                vec![
                    site("cross-site"),
                    ("sec-fetch-mode", "navigate"),
                    ("sec-fetch-dest", "document"),
                ],
                Ok(()),
            ),
        ] {
            check(&visitors, &pairs, expected);
        }
    }

    #[test]
    fn what_the_user_allows_is_welcome() {
        let allowed = |hosts: &[&str], origins: &[&str]| {
            let owned = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
            Visitors::new(&owned(hosts), &owned(origins))
        };
        let visitors = allowed(&["Stage.Example"], &["https://shop.example"]);
        check(
            &visitors,
            &[("host", "stage.example:3000"), ("origin", "https://shop.example")],
            Ok(()),
        );
        let other = "https://shop.example:444";
        check(&visitors, &[("origin", other)], Err(Unwelcome::Origin(other)));
        check(&allowed(&["*"], &["*"]), &[("host", "a.b"), ("origin", "null")], Ok(()));
    }
}
