//! `x-cors`: which pages of other origins may call.

use crate::diag::catalog::security as fault;
use crate::lower::{Reported, Scope};
use crate::model::Cors;
use crate::parse::{Node, Value};

/// How long a browser keeps the answer to a preflight unless the contract says otherwise, in seconds.
const MAX_AGE_SECONDS: u32 = 600;

/// The setting of a document, where it has one.
pub(crate) fn lower_cors(scope: Scope<'_>, document: &Node) -> Result<Option<Cors>, Reported> {
    let Some(node) = document.get("x-cors") else { return Ok(None) };
    if node.text().is_none() && !matches!(node.value, Value::Map(_)) {
        scope.sink.report(match node.items().iter().find_map(Node::text) {
            Some(origin) => fault::origins_listed(node.span, origin),
            None => fault::no_origins(node.span),
        });
        return Err(Reported);
    }
    let listed: Vec<&Node> = match node.text() {
        Some(_) => vec![node],
        None => node.get("origins").map(Node::items).unwrap_or_default().iter().collect(),
    };
    let mut sound = true;
    let mut origins = vec![];
    for one in &listed {
        let text = one.text().unwrap_or_default();
        let wrong = match text {
            "*" if listed.len() > 1 => {
                Some("`*` allows every origin, so no other origin can be listed".to_owned())
            }
            _ => wrong_origin(text),
        };
        match wrong {
            None => origins.push(text.to_owned()),
            Some(why) => {
                scope.sink.report(fault::bad_origin(one.span, why));
                sound = false;
            }
        }
    }
    let credentials = node.flag_at("credentials").unwrap_or(false);
    // A key that is misspelt, or a value of another kind, has been told.
    let is_told =
        scope.docs.failed(node) || node.get("origins").is_some_and(|of| scope.docs.failed(of));
    if listed.is_empty() && is_told {
        return Err(Reported);
    }
    if listed.is_empty() {
        scope.sink.report(fault::no_origins(node.span));
        sound = false;
    }
    if credentials && origins == ["*"] {
        scope.sink.report(fault::every_origin_with_credentials(node.span));
        sound = false;
    }
    let max_age = node.count_at("maxAgeSeconds").map_or(Some(MAX_AGE_SECONDS), |seconds| {
        u32::try_from(seconds).ok().filter(|seconds| *seconds <= 86_400)
    });
    let Some(max_age_seconds) = max_age else {
        scope.sink.report(fault::bad_max_age(node.get("maxAgeSeconds").unwrap_or(node).span));
        return Err(Reported);
    };
    let origin = scope.origin(node.span);
    sound.then_some(Some(Cors { origins, credentials, max_age_seconds, origin })).ok_or(Reported)
}

/// Why a text is no origin as browsers send it in `Origin` (RFC 6454, section 6.2), which is compared as text; `None` where it
/// is one, or `*`.
fn wrong_origin(text: &str) -> Option<String> {
    if text == "*" {
        return None;
    }
    let not_one = || Some(format!("`{text}` is not an origin"));
    let Some((scheme, rest)) = text.split_once("://") else { return not_one() };
    let usual_port = match scheme {
        "http" => "80",
        "https" => "443",
        _ => return not_one(),
    };
    // Between brackets stands an IPv6 address, which has colons of its own.
    let (is_host, after) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, after)) => (address.parse::<std::net::Ipv6Addr>().is_ok(), after),
        None => {
            let end = rest.find(':').unwrap_or(rest.len());
            (is_name(&rest[..end]), &rest[end..])
        }
    };
    let port = match after.strip_prefix(':') {
        Some(port) => Some(port),
        None if after.is_empty() => None,
        None => return not_one(),
    };
    let is_port = |port: &str| {
        let is_plain = port.bytes().all(|byte| byte.is_ascii_digit()) && !port.starts_with('0');
        is_plain && port.parse::<u16>().is_ok()
    };
    match port {
        _ if !is_host => not_one(),
        Some(port) if !is_port(port) => not_one(),
        Some(port) if port == usual_port => Some(format!(
            "no page has the origin `{text}`: browsers leave out the port {port} of `{scheme}`"
        )),
        _ => None,
    }
}

/// Whether a text is the name of a host, in lower case as browsers send it.
fn is_name(host: &str) -> bool {
    let is_legal = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_'
    };
    host.split('.').all(|label| !label.is_empty() && label.bytes().all(is_legal))
}

#[cfg(test)]
mod tests {
    use super::wrong_origin;

    #[test]
    fn origins_are_those_that_browsers_send() {
        for right in [
            "*",
            "https://shop.example.com",
            "http://localhost:5173",
            "https://127.0.0.1:8443",
            "http://[::1]:3000",
            "http://example.com:443",
        ] {
            assert_eq!(wrong_origin(right), None, "{right}");
        }
        for wrong in [
            "https://a.example:443",
            "http://a.example:80",
            "http://a.example:1:2",
            "http://a.example:",
            "http://a.example:080",
            "http://a.example:65536",
            "http://[::1",
            "http://[a]",
            "http://[::1]x",
            "http://::1",
            "http://a..b",
            "http://",
            "https://A.example",
            "https://a.example/",
            "https://*.example",
            "ftp://a.example",
            "null",
        ] {
            assert!(wrong_origin(wrong).is_some(), "{wrong}");
        }
    }
}
