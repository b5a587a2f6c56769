//! Names and addresses of hosts and mailboxes.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::idn;

/// Whether a text is a host name (RFC 1123, section 2.1): labels of letters, digits and inner hyphens. A label that
/// begins with `xn--` stands for one in another script, which must be good (RFC 5890, section 2.3.2.1).
#[must_use]
pub fn is_hostname(text: &str) -> bool {
    const MAX_BYTES: usize = 253;
    text.len() <= MAX_BYTES && text.split('.').all(is_label)
}

/// Whether a text is a host name that may hold labels of every script (RFC 5890, section 2.3.2.3).
#[must_use]
pub fn is_idn_hostname(text: &str) -> bool {
    const MAX_BYTES: usize = 253;
    let mut n_bytes = 0;
    for label in text.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']) {
        let length = match label.is_ascii() {
            true => is_label(label).then_some(label.len()),
            false => idn::ascii_length(label),
        };
        let Some(length) = length else { return false };
        n_bytes += length + 1;
    }
    n_bytes <= MAX_BYTES + 1 && (text.is_ascii() || idn::is_mappable(text))
}

fn is_label(label: &str) -> bool {
    const MAX_BYTES: usize = 63;
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let has_shape = !label.is_empty()
        && label.len() <= MAX_BYTES
        && label.bytes().all(inner)
        && !label.starts_with('-')
        && !label.ends_with('-');
    has_shape && (label.get(2..4) != Some("--") || idn::is_a_label(label))
}

/// Whether a text is an IPv4 address (RFC 2673, section 3.2): four numbers without leading zeros.
#[must_use]
pub fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

/// Whether a text is an IPv6 address (RFC 4291, section 2.2), without a zone.
#[must_use]
pub fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

/// Whether a text is an email address (RFC 5321, section 4.1.2, `Mailbox`).
#[must_use]
pub fn is_email(text: &str) -> bool {
    text.is_ascii() && is_mailbox(text, is_hostname)
}

/// Whether a text is an email address that may hold characters of every script (RFC 6531, section 3.3).
#[must_use]
pub fn is_idn_email(text: &str) -> bool {
    is_mailbox(text, idn::is_mappable)
}

fn is_mailbox(text: &str, is_domain: fn(&str) -> bool) -> bool {
    const MAX_BYTES: usize = 254;
    const MAX_LOCAL_BYTES: usize = 64;
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let is_atom = |atom: &str| !atom.is_empty() && atom.chars().all(is_atext);
    text.len() <= MAX_BYTES
        && local.len() <= MAX_LOCAL_BYTES
        && (local.split('.').all(is_atom) || is_quoted(local))
        && (is_domain(domain) || is_address_literal(domain))
}

/// `atext` of RFC 5322, section 3.2.3, and what RFC 6531 adds to it.
fn is_atext(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || "!#$%&'*+-/=?^_`{|}~".contains(character)
        || !character.is_ascii()
}

/// `Quoted-string` of RFC 5321, section 4.1.2: `"a b"`.
fn is_quoted(local: &str) -> bool {
    let inner = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let Some(inner) = inner.filter(|_| local.len() > 1) else { return false };
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        let fits = match character {
            '\\' => matches!(characters.next(), Some(' '..='~')),
            '"' => false,
            ' '..='~' => true,
            other => !other.is_ascii(),
        };
        if !fits {
            return false;
        }
    }
    true
}

/// `[192.0.2.1]` or `[IPv6:2001:db8::1]`.
fn is_address_literal(domain: &str) -> bool {
    let inner = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|inner| match inner.strip_prefix("IPv6:") {
        Some(address) => is_ipv6(address),
        None => is_ipv4(inner),
    })
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

    #[test]
    fn host_names() {
        let long_label = "a".repeat(64);
        let long_name = ["a".repeat(63).as_str(); 4].join(".");
        check(
            is_hostname,
            &["example.com", "localhost", "3com.com", "a-b.c", "xn--bcher-kva.example", "1.2.3"],
            &[
                "",
                ".",
                "a..b",
                "example.com.",
                "-a.b",
                "a-.b",
                "a_b",
                "bücher.example",
                &long_label,
                &long_name,
            ],
        );
    }

    #[test]
    fn addresses() {
        check(
            is_ipv4,
            &["192.0.2.1", "0.0.0.0", "255.255.255.255"],
            &["", "256.0.0.1", "01.2.3.4", "1.2.3", "1.2.3.4.5", " 1.2.3.4", "0x7f.0.0.1"],
        );
        check(
            is_ipv6,
            &["::", "::1", "2001:db8::1", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.1"],
            &["", ":::", "1:2:3:4:5:6:7", "1::2::3", "fe80::1%eth0", "12345::", "::g"],
        );
    }

    #[test]
    fn email_addresses() {
        let long_local = format!("{}@example.com", "a".repeat(65));
        check(
            is_email,
            &[
                "ezozkme@example.com",
                "a.b+c@x.example",
                "o'hara@localhost",
                "a@[192.0.2.1]",
                "a@[IPv6:::1]",
                "\"a b\"@c",
                r#""a\"@b"@c"#,
            ],
            &[
                "",
                "a",
                "@b",
                "a@",
                ".a@b",
                "a.@b",
                "a..b@c",
                "a b@c",
                "a@b@c",
                "a@-b",
                "\"a\"b\"@c",
                "\"a@b",
                "\"@b",
                "a@[1]",
                "ä@b",
                &long_local,
            ],
        );
    }

    #[test]
    fn names_of_other_scripts() {
        check(
            is_idn_hostname,
            &["例え.jp", "bücher.example", "xn--bcher-kva.example", "a。b", "ab", "l·l"],
            &[
                "",
                "Bücher.example",
                "-é",
                "é-",
                "〮실례.테스트",
                "xn--a",
                "xn--ab-",
                "a..é",
                "·l",
                "0a.א",
                "e\u{301}",
            ],
        );
        check(
            is_idn_email,
            &["用户@例え.jp", "ada@example.com", "\"é x\"@b"],
            &["@é", "a b@é", "a@é-"],
        );
        check(is_hostname, &["xn--bcher-kva.example"], &["bücher.example", "xn--a.b", "ab--cd"]);
    }
}
