//! Names and addresses of hosts and mailboxes.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether a text is a host name (RFC 1123, section 2.1): labels of letters, digits and inner hyphens.
#[must_use]
pub fn is_hostname(text: &str) -> bool {
    const MAX_BYTES: usize = 253;
    text.len() <= MAX_BYTES && text.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    const MAX_BYTES: usize = 63;
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !label.is_empty()
        && label.len() <= MAX_BYTES
        && label.bytes().all(inner)
        && !label.starts_with('-')
        && !label.ends_with('-')
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

/// Whether a text is an email address (RFC 5321, section 4.1.2, `Mailbox`). Quoted local parts are not taken.
#[must_use]
pub fn is_email(text: &str) -> bool {
    const MAX_BYTES: usize = 254;
    const MAX_LOCAL_BYTES: usize = 64;
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let is_atom = |atom: &str| !atom.is_empty() && atom.bytes().all(is_atext);
    text.len() <= MAX_BYTES
        && local.len() <= MAX_LOCAL_BYTES
        && local.split('.').all(is_atom)
        && (is_hostname(domain) || is_address_literal(domain))
}

/// `atext` of RFC 5322, section 3.2.3.
fn is_atext(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
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
                "\"a b\"@c",
                "a@[1]",
                "ä@b",
                &long_local,
            ],
        );
    }
}
