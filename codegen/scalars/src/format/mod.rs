//! The formats that contracts can demand of a text (JSON Schema validation, section 7.3), each by its own grammar.
//!
//! Owns grammars only: resolves no name, asks no network, and knows nothing of what a text is for.

mod host;
mod time;
mod uri;

pub use host::{is_email, is_hostname, is_ipv4, is_ipv6};
pub use time::{Clock, is_date, is_date_time, is_duration, is_time, parse_date, parse_time};
pub use uri::{is_uri, is_uri_reference};

/// Whether a text is a UUID (RFC 9562, section 4): hexadecimal digits of either case in groups of 8, 4, 4, 4 and 12.
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

/// Whether a text is base64 (RFC 4648, section 4) with its padding, and no bits that mean nothing.
#[must_use]
pub fn is_base64(text: &str) -> bool {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.trim_end_matches('=');
    let place = |byte: u8| ALPHABET.iter().position(|known| *known == byte);
    let n_stray_bits = match text.len() - digits.len() {
        0 => 0,
        1 => 2,
        2 => 4,
        _ => return false,
    };
    let last = digits.bytes().last().and_then(place).unwrap_or(0);
    text.len().is_multiple_of(4)
        && digits.bytes().all(|byte| place(byte).is_some())
        && last.trailing_zeros() >= n_stray_bits
}
