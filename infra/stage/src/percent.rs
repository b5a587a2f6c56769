//! Percent-encoding of paths, queries and forms.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What is encoded in a path.
const IN_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// A text of a query or form, decoded: `+` is a space in it. What is no UTF-8 then is replaced.
pub(crate) fn form(text: &str) -> Cow<'_, str> {
    match text.contains('+') {
        true => path(&text.replace('+', " ")).into(),
        false => percent_decode_str(text).decode_utf8_lossy(),
    }
}

/// A path, decoded: `+` is itself in it.
pub(crate) fn path(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The bytes of a part of a path or query, decoded.
pub(crate) fn bytes(text: &str) -> Vec<u8> {
    percent_decode_str(text).collect()
}

/// Encodes all but letters, digits and `-._~`.
pub(crate) fn encoded(text: &[u8]) -> String {
    percent_encode(text, RESERVED).to_string()
}

/// Encodes a path: its slashes stay.
pub(crate) fn encoded_path(path: &str) -> String {
    percent_encode(path.as_bytes(), IN_PATH).to_string()
}

/// Encodes a value as forms write it.
pub(crate) fn encoded_form(text: &str) -> String {
    const FORM: &AsciiSet = &RESERVED.remove(b'*').add(b'~').remove(b' ');
    percent_encode(text.as_bytes(), FORM).to_string().replace(' ', "+")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_two_hexadecimal_digits_are_an_escape() {
        for (text, decoded) in [
            ("a%2Fb%2fc", "a/b/c"),
            ("%+5", "% 5"),
            ("%-1", "%-1"),
            ("%4", "%4"),
            ("%", "%"),
            ("%%41", "%A"),
            ("a+b", "a b"),
            ("%C3%BC%FF", "ü\u{fffd}"),
        ] {
            assert_eq!(form(text), decoded, "{text}");
        }
        assert_eq!(path("a+b%20c"), "a+b c");
    }

    #[test]
    fn what_is_encoded_depends_on_the_place() {
        assert_eq!(encoded("a/b *~+".as_bytes()), "a%2Fb%20%2A~%2B");
        assert_eq!(encoded_path("a/b *~+"), "a/b%20%2A~%2B");
        assert_eq!(encoded_form("a/b *~+"), "a%2Fb+*%7E%2B");
    }
}
