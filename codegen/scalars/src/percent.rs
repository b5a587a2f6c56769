//! Percent-encoding (RFC 3986, section 2.1) of texts.

use std::borrow::Cow;

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What is encoded in a path.
const IN_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// What would end a cookie, or the header that it is in.
const ENDS_COOKIE: &AsciiSet = &CONTROLS.add(b';');

/// Decodes `%XX`. What is no escape stays as it is: a `%` without two hexadecimal digits, and `+`; so does a text that
/// then is not UTF-8.
///
/// ```
/// use scalars::percent;
///
/// assert_eq!(percent::decode_text("a%20b%2"), "a b%2");
/// ```
#[must_use]
pub fn decode_text(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// Encodes all but letters, digits and `-._~`.
#[must_use]
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Encodes a path as [`encode`] does, but not its slashes.
#[must_use]
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, IN_PATH).to_string()
}

/// Encodes what may not stand in a cookie, and leaves all else as it is.
#[must_use]
pub fn encode_cookie(text: &str) -> String {
    utf8_percent_encode(text, ENDS_COOKIE).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_two_hexadecimal_digits() {
        for (text, expected) in [
            ("plain+text", "plain+text"),
            ("%41%2f%C3%BC", "A/ü"),
            ("%2541", "%41"),
            ("%%41", "%A"),
        ] {
            assert_eq!(decode_text(text), expected);
        }
        for text in ["", "%", "%4", "%%", "%+5", "%-1", "% 5", "%4g", "%g4", "%ü", "a%4ü"] {
            assert_eq!(decode_text(text), text);
        }
    }

    #[test]
    fn what_is_no_text_stays_as_it_is() {
        assert_eq!(decode_text("%41%FF"), "%41%FF");
    }

    #[test]
    fn unreserved_characters_are_not_encoded() {
        assert_eq!(encode("aZ09-._~/ +ü"), "aZ09-._~%2F%20%2B%C3%BC");
        assert_eq!(encode_path("a b/c%"), "a%20b/c%25");
    }
}
