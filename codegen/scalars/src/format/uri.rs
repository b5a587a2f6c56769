//! URIs and relative references (RFC 3986).

use super::{is_ipv4, is_ipv6};

/// Whether a text is a URI (RFC 3986, section 3): it has a scheme.
#[must_use]
pub fn is_uri(text: &str) -> bool {
    match text.split_once(':') {
        Some((scheme, rest)) => is_scheme(scheme) && is_after_scheme(rest),
        None => false,
    }
}

/// Whether a text is a URI or a relative reference (RFC 3986, section 4.1).
#[must_use]
pub fn is_uri_reference(text: &str) -> bool {
    is_uri(text) || is_relative(text)
}

fn is_scheme(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.bytes().all(inner)
}

/// A relative reference: its first segment has no colon, or it would be a scheme.
fn is_relative(text: &str) -> bool {
    let first_segment = text.split(['/', '?', '#']).next().unwrap_or_default();
    !first_segment.contains(':') && is_after_scheme(text)
}

/// Authority, path, query and fragment, each as far as it is there.
fn is_after_scheme(text: &str) -> bool {
    let (text, fragment) = cut(text, '#');
    let (text, query) = cut(text, '?');
    let (authority, path) = match text.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", text),
    };
    is_authority(authority)
        && consists_of(path, b"/:@")
        && consists_of(query, b"/?:@")
        && consists_of(fragment, b"/?:@")
}

fn cut(text: &str, at: char) -> (&str, &str) {
    text.split_once(at).unwrap_or((text, ""))
}

fn is_authority(text: &str) -> bool {
    let (user, host) = text.rsplit_once('@').unwrap_or(("", text));
    let (host, port) = match host.rfind(':') {
        Some(colon) if !host[colon..].contains(']') => (&host[..colon], &host[colon + 1..]),
        _ => (host, ""),
    };
    consists_of(user, b":") && is_host(host) && port.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_host(text: &str) -> bool {
    match text.strip_prefix('[') {
        Some(rest) => {
            rest.strip_suffix(']').is_some_and(|inner| is_ipv6(inner) || is_future(inner))
        }
        None => is_ipv4(text) || consists_of(text, b""),
    }
}

/// `IPvFuture`: `v1.any`.
fn is_future(text: &str) -> bool {
    let Some((version, rest)) = text.strip_prefix(['v', 'V']).and_then(|rest| rest.split_once('.'))
    else {
        return false;
    };
    let is_hex = |byte: u8| byte.is_ascii_hexdigit();
    !version.is_empty()
        && version.bytes().all(is_hex)
        && !rest.is_empty()
        && !rest.contains('%')
        && consists_of(rest, b":")
}

/// Whether a text has only unreserved characters, sub-delimiters, percent-encoded bytes, and what is named.
fn consists_of(text: &str, also: &[u8]) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let fits = match byte {
            b'%' => {
                let mut hex = || bytes.next().is_some_and(|byte| byte.is_ascii_hexdigit());
                hex() && hex()
            }
            _ => {
                byte.is_ascii_alphanumeric()
                    || b"-._~!$&'()*+,;=".contains(&byte)
                    || also.contains(&byte)
            }
        };
        if !fits {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(is_met: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(is_met(text), "{text:?} is refused");
        }
        for text in bad {
            assert!(!is_met(text), "{text:?} is taken");
        }
    }

    /// The examples of RFC 3986, section 1.1.2, and what breaks one rule each.
    #[test]
    fn uris() {
        check(
            is_uri,
            &[
                "ftp://ftp.is.co.za/rfc/rfc1808.txt",
                "http://www.ietf.org/rfc/rfc2396.txt",
                "ldap://[2001:db8::7]/c=GB?objectClass?one",
                "mailto:John.Doe@example.com",
                "news:comp.infosystems.www.servers.unix",
                "tel:+1-816-555-1212",
                "telnet://192.0.2.16:80/",
                "urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
                "about:blank",
                "http://a:b@c:1/d%20e?f=/?#g/?",
                "file:///etc",
                "x://[v1.a:b]",
            ],
            &[
                "",
                "a",
                "/a",
                "//a/b",
                "1http://a",
                "http://a b",
                "http://a/%2",
                "http://a/%zz",
                "http://[::1",
                "http://[1.2]/",
                "http://a:b/",
                "http://é/",
                "http://a/{b}",
                "http://a#b#c",
                "http://a\\b",
                ":",
            ],
        );
    }

    /// Among them the examples of RFC 3986, section 5.4.
    #[test]
    fn references() {
        check(
            is_uri_reference,
            &[
                "",
                "g:h",
                "g",
                "./g",
                "g/",
                "/g",
                "//g",
                "?y",
                "g?y",
                "#s",
                "g#s",
                "g?y#s",
                ";x",
                "g;x",
                "..",
                "../../g",
                "about:blank",
                "./a:b",
                "/a:b",
            ],
            &["a b", "1:b", "g#s#t", "%", "<g>", "a\u{7f}", "//[::1", ":g"],
        );
    }
}
