//! Percent-encoding (RFC 3986, section 2.1), the only decoder of it.
//!
//! It yields bytes: what becomes of those that are not UTF-8 is for its callers to say.

use std::borrow::Cow;

/// Decodes `%XX`. What is no escape stays as it is: a `%` without two hexadecimal digits, and `+`.
///
/// ```
/// use scalars::percent;
///
/// assert_eq!(*percent::decode("a%20b%2"), *b"a b%2");
/// ```
#[must_use]
pub fn decode(text: &str) -> Cow<'_, [u8]> {
    if !text.contains('%') {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        match escape(rest) {
            Some((byte, after)) => {
                decoded.push(byte);
                rest = after;
            }
            None => {
                decoded.push(*byte);
                rest = after;
            }
        }
    }
    Cow::Owned(decoded)
}

/// Decodes `%XX` as [`decode`] does; a text that then is not UTF-8 stays as it is.
#[must_use]
pub fn decode_text(text: &str) -> Cow<'_, str> {
    match decode(text) {
        Cow::Borrowed(_) => Cow::Borrowed(text),
        Cow::Owned(bytes) => String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned),
    }
}

/// The byte that an escape at the start stands for, and what follows it.
fn escape(text: &[u8]) -> Option<(u8, &[u8])> {
    let [b'%', high, low, rest @ ..] = text else { return None };
    // Of the standard library's parsers, those of whole numbers take a sign.
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(((digit(*high)? << 4) | digit(*low)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[u8]) {
        assert_eq!(*decode(text), *expected, "{text}");
    }

    #[test]
    fn escapes_are_two_hexadecimal_digits() {
        check("", b"");
        check("plain+text", b"plain+text");
        check("%41%2f%C3%BC", "A/ü".as_bytes());
        check("%2541", b"%41");
        check("%ff%00", &[0xFF, 0]);
        for text in ["%", "%4", "%%", "%+5", "%-1", "% 5", "%4g", "%g4", "%ü", "a%4ü"] {
            check(text, text.as_bytes());
        }
        check("%%41", b"%A");
    }

    #[test]
    fn what_is_no_text_stays_as_it_is() {
        assert_eq!(decode_text("a%20b"), "a b");
        assert_eq!(decode_text("%C3%BC"), "ü");
        assert_eq!(decode_text("%41%FF"), "%41%FF");
    }
}
