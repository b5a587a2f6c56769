//! The formats that contracts can demand of a text (JSON Schema validation, section 7.3), each by its own grammar.
//!
//! Owns grammars only: resolves no name, asks no network, and knows nothing of what a text is for.

mod host;
mod idn;
mod pointer;
mod text;
mod time;
mod uri;

pub use host::{is_email, is_hostname, is_idn_email, is_idn_hostname, is_ipv4, is_ipv6};
pub use pointer::{is_json_pointer, is_relative_json_pointer, is_uri_template};
pub use text::TextFormat;
pub use time::{Clock, is_date, is_date_time, is_duration, is_time, parse_date, parse_time};
pub use uri::{is_iri, is_iri_reference, is_uri, is_uri_reference};

/// Whether a text is a UUID (RFC 9562, section 4): hexadecimal digits of either case in groups of 8, 4, 4, 4 and 12.
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

/// Whether a text is base64 (RFC 4648, section 4) with its padding, and no bits that mean nothing.
#[must_use]
pub fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    text.len().is_multiple_of(4) && text.len() - digits.len() <= 2 && is_sextets(digits, b"+/")
}

/// Whether a text is base64 for URLs and file names (RFC 4648, section 5), with or without its padding.
#[must_use]
pub fn is_base64url(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_padded = text.len().is_multiple_of(4) && text.len() - digits.len() <= 2;
    (digits.len() == text.len() || is_padded) && is_sextets(digits, b"-_")
}

/// Whether digits of six bits each are whole bytes; `last` are the digits 62 and 63.
fn is_sextets(digits: &str, last: &[u8; 2]) -> bool {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        _ => (62..).zip(last).find(|(_, known)| **known == byte).map(|(value, _)| value),
    };
    let stray_bits = match digits.len() % 4 {
        0 => 0,
        2 => 0b1111,
        3 => 0b11,
        _ => return false,
    };
    let mut values = digits.bytes().map(value);
    let end = digits.bytes().last().and_then(value).unwrap_or(0);
    values.all(|value| value.is_some()) && end & stray_bits == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_has_whole_bytes() {
        for good in ["", "aGk=", "aGkh", "aA==", "+/+/"] {
            assert!(is_base64(good), "{good}");
        }
        for bad in ["aGk", "aGl=", "aG k=", "-_-_", "=", "a===", "aB=="] {
            assert!(!is_base64(bad), "{bad}");
        }
        for (good, bad) in [("aGk", "a"), ("aGk=", "aGk=="), ("-_-_", "+/+/"), ("", "aGl")] {
            assert!(is_base64url(good) && !is_base64url(bad), "{good}, {bad}");
        }
    }
}
