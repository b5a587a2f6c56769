//! URIs (RFC 3986), IRIs (RFC 3987), and relative references to either.

use super::{is_ipv4, is_ipv6};

/// Whether a text is a URI (RFC 3986, section 3): it has a scheme.
#[must_use]
pub fn is_uri(text: &str) -> bool {
    text.is_ascii() && is_iri(text)
}

/// Whether a text is a URI or a relative reference (RFC 3986, section 4.1).
#[must_use]
pub fn is_uri_reference(text: &str) -> bool {
    text.is_ascii() && is_iri_reference(text)
}

/// Whether a text is an IRI (RFC 3987, section 2.2): a URI that may hold characters of every script.
#[must_use]
pub fn is_iri(text: &str) -> bool {
    match text.split_once(':') {
        Some((scheme, rest)) => is_scheme(scheme) && is_after_scheme(rest),
        None => false,
    }
}

/// Whether a text is an IRI or a relative reference (RFC 3987, section 2.2).
#[must_use]
pub fn is_iri_reference(text: &str) -> bool {
    is_iri(text) || is_relative(text)
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
    let query_too = |character: char| "/?:@".contains(character) || is_private(character);
    is_authority(authority)
        && consists_of(path, |character| "/:@".contains(character))
        && consists_of(query, query_too)
        && consists_of(fragment, |character| "/?:@".contains(character))
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
    consists_of(user, |character| character == ':')
        && is_host(host)
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_host(text: &str) -> bool {
    match text.strip_prefix('[') {
        Some(rest) => {
            rest.strip_suffix(']').is_some_and(|inner| is_ipv6(inner) || is_future(inner))
        }
        None => is_ipv4(text) || consists_of(text, |_| false),
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
        && rest.is_ascii()
        && !rest.contains('%')
        && consists_of(rest, |character| character == ':')
}

/// Whether a text has only unreserved characters, sub-delimiters, percent-encoded bytes, and what is named.
fn consists_of(text: &str, also: impl Fn(char) -> bool) -> bool {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let fits = match character {
            '%' => {
                let mut hex = || characters.next().is_some_and(|next| next.is_ascii_hexdigit());
                hex() && hex()
            }
            _ if character.is_ascii() => {
                character.is_ascii_alphanumeric()
                    || "-._~!$&'()*+,;=".contains(character)
                    || also(character)
            }
            _ => is_ucschar(character) || also(character),
        };
        if !fits {
            return false;
        }
    }
    true
}

/// `ucschar` of RFC 3987: what an IRI holds beyond ASCII.
fn is_ucschar(character: char) -> bool {
    match u32::from(character) {
        0xA0..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFFEF => true,
        code @ 0x1_0000..=0xE_FFFF => {
            code & 0xFFFF < 0xFFFE && !(0xE_0000..0xE_1000).contains(&code)
        }
        _ => false,
    }
}

/// `iprivate` of RFC 3987: for queries only.
fn is_private(character: char) -> bool {
    matches!(u32::from(character), 0xE000..=0xF8FF | 0xF_0000..=0xF_FFFD | 0x10_0000..=0x10_FFFD)
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
